"""„Промени и следващите“: editions of a series changed together, or cancelled."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Event, ProgrammeItem
from sorb.dates import SOFIA, midnight, moment
from sorb.desk import working_copies
from sorb.desk.models import Revision, WorkingCopy
from sorb.desk.snapshot import taken
from tests.factories import make_event, make_series, make_speaker, make_venue

from .filling import filled

DAYS = [date(2027, 3, 9), date(2027, 3, 23), date(2027, 4, 6)]  # across the change of the clock


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(moment(date(2027, 3, 1), time(9)), tick=False):
        yield


def make_editions(**fields: object) -> list[Event]:
    series = make_series()
    editions = [
        make_event(**{"series": series, "starts_at": moment(day, time(10)), **fields})
        for day in DAYS
    ]
    for each in editions:
        ProgrammeItem.objects.create(
            event=each, starts_at=each.starts_at, ends_at=each.ends_at, title_bg="Доклад"
        )
    return editions


def address(event: Event) -> str:
    return reverse("admin:events_event_later", args=[event.pk])


def shown(desk: Client, event: Event, **typed: object) -> Any:
    """The page after a look; a reason is written unless the test is about it."""
    why = {"state_note_bg": "Залата е заета."}
    return desk.post(address(event), filled(desk.get(address(event)), **why | typed))


def confirm(desk: Client, event: Event, page: Any, **typed: object) -> Any:
    return desk.post(address(event), filled(page, **{"_save": "1", **typed}))


def clocks(editions: list[Event]) -> list[str]:
    found = Event.objects.in_bulk([each.pk for each in editions])
    local = [
        (found[each.pk].starts_at.astimezone(SOFIA), found[each.pk].ends_at.astimezone(SOFIA))
        for each in editions
    ]
    return [f"{starts:%d.%m %H:%M}–{ends:%H:%M}" for starts, ends in local]


def test_a_look_changes_nothing_and_tells_before_and_after(desk: Client) -> None:
    first, second, third = editions = make_editions()

    page = shown(desk, second, start_time="14:00")

    rows = page.context["rows"]
    assert [row["event"] for row in rows] == [second, third]
    assert rows[0]["pieces"][1] == ("23.03.2027, 10:00–12:00", "23.03.2027, 14:00–16:00")
    assert "Читателите ще го видят веднага." in page.content.decode()
    assert clocks(editions) == ["09.03 10:00–12:00", "23.03 10:00–12:00", "06.04 10:00–12:00"]
    assert first.programme.get().starts_at == first.starts_at


def test_this_and_the_later_ones_move_on_the_clock_with_their_programme(
    desk: Client, editor: User
) -> None:
    editions = make_editions()

    answer = confirm(desk, editions[1], shown(desk, editions[1], start_time="14:30"))

    assert answer["Location"] == reverse("admin:events_event_change", args=[editions[1].pk])
    assert clocks(editions) == ["09.03 10:00–12:00", "23.03 14:30–16:30", "06.04 14:30–16:30"]
    items = [each.programme.get() for each in editions]
    assert [f"{item.starts_at.astimezone(SOFIA):%H:%M}" for item in items] == [
        "10:00",
        "14:30",
        "14:30",
    ]
    assert [f"{item.ends_at.astimezone(SOFIA):%H:%M}" for item in items] == [
        "12:00",
        "16:30",
        "16:30",
    ]
    revision = Revision.objects.about(editions[2]).first()
    assert (revision.verb, revision.author) == ("changed", editor)
    assert Revision.objects.about(editions[0]).count() == 0


def test_only_this_one(desk: Client) -> None:
    editions = make_editions()
    venue = make_venue(name_bg="Нова зала")

    page = shown(desk, editions[1], scope="one", venue=venue.pk, title_bg="Ново име")
    confirm(desk, editions[1], page)

    found = [Event.objects.get(pk=each.pk) for each in editions]
    assert [each.venue == venue for each in found] == [False, True, False]
    assert [each.title_bg == "Ново име" for each in found] == [False, True, False]
    assert found[1].slug_bg == editions[1].slug_bg


def test_an_edition_without_its_tick_stays_as_it_is(desk: Client) -> None:
    editions = make_editions()

    page = shown(desk, editions[0], end_time="13:00")
    confirm(desk, editions[0], page, edition=[editions[0].pk, editions[2].pk])

    assert clocks(editions) == ["09.03 10:00–13:00", "23.03 10:00–12:00", "06.04 10:00–13:00"]


def test_cancelling_one_tells_why_and_its_subscribers(desk: Client) -> None:
    editions = make_editions()
    note = {"state_note_bg": "Заради снега.", "state_note_en": "Because of snow."}

    page = shown(desk, editions[1], scope="one", what="cancel", **note)
    confirm(desk, editions[1], page)

    found = [Event.objects.get(pk=each.pk) for each in editions]
    assert [each.state for each in found] == ["scheduled", "cancelled", "scheduled"]
    assert (found[1].state_note_bg, found[1].state_note_en) == (
        "Заради снега.",
        "Because of snow.",
    )
    assert [each.sequence for each in found] == [0, 1, 0]


def test_what_is_over_and_what_is_of_no_series_stays(desk: Client) -> None:
    editions = make_editions()
    over = moment(date(2027, 2, 9), time(10))
    Event.objects.filter(pk=editions[0].pk).update(starts_at=over, ends_at=over)
    alone = make_event(starts_at=moment(DAYS[2], time(10)))

    page = shown(desk, editions[0], start_time="14:00")
    own = shown(desk, alone, start_time="14:00")

    assert [row["event"] for row in page.context["rows"]] == editions[1:]
    assert [row["event"] for row in own.context["rows"]] == [alone]


def test_midnight_as_the_end_is_the_end_of_the_day(desk: Client) -> None:
    editions = make_editions()

    confirm(desk, editions[2], shown(desk, editions[2], end_time="00:00"))

    found = Event.objects.get(pk=editions[2].pk)
    assert (found.ends_at, found.last_day) == (midnight(date(2027, 4, 7)), DAYS[2])


def test_an_all_day_edition_keeps_its_days(desk: Client) -> None:
    editions = make_editions()
    Event.objects.filter(pk=editions[2].pk).update(
        is_all_day=True, starts_at=midnight(DAYS[2]), ends_at=midnight(date(2027, 4, 7))
    )

    confirm(desk, editions[0], shown(desk, editions[0], start_time="14:00"))

    found = Event.objects.get(pk=editions[2].pk)
    assert (found.starts_at, found.ends_at) == (midnight(DAYS[2]), midnight(date(2027, 4, 7)))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "__all__"),
        ({"what": "cancel", "title_bg": "Ново"}, "__all__"),
        ({"start_time": "25:00"}, "start_time"),
        ({"venue": "999999"}, "venue"),
        ({"title_bg": "а" * 201}, "title_bg"),
        ({"scope": "all"}, "scope"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    desk: Client, typed: dict[str, Any], wrong: str
) -> None:
    editions = make_editions()

    page = shown(desk, editions[0], **typed)

    assert list(page.context["form"].errors) == [wrong]


def test_an_edition_that_would_end_before_it_starts_is_refused_by_name(desk: Client) -> None:
    editions = make_editions()

    page = shown(desk, editions[0], end_time="09:00")
    refused = confirm(desk, editions[0], page, edition=[editions[1].pk])

    assert [row["refusal"] for row in page.context["rows"]] == ["Краят е преди началото."] * 3
    assert refused.context["form"].non_field_errors() == [f"{editions[1]}: Краят е преди началото."]
    assert clocks(editions) == ["09.03 10:00–12:00", "23.03 10:00–12:00", "06.04 10:00–12:00"]


def test_a_choice_changed_after_the_look_is_shown_again(desk: Client) -> None:
    editions = make_editions()

    again = confirm(
        desk, editions[0], shown(desk, editions[0], start_time="14:00"), start_time="15:00"
    )

    assert again.context["rows"][0]["pieces"][1][1] == "09.03.2027, 15:00–17:00"
    assert clocks(editions)[0] == "09.03 10:00–12:00"


def test_an_edition_saved_meanwhile_is_not_overwritten(desk: Client) -> None:
    editions = make_editions()
    page = shown(desk, editions[0], start_time="14:00")
    later = Event.objects.get(pk=editions[2].pk)
    later.title_bg = "Сменено междувременно"
    later.save()

    refused = confirm(desk, editions[0], page)

    assert refused.status_code == 409
    assert "Сменено междувременно" in refused.content.decode()
    assert clocks(editions) == ["09.03 10:00–12:00", "23.03 10:00–12:00", "06.04 10:00–12:00"]


def test_what_the_editions_would_meet_is_told(desk: Client) -> None:
    editions = make_editions()
    make_event(title_bg="Общо събрание", starts_at=moment(DAYS[1], time(15)))
    make_speaker()

    page = shown(desk, editions[0], start_time="14:00")

    assert [[each.about for each in row["remarks"]] for row in page.context["rows"]] == [
        [],
        ["Общо събрание, 23.03.2027, 15:00"],
        [],
    ]


def test_an_author_changes_only_what_is_his(authors_desk: Client, author: User) -> None:
    editions = make_editions(status="draft", created_by=author)
    Event.objects.filter(pk=editions[1].pk).update(created_by=None)

    page = shown(authors_desk, editions[0], start_time="14:00")
    confirm(authors_desk, editions[0], page, edition=[each.pk for each in editions])

    assert clocks(editions) == ["09.03 14:00–16:00", "23.03 10:00–12:00", "06.04 14:00–16:00"]


def test_a_programme_that_a_spring_night_would_skip_stops_all(desk: Client) -> None:
    editions = make_editions()
    night = moment(date(2027, 3, 27), time(20))
    Event.objects.filter(pk=editions[1].pk).update(
        starts_at=night, ends_at=moment(date(2027, 3, 28), time(5))
    )
    editions[1].programme.update(starts_at=moment(date(2027, 3, 28), time(2, 30)), ends_at=None)

    page = shown(desk, editions[0], start_time="21:00")
    refused = confirm(desk, editions[0], page, edition=[editions[0].pk, editions[1].pk])

    assert refused.context["form"].non_field_errors() == [
        f"{editions[1]}: Тази нощ часовникът се мести напред през час на събитието."
    ]
    assert clocks(editions)[0] == "09.03 10:00–12:00"
    assert Revision.objects.about(editions[0]).count() == 0


def test_the_tool_is_in_the_form_of_an_edition(desk: Client) -> None:
    edition, alone = make_editions()[0], make_event()
    form = "admin:events_event_change"

    pages = [
        desk.get(reverse(form, args=[event.pk])).content.decode() for event in (edition, alone)
    ]

    assert [f'href="{address(edition)}"' in pages[0], address(alone) in pages[1]] == [True, False]


def test_readers_are_told_what_changed_and_why_as_of_one_event(desk: Client) -> None:
    editions = make_editions()
    Event.objects.filter(pk=editions[1].pk).update(state_note_bg="Стара", state_note_en="Old")

    page = shown(desk, editions[1], start_time="14:00", state_note_bg="Залата е заета.")
    confirm(desk, editions[1], page)

    changes = [list(each.changes.all()) for each in editions]
    assert [[change.kind for change in each] for each in changes] == [
        [],
        ["rescheduled"],
        ["rescheduled"],
    ]
    assert changes[1][0].starts_at == editions[1].starts_at
    found = Event.objects.get(pk=editions[1].pk)
    assert (found.state, found.sequence) == ("rescheduled", 1)
    assert found.previous_starts_at == editions[1].starts_at
    assert (found.state_note_bg, found.state_note_en) == ("Залата е заета.", "")
    html = Client().get(found.get_absolute_url("bg")).content.decode()
    assert "Залата е заета." in html
    revision = Revision.objects.about(found).first()
    assert revision.note == "Преместено на друг ден или час. Залата е заета."


def test_another_hall_is_told_as_a_move(desk: Client) -> None:
    editions = make_editions(venue=make_venue(), hall_bg="Зала 1")

    confirm(desk, editions[2], shown(desk, editions[2], hall_bg="Зала 2"))

    assert [change.kind for change in editions[2].changes.all()] == ["moved"]
    assert Event.objects.get(pk=editions[2].pk).state == "moved"


def test_readers_are_not_left_without_a_reason(desk: Client) -> None:
    editions = make_editions()
    drafts = make_editions(status="draft")

    refused = shown(desk, editions[0], start_time="14:00", state_note_bg="")
    only_words = shown(desk, editions[0], title_bg="Ново име", state_note_bg="")
    of_drafts = shown(desk, drafts[0], start_time="14:00", state_note_bg="")

    assert refused.context["form"].errors == {
        "state_note_bg": ["Читателите научават за това: напишете защо."]
    }
    assert [only_words.context["form"].errors, of_drafts.context["form"].errors] == [{}, {}]


def test_what_is_open_as_a_working_copy_follows(desk: Client, editor: User) -> None:
    editions = make_editions()
    snapshot = taken(editions[0])
    snapshot["fields"]["title_bg"] = "Още не е публикувано"
    working_copies.keep(editions[0], None, snapshot, editor)

    page = shown(desk, editions[0], scope="one", what="cancel", state_note_bg="Заради снега.")
    confirm(desk, editions[0], page)

    (copy,) = WorkingCopy.objects.about(editions[0])
    kept = [copy.snapshot["fields"][name] for name in ("title_bg", "state", "state_note_bg")]
    assert kept == ["Още не е публикувано", "cancelled", "Заради снега."]
    assert copy.based_on == Event.objects.get(pk=editions[0].pk).version


@pytest.mark.parametrize(
    ("fields", "typed", "refusal"),
    [
        ({"state": "cancelled"}, {"what": "cancel"}, "Вече е отменено."),
        ({"state": "cancelled"}, {"start_time": "14:00"}, "Вече е отменено."),
        (
            {"attendance": "online"},
            {"hall_bg": "Зала 2"},
            "Провежда се онлайн. Премества се от „Какво се промени?“.",
        ),
        (
            {"is_deadline": True},
            {"hall_bg": "Зала 2"},
            "Това е краен срок: никой не се събира никъде.",
        ),
    ],
)
def test_what_became_of_an_edition_can_stand_in_the_way(
    desk: Client, fields: dict[str, Any], typed: dict[str, Any], refusal: str
) -> None:
    edition = make_editions(**fields)[0]

    page = shown(desk, edition, scope="one", **typed)

    assert [row["refusal"] for row in page.context["rows"]] == [refusal]
