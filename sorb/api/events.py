"""An event as JSON."""

from typing import Any

from events.models import Appearance, Change, Event, ProgrammeItem, Venue
from sorb.outside import absolute, clean, web_address
from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked

from .facts import described, documents, moment, named, picture_facts, text_lines

Facts = dict[str, Any]


def event_in_list(event: Event) -> Facts:
    """What the lists tell of an event, with what `with_list_facts()` brings."""
    return {
        "id": event.pk,
        "uid": event.uid,
        "url": absolute(event.get_absolute_url()),
        "language": event.language,
        "title": clean(event.title),
        "lead": clean(event.lead),
        "type": {"id": event.type_id, "name": event.type.name, "colour": event.type.colour},
        **_times(event),
        **_standing(event),
        "attendance": event.attendance,
        "online_address": web_address(event.online_address) or None,
        "venue": _venue(event),
        "registration": _registration(event),
        "held_in": event.languages,
        "topics": [named(topic) for topic in linked(Topic, event.topic_links)],  # type: ignore[attr-defined]
        "series": named(event.series) if event.series else None,
        "organizations": [
            {**named(part.organization), "role": part.role} for part in event.participations.all()
        ],
        "image": picture_facts(event.cover),
        "changed": moment(max(event.changed_at, event.published_at or event.changed_at)),
    }


def event_in_full(event: Event) -> Facts:
    """Everything that the page tells, with what `with_page()` and the municipality bring."""
    told = event_in_list(event)
    items = [] if event.is_deadline else list(event.programme.all())
    return told | {
        "text": text_lines(event.body),
        "changes": [_change(change) for change in event.changes.all()],
        "programme_url": absolute(event.programme_address(page_language())) if items else None,
        "programme": [_item(item) for item in items],
        "people": [_person(each) for each in event.appearances.all()],
        "images": [described(use) for use in event.gallery.all()],
        "documents": documents(event),
    }


def _times(event: Event) -> Facts:
    ends = None if event.has_open_end else moment(event.ends_at)
    return {
        "is_deadline": event.is_deadline,
        "starts": moment(event.starts_at),
        "ends": ends,
        "is_all_day": event.is_all_day,
        "first_day": str(event.first_day),
        "last_day": str(event.last_day),
    }


def _standing(event: Event) -> Facts:
    before = event.previous_starts_at if event.is_rescheduled else None
    return {
        "state": event.state,
        "state_note": clean(event.state_note),
        "previous_start": moment(before) if before else None,
    }


def _venue(event: Event) -> Facts | None:
    venue = event.venue
    if venue is None:
        return None
    is_placed = venue.latitude is not None and venue.longitude is not None
    return {
        "name": clean(venue.name),
        "hall": clean(event.hall),
        "address": clean(venue.address),
        "town": clean(venue.town),
        "municipality": _municipality(venue),
        "latitude": float(venue.latitude) if is_placed and venue.latitude is not None else None,
        "longitude": float(venue.longitude) if is_placed and venue.longitude is not None else None,
    }


def _municipality(venue: Venue) -> Facts | None:
    """In whose territory it is, when that one has a page for certain."""
    municipality = venue.municipality
    return named(municipality) if municipality and municipality.is_listed else None


def _registration(event: Event) -> Facts | None:
    address = web_address(event.registration_address)
    if not address:
        return None
    opens, closes = event.registration_opens_at, event.registration_closes_at
    return {
        "url": address,
        "opens": moment(opens) if opens else None,
        "closes": moment(closes) if closes else None,
        "is_open": event.is_registration_open,
    }


def _item(item: ProgrammeItem) -> Facts:
    return {
        "starts": moment(item.starts_at),
        "ends": moment(item.ends_at) if item.ends_at else None,
        "kind": item.kind,
        "title": clean(item.title),
        "hall": clean(item.hall),
        "text": clean(item.text),
    }


def _change(change: Change) -> Facts:
    """What readers had been told before; the reason of the latest stands with the event."""
    earlier = change.earlier
    ends = earlier.ends_at if earlier and not earlier.has_open_end else None
    return {
        "kind": change.kind,
        "at": moment(change.at),
        "earlier_start": moment(earlier.starts_at) if earlier else None,
        "earlier_end": moment(ends) if ends else None,
        "earlier_place": clean(change.place),
        "note": clean(change.note),
    }


def _person(appearance: Appearance) -> Facts:
    """A speaker with the position and the organization of that time."""
    organization = appearance.organization
    return {
        **named(appearance.speaker),
        "role": appearance.role,
        "position": clean(appearance.position),
        "organization": named(organization) if organization else None,
    }
