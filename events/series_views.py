"""The permanent page of a series, the list of all, and their calendars and feeds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.pages import moved, numbered_page

from .feeds import ProfileAtom
from .models import Series
from .profile_views import calendar_of, profile_at


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    return render(request, "events/series_list.html", {"all_series": Series.objects.in_brief()})


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The coming edition first, the past ones with their materials below."""
    series = Series.objects.visible().at(slug, page_language()).first()
    if series is None:
        return moved(Series.objects.visible(), slug)
    editions = series.events.visible()
    past = numbered_page(request, editions.past().with_materials())
    context = {
        "series": series,
        "coming": editions.upcoming().for_cards() if past.number == 1 else [],
        "events": past,
        "is_same_list": True,
    }
    return render(request, "events/series_detail.html", context)


@require_safe
def series_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Series, slug, "events:series_ics")
    if isinstance(found, HttpResponse):
        return found
    return calendar_of(request, found, found.events.all())


@require_safe
def series_atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Series, slug, "events:series_atom")
    if isinstance(found, HttpResponse):
        return found
    return ProfileAtom(found, found.events.all())(request)
