"""The month table: which days there are, and which events fall on them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Subquery
from django.utils import timezone

from events.models import Event
from sorb.dates import day_of

from .month import Month, shown_span


@dataclass(frozen=True)
class Bounds:
    """The months of the calendar: from one before the first event to one after the last."""

    first: Month
    last: Month

    def __contains__(self, month: Month | None) -> bool:
        return month is not None and self.first <= month <= self.last


@dataclass(frozen=True)
class Day:
    day: date
    is_in_month: bool
    is_today: bool
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class MonthTable:
    month: Month
    weeks: list[list[Day]]
    events: list[Event]
    bounds: Bounds

    @property
    def previous(self) -> Month | None:
        return self.month.previous if self.month.previous in self.bounds else None

    @property
    def next(self) -> Month | None:
        return self.month.next if self.month.next in self.bounds else None

    @property
    def is_outside(self) -> bool:
        return self.month not in self.bounds


def month_table(month: Month) -> MonthTable:
    """The table of a month with its visible events: one read, or two when it has no events."""
    visible = Event.objects.visible()
    shown = list(
        visible.between(*shown_span(month))
        .select_related("type", "venue")
        .annotate(
            first_start=Subquery(visible.order_by("starts_at").values("starts_at")[:1]),
            last_end=Subquery(visible.order_by("-starts_at").values("ends_at")[:1]),
        )
        .defer("body", "body_bg", "body_en")
    )
    extremes = [(event.first_start, event.last_end) for event in shown[:1]]
    bounds = _bounds_between(*extremes[0]) if extremes else bounds_of_calendar()
    today = timezone.localdate()
    by_day = _by_day(shown)
    weeks = [
        [Day(day, day in month, day == today, by_day.get(day, [])) for day in week]
        for week in month.weeks
    ]
    return MonthTable(month, weeks, [event for event in shown if _touches(event, month)], bounds)


def bounds_of_calendar() -> Bounds:
    """The months between which one can turn pages: one read."""
    visible = Event.objects.visible()
    last_end = Subquery(visible.order_by("-starts_at").values("ends_at")[:1])
    extremes = visible.order_by("starts_at").values_list("starts_at", last_end)
    return _bounds_between(*next(iter(extremes[:1]), (timezone.now(), timezone.now())))


def _bounds_between(first: datetime, last: datetime) -> Bounds:
    """The month of today belongs to the calendar, whatever the events."""
    days = day_of(first), day_of(last), timezone.localdate()
    months = [Month.of(day) for day in days]
    return Bounds(min(months).previous or min(months), max(months).next or max(months))


def _touches(event: Event, month: Month) -> bool:
    return event.starts_at < month.ends_at and event.last_day >= month.first_day


def _by_day(events: list[Event]) -> dict[date, list[Event]]:
    days = defaultdict(list)
    for event in events:
        day = event.first_day
        while day <= event.last_day:
            days[day].append(event)
            day += timedelta(days=1)
    return days
