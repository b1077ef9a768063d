"""The permanent page of a series, the list of all, and their calendars and feeds."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.pages import moved, numbered_page

from .feeds import ProfileAtom
from .models import Event, Series
from .profile_views import calendar_of, profile_at
from .queryset import EventQuerySet
from .sortkeys import sort_key


class Row(NamedTuple):
    series: Series
    edition: Event | None  # the coming one, else the latest


def _one_each(editions: EventQuerySet) -> dict[int, Event]:
    """The first edition of each series, by the key of the series."""
    first = editions.order_by("series_id", *editions.query.order_by).distinct("series_id")
    return {event.series_id: event for event in first}


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Every series with the edition that a reader looks for; three reads."""
    found = list(Series.objects.visible())
    editions = Event.objects.visible().filter(series__in=found).for_cards()
    latest = _one_each(editions.past())
    leading = latest | _one_each(editions.upcoming())
    rows = [Row(series, leading.get(series.pk)) for series in found]
    rows.sort(key=lambda row: sort_key(row.series.title))
    return render(request, "events/series_list.html", {"rows": rows})


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


@gzip_page
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
