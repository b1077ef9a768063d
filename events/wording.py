"""An event in a few words, for places that have no layout: calendars, feeds, links."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sorb.dates import SOFIA
from sorb.outside import clean, web_address

if TYPE_CHECKING:
    from .filters import EventFilter
    from .models import Event, Organization, Series, Speaker, Venue


def site_calendar_name(filters: "EventFilter | None" = None) -> str:
    """What the calendar of the site is called in the program of who subscribes, or a choice of
    its events."""
    name = _("Events of %(site)s") % {"site": settings.SITE_SHORT_NAME}
    return clean(f"{name}: {filters}") if filters else name


def calendar_name(of: "Event | Series | Speaker | Organization") -> str:
    """The same for one event, for the editions of a series, for the events of somebody."""
    if of._meta.model_name in ("event", "series"):
        return clean(str(of))
    return clean(_("Events: %(name)s") % {"name": of})


def title_with_state(event: "Event") -> str:
    """The title; before it, that the event is off: few calendar programs show STATUS."""
    title = event.title
    if event.is_deadline:
        title = _("Deadline: %(title)s") % {"title": title}
    if event.state == "cancelled":
        return _("Cancelled: %(title)s") % {"title": title}
    if event.state == "postponed":
        return _("Postponed: %(title)s") % {"title": title}
    return title


def state_in_words(event: "Event") -> str:
    """What became of the event and the note to it; '' when it takes place as planned."""
    if event.state == "scheduled":
        return event.state_note
    told = event.state_name
    if event.is_rescheduled and event.previous_starts_at:
        earlier = date_format(event.previous_starts_at.astimezone(SOFIA), "DATETIME_FORMAT")
        told = _("%(state)s (announced for %(earlier)s)") % {"state": told, "earlier": earlier}
    return ". ".join(filter(None, (told, event.state_note)))


def is_online(event: "Event") -> bool:
    """Can one take part only from afar?"""
    return event.attendance == "online" or event.state == "moved_online"


def place(event: "Event") -> str:
    """Hall, venue, address and town; where there is only a link to join, that link."""
    venue = event.venue
    if is_online(event) or venue is None:
        return web_address(event.online_address) or (_("Online") if is_online(event) else "")
    return venue_in_words(venue, event.hall)


def whereabouts(event: "Event") -> str:
    """Where people gather, for those who stand before the door; '' when it is not announced."""
    if is_online(event):
        return _("Online")
    return venue_in_words(event.venue, event.hall) if event.venue else ""


def venue_in_words(venue: "Venue", hall: str) -> str:
    return ", ".join(filter(None, (hall, venue.name, venue.address, venue.town)))


def description(event: "Event", page: str) -> str:
    """Some lines of plain text: what became of it, what it is about, where to enrol and to join.

    Args:
        event: what is told of.
        page: the whole address of its page, which stands last.
    """
    enrol, join = web_address(event.registration_address), web_address(event.online_address)
    lines = (
        state_in_words(event),
        event.lead,
        enrol and _("Registration: %(address)s") % {"address": enrol},
        join and _("Join online: %(address)s") % {"address": join},
        page,
    )
    return "\n".join(filter(None, lines))
