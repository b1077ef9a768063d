"""The ways into the reader's own calendar: a copy of an event, and subscriptions that renew."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sorb.outside import absolute, clean
from sorb.publishing.addresses import page_language

from .wording import description, place, title_with_state

if TYPE_CHECKING:
    from .models import Event

LONGEST_TEXT, LONGEST_NAME = 400, 80  # characters
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0"
MICROSOFT_365 = "https://outlook.office.com/calendar/0"


@dataclass(frozen=True)
class CalendarLink:
    name: str
    address: str
    is_download: bool = False


def calendar_links(event: "Event") -> list[CalendarLink]:
    """The ways to copy an event as it is now: a file, then web calendars."""
    file = absolute(reverse("events:event_ics", args=[event.slug_in(page_language())]))
    return [
        CalendarLink(_("Calendar file (.ics)"), file, is_download=True),
        CalendarLink("Google", _google(event)),
        CalendarLink("Outlook", _outlook(event, OUTLOOK)),
        CalendarLink("Microsoft 365", _outlook(event, MICROSOFT_365)),
    ]


def subscription_links(file: str, name: str) -> list[CalendarLink]:
    """The programs that people know, each with the address by which it follows a calendar file.

    Args:
        file: the whole address of the file; it reaches the programs as it is, with its query.
        name: what the calendar is called there, of any length and with any signs.
    """
    webcal = f"webcal://{file.partition('://')[2]}"
    facts = {"url": file, "name": Truncator(clean(name)).chars(LONGEST_NAME)}
    query = urlencode(facts, quote_via=quote, safe="")  # Outlook shows a "+" as it is
    return [
        CalendarLink("iPhone, iPad, Mac", webcal),
        CalendarLink(_("Google Calendar"), f"{GOOGLE}?{urlencode({'cid': webcal})}"),
        CalendarLink("Outlook.com", f"{OUTLOOK}/addfromweb?{query}"),
        CalendarLink("Microsoft 365", f"{MICROSOFT_365}/addfromweb?{query}"),
    ]


def _google(event: "Event") -> str:
    span = "/".join(_span(event, "%Y%m%d", "%Y%m%dT%H%M%SZ"))
    words = {"text": _title(event), "details": _details(event), "location": _place(event)}
    return f"{GOOGLE}?{urlencode({'action': 'TEMPLATE', 'dates': span} | words)}"


def _outlook(event: "Event", calendar: str) -> str:
    starts, ends = _span(event, "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")
    facts = {"rru": "addevent", "startdt": starts, "enddt": ends}
    if event.is_all_day:
        facts["allday"] = "true"
    words = {"subject": _title(event), "body": _details(event), "location": _place(event)}
    query = urlencode(facts | words, quote_via=quote)  # Outlook shows a "+" as it is
    return f"{calendar}/action/compose?{query}"


def _span(event: "Event", day_form: str, moment_form: str) -> tuple[str, str]:
    """First day and the day after the last, or start and end in UTC; an open end is the start."""
    if event.is_all_day:
        end = event.first_day if event.has_open_end else event.last_day
        return event.first_day.strftime(day_form), (end + timedelta(days=1)).strftime(day_form)
    ends_at = event.starts_at if event.has_open_end else event.ends_at
    return _utc(event.starts_at, moment_form), _utc(ends_at, moment_form)


def _utc(moment: datetime, form: str) -> str:
    return moment.astimezone(UTC).strftime(form)


def _title(event: "Event") -> str:
    return clean(title_with_state(event))


def _place(event: "Event") -> str:
    return clean(place(event))


def _details(event: "Event") -> str:
    """The address takes the text, and addresses may not be long: the page stands first."""
    page = absolute(event.get_absolute_url())
    return f"{page}\n{Truncator(clean(description(event, page=''))).chars(LONGEST_TEXT)}"
