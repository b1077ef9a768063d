from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, moved, numbered_page

from .filters import EventFilter
from .ical import calendar_response
from .models import Event, Organization, Speaker
from .models.organization import Kind
from .queryset import EventQuerySet


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
    context = {
        "event": event,
        "topics": linked(Topic, event.topic_links),
        "articles": event.articles.visible().in_language(page_language()).newest().for_cards(),
    }
    return render(request, "events/event_detail.html", context)


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file; an old address leads to the present one."""
    language = page_language()
    events = Event.objects.visible()
    event = events.with_calendar_facts().at(slug, language).first()
    if event is not None:
        return calendar_response(request, [event], f"{slug}.ics", is_attachment=True)
    former = events.formerly_at(slug, language).first()
    if former is None:
        raise Http404(_("There is no such page."))
    return redirect("events:event_ics", former.slug_in(language), permanent=True)


@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    speakers = Speaker.objects.visible().select_related("organization", "photo")
    speaker = speakers.at(slug, page_language()).first()
    if speaker is None:
        return moved(Speaker.objects.visible(), slug)
    appearances = speaker.appearances.at_visible_events().select_related("organization")
    return render(
        request, "events/speaker_detail.html", {"speaker": speaker, "appearances": appearances}
    )


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    in_order = Organization.objects.visible().in_order(page_language()).select_related("logo")
    organizations = sorted(in_order, key=lambda each: Kind.values.index(each.kind))
    return render(request, "events/organization_list.html", {"organizations": organizations})


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organizations = Organization.objects.visible().select_related("logo")
    organization = organizations.at(slug, page_language()).first()
    if organization is None:
        return moved(Organization.objects.visible(), slug)
    context = {
        "organization": organization,
        "participations": organization.participations.at_visible_events(),
        "appearances": organization.appearances.at_visible_events().select_related("speaker"),
    }
    return render(request, "events/organization_detail.html", context)
