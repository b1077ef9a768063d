"""Bars and single days in a week, against plain dates."""

from datetime import date, timedelta
from itertools import groupby
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from calendar_app.lanes import MOST, slots_of_week
from calendar_app.table import events_by_day

MONDAY = date(2020, 2, 24)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]


def made(pk, start, length):
    first = MONDAY + timedelta(days=start)
    return SimpleNamespace(pk=pk, first_day=first, last_day=first + timedelta(days=length - 1))


spans = st.lists(st.tuples(st.integers(-6, 6), st.integers(1, 12)), max_size=12).map(
    lambda found: [made(pk, *span) for pk, span in enumerate(sorted(found))]
)


def slots(events):
    return slots_of_week(WEEK, events_by_day(events, WEEK))


@given(spans)
def test_every_event_of_a_day_is_shown_or_counted(events):
    for day, cell in zip(WEEK, slots(events), strict=True):
        touching = [each for each in events if each.first_day <= day <= each.last_day]
        passing = [
            bar
            for start, each in zip(WEEK, slots(events), strict=True)
            for bar in each.bars
            if start <= day < start + timedelta(days=bar.length)
        ]

        assert len(passing) + len(cell.events) + cell.more == len(touching)
        assert cell.lanes + len(cell.events) <= MOST
        assert cell.lanes == max((bar.lane for bar in passing), default=0)


@given(spans)
def test_bars_lie_over_exactly_their_days_and_never_over_each_other(events):
    taken = set()
    for start, cell in zip(WEEK, slots(events), strict=True):
        for bar in cell.bars:
            last = start + timedelta(days=bar.length - 1)

            assert start == max(bar.event.first_day, WEEK[0])
            assert last == min(bar.event.last_day, WEEK[-1])
            assert bar.is_begun_before == (bar.event.first_day < WEEK[0])
            assert bar.is_continued == (bar.event.last_day > WEEK[-1])
            covered = {(bar.lane, start + timedelta(days=n)) for n in range(bar.length)}
            assert not covered & taken
            taken |= covered


@given(spans)
def test_an_event_has_one_bar_a_week(events):
    bars = sorted(bar.event.pk for cell in slots(events) for bar in cell.bars)

    assert [len(list(same)) for _pk, same in groupby(bars)] == [1] * len(set(bars))


def test_a_conference_is_one_bar_and_a_meeting_stands_under_it():
    conference, meeting = made(1, 0, 3), made(2, 1, 1)

    found = slots([conference, meeting])

    assert [(bar.event, bar.length) for bar in found[0].bars] == [(conference, 3)]
    assert [cell.lanes for cell in found] == [1, 1, 1, 0, 0, 0, 0]
    assert [cell.events for cell in found] == [[], [meeting], [], [], [], [], []]


def test_a_fourth_long_event_is_only_counted():
    found = slots([made(pk, 0, 7) for pk in range(5)])

    assert [cell.more for cell in found] == [2] * 7
