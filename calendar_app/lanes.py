"""Where events stand in a week of the wide table: bars across several days, then single days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.models import Event

MOST = 3  # events in a cell; the rest is counted


@dataclass(frozen=True)
class Bar:
    """The part of an event of several days that lies in one week."""

    event: Event
    lane: int
    length: int
    is_begun_before: bool
    is_continued: bool


@dataclass(frozen=True)
class Slots:
    """What stands in the cell of a day.

    `lanes` is the height kept free for the bars that pass over the cell, whether or not they
    begin in it; `more` counts the events of the day that are not shown.
    """

    bars: list[Bar] = field(default_factory=list)
    lanes: int = 0
    events: list[Event] = field(default_factory=list)
    more: int = 0


def slots_of_week(week: Sequence[date], by_day: Mapping[date, Sequence[Event]]) -> list[Slots]:
    """The slots of the days of a week.

    Args:
        week: seven days, one after the other.
        by_day: the events of each day that has any, by their start.
    """
    in_week = {event.pk: event for day in week for event in by_day.get(day, ())}
    bars = _bars(week, [event for event in in_week.values() if is_over_days(event)])
    return [_slots(day, bars, by_day.get(day, ())) for day in week]


def is_over_days(event: Event) -> bool:
    return event.first_day != event.last_day


def _bars(week: Sequence[date], spans: list[Event]) -> list[tuple[date, date, Bar]]:
    """Each bar with its first and last day in the week: the longer above, in the first free lane.
    What finds no lane is counted in its cells instead."""
    placed: list[tuple[date, date, Bar]] = []
    by_length = sorted(spans, key=lambda event: (event.first_day, -event.last_day.toordinal()))
    for event in by_length:
        first, last = max(event.first_day, week[0]), min(event.last_day, week[-1])
        taken = {bar.lane for start, end, bar in placed if start <= last and end >= first}
        free = next((lane for lane in range(1, MOST + 1) if lane not in taken), None)
        if free is None:
            continue
        length = (last - first).days + 1
        bar = Bar(event, free, length, event.first_day < first, event.last_day > last)
        placed.append((first, last, bar))
    return placed


def _slots(day: date, bars: list[tuple[date, date, Bar]], events: Sequence[Event]) -> Slots:
    passing = [bar for first, last, bar in bars if first <= day <= last]
    begun = sorted((bar for first, _, bar in bars if first == day), key=lambda bar: bar.lane)
    lanes = max((bar.lane for bar in passing), default=0)
    shown = [event for event in events if not is_over_days(event)][: MOST - lanes]
    return Slots(begun, lanes, shown, len(events) - len(passing) - len(shown))
