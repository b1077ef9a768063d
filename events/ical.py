"""Events as iCalendar (RFC 5545, RFC 7986), written by us: decision 14."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from sorb.dates import SOFIA
from sorb.outside import absolute, conditional, picture, topic_names, web_address
from sorb.publishing.addresses import page_language

from .ical_lines import clock, day, folded, parameter, text, utc
from .queryset import ORGANIZING
from .wording import description, is_online, place, title_with_state, venue_in_words

if TYPE_CHECKING:
    from sorb.media.models import Image

    from .models import Event, EventType, Organization
    from .queryset import EventQuerySet

Once = Callable[..., str]
logger = logging.getLogger(__name__)

MOST_EVENTS = 5000  # in a calendar to subscribe to
MOST_BYTES = 2_990_000  # of its events: the file stays below 3 MB before it is packed
STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}  # all others are CONFIRMED
RULES_SINCE = 1997  # Bulgaria changes its clocks on the days of the European Union
# Europe/Sofia by its two rules: every calendar program reads them, not all read lists
ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{SOFIA.key}",
    f"X-LIC-LOCATION:{SOFIA.key}",
    "BEGIN:DAYLIGHT",
    f"DTSTART:{RULES_SINCE}0330T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:EEST",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0300",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    f"DTSTART:{RULES_SINCE}1026T040000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:EET",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0200",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def subscription_response(
    request: HttpRequest, events: "EventQuerySet", name: str, title: str
) -> HttpResponse:
    """The answer with the visible ones of these events as a calendar to subscribe to, or 304.

    Where there are more than it may hold, the oldest are left out, and it says so.

    Args:
        name: of the file, with ".ics".
        title: of the calendar.
    """
    facts = events.visible().for_subscribers().with_calendar_facts()
    latest = facts.order_by("-starts_at", "-pk")[: MOST_EVENTS + 1]
    entries, is_whole = _that_fit(latest)
    body = _file(title, entries[::-1], about=_window(len(entries), is_whole=is_whole))
    return _answer(request, body, name)


def event_response(request: HttpRequest, event: "Event", name: str, title: str) -> HttpResponse:
    """The answer with the event as a file to save, or 304.

    Args:
        event: the one to tell of, with what `with_calendar_facts()` brings.
        name: of the file, with ".ics".
        title: of the calendar.
    """
    return _answer(request, calendar_file([event], title), name, is_attachment=True)


def _answer(
    request: HttpRequest, body: bytes, name: str, *, is_attachment: bool = False
) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(is_attachment, name))
    response["X-Robots-Tag"] = "noindex"
    return conditional(request, response)


def calendar_file(events: Iterable["Event"], title: str) -> bytes:
    """The events as an iCalendar object, in the language of the page.

    Args:
        events: those to tell of, in the order in which they shall stand.
        title: of the calendar.

    Returns:
        UTF-8 with CRLF, lines of at most 75 octets. The same rows give the same bytes. A row that
        cannot be told (a date beyond the year 9999) is left out and logged.
    """
    once = cache(_call)
    return _file(title, (_told(event, once) for event in events))


def _that_fit(events: Iterable["Event"]) -> tuple[list[bytes], bool]:
    """The entries of the first of these events that a file may hold, and whether these are all."""
    once = cache(_call)
    entries: list[bytes] = []
    room = MOST_BYTES
    for event in events:
        entry = _told(event, once)
        room -= len(entry)
        if room < 0 or len(entries) == MOST_EVENTS:
            return entries, False
        if entry:
            entries.append(entry)
    return entries, True


def _window(count: int, *, is_whole: bool) -> str:
    """What a calendar to subscribe to holds and what it does not."""
    page = absolute(reverse("events:event_list"))
    if is_whole:
        told = _("The events of the last year and all that are to come. All events: %(page)s")
        return told % {"page": page}
    told = _("Only the latest %(count)s events fit here. All events: %(page)s")
    return told % {"count": count, "page": page}


def _file(title: str, entries: Iterable[bytes], about: str = "") -> bytes:
    return b"".join((folded(_head(title, about)), *entries, b"END:VCALENDAR\r\n"))


def _head(title: str, about: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{text(f'-//{settings.SITE_DOMAIN}//Sorb//EN')}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{text(title)}"
    yield f"X-WR-CALNAME:{text(title)}"
    if about:
        yield f"DESCRIPTION:{text(about)}"
        yield f"X-WR-CALDESC:{text(about)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    yield "X-PUBLISHED-TTL:PT1H"
    yield f"X-WR-TIMEZONE:{SOFIA.key}"
    yield from ZONE


def _call(work: Callable[..., str], *things: Any) -> str:
    return work(*things)


def _told(event: "Event", once: Once) -> bytes:
    """The entry of an event; nothing for one that cannot be told."""
    try:
        return folded(_entry(event, once))
    except (ValueError, OverflowError):
        logger.exception("Event %s cannot be told as iCalendar", event.pk)
        return b""


def _entry(event: "Event", once: Once) -> Iterator[str]:
    """
    Args:
        once: calls a function; what many events of the file share is written once.
    """
    page = f"{once(_pages, event.page)}{event.slug_in(page_language())}/"
    changed = utc(event.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _standing(event)
    yield from _times(event)
    yield f"DESCRIPTION:{text(description(event, page))}"
    yield from _location(event, once)
    yield f"URL:{page}"
    yield once(_categories, event.type, event.is_deadline, *topic_names(event))
    if event.is_deadline:  # it takes nobody's time (RFC 5545, 3.8.2.7)
        yield "TRANSP:TRANSPARENT"
    yield from _links(event, once)
    yield "END:VEVENT"


def _standing(event: "Event") -> Iterator[str]:
    """Whether it takes place. Google hides what is CANCELLED: the site may choose words alone."""
    if event.state == "cancelled" and settings.CALENDAR_KEEPS_CANCELLED:
        title = _("CANCELLED: %(title)s") % {"title": event.title}
        yield "STATUS:CONFIRMED"
        yield f"SUMMARY:{text(title)}"
    else:
        yield f"STATUS:{STATUS.get(event.state, 'CONFIRMED')}"
        yield f"SUMMARY:{text(title_with_state(event))}"


def _times(event: "Event") -> Iterator[str]:
    """All-day events by dates with an excluded end; an open end is no DTEND at all.

    A deadline has none either: it is a moment or a day (RFC 5545, 3.6.1).
    """
    has_end = not (event.has_open_end or event.is_deadline)
    if event.is_all_day:
        yield f"DTSTART;VALUE=DATE:{day(event.first_day)}"
        if has_end:
            yield f"DTEND;VALUE=DATE:{day(event.last_day + timedelta(days=1))}"
        return
    yield f"DTSTART{_moment(event.starts_at)}"
    if has_end and event.ends_at > event.starts_at:  # RFC 5545, 3.8.2.2: DTEND must be later
        yield f"DTEND{_moment(event.ends_at)}"


def _moment(moment: datetime) -> str:
    """The moment by the clocks of Sofia; in UTC where those words would not mean it everywhere.

    A local time that the clock shows twice means the first (RFC 5545, 3.3.5), and to some programs
    the second; our VTIMEZONE knows nothing of the years before its rules.
    """
    local = moment.astimezone(SOFIA)
    is_shown_twice = local.utcoffset() != local.replace(fold=not local.fold).utcoffset()
    if is_shown_twice or local.year <= RULES_SINCE:
        return f":{utc(moment)}"
    return f";TZID={SOFIA.key}:{clock(local)}"


def _pages(view: str) -> str:
    """Where the pages of events are: the address of each is what follows, its slug."""
    return absolute(reverse(view, args=["-"])).removesuffix("-/")


def _location(event: "Event", once: Once) -> Iterator[str]:
    has_hall = event.venue is not None and not is_online(event)
    where = once(venue_in_words, event.venue, event.hall) if has_hall else place(event)
    if where:
        yield f"LOCATION:{text(where)}"


def _categories(event_type: "EventType", is_deadline: bool, *topics: str) -> str:
    kinds = [_("Deadline")] if is_deadline else []
    return f"CATEGORIES:{','.join(map(text, [*kinds, event_type.name, *topics]))}"


def _links(event: "Event", once: Once) -> Iterator[str]:
    venue = event.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        yield f"GEO:{venue.latitude:f};{venue.longitude:f}"
    if organizing := event.organizing:  # type: ignore[attr-defined]
        first = min(organizing, key=lambda part: ORGANIZING.index(part.role))
        yield once(_organizer, first.organization)
    if event.cover:
        yield once(_image, event.cover)
    if join := web_address(event.online_address):
        label = parameter(_("Join online"))
        yield f"CONFERENCE;VALUE=URI;LABEL={label}:{join}"


def _organizer(organization: "Organization") -> str:
    """CAL-ADDRESS is any URI: organizations have a page here, and no e-mail address."""
    page = absolute(organization.get_absolute_url())
    return f"ORGANIZER;CN={parameter(organization.name)}:{page}"


def _image(image: "Image") -> str:
    shown = picture(image)
    return f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE={shown.kind}:{shown.address}"
