"""The month table: which days there are, and which events fall on them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from events.filters import EventFilter
from events.models import Event, EventType
from events.queryset import EventQuerySet

from .bounds import Bounds, bounds_of, bounds_of_calendar, extremes
from .lanes import Slots, slots_of_week
from .month import Month, shown_span


@dataclass(frozen=True)
class Day:
    day: date
    is_in_month: bool
    is_today: bool
    events: list[Event] = field(default_factory=list)
    slots: Slots = field(default_factory=Slots)


@dataclass(frozen=True)
class MonthTable:
    month: Month
    weeks: list[list[Day]]
    events: list[Event]
    bounds: Bounds
    filters: EventFilter
    following: Event | None = None

    @property
    def previous(self) -> Month | None:
        return self.month.previous if self.month.previous in self.bounds else None

    @property
    def next(self) -> Month | None:
        return self.month.next if self.month.next in self.bounds else None

    @property
    def is_of_today(self) -> bool:
        return timezone.localdate() in self.month

    @property
    def is_led_through(self) -> bool:
        """May crawlers follow its links to other months? Not from one empty month to the next."""
        return not self.filters and (bool(self.events) or self.is_of_today)

    @property
    def types(self) -> list[EventType]:
        """The types of the events in the table, for its legend."""
        shown = (event for week in self.weeks for day in week for event in day.events)
        types = {event.type_id: event.type for event in shown}
        return sorted(types.values(), key=lambda kind: (kind.order, kind.name))


def month_table(month: Month, filters: EventFilter | None = None) -> MonthTable:
    """The table of a month with its visible events.

    Costs one read; an empty month two, or three when nothing comes after it.

    Args:
        month: the one shown.
        filters: what the reader wants to see of it; everything when not given.
    """
    filters = filters or EventFilter()
    visible = filters.narrow(Event.objects.visible())
    shown = list(_rows(visible.between(*shown_span(month))).select_related("type", "venue"))
    events = [event for event in shown if _touches(event, month)]
    following = None
    if not events:
        later = visible.filter(starts_at__gte=month.ends_at).order_by("starts_at", "pk")
        following = _rows(later).first()
    known = [*shown[:1], *([following] if following else [])]
    bounds = bounds_of(known[0]) if known else bounds_of_calendar()
    return MonthTable(month, _weeks(month, shown), events, bounds, filters, following)


def _rows(events: EventQuerySet) -> EventQuerySet:
    rows: EventQuerySet = events.annotate(**extremes()).defer("body", "body_bg", "body_en")
    return rows


def _weeks(month: Month, events: list[Event]) -> list[list[Day]]:
    today = timezone.localdate()
    by_day = events_by_day(events, list(month.days()))
    return [
        [
            Day(day, day in month, day == today, by_day.get(day, []), slots)
            for day, slots in zip(week, slots_of_week(week, by_day), strict=True)
        ]
        for week in month.weeks
    ]


def _touches(event: Event, month: Month) -> bool:
    return event.starts_at < month.ends_at and event.last_day >= month.first_day


def events_by_day(events: Iterable[Event], days: Sequence[date]) -> dict[date, list[Event]]:
    """The events of each of the days, which follow one another, that has any."""
    found = defaultdict(list)
    for event in events:
        first, last = max(event.first_day, days[0]), min(event.last_day, days[-1])
        for number in range((last - first).days + 1):
            found[first + timedelta(days=number)].append(event)
    return found
