from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.pages import moved, numbered_page

from .models import Event, Organization, Speaker


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().upcoming().for_cards())
    return render(request, "events/event_list.html", {"events": events})


@require_safe
def event_past(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().past().for_cards())
    return render(request, "events/event_past.html", {"events": events})


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = Event.objects.visible().with_page().at(slug, page_language()).first()
    if event is None:
        return moved(Event.objects.visible(), slug)
    return render(request, "events/event_detail.html", {"event": event})


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    speakers = Speaker.objects.visible().select_related("organization", "photo")
    speaker = speakers.at(slug, page_language()).first()
    if speaker is None:
        return moved(Speaker.objects.visible(), slug)
    appearances = speaker.appearances.at_visible_events()
    return render(
        request, "events/speaker_detail.html", {"speaker": speaker, "appearances": appearances}
    )


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    organizations = Organization.objects.visible().in_order(page_language()).select_related("logo")
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
        "appearances": organization.appearances.at_visible_events(),
    }
    return render(request, "events/organization_detail.html", context)
