"""„Повтори събитието“: days from plain choices, looked at, made as real events of one series."""

import re
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, ProgrammeItem, Series
from sorb.dates import SOFIA, moment
from sorb.desk import gate
from sorb.desk.models import Revision, WorkingCopy
from sorb.desk.snapshot import taken
from tests.factories import make_event, make_image, make_series

from .filling import filled

FIRST = moment(date(2027, 3, 9), time(10))  # a Tuesday; summer time begins on 28 March


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(moment(date(2027, 1, 4), time(9)), tick=False):
        yield


def address(event: Event) -> str:
    return reverse("admin:events_event_repeat", args=[event.pk])


def make_meeting(**fields: object) -> Event:
    facts = {"title_bg": "Работна среща", "title_en": "Working meeting", "starts_at": FIRST}
    return make_event(**{**facts, "cover": make_image(), "status": "draft", **fields})


def shown(desk: Client, event: Event, **typed: object) -> Any:
    return desk.post(address(event), filled(desk.get(address(event)), **typed))


def confirm(desk: Client, event: Event, page: Any, **typed: object) -> Any:
    return desk.post(address(event), filled(page, **{"_save": "1", **typed}))


WEEKLY = {"every": "2", "weekdays": ["1"], "until": "30.04.2027"}
DAYS = {"step": "days", "days": "16.03.2027, 23.03.2027"}


def days_on(page: Any) -> list[str]:
    return [row["day"].isoformat() for row in page.context["days"]]


def clock(event: Event) -> str:
    return f"{event.starts_at.astimezone(SOFIA):%d.%m %H:%M}"


def made_of(event: Event) -> list[Event]:
    return list(Event.objects.exclude(pk=event.pk).order_by("starts_at"))


def test_the_days_are_shown_before_anything_is_made(desk: Client) -> None:
    event = make_meeting()

    page = shown(desk, event, **WEEKLY)

    assert days_on(page) == ["2027-03-23", "2027-04-06", "2027-04-20"]
    assert (Event.objects.count(), Series.objects.count()) == (1, 0)


def test_holidays_and_clashes_stand_beside_their_days(desk: Client) -> None:
    other = make_event(title_bg="Общо събрание", starts_at=moment(date(2027, 4, 6), time(11)))
    page = shown(desk, make_meeting(), step="days", days="06.04.2027 24.05.2027, 25.05.2027")

    told = [[remark.words for remark in row["remarks"]] for row in page.context["days"]]

    assert told == [
        ["По това време имаме друго събитие"],
        ["24 май 2027 г. е официален празник:"],
        [],
    ]
    assert reverse("admin:events_event_change", args=[other.pk]) in page.content.decode()


def test_events_are_made_on_the_same_clock_as_drafts_of_one_series(
    desk: Client, editor: User
) -> None:
    event = make_meeting()
    ProgrammeItem.objects.create(event=event, starts_at=FIRST, title_bg="Откриване")

    answer = confirm(desk, event, shown(desk, event, **WEEKLY))

    made, series = made_of(event), Series.objects.get()
    assert [clock(each) for each in made] == ["23.03 10:00", "06.04 10:00", "20.04 10:00"]
    assert [clock(each.programme.get()) for each in made] == [clock(each) for each in made]
    assert {(each.status, each.series, each.created_by) for each in made} == {
        ("draft", series, editor)
    }
    assert len({each.slug_bg for each in made}) == len({each.uid for each in made}) == 3
    event.refresh_from_db()
    assert (event.series, series.title_bg, series.title_en) == (
        series,
        "Работна среща",
        "Working meeting",
    )
    listed = reverse("admin:events_event_changelist")
    assert answer["Location"] == f"{listed}?series__id__exact={series.pk}"
    assert desk.get(answer["Location"]).context["cl"].result_count == 4


def test_a_day_without_its_tick_is_left_out(desk: Client) -> None:
    event = make_meeting()

    confirm(desk, event, shown(desk, event, **WEEKLY), day=["2027-03-23", "2027-04-20"])

    assert [clock(each) for each in made_of(event)] == ["23.03 10:00", "20.04 10:00"]


def test_a_day_that_was_not_shown_is_not_made(desk: Client) -> None:
    event = make_meeting()

    confirm(desk, event, shown(desk, event, **WEEKLY), day=["2027-03-23", "2027-04-21"])

    assert [clock(each) for each in made_of(event)] == ["23.03 10:00"]


def test_choices_changed_after_the_look_are_shown_again(desk: Client) -> None:
    event = make_meeting()

    page = confirm(desk, event, shown(desk, event, **WEEKLY), every="1")

    assert (page.status_code, len(days_on(page)), made_of(event)) == (200, 7, [])


