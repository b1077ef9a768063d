"""The pages of people and organizations, their directories, and their calendars to subscribe to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.pages import moved

from .directories import chosen_organizations, directory
from .feeds import ProfileAtom
from .ical import subscription_response
from .models import Event, Organization, Speaker
from .profiles import nearby, profile_of_organization, profile_of_speaker
from .queryset import EventQuerySet
from .wording import calendar_name

ARTICLES = 12


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    speakers = Speaker.objects.listed().select_related("organization", "photo")
    return render(request, "events/speaker_list.html", {"directory": directory(request, speakers)})


@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    speakers = Speaker.objects.visible().select_related("organization", "photo")
    speaker = speakers.at(slug, page_language()).first()
    if speaker is None:
        return moved(Speaker.objects.visible(), slug)
    context = {
        "speaker": speaker,
        "profile": profile_of_speaker(request, speaker),
        "articles": _articles(speaker),
    }
    return render(request, "events/speaker_detail.html", context)


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    chosen = chosen_organizations(request.GET)
    context = {"chosen": chosen, "directory": directory(request, chosen.items, chosen.query)}
    return render(request, "events/organization_list.html", context)


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organizations = Organization.objects.visible().select_related("logo")
    organization = organizations.at(slug, page_language()).first()
    if organization is None:
        return moved(Organization.objects.visible(), slug)
    context = {
        "organization": organization,
        "profile": profile_of_organization(request, organization),
        "nearby": nearby(organization),
        "articles": _articles(organization),
    }
    return render(request, "events/organization_detail.html", context)


def _articles(item: Any) -> Any:
    """The latest news that names a person or an organization."""
    articles = item.mentions.articles().visible().in_language(page_language())
    return articles.newest().for_cards()[:ARTICLES]


@gzip_page
@require_safe
def speaker_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Speaker, slug, "events:speaker_ics")
    if isinstance(found, HttpResponse):
        return found
    return calendar_of(request, found, Event.objects.with_speaker(found))


@gzip_page
@require_safe
def organization_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Organization, slug, "events:organization_ics")
    if isinstance(found, HttpResponse):
        return found
    return calendar_of(request, found, Event.objects.with_organization(found.pk))


@require_safe
def speaker_atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Speaker, slug, "events:speaker_atom")
    if isinstance(found, HttpResponse):
        return found
    return ProfileAtom(found, Event.objects.with_speaker(found))(request)


@require_safe
def organization_atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Organization, slug, "events:organization_atom")
    if isinstance(found, HttpResponse):
        return found
    return ProfileAtom(found, Event.objects.with_organization(found.pk))(request)


def profile_at(model: Any, slug: str, view: str) -> Any:
    """What is at a slug, or the way to its present address.

    Raises:
        Http404: nothing public is there or ever was.
    """
    visible = model.objects.visible()
    found = visible.at(slug, page_language()).first()
    if found is not None:
        return found
    present = moved(visible, slug).url.rstrip("/").rpartition("/")[2]
    return redirect(view, present, permanent=True)


def calendar_of(request: HttpRequest, of: Any, events: EventQuerySet) -> HttpResponse:
    """The visible ones of these events, as the calendar of what has a page."""
    file = f"{of.slug_in(page_language())}.ics"
    return subscription_response(request, events, file, calendar_name(of))
