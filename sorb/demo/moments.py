"""When things of the demo happen: mostly counted from today, so that it never ages."""

from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from sorb.dates import SOFIA, moment

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_at(when: dict[str, Any], today: date) -> date:
    """The day that a table of the content files means.

    Args:
        when: {date = "2019-07-23"}, {days = -3}, {weeks = 2, weekday = "wed"} (weeks from the
            Monday of this week), {months = -1, last = "thu"} (the last Thursday of last month),
            {years = 1, month = 10, last = "thu"}, or {clock_change = "spring"} (the next Sunday on
            which the clock is put forward). The last three take days = 1 as well: so many later.
        today: the day from which is counted.
    """
    later = timedelta(days=when.get("days", 0))
    if "date" in when:
        return date.fromisoformat(when["date"])
    if "clock_change" in when:
        return next_spring_change(today) + later
    if "last" in when:
        month = when.get("month", today.month) + when.get("months", 0)
        of_year = date(today.year + when.get("years", 0), 1, 1)
        return last_of(when["last"], of_year + relativedelta(months=month - 1)) + later
    if "weeks" in when:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=when["weeks"], days=WEEKDAYS.index(when["weekday"]))
    return today + later


def moment_of(when: dict[str, Any], today: date) -> datetime:
    """The moment that a table means: its day, at its time or else at midnight."""
    return moment(day_at(when, today), time.fromisoformat(when.get("time", "00:00")))


def moment_at(when: dict[str, Any] | None, today: date) -> datetime | None:
    """The same, and None for none."""
    return moment_of(when, today) if when is not None else None


def last_of(weekday: str, month: date) -> date:
    """The last such day of the month in which a date lies."""
    last: date = month + relativedelta(day=31)
    return last - timedelta(days=(last.weekday() - WEEKDAYS.index(weekday)) % 7)


def next_spring_change(today: date) -> date:
    """The next last Sunday of March that lies ahead."""
    for year in (today.year, today.year + 1):
        sunday = last_of("sun", date(year, 3, 1))
        if sunday > today:
            return sunday
    raise AssertionError("one of two years has a spring ahead")


def today_in_sofia() -> date:
    return timezone.now().astimezone(SOFIA).date()
