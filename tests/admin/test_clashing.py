"""While an event is typed, the form says what it meets at its time."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from events.models import Appearance, Event
from tests.factories import make_event, make_event_type, make_speaker, make_venue

from .filling import filled

ADDRESS = "/admin/events/event/clashes/"
TYPED = {"start_day": "12.02.2030", "start_time": "10:00", "end_time": "12:00"}


def skipped(clock: str) -> str:
    """What the form itself says of a time that a spring night does not have."""
    with translation.override("bg"):
        words = gettext("That night the clock is put forward: %(time)s does not exist.")
    return words % {"time": clock}


def announced(**fields: object) -> Event:
    from_ten = {"starts_at": "2030-02-12T10:00+02:00", "ends_at": "2030-02-12T12:00+02:00"}
    event = make_event(title_bg="Общо събрание", **fields)
    Event.objects.filter(pk=event.pk).update(**from_ten)
    return event


def asked(desk: Client, **typed: object) -> list[tuple[str, str, str]]:
    answer = desk.get(ADDRESS, typed)
    assert answer["Cache-Control"] == "no-store, private"
    return [(row["field"], row["words"], row["about"]) for row in answer.json()["clashes"]]


def test_the_form_is_told_what_is_at_that_time(desk: Client) -> None:
    announced()

    assert asked(desk, **TYPED) == [
        ("start_day", "По това време имаме друго събитие", "Общо събрание, 12.02.2030, 10:00")
    ]
    assert asked(desk, **TYPED | {"start_day": "13.02.2030"}) == []


def test_the_event_that_is_changed_does_not_meet_itself(desk: Client) -> None:
    event = announced()

    assert asked(desk, **TYPED, pk=event.pk) == []


def test_people_and_places_are_asked_about_as_typed(desk: Client) -> None:
    person, venue = make_speaker(name_bg="Иван Стоянов"), make_venue()
    Appearance.objects.create(event=announced(venue=venue), speaker=person)

    told = asked(desk, **TYPED, venue=venue.pk, speakers=[make_speaker().pk, person.pk])

    assert [(field, words) for field, words, _about in told] == [
        ("appearances-group", "Иван Стоянов участва тогава във"),
        ("venue", "Мястото е заето тогава от"),
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (TYPED | {"end_time": "09:00"}, [("end_time", "Краят е преди началото.", "")]),
        (TYPED | {"start_day": "12.02.2020"}, [("start_day", "Началото е в миналото.", "")]),
        (
            {"start_day": "31.03.2030", "start_time": "03:30", "end_time": "05:00"},
            [("start_time", skipped("03:30"), "")],
        ),
        ({"start_day": "12.02.2030"}, []),
        ({"start_day": "12.02.2030", "start_time": "10:00"}, []),
        ({}, []),
        (TYPED | {"venue": "nowhere", "speakers": ["x", "9" * 30]}, []),
    ],
    ids=["backwards", "past", "skipped", "no time", "no end", "nothing", "nonsense"],
)
def test_times_are_judged_as_far_as_they_are_typed(
    desk: Client, typed: dict[str, Any], told: list[Any]
) -> None:
    assert asked(desk, **typed) == told


def test_a_past_event_whose_times_nobody_touches_is_left_alone(desk: Client) -> None:
    event = make_event()
    times = {"starts_at": "2020-02-12T10:00+02:00", "ends_at": "2020-02-12T12:00+02:00"}
    Event.objects.filter(pk=event.pk).update(**times)
    past = TYPED | {"start_day": "12.02.2020"}

    assert asked(desk, **past, pk=event.pk) == []
    assert len(asked(desk, **past | {"start_time": "09:00"}, pk=event.pk)) == 1


def test_an_author_is_not_told_of_the_drafts_of_others(authors_desk: Client, author: Any) -> None:
    hidden = announced(status="draft")

    before = asked(authors_desk, **TYPED)
    Event.objects.filter(pk=hidden.pk).update(created_by=author)

    assert (before, len(asked(authors_desk, **TYPED))) == ([], 1)


def test_an_author_asks_only_about_an_event_that_is_his_to_change(authors_desk: Client) -> None:
    answer = authors_desk.get(ADDRESS, {**TYPED, "pk": announced().pk})

    assert answer.status_code == 403


def test_no_such_event(desk: Client) -> None:
    assert desk.get(ADDRESS, {**TYPED, "pk": 999_999}).status_code == 404


def test_the_form_has_a_place_for_the_words(desk: Client) -> None:
    for address in (
        reverse("admin:events_event_add"),
        reverse("admin:events_event_change", args=[announced().pk]),
    ):
        page = desk.get(address).content.decode()

        assert f'data-clashes data-address="{ADDRESS}"' in page
        assert "sorb/admin/clashes.js" in page


def test_without_javascript_the_gate_tells_it(desk: Client) -> None:
    announced()
    add = reverse("admin:events_event_add")
    typed = {"title_bg": "Форум", "type": make_event_type().pk, "_publish": "1", **TYPED}

    answer = desk.post(add, filled(desk.get(add), **typed))

    asked_about = [each.words for each in answer.context["findings"] if each.address]
    assert asked_about == ["По това време имаме друго събитие"]
    assert "Общо събрание, 12.02.2030, 10:00</a>" in answer.content.decode()
    assert Event.objects.count() == 1
