"""Which events are over, go on and are to come: the database against plain Python."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as some

from events.models import Event
from tests.factories import make_event

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # the clocks of Sofia change in half an hour
HOURS = some.integers(-30, 30)
LENGTHS = some.integers(0, 40)


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=some.lists(some.tuples(HOURS, LENGTHS), max_size=8))
def test_every_event_is_over_or_upcoming_and_none_is_both(spans):
    Event.objects.all().delete()
    for start, length in spans:
        starts_at = NOW + timedelta(hours=start)
        make_event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=length))
    rows = list(Event.objects.order_by("starts_at", "pk"))
    upcoming = [e for e in rows if e.starts_at > NOW or e.starts_at <= NOW < e.ends_at]
    since = [e for e in rows if e.starts_at >= NOW or e.starts_at < NOW < e.ends_at]

    with time_machine.travel(NOW, tick=False):
        assert list(Event.objects.upcoming()) == upcoming
        assert Event.objects.next(100) == upcoming
        assert list(Event.objects.past()) == [e for e in rows[::-1] if e not in upcoming]
    assert list(Event.objects.since(NOW)) == since
    years = sorted({(NOW + timedelta(hours=start)).year for start, _length in spans}, reverse=True)
    assert Event.objects.years() == years


def test_what_began_long_ago_and_goes_on_comes_first_though_a_hidden_one_began_earlier():
    with time_machine.travel(NOW, tick=False):
        make_event(starts_at=NOW - timedelta(days=900), ends_at=NOW - timedelta(days=899))
        days = (800, 700, 0)
        begun = [
            make_event(starts_at=NOW - timedelta(days=n), ends_at=NOW + timedelta(days=1))
            for n in days
        ]
        Event.objects.filter(pk=begun[0].pk).update(status="draft")
        later = make_event(starts_at=NOW + timedelta(hours=1))

        assert list(Event.objects.visible().upcoming()) == [*begun[1:], later]


def test_years_without_events_are_left_out():
    for year in (2019, 2023, 2024):
        make_event(starts_at=datetime(year, 12, 31, 22, 30, tzinfo=UTC))  # in Sofia it is 2020 …

    assert Event.objects.years() == [2025, 2024, 2020]
    assert Event.objects.none().years() == []
