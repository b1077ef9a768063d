import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app.month import Month, shown_span

months = st.builds(Month, st.integers(1990, 2060), st.integers(1, 12))


def test_february_2020_has_the_thirty_five_days_of_the_old_table():
    days = [day.day for day in Month(2020, 2).days()]

    assert days == [27, 28, 29, 30, 31, *range(1, 30), 1]


@given(months)
def test_the_table_is_exactly_the_whole_weeks_that_touch_the_month(month):
    days = list(month.days())
    first = date(month.year, month.number, 1)
    last = date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])

    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[0] == first - timedelta(days=first.weekday())
    assert days[-1] == last + timedelta(days=6 - last.weekday())
    assert len(month.weeks) == len(days) / 7


@given(months)
def test_neighbours_lead_back(month):
    assert month.next.previous == month
    assert month.next.first_day == month.ends_at.date()


@given(months)
def test_only_its_own_days_are_in_a_month(month):
    inside = [day for day in month.days() if day in month]

    assert {(day.year, day.month) for day in inside} == {(month.year, month.number)}
    assert len(inside) == calendar.monthrange(month.year, month.number)[1]


@pytest.mark.parametrize(
    "wrong", [(2020, 0), (2020, 13), (1899, 12), (2101, 1), (0, 1), (10**6, 1)]
)
def test_there_are_no_other_months(wrong):
    with pytest.raises(ValueError):
        Month(*wrong)


def test_the_calendar_has_ends():
    assert Month(1900, 1).previous is None
    assert Month(2099, 12).next is None


def test_a_month_begins_at_midnight_in_sofia_whatever_the_season():
    sofia = ZoneInfo("Europe/Sofia")

    assert Month(2026, 3).starts_at.utcoffset() == timedelta(hours=2)
    assert Month(2026, 3).ends_at.utcoffset() == timedelta(hours=3)
    assert shown_span(Month(2020, 2)) == (
        datetime(2020, 1, 27, tzinfo=sofia),
        datetime(2020, 3, 2, tzinfo=sofia),
    )


def test_months_are_written_like_dates():
    assert str(Month(2020, 2)) == "2020-02"


def test_the_months_of_seventy_years_are_those_of_plain_dates():
    for year in range(1990, 2061):
        for number in range(1, 13):
            month = Month(year, number)
            first = date(year, number, 1)
            monday = first - timedelta(days=first.weekday())

            shown = [monday + timedelta(days=n) for n in range(7 * len(month.weeks))]
            assert [day for week in month.weeks for day in week] == shown
            assert (month.first_day, month.last_day + timedelta(days=1)) == (
                first,
                date(year + number // 12, number % 12 + 1, 1),
            )
