"""The days of repetitions, as people say them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from events.repeats import MOST, Rule, Step, TooManyError, days_of

TUESDAY = date(2027, 1, 5)


def test_every_second_tuesday_until_june():
    rule = Rule(TUESDAY, Step.WEEKS, every=2, weekdays=(1,), until=date(2027, 5, 31))

    days = days_of(rule)

    assert (days[0], days[-1], len(days)) == (date(2027, 1, 19), date(2027, 5, 25), 10)
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}


def test_the_last_thursday_of_the_month():
    rule = Rule(date(2027, 1, 28), Step.MONTHS, weekdays=(3,), place=-1, count=4)

    assert days_of(rule) == [
        date(2027, 2, 25),
        date(2027, 3, 25),
        date(2027, 4, 29),
        date(2027, 5, 27),
    ]


def test_the_month_of_the_event_counts_when_its_day_is_still_to_come():
    rule = Rule(TUESDAY, Step.MONTHS, every=3, weekdays=(3,), place=-1, count=2)

    assert days_of(rule) == [date(2027, 1, 28), date(2027, 4, 29)]


def test_several_weekdays_begin_in_the_week_of_the_event():
    rule = Rule(TUESDAY, Step.WEEKS, every=2, weekdays=(0, 3), count=3)

    assert days_of(rule) == [date(2027, 1, 7), date(2027, 1, 18), date(2027, 1, 21)]


def test_until_a_day_includes_it_and_before_the_event_is_nothing():
    until = {"weekdays": (1,), "step": Step.WEEKS, "first": TUESDAY}

    assert days_of(Rule(**until, until=date(2027, 1, 12))) == [date(2027, 1, 12)]
    assert days_of(Rule(**until, until=date(2027, 1, 11))) == []
    assert days_of(Rule(**until, until=date(2026, 1, 1))) == []


def test_more_than_the_most_is_refused_and_the_most_is_not():
    rule = {"first": TUESDAY, "step": Step.WEEKS, "weekdays": (1,)}

    assert len(days_of(Rule(**rule, until=TUESDAY + timedelta(weeks=MOST)))) == MOST
    with pytest.raises(TooManyError):
        days_of(Rule(**rule, until=TUESDAY + timedelta(weeks=MOST + 1)))
    with pytest.raises(TooManyError):
        days_of(Rule(**rule))


def test_the_fourth_friday_is_not_always_the_last():
    rule = {"first": TUESDAY, "step": Step.MONTHS, "weekdays": (4,), "count": 1}

    days = [days_of(Rule(**rule, place=place)) for place in (4, -1)]

    assert days == [[date(2027, 1, 22)], [date(2027, 1, 29)]]
