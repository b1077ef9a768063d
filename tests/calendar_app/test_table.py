from datetime import date, datetime, timedelta

import pytest

from calendar_app.bounds import bounds_of_calendar
from calendar_app.month import Month
from calendar_app.table import month_table
from sorb.dates import SOFIA, midnight
from tests.factories import make_event

pytestmark = pytest.mark.django_db

FEBRUARY = Month(2020, 2)


def at(*numbers):
    return datetime(*numbers, tzinfo=SOFIA)


def days_of(table, event):
    return [day.day for week in table.weeks for day in week if event in day.events]


def test_an_event_stands_on_its_day():
    event = make_event(starts_at=at(2020, 2, 24, 10), ends_at=at(2020, 2, 24, 12))

    table = month_table(FEBRUARY)

    assert days_of(table, event) == [date(2020, 2, 24)]
    assert table.events == [event]


def test_an_event_of_several_days_stands_on_each_also_in_the_neighbouring_month():
    event = make_event(starts_at=at(2020, 1, 30, 10), ends_at=at(2020, 2, 2, 12))

    february, january = month_table(FEBRUARY), month_table(Month(2020, 1))

    days = [date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]
    assert days_of(february, event) == days
    assert days_of(january, event) == days
    assert february.events == january.events == [event]


def test_an_event_that_ends_at_midnight_does_not_occupy_the_next_day():
    event = make_event(starts_at=at(2020, 2, 24, 20), ends_at=at(2020, 2, 25))

    assert days_of(month_table(FEBRUARY), event) == [date(2020, 2, 24)]


def test_an_event_that_ends_as_the_month_begins_is_not_in_it():
    event = make_event(starts_at=at(2020, 1, 31, 20), ends_at=at(2020, 2, 1))

    table = month_table(FEBRUARY)

    assert days_of(table, event) == [date(2020, 1, 31)]
    assert table.events == []


def test_an_all_day_event_occupies_its_days_and_no_more():
    event = make_event(
        starts_at=midnight(date(2020, 2, 10)), ends_at=midnight(date(2020, 2, 13)), is_all_day=True
    )

    assert days_of(month_table(FEBRUARY), event) == [date(2020, 2, d) for d in (10, 11, 12)]


def test_half_past_midnight_in_sofia_belongs_to_the_new_day_and_month():
    event = make_event(starts_at=at(2020, 2, 1, 0, 30), ends_at=at(2020, 2, 1, 1))

    assert days_of(month_table(FEBRUARY), event) == [date(2020, 2, 1)]
    assert month_table(Month(2020, 1)).events == []


def test_an_event_without_length_stands_on_its_day():
    event = make_event(starts_at=at(2020, 2, 24), ends_at=at(2020, 2, 24))

    assert days_of(month_table(FEBRUARY), event) == [date(2020, 2, 24)]


def test_an_event_over_the_clock_change_stands_on_both_days():
    event = make_event(starts_at=at(2020, 3, 28, 20), ends_at=at(2020, 3, 29, 12))

    assert days_of(month_table(Month(2020, 3)), event) == [date(2020, 3, 28), date(2020, 3, 29)]


@pytest.mark.parametrize(
    ("month", "outside"),
    [
        (
            Month(2020, 1),
            [date(2019, 12, 30), date(2019, 12, 31), date(2020, 2, 1), date(2020, 2, 2)],
        ),
        (
            Month(2019, 12),
            [date(2019, 11, d) for d in range(25, 31)] + [date(2020, 1, d) for d in range(1, 6)],
        ),
    ],
)
def test_january_and_december_know_their_neighbours(month, outside):
    days = [day for week in month_table(month).weeks for day in week]

    assert [day.day for day in days if not day.is_in_month] == outside


def test_drafts_do_not_count():
    make_event(starts_at=at(2020, 2, 24, 10), status="draft")

    table = month_table(FEBRUARY)

    assert [day.events for week in table.weeks for day in week if day.events] == []


def test_the_calendar_reaches_one_month_beyond_its_events(time_machine):
    time_machine.move_to(at(2020, 6, 15))
    make_event(starts_at=at(2019, 7, 23, 9))
    make_event(starts_at=at(2020, 9, 1, 9))

    bounds = bounds_of_calendar()

    assert (bounds.first, bounds.last) == (Month(2019, 6), Month(2020, 10))
    assert month_table(Month(2019, 6)).previous is None
    assert month_table(Month(2019, 6)).next == Month(2019, 7)
    assert month_table(Month(2020, 10)).next is None
    assert Month(2019, 5) not in bounds


def test_an_empty_calendar_is_the_month_of_today_and_its_neighbours(time_machine):
    time_machine.move_to(at(2020, 2, 29, 12))

    table = month_table(FEBRUARY)

    assert (table.previous, table.next) == (Month(2020, 1), Month(2020, 3))
    assert [day.day for week in table.weeks for day in week if day.is_today] == [date(2020, 2, 29)]


@pytest.mark.parametrize("count", [1, 30])
def test_a_month_is_one_read(count, django_assert_num_queries):
    for n in range(count):
        make_event(starts_at=at(2020, 2, 3, 9) + timedelta(hours=12 * n))

    with django_assert_num_queries(1):
        table = month_table(FEBRUARY)
        [event.type.colour for event in table.events]

    assert len(table.events) == count
