from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, moved, numbered_page

from .ical import calendar_response
from .models import Event, Organization, Series, Speaker
from .models.organization import Kind


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().upcoming().for_cards())
    context = {"events": events, "is_same_list": True}
    return render(request, "events/event_list.html", context)


@require_safe
def event_past(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().past().for_cards())
    context = {"events": events, "is_same_list": True}
    return render(request, "events/event_past.html", context)


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
    """The events of a series as a calendar to subscribe to."""
    language = page_language()
    series = Series.objects.visible().at(slug, language).first()
    if series is not None:
        events = series.events.visible().for_subscribers().with_calendar_facts()
        return calendar_response(request, events, f"{slug}.ics")
    former = Series.objects.visible().formerly_at(slug, language).first()
    if former is None:
        raise Http404(_("There is no such page."))
    return redirect("events:series_ics", former.slug_in(language), permanent=True)


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
