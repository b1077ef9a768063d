"""„Направи копие“: from the form of an event to the form of its copy."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Event, ProgrammeItem
from sorb.dates import day_of, moment
from tests.factories import make_event

from .filling import filled

SOON = moment(date(2026, 11, 24), time(10))


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(moment(date(2026, 10, 1), time(9)), tick=False):
        yield


def address(event: Event) -> str:
    return reverse("admin:events_event_copy", args=[event.pk])


def make_meeting(**fields: object) -> Event:
    titles = {"title_bg": "Годишна среща 2026", "title_en": "Annual meeting 2026"}
    return make_event(**{"starts_at": SOON, **titles, **fields})


def copy(desk: Client, event: Event, **typed: object) -> Any:
    return desk.post(address(event), filled(desk.get(address(event)), **typed))


def test_the_page_proposes_the_same_weekday_a_year_later_and_the_title_of_that_year(
    desk: Client,
) -> None:
    fields = filled(desk.get(address(make_meeting())))

    assert fields["start_day"] == ["30.11.2027"]
    assert (fields["title_bg"], fields["title_en"]) == (
        ["Годишна среща 2027"],
        ["Annual meeting 2027"],
    )
    assert fields["pieces"] == [
        "texts",
        "programme",
        "speakers",
        "organizations",
        "pictures",
        "documents",
        "topics",
    ]


def test_of_an_old_event_the_first_year_to_come_is_proposed(desk: Client) -> None:
    old = make_meeting(starts_at=moment(date(2019, 11, 26), time(10)))

    assert filled(desk.get(address(old)))["start_day"] == ["24.11.2026"]


def test_the_copy_is_made_and_its_form_is_next(desk: Client) -> None:
    event = make_meeting()
    ProgrammeItem.objects.create(event=event, starts_at=SOON, title_bg="Откриване")

    answer = copy(desk, event, start_day="30.03.2027")

    made = Event.objects.exclude(pk=event.pk).get()
    assert answer["Location"] == reverse("admin:events_event_change", args=[made.pk])
    assert (made.status, made.starts_at) == ("draft", moment(date(2027, 3, 30), time(10)))
    assert [day_of(item.starts_at) for item in made.programme.all()] == [date(2027, 3, 30)]
    assert "Копието е готово" in desk.get(answer["Location"]).content.decode()


def test_the_same_form_sent_twice_makes_one_copy(desk: Client) -> None:
    event = make_meeting()
    fields = filled(desk.get(address(event)))

    answers = [desk.post(address(event), fields) for _number in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"start_day": ""}, "start_day"),
        ({"start_day": "31/12/2027"}, "start_day"),
        ({"title_bg": " "}, "title_bg"),
        ({"pieces": ["everything"]}, "pieces"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    desk: Client, typed: dict[str, Any], wrong: str
) -> None:
    event = make_meeting()

    answer = copy(desk, event, **typed)

    assert list(answer.context["form"].errors) == [wrong]
    assert Event.objects.get() == event


def test_a_night_that_skips_its_time_is_refused(desk: Client) -> None:
    night = make_meeting(starts_at=moment(date(2026, 11, 28), time(3, 30)))

    answer = copy(desk, night, start_day="28.03.2027")

    assert answer.context["form"].errors == {
        "start_day": ["Тази нощ часовникът се мести напред през час на събитието."]
    }
    assert Event.objects.get() == night


def test_a_programme_in_a_night_that_skips_its_time_leaves_no_copy(desk: Client) -> None:
    ball = make_meeting(starts_at=moment(date(2026, 11, 28), time(20)))
    Event.objects.filter(pk=ball.pk).update(ends_at=moment(date(2026, 11, 29), time(5)))
    at_night = moment(date(2026, 11, 29), time(3, 30))
    ProgrammeItem.objects.create(event=ball, starts_at=at_night, title_bg="Томбола")

    answer = copy(desk, ball, start_day="27.03.2027")

    assert list(answer.context["form"].errors) == ["start_day"]
    assert Event.objects.get() == ball


def test_the_tool_is_shown_to_whoever_may_add(desk: Client, reader: Client) -> None:
    event = make_meeting()
    form = reverse("admin:events_event_change", args=[event.pk])

    assert f'href="{address(event)}"' in desk.get(form).content.decode()
    assert address(event) not in reader.get(form).content.decode()
