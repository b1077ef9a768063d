"""What the page of a person or an organization tells of events: each with the part taken in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from sorb.publishing.pages import numbered_page

from .models import Appearance, Event, Organization, Participation, Speaker
from .queryset import EventQuerySet

COMING = 50  # events to come that a page tells of; its calendar has them all
NEARBY = 6


@dataclass
class Involvement:
    """An event, and what somebody did at it, with position and organization as they were then."""

    event: Event
    participations: list[Participation] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    is_there: bool = False  # it takes place on the ground of the municipality


@dataclass(frozen=True)
class Profile:
    coming: list[Involvement]
    past: list[Involvement]
    pages: Page[Any]  # of the past events


def profile_of_speaker(request: HttpRequest, speaker: Speaker) -> Profile:
    """The visible events of a person.

    Args:
        request: of the page; its `?page=` is one of the past events.
        speaker: whose they are.

    Raises:
        Http404: there is no such page.
    """
    events = Event.objects.visible().with_speaker(speaker)
    coming, pages = _coming_and_past(request, events)
    appearances = speaker.appearances.filter(event__in=[*coming, *pages])
    return _profile(coming, pages, [], appearances.select_related("organization"), None)


def profile_of_organization(request: HttpRequest, organization: Organization) -> Profile:
    """The visible events of an organization, its people and, of a municipality, its ground."""
    coming, pages = _coming_and_past(
        request, Event.objects.visible().with_organization(organization.pk)
    )
    shown = [*coming, *pages]
    participations = organization.participations.filter(event__in=shown)
    appearances = organization.appearances.filter(event__in=shown).select_related("speaker")
    return _profile(coming, pages, participations, appearances, organization)


def _coming_and_past(
    request: HttpRequest, events: EventQuerySet
) -> tuple[Sequence[Event], Page[Any]]:
    return list(events.upcoming().for_cards()[:COMING]), numbered_page(
        request, events.past().for_cards()
    )


def _profile(
    coming: Sequence[Event],
    pages: Page[Any],
    participations: Iterable[Participation],
    appearances: Iterable[Appearance],
    ground: Organization | None,
) -> Profile:
    found = {event.pk: Involvement(event) for event in [*coming, *pages]}
    for participation in participations:
        found[participation.event_id].participations.append(participation)
    for appearance in appearances:
        found[appearance.event_id].appearances.append(appearance)
    for each in found.values():
        venue = each.event.venue
        each.is_there = bool(ground and venue and venue.municipality_id == ground.pk)
    return Profile(
        [found[event.pk] for event in coming], [found[event.pk] for event in pages], pages
    )


def nearby(organization: Organization) -> list[Event]:
    """The coming events in the district of a municipality that are not its own."""
    district = organization.district_bg  # type: ignore[attr-defined]
    if not (organization.is_municipality and district):
        return []
    events = Event.objects.visible().on_ground_of(district)
    own = Event.objects.with_organization(organization.pk).values("pk")
    return list(events.exclude(pk__in=own).upcoming().for_cards()[:NEARBY])
