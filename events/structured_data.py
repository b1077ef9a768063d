"""An event in the words of schema.org (https://schema.org/Event)."""

from typing import TYPE_CHECKING, Any

from sorb.dates import SOFIA
from sorb.outside import absolute, clean, picture, topic_names, web_address

from .wording import is_online

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Appearance, Event, Organization, ProgrammeItem, Series, Venue

Facts = dict[str, Any]

SCHEMA = "https://schema.org"
STATUS = {
    "scheduled": "EventScheduled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "cancelled": "EventCancelled",
    "moved_online": "EventMovedOnline",
}
ATTENDANCE = {
    "on_site": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "both": "MixedEventAttendanceMode",
}


def event_facts(event: "Event") -> Facts:
    """Everything that the page shows of an event.

    Args:
        event: a visible event with what `with_page()` brings; nothing more is read.
    """
    facts = event_in_brief(event) | {
        "@id": f"{absolute(event.get_absolute_url(event.language))}#event",
        "description": clean(event.summary),
        "organizer": _organizations(event, ("organizer", "co_organizer")),
        "sponsor": _organizations(event, ("sponsor",)),
        "performer": _performers(list(event.appearances.all())),
        "image": [image_facts(event.cover)] if event.cover else [],
        "inLanguage": event.languages or event.language,
        "keywords": topic_names(event),
        "offers": _registration(event),
        "subEvent": _programme(event),
        "superEvent": _series_in_brief(event.series) if event.series else None,
    }
    return known(facts)


def series_facts(series: "Series") -> Facts:
    """A series with its latest editions (https://schema.org/EventSeries).

    Args:
        series: a visible one; its editions are read once.
    """
    editions = series.told_editions
    facts = _series_in_brief(series) | {
        "description": clean(series.summary),
        "startDate": min(map(_start, editions), default=""),
        "endDate": max(map(_end, editions), default=""),
        "subEvent": [event_in_brief(edition) for edition in editions],
    }
    return known(facts)


def _series_in_brief(series: "Series") -> Facts:
    page = absolute(series.get_absolute_url(series.language))
    return {
        "@type": "EventSeries",
        "@id": f"{page}#series",
        "name": clean(series.title),
        "url": page,
    }


def event_in_brief(event: "Event") -> Facts:
    """What, when and where: an event as something else speaks of it."""
    mode = "online" if is_online(event) else event.attendance
    facts = {
        "@type": "Event",
        "name": clean(event.title),
        "url": absolute(event.get_absolute_url(event.language)),
        "startDate": _start(event),
        "endDate": _end(event),
        "eventStatus": f"{SCHEMA}/{STATUS[event.state]}",
        "eventAttendanceMode": f"{SCHEMA}/{ATTENDANCE[mode]}",
        "location": _location(event, mode),
    }
    if event.state == "rescheduled" and event.previous_starts_at:
        facts["previousStartDate"] = _moment(event.previous_starts_at)
    return known(facts)


def image_facts(image: Any) -> Facts:
    shown = picture(image)
    size = {"width": shown.width, "height": shown.height}
    facts = {"@type": "ImageObject", "url": shown.address, **size, "caption": shown.alternative}
    return known(facts)


def known(facts: Facts) -> Facts:
    """Without what is not known: an empty value would say that there is none."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _start(event: "Event") -> str:
    return str(event.first_day) if event.is_all_day else _moment(event.starts_at)


def _end(event: "Event") -> str:
    """The last day or moment, included here, unlike in iCalendar; '' when it is open."""
    if event.has_open_end:
        return ""
    return str(event.last_day) if event.is_all_day else _moment(event.ends_at)


def _moment(moment: "datetime") -> str:
    return moment.astimezone(SOFIA).isoformat(timespec="seconds")


def _location(event: "Event", mode: str) -> list[Facts]:
    places = []
    if event.venue and mode != "online":
        places.append(_place(event.venue, event.hall))
    if mode != "on_site":
        joining = web_address(event.online_address)
        page = absolute(event.get_absolute_url(event.language))
        places.append({"@type": "VirtualLocation", "url": joining or page})
    return places


def _place(venue: "Venue", hall: str) -> Facts:
    address = {
        "@type": "PostalAddress",
        "streetAddress": clean(venue.address),
        "addressLocality": clean(venue.town),
    }
    facts: Facts = {"@type": "Place", "name": clean(", ".join(filter(None, (hall, venue.name))))}
    facts["address"] = known(address)
    if venue.latitude is not None and venue.longitude is not None:
        position = {"latitude": float(venue.latitude), "longitude": float(venue.longitude)}
        facts["geo"] = {"@type": "GeoCoordinates", **position}
    return facts


def _organizations(event: "Event", roles: tuple[str, ...]) -> list[Facts]:
    parts = [part for part in event.participations.all() if part.role in roles]
    parts.sort(key=lambda part: roles.index(part.role))
    return [_organization(part.organization) for part in parts]


def _organization(organization: "Organization") -> Facts:
    facts = {
        "@type": "Organization",
        "name": clean(organization.name),
        "url": absolute(organization.get_absolute_url()),
        "sameAs": web_address(organization.site),
    }
    return known(facts)


def _performers(appearances: "list[Appearance]") -> list[Facts]:
    """Each person once, with the position and the organization of that time."""
    once = {appearance.speaker_id: appearance for appearance in reversed(appearances)}
    return [_performer(once[person]) for person in reversed(once)]


def _performer(appearance: "Appearance") -> Facts:
    speaker, organization = appearance.speaker, appearance.organization
    facts = {
        "@type": "Person",
        "name": clean(speaker.name),
        "url": absolute(speaker.get_absolute_url()),
        "jobTitle": clean(appearance.position),
        "affiliation": _organization(organization) if organization else None,
        "image": image_facts(speaker.photo) if speaker.photo else None,
    }
    return known(facts)


def _registration(event: "Event") -> Facts | None:
    address = web_address(event.registration_address)
    if not address:
        return None
    opens, closes = event.registration_opens_at, event.registration_closes_at
    facts = {
        "@type": "Offer",
        "url": address,
        "validFrom": opens and _moment(opens),
        "validThrough": closes and _moment(closes),
    }
    return known(facts)


def _programme(event: "Event") -> list[Facts]:
    """What has words of its own in the programme; coffee is no event."""
    items = [item for item in event.programme.all() if item.kind != "break"]
    return [_session(event, item) for item in items]


def _session(event: "Event", item: "ProgrammeItem") -> Facts:
    people = [each for each in event.appearances.all() if each.item_id == item.pk]
    facts = {
        "@type": "Event",
        "name": clean(item.title),
        "description": clean(item.text),
        "startDate": _moment(item.starts_at),
        "endDate": item.ends_at and _moment(item.ends_at),
        "eventStatus": f"{SCHEMA}/{STATUS[event.state]}",
        "location": _location(event, "online" if is_online(event) else event.attendance),
        "performer": _performers(people),
    }
    return known(facts)
