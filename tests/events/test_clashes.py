"""What an event meets at its time: speakers, halls, other events, holidays."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from events.clashes import Plan, clashes, neighbours, parts_of
from events.holidays_of_bulgaria import holiday, holidays_between
from events.models import Appearance, Event, ProgrammeItem
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


def plan(
    starts_at: datetime, ends_at: datetime, venue: int | None = None, hall: str = "", speaker=None
) -> Plan:
    """Of an event that is only typed."""
    event = Event(starts_at=starts_at, ends_at=ends_at, venue_id=venue, hall_bg=hall)
    return Plan.of(event, [(speaker.pk, None)] if speaker else [])


def said(plan: Plan) -> list[tuple[str, str, str]]:
    found = clashes(plan, neighbours([plan], Event.objects.all()))
    return [(remark.field, remark.words, remark.about) for remark in found]


def test_another_event_at_that_time_is_told_with_its_address():
    other = at(title_bg="Общо събрание")

    (remark,) = clashes(plan(TEN, NOON), neighbours([plan(TEN, NOON)], Event.objects.all()))

    assert remark.words == "По това време имаме друго събитие"
    assert remark.about == "Общо събрание, 12.02.2030, 10:00"
    assert remark.address == reverse("admin:events_event_change", args=[other.pk])


@pytest.mark.parametrize(
    ("hours_later", "is_told"), [(-2, False), (-1.99, True), (0, True), (1.99, True), (2, False)]
)
def test_events_meet_only_while_both_go_on(hours_later, is_told):
    at(TEN + timedelta(hours=hours_later))

    assert bool(said(plan(TEN, NOON))) is is_told


def test_what_takes_no_time_meets_what_goes_on_at_its_moment():
    at()

    moment_within, moment_after = TEN + timedelta(hours=1), NOON
    assert len(said(plan(moment_within, moment_within))) == 1
    assert said(plan(moment_after, moment_after)) == []


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
    before = said(plan(TEN, NOON))

    Event.objects.filter(pk=event.pk).update(**fields)

    assert (len(before), said(plan(TEN, NOON))) == (1, [])


def test_a_draft_counts_as_well():
    at(status="draft", title_bg="Чернова")

    assert [about for _field, _words, about in said(plan(TEN, NOON))] == [
        "Чернова, 12.02.2030, 10:00"
    ]


def test_a_speaker_of_both_is_told_by_name_and_the_event_once():
    person, other_person = make_speaker(name_bg="Иван Стоянов"), make_speaker()
    other = at(title_bg="Форум")
    for speaker in (person, other_person):
        Appearance.objects.create(event=other, speaker=speaker)

    own = plan(TEN, NOON, speaker=person)

    assert said(own) == [
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

    assert [where for where, _words, _about in said(plan(TEN, NOON, venue.pk, own))] == [field]


def test_an_event_online_needs_no_place():
    venue = make_venue()
    at(venue=venue, state="moved_online")
    own = at(venue=venue, attendance="online")

    assert Plan.of(own).venue is None
    assert [where for where, _words, _about in said(plan(TEN, NOON, venue.pk))] == [
        "start_day",
        "start_day",
    ]


def test_a_holiday_is_told_by_its_name_in_the_language_of_the_page():
    own = plan(midnight(date(2030, 3, 3)), midnight(date(2030, 3, 4)))

    bulgarian = said(own)
    with translation.override("en"):
        english = said(own)

    assert bulgarian == [
        (
            "start_day",
            "3 март 2030 г. е официален празник:",
            "Ден на Освобождението на България от османско иго",
        )
    ]
    assert [about for _field, _words, about in english] == ["Liberation Day"]


def test_the_day_on_which_an_event_ends_at_midnight_is_not_its_own():
    own = plan(moment(date(2030, 3, 2), time(20)), midnight(date(2030, 3, 3)))

    assert said(own) == []


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

    assert said(plan(NOON, TEN)) == [("end_day", "Краят е преди началото.", "")]


@pytest.mark.parametrize("count", [1, 30])
def test_the_reads_do_not_grow_with_what_is_met(django_assert_num_queries, count):
    person, venue = make_speaker(), make_venue()
    for _number in range(count):
        Appearance.objects.create(event=at(venue=venue), speaker=person)
    own = plan(TEN, NOON, venue.pk, speaker=person)

    with django_assert_num_queries(3):
        found = said(own)

    assert len(found) == 2 * count


def test_the_gate_asks_about_what_an_event_meets():
    at(title_bg="Общо събрание", starts_at=datetime(2030, 2, 12, 11, tzinfo=SOFIA))
    event = at(title_bg="Форум")

    asked = [each for each in gate.findings(event) if each.address]

    assert [(each.level, each.field, each.excerpt) for each in asked] == [
        ("warning", "start_day", "Общо събрание, 12.02.2030, 11:00")
    ]


def item(event: Event, hour: int, hours: int | None = 1, **fields: object) -> ProgrammeItem:
    starts_at = moment(DAY, time(hour))
    ends_at = starts_at + timedelta(hours=hours) if hours else None
    facts = {"event": event, "title_bg": "Част", "starts_at": starts_at, "ends_at": ends_at}
    return ProgrammeItem.objects.create(**facts | fields)


def whole(event: Event) -> Plan:
    return Plan.of(event, parts_of(event), event.programme.all())


@pytest.mark.parametrize(
    ("hour", "words"),
    [(10, "Иван Стоянов участва тогава във"), (11, "По това време имаме друго събитие")],
)
def test_a_speaker_is_needed_only_while_his_session_lasts(hour, words):
    person = make_speaker(name_bg="Иван Стоянов")
    other, own = at(title_bg="Форум"), at(TEN, hours=1)
    session = item(other, hour)
    Appearance.objects.create(event=other, speaker=person, item=session)
    Appearance.objects.create(event=own, speaker=person)

    assert said(whole(own)) == [
        (
            "appearances-group" if hour == 10 else "start_day",
            words,
            "Форум, 12.02.2030, 10:00",
        )
    ]


def test_a_session_without_an_end_lasts_until_the_next_begins():
    person = make_speaker()
    other = at(title_bg="Форум")
    first = item(other, 10, hours=None)
    item(other, 11)
    Appearance.objects.create(event=other, speaker=person, item=first)
    late, early = moment(DAY, time(11)), moment(DAY, time(10, 59))

    fields = [said(plan(start, NOON, speaker=person))[0][0] for start in (late, early)]

    assert fields == ["start_day", "appearances-group"]


@pytest.mark.parametrize(
    ("hall", "field"),
    [("Зала 1", "venue"), ("Зала 2", "start_day"), ("Зала 3", "start_day"), ("", "venue")],
)
def test_halls_are_taken_while_the_programme_says_so(hall, field):
    venue = make_venue()
    other = at(venue=venue)
    item(other, 10, hall_bg="Зала 1")
    item(other, 11, hall_bg="Зала 2")
    item(other, 10, kind="break")

    own = plan(TEN, moment(DAY, time(11)), venue.pk, hall)

    assert [where for where, _words, _about in said(own)] == [field]


def test_a_deadline_takes_nobodys_time():
    person, venue = make_speaker(), make_venue()
    deadline = at(TEN, hours=0, is_deadline=True, venue=venue)
    Appearance.objects.create(event=deadline, speaker=person)
    meeting = at(venue=venue)
    Appearance.objects.create(event=meeting, speaker=person)

    assert [said(whole(deadline)), said(whole(meeting))] == [[], []]


def test_a_deadline_on_a_holiday_is_told():
    deadline = at(moment(date(2030, 3, 3), time(17)), hours=0, is_deadline=True)

    assert [words for _field, words, _about in said(whole(deadline))] == [
        "3 март 2030 г. е официален празник:"
    ]


def test_the_gate_says_nothing_of_what_an_event_that_is_over_met():
    past = moment(date(2020, 2, 12), time(10))
    event = at(past)
    at(past)

    assert [each.words for each in gate.findings(event) if each.address] == []
    assert len(said(Plan.of(event))) == 1
