"""One VEVENT as plain values, and each date of one that repeats."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar.error import BrokenCalendarProperty

from sorb.dates import SOFIA, midnight, midnight_after

from .limits import FIRST_YEAR, LAST_YEAR, MOST_EVENTS, MOST_TEXT
from .refusal import RefusedError, SkippedError
from .repeats import Budget, Moment, dates

Values = dict[str, Any]

TITLE_LENGTH, PLACE_LENGTH, ADDRESS_LENGTH, UID_LENGTH = 200, 300, 200, 255
# Where a meeting on line is joined: RFC 7986, Google, Microsoft
JOIN = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
BROKEN = (BrokenCalendarProperty, ValueError, TypeError, AttributeError, KeyError, OverflowError)


class Entry:
    """A VEVENT; `is_off`: the file that holds it takes back what it names (METHOD:CANCEL)."""

    def __init__(self, component: Any, *, is_off: bool = False) -> None:
        self.component = component
        self.is_off = is_off
        self.uid = self.text("UID", UID_LENGTH + 1)
        self.sequence = self._number("SEQUENCE")

    def text(self, name: str, most: int) -> str:
        """The words of a property on one line, the first where it stands twice."""
        return " ".join(self._first(name).split())[:most]

    def _first(self, name: str) -> str:
        value = self.component.get(name, "")
        return str(value[0] if isinstance(value, list) else value)

    def _number(self, name: str) -> int:
        digits = self._first(name)
        return int(digits) if digits.isdecimal() and len(digits) < 10 else 0

    def in_brief(self) -> Values:
        return {"title": self.text("SUMMARY", TITLE_LENGTH), "uid": self.uid}

    def moment(self, name: str) -> Moment | None:
        """A date or a moment with its zone; a floating one is by the clocks of Sofia.

        Raises:
            SkippedError: it stands twice, or its zone is not known.
        """
        value = self.component.get(name)
        if value is None:
            return None
        if isinstance(value, list):
            raise SkippedError("twice_said", name=name)
        at: Any = value.dt
        if not isinstance(at, datetime):
            if not isinstance(at, date):
                raise SkippedError("broken_entry")
            return at
        if at.tzinfo is None:
            if zone := str(value.params.get("TZID", "")):
                raise SkippedError("zone_unknown", zone=zone[:100])
            return at.replace(tzinfo=SOFIA)
        return at

    def moments(self, name: str) -> list[Any]:
        value = self.component.get(name, [])
        lists = value if isinstance(value, list) else [value]
        return [each.dt for one in lists for each in one.dts]

    def is_all_day(self, start: Moment, end: Moment | None) -> bool:
        """By dates, or as Outlook says it: from midnight to midnight, with a mark."""
        if not isinstance(start, datetime):
            return True
        is_marked = self._first("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
        ends = (start, end if isinstance(end, datetime) else start)
        return is_marked and all(each.time() == time() for each in ends)

    def check(self) -> None:
        """Raises SkippedError for what cannot be matched, or is nobody else's business."""
        if not self.uid or len(self.uid) > UID_LENGTH:
            raise SkippedError("no_uid")
        if self.text("CLASS", 20).upper() in ("PRIVATE", "CONFIDENTIAL"):
            raise SkippedError("private")
        if not self.text("SUMMARY", TITLE_LENGTH):
            raise SkippedError("no_title")

    def length(self, start: Moment) -> timedelta | None:
        """From the start to the end; None when the file knows no end."""
        end = self.moment("DTEND")
        if end is not None:
            if isinstance(end, datetime) != isinstance(start, datetime):
                raise SkippedError("broken_entry")
            between = in_utc(end) - in_utc(start) if isinstance(start, datetime) else end - start
            if between < timedelta():
                raise SkippedError("ends_first")
            return between
        duration = self.component.get("DURATION")
        return duration.dt if duration is not None else None

    def at(self, start: Moment, length: timedelta | None, recurrence: str) -> Values:
        """The values of the event at one of its dates."""
        notes = []
        title = " ".join(self._first("SUMMARY").split())
        text = self._first("DESCRIPTION").strip()
        if len(title) > TITLE_LENGTH:
            notes.append("title_cut")
            title = title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
        if len(text) > MOST_TEXT:
            notes.append("text_cut")
            text = text[:MOST_TEXT]
        status = self.text("STATUS", 20).upper()
        return {
            "uid": self.uid,
            "recurrence": recurrence,
            "title": title,
            "text": text,
            "place": self.text("LOCATION", PLACE_LENGTH),
            "url": self.text("URL", ADDRESS_LENGTH + 1),
            "join": next(filter(None, (self.text(name, ADDRESS_LENGTH + 1) for name in JOIN)), ""),
            "is_cancelled": self.is_off or status == "CANCELLED",
            "categories": self.categories(),
            "notes": notes,
            **self._times(start, length),
        }

    def categories(self) -> list[str]:
        value = self.component.get("CATEGORIES", [])
        lists = value if isinstance(value, list) else [value]
        return [" ".join(str(name).split())[:100] for one in lists for name in one.cats][:20]

    def _times(self, start: Moment, length: timedelta | None) -> Values:
        end = start + length if length is not None and not isinstance(start, datetime) else None
        is_all_day = self.is_all_day(start, self.moment("DTEND"))
        if not isinstance(start, datetime):
            starts_at = midnight(start)
            ends_at = midnight(max(end or start, start + timedelta(days=1)))
        else:
            starts_at = in_utc(start)
            ends_at = midnight_after(starts_at) if length is None else starts_at + length
        if is_all_day and isinstance(start, datetime) and length:
            starts_at = midnight(start.date())
            ends_at = midnight(
                start.date() + timedelta(days=max(1, round(length.total_seconds() / 86400)))
            )
        if not FIRST_YEAR <= starts_at.year <= LAST_YEAR or ends_at.year > LAST_YEAR + 1:
            raise SkippedError("too_far", first=FIRST_YEAR, last=LAST_YEAR)
        return {
            "starts_at": starts_at.astimezone(UTC).isoformat(),
            "ends_at": ends_at.astimezone(UTC).isoformat(),
            "is_all_day": is_all_day,
            "has_open_end": length is None and not is_all_day,
        }


