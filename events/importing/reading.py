"""An .ics file as plain values; run by `apart`, away from the site."""

import re
import warnings
from typing import Any

from icalendar import Calendar

from .apart import answer
from .entries import Entry, occurrences
from .limits import MOST_BYTES, MOST_DEPTH, MOST_EVENTS, MOST_LINES
from .refusal import RefusedError

Told = dict[str, Any]

NAME_LENGTH = 200


def read(data: bytes) -> Told:
    """The events of a file.

    Returns:
        `name` of the calendar, `is_whole` (not only news of some events), `events` (see
        `entries`), and `skipped`: `title`, `uid`, `why` and `facts` of each entry that is left
        out.

    Raises:
        RefusedError: it is no calendar, is broken, or holds too much.
    """
    text = decoded(data)
    check_size(text)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError("broken") from error
    entries = [
        Entry(component, is_off=method_of(calendar) == "CANCEL")
        for calendar in calendars
        for component in calendar.walk("VEVENT")
    ]
    is_whole = all(method_of(calendar) in ("", "PUBLISH") for calendar in calendars)
    told: Told = {"name": name_of(calendars), "is_whole": is_whole, "events": [], "skipped": []}
    for entry, why in occurrences(entries, told["events"]):
        told["skipped"].append(entry.in_brief() | {"why": why.why, "facts": why.facts})
    if len(told["events"]) > MOST_EVENTS:
        raise RefusedError("too_many_events", most=MOST_EVENTS)
    return told


def decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RefusedError("too_large", most=MOST_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("encoding") from error
    if "\0" in text:
        raise RefusedError("no_calendar")
    return text


def check_size(text: str) -> None:
    """Count lines, events and depth before the library spends any work on them."""
    if not re.match(r"\s*BEGIN:VCALENDAR\s", text, re.IGNORECASE):
        raise RefusedError("no_calendar")
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise RefusedError("too_many_lines", most=MOST_LINES)
    depth, events = 0, 0
    for mark in re.finditer(r"^(BEGIN|END):(\w*)", text, re.MULTILINE | re.IGNORECASE):
        depth += 1 if mark[1].upper() == "BEGIN" else -1
        events += mark[0].upper() == "BEGIN:VEVENT"
        if depth > MOST_DEPTH:
            raise RefusedError("too_deep")
    if events > MOST_EVENTS:
        raise RefusedError("too_many_events", most=MOST_EVENTS)
    if depth != 0:  # cut off on its way, or not written by a program
        raise RefusedError("broken")


def method_of(calendar: Any) -> str:
    """METHOD: what the file wants of who gets it (RFC 5546)."""
    return str(calendar.get("METHOD", "")).upper()


def name_of(calendars: list[Any]) -> str:
    """What the calendar calls itself, else the program that made it."""
    for label in ("NAME", "X-WR-CALNAME", "PRODID"):
        for calendar in calendars:
            if words := " ".join(str(calendar.get(label, "")).split()):
                return words[:NAME_LENGTH]
    return ""


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # the library guesses at zones and says so
    answer(read)
