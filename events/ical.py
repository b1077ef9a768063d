"""Events as iCalendar (RFC 5545, RFC 7986), written by the icalendar library."""

import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vCalAddress, vCategory, vDDDTypes, vGeo, vInt, vText, vUri

from sorb.dates import SOFIA
from sorb.outside import absolute, clean, conditional, picture, topic_names, web_address

from .wording import description, place, title_with_state

if TYPE_CHECKING:
    from .models import Event, Organization

logger = logging.getLogger(__name__)

STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}  # all others are CONFIRMED
RULES_SINCE = 1997  # Bulgaria changes its clocks on the days of the European Union


class Text(vText):
    r"""TEXT (RFC 5545, 3.3.11). The library would make a line break of a typed backslash and N."""

    def to_ical(self) -> bytes:
        text = self.replace("\\", "\\\\").replace("\n", "\\n")
        return text.replace(";", "\\;").replace(",", "\\,").encode()


def calendar_response(
    request: HttpRequest,
    events: Iterable["Event"],
    name: str,
    *,
    title: str = "",
    is_attachment: bool = False,
) -> HttpResponse:
    """The answer with the events as a calendar file, or 304.

    Args:
        events: those to tell of, with what `with_calendar_facts()` brings.
        name: of the file, with ".ics".
        title: of the calendar; left empty, it is the one of the whole site.
        is_attachment: whether a browser saves the file rather than opens it.
    """
    body = calendar_file(events, title)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(is_attachment, name))
    response["X-Robots-Tag"] = "noindex"
    return conditional(request, response)


def calendar_file(events: Iterable["Event"], title: str = "") -> bytes:
    """The events as an iCalendar object, in the language of the page.

    Args:
        events: those to tell of, in the order in which they shall stand.
        title: of the calendar; left empty, it is the one of the whole site.

    Returns:
        UTF-8 with CRLF, lines of at most 75 octets. The same rows give the same bytes. A row that
        cannot be told (a date beyond the year 9999) is left out and logged.
    """
    calendar = _empty_calendar(
        title or _("Events of %(site)s") % {"site": settings.SITE_SHORT_NAME}
    )
    for event in events:
        try:
            calendar.add_component(_entry(event))
        except (ValueError, OverflowError):
            logger.exception("Event %s cannot be told as iCalendar", event.pk)
    return bytes(calendar.to_ical())


def _empty_calendar(title: str) -> Calendar:
    name = Text(clean(title))
    calendar = Calendar()
    calendar["PRODID"] = Text(f"-//{settings.SITE_DOMAIN}//Sorb//EN")
    calendar["VERSION"] = Text("2.0")
    calendar["CALSCALE"] = Text("GREGORIAN")
    calendar["METHOD"] = Text("PUBLISH")
    calendar["NAME"] = calendar["X-WR-CALNAME"] = name
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), {"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = Text("PT1H")
    calendar["X-WR-TIMEZONE"] = Text(SOFIA.key)
    calendar.add_component(_sofia())
    return calendar


@cache
def _sofia() -> Timezone:
    """Europe/Sofia by its two rules: every calendar program reads them, not all read lists."""
    zone = Timezone()
    zone["TZID"] = zone["X-LIC-LOCATION"] = Text(SOFIA.key)
    changes = (
        (TimezoneDaylight(), "EEST", datetime(RULES_SINCE, 3, 30, 3), 2, 3, 3),
        (TimezoneStandard(), "EET", datetime(RULES_SINCE, 10, 26, 4), 3, 2, 10),
    )
    for change, name, first, hours_before, hours_after, month in changes:
        change["TZNAME"] = Text(name)
        change.add("DTSTART", first)
        change.add("TZOFFSETFROM", timedelta(hours=hours_before))
        change.add("TZOFFSETTO", timedelta(hours=hours_after))
        change.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        zone.add_component(change)
    return zone


def _entry(event: "Event") -> Entry:
    entry = Entry()
    page = absolute(event.get_absolute_url())
    entry["UID"] = Text(clean(event.uid))
    entry["DTSTAMP"] = entry["LAST-MODIFIED"] = vDDDTypes(event.changed_at.astimezone(UTC))
    entry["SEQUENCE"] = vInt(event.sequence)
    entry["STATUS"] = Text(STATUS.get(event.state, "CONFIRMED"))
    _add_times(entry, event)
    entry["SUMMARY"] = Text(clean(title_with_state(event)))
    entry["DESCRIPTION"] = Text(clean(description(event, page)))
    if where := place(event):
        entry["LOCATION"] = Text(clean(where))
    entry["URL"] = vUri(page)
    kinds = [_("Deadline")] if event.is_deadline else []
    entry["CATEGORIES"] = vCategory([*kinds, clean(event.type.name), *topic_names(event)])
    if event.is_deadline:  # it takes nobody's time (RFC 5545, 3.8.2.7)
        entry["TRANSP"] = Text("TRANSPARENT")
    _add_links(entry, event)
    return entry


def _add_times(entry: Entry, event: "Event") -> None:
    """All-day events by dates with an excluded end; an open end is no DTEND at all.

    A deadline has none either: it is a moment or a day (RFC 5545, 3.6.1).
    """
    starts: date = event.first_day if event.is_all_day else _moment(event.starts_at)
    entry["DTSTART"] = vDDDTypes(starts)
    if event.has_open_end or event.is_deadline:
        return
    if event.is_all_day:
        entry["DTEND"] = vDDDTypes(event.last_day + timedelta(days=1))
    elif event.ends_at > event.starts_at:  # RFC 5545, 3.8.2.2: DTEND must be later
        entry["DTEND"] = vDDDTypes(_moment(event.ends_at))


def _moment(moment: datetime) -> datetime:
    """The moment by the clocks of Sofia; in UTC where those words would mean another moment.

    A local time that the clock shows twice means the first (RFC 5545, 3.3.5), and our VTIMEZONE
    knows nothing of the years before its rules.
    """
    local = moment.astimezone(SOFIA)
    return moment.astimezone(UTC) if local.fold or local.year <= RULES_SINCE else local


def _add_links(entry: Entry, event: "Event") -> None:
    venue = event.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        entry["GEO"] = vGeo((float(venue.latitude), float(venue.longitude)))
    if organizer := first_organizer(event):
        entry["ORGANIZER"] = _address_of(organizer)
    if event.cover:
        shown = picture(event.cover)
        facts: dict[str, Any] = {"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": shown.kind}
        entry["IMAGE"] = vUri(shown.address, params=facts)
    if join := web_address(event.online_address):
        facts = {"VALUE": "URI", "LABEL": _("Join online")}
        entry["CONFERENCE"] = vUri(join, params=facts)


def first_organizer(event: "Event") -> "Organization | None":
    roles = ("organizer", "co_organizer")
    parts = [part for part in event.participations.all() if part.role in roles]
    return min(parts, key=lambda part: roles.index(part.role)).organization if parts else None


def _address_of(organization: "Organization") -> vCalAddress:
    """CAL-ADDRESS is any URI: organizations have a page here, and no e-mail address."""
    address = vCalAddress(absolute(organization.get_absolute_url()))
    address.params["CN"] = clean(organization.name)
    return address