def in_utc(moment: Any) -> datetime:
    """The instant; one that the clock skips counts from before the change (RFC 5545, 3.3.5)."""
    at: datetime = moment.astimezone(UTC)
    return at


def key_of(start: Moment) -> str:
    """What tells the dates of one UID apart, whatever the zone it is written in."""
    if isinstance(start, datetime):
        return in_utc(start).strftime("%Y%m%dT%H%M%SZ")
    return start.strftime("%Y%m%d")


def occurrences(entries: list[Entry], found: list[Values]) -> Iterator[tuple[Entry, SkippedError]]:
    """Put the events of all entries into `found`; gives those that are left out, and why."""
    budget = Budget()
    by_uid: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        try:
            entry.check()
        except SkippedError as why:
            yield entry, why
        else:
            by_uid[entry.uid].append(entry)
    for group in by_uid.values():
        whole = [entry for entry in group if entry.component.get("RECURRENCE-ID") is None]
        single = [entry for entry in group if entry not in whole]
        whole.sort(key=lambda entry: entry.sequence)
        yield from ((entry, SkippedError("twice")) for entry in whole[:-1])
        changed: dict[str, Values] = {}
        for entry in sorted(single, key=lambda entry: entry.sequence):
            try:
                changed.update(_changed_date(entry))
            except SkippedError as why:
                yield entry, why
            except BROKEN:
                yield entry, SkippedError("broken_entry")
        try:
            every = _every_date(whole[-1], budget) if whole else {}
        except SkippedError as why:
            yield whole[-1], why
            every = {}
        except BROKEN:
            yield whole[-1], SkippedError("broken_entry")
            every = {}
        found += (every | changed).values()
        if len(found) > MOST_EVENTS:
            raise RefusedError("too_many_events", most=MOST_EVENTS)


def _changed_date(entry: Entry) -> dict[str, Values]:
    """One date of a repeated event that differs from the others (RECURRENCE-ID)."""
    value = entry.component.get("RECURRENCE-ID")
    if isinstance(value, list) or "RANGE" in value.params:
        raise SkippedError("range")
    recurrence = entry.moment("RECURRENCE-ID")
    start = entry.moment("DTSTART")
    if recurrence is None or start is None:
        raise SkippedError("no_start")
    key = key_of(recurrence)
    return {key: entry.at(start, entry.length(start), key)}


def _every_date(entry: Entry, budget: Budget) -> dict[str, Values]:
    start = entry.moment("DTSTART")
    if start is None:
        raise SkippedError("no_start")
    length = entry.length(start)
    rule, more, left_out = (
        entry.component.get("RRULE"),
        entry.moments("RDATE"),
        entry.moments("EXDATE"),
    )
    if not rule and not more:
        return {"": entry.at(start, length, "")}
    starts = dates(start, rule, more, left_out, budget)
    return {key_of(each): entry.at(each, length, key_of(each)) for each in starts}