def test_the_same_form_sent_twice_makes_the_events_once(desk: Client) -> None:
    event = make_meeting()
    fields = filled(shown(desk, event, **DAYS), _save="1")

    answers = [desk.post(address(event), fields) for _number in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(made_of(event)) == 2


def test_an_event_that_has_a_series_keeps_it(desk: Client) -> None:
    series = make_series()
    event = make_meeting(series=series)

    confirm(desk, event, shown(desk, event, **DAYS))

    assert {each.series for each in made_of(event)} == {series}
    assert Series.objects.get() == series


def test_a_working_copy_of_the_event_joins_the_series_too(desk: Client) -> None:
    event = make_meeting(status="published", published_at=timezone.now())
    WorkingCopy.objects.create(
        **WorkingCopy.of(event), snapshot=taken(event), based_on=event.version
    )

    confirm(desk, event, shown(desk, event, **DAYS))

    event.refresh_from_db()
    copy = WorkingCopy.objects.get()
    assert (copy.snapshot["fields"]["series"], copy.based_on) == (
        Series.objects.get().pk,
        event.version,
    )


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"until": "", "count": ""}, "until"),
        ({"until": "31.12.2099"}, "until"),
        ({"until": "10.03.2027"}, "__all__"),
        ({"every": "0"}, "every"),
        ({"count": "101"}, "count"),
        ({"series_bg": ""}, "series_bg"),
        ({"step": ""}, "step"),
        ({"step": "days", "days": ""}, "days"),
        ({"step": "days", "days": "16.03.2027, 31.02.2027"}, "days"),
        ({"step": "days", "days": "09.03.2027"}, "__all__"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    desk: Client, typed: dict[str, Any], wrong: str
) -> None:
    event = make_meeting()

    page = shown(desk, event, **{**WEEKLY, "_save": "1", **typed})

    assert list(page.context["form"].errors) == [wrong]
    assert Event.objects.get() == event


def test_no_day_chosen_makes_nothing(desk: Client) -> None:
    event = make_meeting()

    page = confirm(desk, event, shown(desk, event, **DAYS), day=None)

    assert page.context["form"].non_field_errors() == ["Не е избран нито един ден."]
    assert (Event.objects.get(), Series.objects.count()) == (event, 0)


def test_a_night_that_skips_the_time_cannot_be_chosen(desk: Client) -> None:
    night = make_meeting(starts_at=moment(date(2027, 3, 9), time(3, 30)))

    page = shown(desk, night, step="days", days="27.03.2027, 28.03.2027")

    assert [row["is_possible"] for row in page.context["days"]] == [True, False]
    refused = confirm(desk, night, page, day=["2027-03-28"])
    assert refused.context["form"].non_field_errors() == [
        "Тази нощ часовникът се мести напред през час на събитието."
    ]
    assert (Event.objects.get(), Series.objects.count()) == (night, 0)


def test_publishing_asks_the_gate_first(desk: Client) -> None:
    event = make_meeting(title_en="")
    page = shown(desk, event, **DAYS)

    asked = desk.post(address(event), filled(page, _publish="1"))
    nothing = made_of(event), Series.objects.count()
    sure = desk.post(address(event), filled(asked, _publish_anyway="1"))

    assert [each.field for each in asked.context["findings"]] == ["title_en"]
    assert "Публикувай въпреки това" in asked.content.decode()
    assert nothing == ([], 0)
    assert sure.status_code == 302
    assert [each.is_visible for each in made_of(event)] == [True, True]
    verbs = Revision.objects.about(made_of(event)[0]).values_list("verb", flat=True)
    assert sorted(verbs) == ["created", "published"]


def test_what_the_gate_forbids_is_not_made(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_meeting()
    page = shown(desk, event, **DAYS)
    forbidden = gate.Finding(gate.ERROR, "Това не бива.", "title_bg")
    monkeypatch.setattr(gate, "findings", lambda item: [forbidden])

    refused = desk.post(address(event), filled(page, _publish_anyway="1"))

    assert (refused.context["findings"], made_of(event)) == ([forbidden], [])
    assert "Това не бива." in refused.content.decode()
    assert 'name="_publish_anyway"' not in refused.content.decode()


def test_an_author_makes_drafts_and_publishes_none(authors_desk: Client, author: User) -> None:
    event = make_meeting(created_by=author)
    page = shown(authors_desk, event, **DAYS)

    refused = authors_desk.post(address(event), filled(page, _publish="1"))
    nothing = made_of(event), Series.objects.count()
    answer = confirm(authors_desk, event, page)

    assert 'name="_publish"' not in page.content.decode()
    assert (refused.status_code, nothing) == (403, ([], 0))
    assert (answer.status_code, len(made_of(event))) == (302, 2)


@pytest.mark.parametrize("weeks", [2, 40])
def test_the_reads_of_a_look_do_not_grow_with_the_days(
    desk: Client, weeks: int, django_assert_max_num_queries: Any
) -> None:
    event = make_meeting()
    make_event(starts_at=datetime(2027, 3, 16, 10, tzinfo=SOFIA))
    fields = filled(desk.get(address(event)), until="", count=str(weeks), every="1")

    with django_assert_max_num_queries(35):
        page = desk.post(address(event), fields)

    assert len(days_on(page)) == weeks


def test_the_tool_is_in_the_form_of_whoever_may(desk: Client, reader: Client) -> None:
    event = make_meeting(status="published", published_at=timezone.now())
    form = reverse("admin:events_event_change", args=[event.pk])
    link = re.escape(f'href="{address(event)}"')

    assert re.search(link, desk.get(form).content.decode())
    assert not re.search(link, reader.get(form).content.decode())
