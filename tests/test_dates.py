from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sorb.dates import (
    SOFIA,
    SkippedTimeError,
    day_of,
    last_day,
    midnight,
    midnight_after,
    moment,
    on_the_clock,
)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(days)
def test_days_follow_each_other_without_gap_or_overlap(day):
    assert midnight_after(midnight(day)) == midnight(day + timedelta(days=1))
    assert day_of(midnight(day)) == day
    assert day_of(midnight(day) - timedelta(seconds=1)) == day - timedelta(days=1)


def test_a_utc_evening_is_the_next_day_in_sofia():
    assert day_of(datetime(2020, 1, 31, 22, 30, tzinfo=UTC)) == date(2020, 2, 1)


def test_a_skipped_time_is_refused():
    with pytest.raises(SkippedTimeError):
        moment(date(2020, 3, 29), time(3, 30))


def test_a_doubled_time_is_the_first_of_the_two():
    first = moment(date(2020, 10, 25), time(3, 30))

    assert first.astimezone(UTC) == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)


@given(days, st.times())
def test_other_times_are_what_the_clock_shows(day, clock):
    try:
        made = moment(day, clock)
    except SkippedTimeError:
        return

    shown = made.astimezone(UTC).astimezone(SOFIA)
    assert (shown.date(), shown.time()) == (day, clock)


@pytest.mark.parametrize(
    ("ends", "day"),
    [
        (datetime(2020, 2, 25, tzinfo=SOFIA), date(2020, 2, 24)),
        (datetime(2020, 2, 25, 0, 1, tzinfo=SOFIA), date(2020, 2, 25)),
        (datetime(2020, 2, 24, 10, tzinfo=SOFIA), date(2020, 2, 24)),
    ],
)
def test_what_ends_at_midnight_does_not_occupy_the_day(ends, day):
    assert last_day(datetime(2020, 2, 24, 10, tzinfo=SOFIA), ends) == day


def test_ten_stays_ten_across_the_change_of_the_clock():
    winter, summer = moment(date(2026, 3, 28), time(10)), moment(date(2026, 3, 29), time(10))

    assert on_the_clock(winter, timedelta(days=1)) == summer
    assert summer.timestamp() - winter.timestamp() == 23 * 3600


def test_a_time_that_the_spring_night_skips_is_refused():
    with pytest.raises(SkippedTimeError):
        on_the_clock(moment(date(2026, 3, 28), time(3, 30)), timedelta(days=1))
