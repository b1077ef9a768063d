"""When things of the demo happen: mostly so many days or weeks from today, so that it never ages."""

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


def moment_at(when: dict[str, Any] | None, today: date) -> datetime | None:
    """The moment that a table means; None for none."""
    if when is None:
        return None
    return moment(day_at(when, today), time.fromisoformat(when.get("time", "00:00")))


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
