"""What an event meets at its time: speakers, halls, other events, holidays."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from events.clashes import Plan, clashes, neighbours
from events.holidays_of_bulgaria import holiday, holidays_between
from events.models import Appearance, Event
from sorb.dates import SOFIA, midnight, moment
from sorb.desk import gate
from tests.factories import make_event, make_speaker, make_venue

pytestmark = pytest.mark.django_db

DAY = date(2030, 2, 12)  # a Tuesday, no holiday
TEN, NOON = moment(DAY, time(10)), moment(DAY, time(12))


def at(starts_at: datetime = TEN, hours: float = 2, **fields: object) -> Event:
    event = make_event(starts_at=starts_at, **fields)
    Event.objects.filter(pk=event.pk).update(ends_at=starts_at + timedelta(hours=hours))
    event.refresh_from_db()
    return event


def said(plan: Plan) -> list[tuple[str, str, str]]:
    found = clashes(plan, neighbours([plan], Event.objects.all()))
    return [(remark.field, remark.words, remark.about) for remark in found]


def test_another_event_at_that_time_is_told_with_its_address():
    other = at(title_bg="Общо събрание")

    (remark,) = clashes(Plan(TEN, NOON), neighbours([Plan(TEN, NOON)], Event.objects.all()))

    assert remark.words == "По това време имаме друго събитие"
    assert remark.about == "Общо събрание, 12.02.2030, 10:00"
    assert remark.address == reverse("admin:events_event_change", args=[other.pk])


@pytest.mark.parametrize(
    ("hours_later", "is_told"), [(-2, False), (-1.99, True), (0, True), (1.99, True), (2, False)]
)
def test_events_meet_only_while_both_go_on(hours_later, is_told):
    at(TEN + timedelta(hours=hours_later))

    assert bool(said(Plan(TEN, NOON))) is is_told


def test_what_takes_no_time_meets_what_goes_on_at_its_moment():
    at()

    moment_within, moment_after = TEN + timedelta(hours=1), NOON
    assert len(said(Plan(moment_within, moment_within))) == 1
    assert said(Plan(moment_after, moment_after)) == []


def test_an_event_does_not_meet_itself():
    event = at()

    assert said(Plan.of(event)) == []


@pytest.mark.parametrize(
    "fields",
    [{"status": "withdrawn"}, {"state": "cancelled"}, {"state": "postponed"}],
    ids=["withdrawn", "cancelled", "postponed"],
)
def test_what_does_not_take_place_clashes_with_nothing(fields):
    event = at()
    before = said(Plan(TEN, NOON))

    Event.objects.filter(pk=event.pk).update(**fields)

    assert (len(before), said(Plan(TEN, NOON))) == (1, [])


def test_a_draft_counts_as_well():
    at(status="draft", title_bg="Чернова")

    assert [about for _field, _words, about in said(Plan(TEN, NOON))] == [
        "Чернова, 12.02.2030, 10:00"
    ]


def test_a_speaker_of_both_is_told_by_name_and_the_event_once():
    person, other_person = make_speaker(name_bg="Иван Стоянов"), make_speaker()
    other = at(title_bg="Форум")
    for speaker in (person, other_person):
        Appearance.objects.create(event=other, speaker=speaker)

    plan = Plan(TEN, NOON, speakers=frozenset({person.pk}))

    assert said(plan) == [
        ("appearances-group", "Иван Стоянов участва тогава във", "Форум, 12.02.2030, 10:00")
    ]


HALL_WORDS = "Мястото е заето тогава от"


@pytest.mark.parametrize(
    ("own", "theirs", "field"),
    [
        ("Зала 1", "Зала 1", "venue"),
        ("Зала 1", " зала  1", "venue"),
        ("", "Зала 1", "venue"),
        ("Зала 1", "", "venue"),
        ("Зала 1", "Зала 2", "start_day"),
    ],
)
def test_halls_that_are_named_and_differ_are_two_places(own, theirs, field):
    venue = make_venue()
    at(venue=venue, hall_bg=theirs)

    assert [where for where, _words, _about in said(Plan(TEN, NOON, venue.pk, own))] == [field]


def test_an_event_online_needs_no_place():
    venue = make_venue()
    at(venue=venue, state="moved_online")
    own = at(venue=venue, attendance="online")

    assert Plan.of(own).venue is None
    assert [where for where, _words, _about in said(Plan(TEN, NOON, venue.pk))] == [
        "start_day",
        "start_day",
    ]


def test_a_holiday_is_told_by_its_name_in_the_language_of_the_page():
    plan = Plan(midnight(date(2030, 3, 3)), midnight(date(2030, 3, 4)))

    bulgarian = said(plan)
    with translation.override("en"):
        english = said(plan)

    assert bulgarian == [
        (
            "start_day",
            "3 март 2030 г. е официален празник:",
            "Ден на Освобождението на България от османско иго",
        )
    ]
    assert [about for _field, _words, about in english] == ["Liberation Day"]


def test_the_day_on_which_an_event_ends_at_midnight_is_not_its_own():
    plan = Plan(moment(date(2030, 3, 2), time(20)), midnight(date(2030, 3, 3)))

    assert said(plan) == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 4, 30), "Велики петък"),  # Orthodox Easter, 2 May
        (date(2027, 12, 27), "Рождество Христово (почивен ден)"),  # for a Saturday
        (date(2026, 3, 4), ""),
        (date(1989, 3, 3), ""),  # before what the package knows
        (date(2101, 3, 3), ""),
    ],
)
def test_holidays_move_with_easter_and_with_weekends(day, name):
    assert holiday(day) == name


def test_a_span_of_centuries_asks_only_for_years_that_are_known():
    days = [day for day, _name in holidays_between(date(1900, 1, 1), date(1991, 12, 31))]

    assert (days[0], days[-1]) == (date(1991, 1, 1), date(1991, 12, 26))


def test_an_end_before_the_start_is_the_only_thing_to_say():
    at()

    assert said(Plan(NOON, TEN)) == [("end_day", "Краят е преди началото.", "")]


@pytest.mark.parametrize("count", [1, 30])
def test_the_reads_do_not_grow_with_what_is_met(django_assert_num_queries, count):
    person, venue = make_speaker(), make_venue()
    for _number in range(count):
        Appearance.objects.create(event=at(venue=venue), speaker=person)
    plan = Plan(TEN, NOON, venue.pk, speakers=frozenset({person.pk}))

    with django_assert_num_queries(2):
        found = said(plan)

    assert len(found) == 2 * count


def test_the_gate_asks_about_what_an_event_meets():
    at(title_bg="Общо събрание", starts_at=datetime(2030, 2, 12, 11, tzinfo=SOFIA))
    event = at(title_bg="Форум")

    asked = [each for each in gate.findings(event) if each.address]

    assert [(each.level, each.field, each.excerpt) for each in asked] == [
        ("warning", "start_day", "Общо събрание, 12.02.2030, 11:00")
    ]


def test_the_gate_says_nothing_of_what_an_event_that_is_over_met():
    past = moment(date(2020, 2, 12), time(10))
    event = at(past)
    at(past)

    assert [each.words for each in gate.findings(event) if each.address] == []
    assert len(said(Plan.of(event))) == 1
