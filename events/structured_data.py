"""An event in the words of schema.org (https://schema.org/Event)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sorb.dates import SOFIA
from sorb.outside import absolute, clean, picture, topic_names, web_address

from .wording import is_online

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Appearance, Event, Organization, ProgrammeItem, Series, Venue
    from .models.change import Earlier

Facts = dict[str, Any]

SCHEMA = "https://schema.org"
SECOND = timedelta(seconds=1)
STATUS = {
    "scheduled": "EventScheduled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "cancelled": "EventCancelled",
    "moved_online": "EventMovedOnline",
    "moved": "EventScheduled",  # schema.org has no word for another place
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
    if event.is_deadline:
        return _deadline(event)
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
    if event.is_rescheduled and (starts := _earlier_starts(event)):
        facts["previousStartDate"] = starts[0] if len(starts) == 1 else starts
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
    if event.is_deadline:
        return _deadline_in_brief(event)
    mode = "online" if is_online(event) else event.attendance
    facts = {
        "@type": "Event",
        "name": clean(event.title),
        "url": absolute(event.get_absolute_url(event.language)),
        "startDate": _start(event),
        "endDate": _end(event),
        "eventStatus": _status(event),
        "eventAttendanceMode": f"{SCHEMA}/{ATTENDANCE[mode]}",
        "location": _location(event, mode, event.hall),
    }
    if event.is_rescheduled and event.previous_starts_at:
        facts["previousStartDate"] = _moment(event.previous_starts_at)
    return known(facts)


def _deadline_in_brief(event: "Event") -> Facts:
    """Nobody gathers: it is no Event of schema.org, but a page that says until when."""
    return {
        "@type": "WebPage",
        "name": clean(event.title),
        "url": absolute(event.get_absolute_url(event.language)),
        "expires": _start(event),
    }


def _deadline(event: "Event") -> Facts:
    page = absolute(event.get_absolute_url(event.language))
    state = "FailedActionStatus" if event.state == "cancelled" else "PotentialActionStatus"
    action = {
        "@type": "Action",
        "name": clean(event.title),
        "startTime": event.registration_opens_at and _moment(event.registration_opens_at),
        "endTime": _moment(event.ends_at - SECOND if event.is_all_day else event.ends_at),
        "actionStatus": f"{SCHEMA}/{state}",
        "target": web_address(event.registration_address),
        "provider": _organizations(event, ("organizer", "co_organizer")),
    }
    facts = _deadline_in_brief(event) | {
        "@id": page,
        "description": clean(event.summary),
        "primaryImageOfPage": image_facts(event.cover) if event.cover else None,
        "inLanguage": event.language,
        "keywords": topic_names(event),
        "potentialAction": known(action),
    }
    return known(facts)


def _status(event: "Event") -> str | list[str]:
    """The word for its state; two for what was moved online, and to another date as well."""
    words = [STATUS[event.state]]
    if event.is_rescheduled and event.state != "rescheduled":
        also = STATUS["rescheduled"]
        words = [*words, also] if event.state == "moved_online" else [also]
    told = [f"{SCHEMA}/{word}" for word in words]
    return told[0] if len(told) == 1 else told


def _earlier_starts(event: "Event") -> list[str]:
    """Every start that was announced before, the first first: the property may be repeated."""
    spans = [change.earlier for change in event.changes.all()]
    known_spans = [span for span in spans if span and span.starts_at != event.starts_at]
    starts = [_start(span) for span in known_spans]
    if not starts and event.previous_starts_at:  # announced elsewhere, before it stood here
        starts = [_moment(event.previous_starts_at)]
    return list(dict.fromkeys(starts))


def image_facts(image: Any) -> Facts:
    shown = picture(image)
    size = {"width": f"{shown.width} px", "height": f"{shown.height} px"}  # a Distance
    facts = {"@type": "ImageObject", "url": shown.address, **size, "caption": shown.alternative}
    return known(facts)


def known(facts: Facts) -> Facts:
    """Without what is not known: an empty value would say that there is none."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _start(event: "Event | Earlier") -> str:
    return str(event.first_day) if event.is_all_day else _moment(event.starts_at)


def _end(event: "Event") -> str:
    """The last day or moment, included here, unlike in iCalendar; '' when it is open."""
    if event.has_open_end:
        return ""
    return str(event.last_day) if event.is_all_day else _moment(event.ends_at)


def _moment(moment: "datetime") -> str:
    return moment.astimezone(SOFIA).isoformat(timespec="seconds")


def _location(event: "Event", mode: str, hall: str) -> list[Facts]:
    places = []
    if event.venue and mode != "online":
        places.append(_place(event.venue, hall))
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
    page = f"{absolute(event.get_absolute_url(event.language))}#{item.anchor}"
    hall = item.hall or event.hall
    facts = {
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": clean(item.title),
        "description": clean(item.text),
        "startDate": _moment(item.starts_at),
        "endDate": item.ends_at and _moment(item.ends_at),
        "eventStatus": _status(event),
        "location": _location(event, "online" if is_online(event) else event.attendance, hall),
        "performer": _performers(people),
    }
    return known(facts)
