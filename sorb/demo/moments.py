"""When things of the demo happen: mostly counted from today, so that it never ages."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from sorb.dates import SOFIA, moment

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_at(when: dict[str, Any], today: date) -> date:
    """The day that a table of the content files means.

    Args:
        when: {date = "2019-07-23"}, {days = -3}, {weeks = 2, weekday = "wed"} (weeks from the
            Monday of this week), or {clock_change = "spring", days = -1} (days from the next
            Sunday on which the clock is put forward).
        today: the day from which is counted.
    """
    if "date" in when:
        return date.fromisoformat(when["date"])
    if "clock_change" in when:
        return next_spring_change(today) + timedelta(days=when.get("days", 0))
    if "weeks" in when:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=when["weeks"], days=WEEKDAYS.index(when["weekday"]))
    return today + timedelta(days=when["days"])


def moment_of(when: dict[str, Any], today: date) -> datetime:
    """The moment that a table means: its day, at its time or else at midnight."""
    return moment(day_at(when, today), time.fromisoformat(when.get("time", "00:00")))


def moment_at(when: dict[str, Any] | None, today: date) -> datetime | None:
    """The same, and None for none."""
    return moment_of(when, today) if when is not None else None


def next_spring_change(today: date) -> date:
    """The next last Sunday of March that lies ahead."""
    for year in (today.year, today.year + 1):
        last = date(year, 3, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday > today:
            return sunday
    raise AssertionError("one of two years has a spring ahead")


def today_in_sofia() -> date:
    return timezone.now().astimezone(SOFIA).date()
