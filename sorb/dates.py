"""Days and moments in Europe/Sofia, whatever the server's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Sofia."""
    return datetime.combine(day, time(), SOFIA)


def midnight_after(moment: datetime) -> datetime:
    """The end of the day in Sofia to which a moment belongs."""
    return midnight(day_of(moment) + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The day in Sofia to which a moment belongs."""
    return moment.astimezone(SOFIA).date()


def last_day(starts_at: datetime, ends_at: datetime) -> date:
    """The last day that an event occupies: one that ends at 00:00 does not occupy that day."""
    if ends_at <= starts_at:
        return day_of(starts_at)
    return day_of(ends_at - timedelta(microseconds=1))


class SkippedTimeError(ValueError):
    """The clock never showed this time: it was put forward over it."""


def moment(day: date, clock: time) -> datetime:
    """The moment when clocks in Sofia show a time on a day.

    Returns:
        The first of the two when the clock is put back over it in autumn.

    Raises:
        SkippedTimeError: the clock is put forward over it in spring.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), SOFIA)
    if local.astimezone(UTC).astimezone(SOFIA).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SkippedTimeError(f"{day} {clock}")
    return local


def clock_at(at: datetime) -> datetime:
    """What clocks in Sofia show at a moment; without a zone, to be counted with."""
    return at.astimezone(SOFIA).replace(tzinfo=None)


def on_the_clock(at: datetime, by: timedelta) -> datetime:
    """The moment when clocks in Sofia show so much more: ten o'clock stays ten o'clock.

    Raises:
        SkippedTimeError: they never show that.
    """
    local = clock_at(at) + by
    return moment(local.date(), local.time())
