"""A year at a glance: twelve small tables that count the events of each day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from events.filters import EventFilter
from events.models import Event
from sorb.dates import day_of, last_day, midnight

from .bounds import Bounds
from .month import Month


@dataclass(frozen=True)
class DayCount:
    """A day of a month; None stands for the neighbouring months' days, which are left empty."""

    day: date
    number: int
    is_today: bool


@dataclass(frozen=True)
class MonthCount:
    month: Month
    weeks: list[list[DayCount | None]]
    number: int
    is_reached: bool


def year_table(year: int, filters: EventFilter, bounds: Bounds) -> list[MonthCount]:
    """The months of a year with the number of events on each day: one read.

    Args:
        year: one that addresses can say.
        filters: which events count.
        bounds: which months have a page.
    """
    visible = filters.narrow(Event.objects.visible())
    span = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
    spans = list(visible.between(*span).values_list("starts_at", "ends_at"))
    days, months = _counted(spans, year)
    return [
        MonthCount(month, _weeks(month, days), months[month.number], month in bounds)
        for month in (Month(year, number) for number in range(1, 13))
    ]


def _counted(
    spans: Iterable[tuple[datetime, datetime]], year: int
) -> tuple[Counter[date], Counter[int]]:
    """How many events each day has, and each month."""
    days: Counter[date] = Counter()
    months: Counter[int] = Counter()
    for starts_at, ends_at in spans:
        first = max(day_of(starts_at), date(year, 1, 1))
        last = min(last_day(starts_at, ends_at), date(year, 12, 31))
        touched = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        days.update(touched)
        months.update({day.month for day in touched})
    return days, months


def _weeks(month: Month, days: Counter[date]) -> list[list[DayCount | None]]:
    today = timezone.localdate()
    return [
        [DayCount(day, days[day], day == today) if day in month else None for day in week]
        for week in month.weeks
    ]
