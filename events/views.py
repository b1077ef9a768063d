from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import LANGUAGES, page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, moved, numbered_page

from .filters import EventFilter
from .ical import event_response
from .models import Event
from .queryset import EventQuerySet
from .wording import calendar_name


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilter.asked(request.GET)
    events = filters.narrow(Event.objects.visible()).upcoming().for_cards()
    return _list(request, "events/event_list.html", events, filters)


@require_safe
def event_past(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What is over, the latest first; of one year, where the address names one.

    Raises:
        Http404: that year has no event at all.
    """
    filters = EventFilter.asked(request.GET)
    past = Event.objects.visible().past()
    years = past.years()
    if year is not None and year not in years:
        raise Http404(_("There is no such page."))
    events = filters.narrow(past).past()
    if year is not None:
        events = events.of_year(year)
    context = {"year": year, "years": years}
    return _list(request, "events/event_past.html", events.for_cards(), filters, **context)


def _list(
    request: HttpRequest, template: str, events: EventQuerySet, filters: EventFilter, **more: Any
) -> HttpResponse:
    context = {
        "events": numbered_page(request, events),
        "filters": filters,
        "robots": "noindex, nofollow" if filters else "",
        "is_same_list": True,
    }
    return render(request, template, context | more)


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = Event.objects.visible().with_page().at(slug, page_language()).first()
    if event is None:
        return moved(Event.objects.visible(), slug)
    articles = list(event.articles.visible().in_language(page_language()).newest().for_cards())
    reports = [each for each in articles if event.is_over and each.event_relation == "report"]
    context = {
        "event": event,
        "topics": linked(Topic, event.topic_links),
        "reports": reports,
        "articles": [each for each in articles if each not in reports],
        "print_address": event.programme_address(page_language()),
    }
    return render(request, "events/event_detail.html", context)


@require_safe
def event_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme on sheets of A4; an old address leads to the present one."""
    events, language = Event.objects.visible(), page_language()
    event = events.with_page().at(slug, language).first()
    if event is not None and event.timetable:
        (other,) = set(LANGUAGES) - {language}
        context = {
            "event": event,
            "in_other_language": event.programme_address(other),
        }
        return render(request, "events/event_programme.html", context)
    former = None if event else events.formerly_at(slug, language).first()
    if former is None:
        raise Http404(_("There is no such page."))
    return redirect("events:event_programme", former.slug_in(language), permanent=True)


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file; an old address leads to the present one."""
    language = page_language()
    events = Event.objects.visible()
    event = events.with_calendar_facts().at(slug, language).first()
    if event is not None:
        name = calendar_name(event)
        return event_response(request, event, f"{slug}.ics", name)
    former = events.formerly_at(slug, language).first()
    if former is None:
        raise Http404(_("There is no such page."))
    return redirect("events:event_ics", former.slug_in(language), permanent=True)
