"""Announcing events: days and times as people write them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event, ProgrammeItem
from sorb.dates import midnight
from tests.factories import (
    make_document,
    make_event,
    make_event_type,
    make_organization,
    make_speaker,
    make_venue,
)

from .filling import errors_of, filled

ADD = "/admin/events/event/add/"


def change(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def announce(desk: Client, **typed: object) -> Any:
    """The answer to an event's form with these fields."""
    needed = {"title_bg": "Среща на кметовете", "type": make_event_type().pk}
    return desk.post(ADD, filled(desk.get(ADD), **needed | typed))


def timed(day: str, start: str, end_day: str, end: str) -> dict[str, object]:
    return {"start_day": day, "start_time": start, "end_day": end_day, "end_time": end}


def test_event_takes_place_when_it_was_typed(desk: Client) -> None:
    announce(desk, **timed("12.10.2026", "10:00", "14.10.2026", "13:30"))

    event = Event.objects.get()
    assert event.starts_at == datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 10, 14, 10, 30, tzinfo=UTC)
    assert (event.is_all_day, event.has_open_end) == (False, False)


def test_end_without_a_day_is_on_the_day_it_starts(desk: Client) -> None:
    announce(desk, **timed("12.10.2026", "10:00", "", "13:30"))

    assert Event.objects.get().ends_at == datetime(2026, 10, 12, 10, 30, tzinfo=UTC)


def test_all_day_event_ends_with_its_last_day(desk: Client) -> None:
    announce(desk, start_day="12.10.2026", end_day="14.10.2026", is_all_day="on")

    event = Event.objects.get()
    assert (event.starts_at, event.ends_at) == (
        midnight(date(2026, 10, 12)),
        midnight(date(2026, 10, 15)),
    )
    shown = filled(desk.get(change(event)))
    assert (shown["start_day"], shown["end_day"]) == (["12.10.2026"], ["14.10.2026"])
    assert (shown["start_time"], shown["end_time"]) == ([""], [""])


def test_event_with_an_open_end_needs_no_end(desk: Client) -> None:
    announce(desk, start_day="12.10.2026", start_time="18:00", has_open_end="on")

    event = Event.objects.get()
    assert (event.has_open_end, event.ends_at) == (True, midnight(date(2026, 10, 13)))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (timed("12/10/2026", "10:00", "", "12:00"), "start_day"),
        (timed("", "10:00", "", "12:00"), "start_day"),
        (timed("12.10.1899", "10:00", "", "12:00"), "start_day"),
        (timed("12.10.2026", "10:00", "12.10.2101", "12:00"), "end_day"),
        (timed("12.10.2026", "", "", "12:00"), "start_time"),
        (timed("12.10.2026", "10:00", "", ""), "end_time"),
        (timed("12.10.2026", "10.5", "", "12:00"), "start_time"),
        (timed("12.10.2026", "10:00", "", "09:00"), "end_time"),
        (timed("12.10.2026", "10:00", "11.10.2026", "12:00"), "end_day"),
        (timed("29.03.2020", "03:30", "", "12:00"), "start_time"),
        (timed("28.03.2020", "10:00", "29.03.2020", "03:30"), "end_time"),
        ({"start_day": "12.10.2026", "end_day": "11.10.2026", "is_all_day": "on"}, "end_day"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(
    desk: Client, typed: dict[str, object], wrong: str
) -> None:
    answer = announce(desk, **typed)

    assert list(errors_of(answer)) == [wrong]
    assert not Event.objects.exists()


def test_the_skipped_hour_is_refused_with_words(desk: Client) -> None:
    answer = announce(desk, **timed("29.03.2020", "03:30", "", "12:00"))

    assert "03:30" in errors_of(answer)["start_time"][0]


def test_the_doubled_hour_is_the_first(desk: Client) -> None:
    announce(desk, **timed("25.10.2020", "03:30", "", "03:45"))

    event = Event.objects.get()
    assert (event.starts_at, event.ends_at) == (
        datetime(2020, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2020, 10, 25, 0, 45, tzinfo=UTC),
    )


def test_what_was_typed_stays_when_another_field_fails(desk: Client) -> None:
    answer = announce(desk, title_bg="", **timed("12.10.2026", "10:00", "", "12:00"))

    again = filled(answer)
    assert list(errors_of(answer)) == ["title_bg"]
    assert (again["start_day"], again["end_time"]) == (["12.10.2026"], ["12:00"])


def test_saving_without_a_change_tells_no_calendar_anything(desk: Client) -> None:
    starts_at = datetime(2026, 10, 25, 1, 30, 17, tzinfo=UTC)  # the second 03:30 of that night
    event = make_event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    desk.post(change(event), filled(desk.get(change(event)), lead_bg="Само уводът е друг."))

    event.refresh_from_db()
    assert (event.starts_at, event.sequence) == (starts_at, 0)
    assert event.lead_bg == "Само уводът е друг."


def test_another_time_tells_calendars(desk: Client) -> None:
    event = make_event()

    desk.post(
        change(event),
        filled(desk.get(change(event)), **timed("12.10.2026", "10:00", "", "12:00")),
    )

    event.refresh_from_db()
    assert event.sequence == 1


def test_everything_else_about_an_event_is_kept(desk: Client) -> None:
    venue = make_venue()
    announce(
        desk,
        **timed("12.10.2026", "10:00", "", "12:00"),
        venue=venue.pk,
        hall_bg="Зала 3",
        attendance="both",
        online_address="https://example.org/join",
        languages=["bg", "fr"],
        state="moved_online",
        state_note_bg="Заради ремонт.",
        registration_address="https://example.org/form",
        registration_closes_at_0="10.10.2026",
        registration_closes_at_1="17:00",
    )

    event = Event.objects.get()
    assert (event.venue, event.hall_bg, event.attendance) == (venue, "Зала 3", "both")
    assert (event.online_address, event.languages) == ("https://example.org/join", ["bg", "fr"])
    assert (event.state, event.state_note_bg) == ("moved_online", "Заради ремонт.")
    assert event.registration_closes_at == datetime(2026, 10, 10, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("forged", [["xx"], ["bg", "<b>"]])
def test_unknown_languages_are_refused(desk: Client, forged: list[str]) -> None:
    answer = announce(desk, **timed("12.10.2026", "10:00", "", "12:00"), languages=forged)

    assert list(errors_of(answer)) == ["languages"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "не е адрес"])
def test_addresses_that_are_none_are_refused(desk: Client, address: str) -> None:
    answer = announce(desk, **timed("12.10.2026", "10:00", "", "12:00"), online_address=address)

    assert list(errors_of(answer)) == ["online_address"]


def item(number: int, **fields: object) -> dict[str, object]:
    needed = {"kind": "session", "title_bg": f"Точка {number}"} | fields
    return {f"programme-{number}-{name}": value for name, value in needed.items()}


def programme(*rows: dict[str, object]) -> dict[str, object]:
    joined: dict[str, object] = {"programme-TOTAL_FORMS": len(rows)}
    for fields in rows:
        joined |= fields
    return joined


def clocks() -> list[tuple[datetime, datetime | None]]:
    return list(ProgrammeItem.objects.values_list("starts_at", "ends_at"))


def test_programme_is_typed_by_the_clock(desk: Client) -> None:
    announce(
        desk,
        **timed("12.10.2026", "10:00", "13.10.2026", "18:00"),
        **programme(
            item(0, start_time="10:00", end_time="11:30"),
            item(1, day="13.10.2026", start_time="09:00"),
            item(2, day="12.10.2026", start_time="20:00", end_time="00:00"),
        ),
    )

    assert clocks() == [
        (datetime(2026, 10, 12, 7, 0, tzinfo=UTC), datetime(2026, 10, 12, 8, 30, tzinfo=UTC)),
        (datetime(2026, 10, 12, 17, 0, tzinfo=UTC), midnight(date(2026, 10, 13))),
        (datetime(2026, 10, 13, 6, 0, tzinfo=UTC), None),
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"day": "14.10.2026", "start_time": "10:00"}, "day"),
        ({"day": "11.10.2026", "start_time": "10:00"}, "day"),
        ({"day": "12/10/2026", "start_time": "10:00"}, "day"),
        ({"start_time": "10:00", "end_time": "09:00"}, "end_time"),
        ({"start_time": "25:00"}, "start_time"),
        ({"start_time": ""}, "start_time"),
        ({"start_time": "10:00", "title_bg": ""}, "title_bg"),
    ],
)
def test_a_programme_that_cannot_be_is_refused_at_its_field(
    desk: Client, fields: dict[str, object], wrong: str
) -> None:
    answer = announce(
        desk, **timed("12.10.2026", "10:00", "13.10.2026", "18:00"), **programme(item(0, **fields))
    )

    assert list(errors_of(answer)) == [f"programme-0-{wrong}"]
    assert not Event.objects.exists()


def test_a_programme_over_the_skipped_hour_is_refused(desk: Client) -> None:
    answer = announce(
        desk,
        **timed("28.03.2020", "10:00", "29.03.2020", "18:00"),
        **programme(item(0, day="29.03.2020", start_time="03:30")),
    )

    assert list(errors_of(answer)) == ["programme-0-start_time"]


def test_programme_shows_what_was_typed(desk: Client) -> None:
    announce(
        desk,
        **timed("12.10.2026", "10:00", "", "18:00"),
        **programme(item(0, start_time="10:00", end_time="11:30", text_bg="Пленарна зала")),
    )

    shown = filled(desk.get(change(Event.objects.get())))
    assert [shown[f"programme-0-{name}"] for name in ("day", "start_time", "end_time")] == [
        ["12.10.2026"],
        ["10:00"],
        ["11:30"],
    ]


def test_people_appear_with_what_they_were_then(desk: Client) -> None:
    event = make_event()
    part = event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    mayor, minister = make_speaker(position_bg="кмет"), make_speaker()
    organization = make_organization()
    rows = {
        "appearances-TOTAL_FORMS": 2,
        "appearances-0-speaker": mayor.pk,
        "appearances-0-role": "speaker",
        "appearances-0-order": 1,
        "appearances-1-speaker": minister.pk,
        "appearances-1-role": "opening",
        "appearances-1-item": part.pk,
        "appearances-1-order": 0,
        "appearances-1-position_bg": "министър",
        "appearances-1-organization": organization.pk,
    }

    desk.post(change(event), filled(desk.get(change(event)), **rows))

    assert list(
        event.appearances.values_list("speaker", "role", "item", "position_bg", "organization")
    ) == [
        (minister.pk, "opening", part.pk, "министър", organization.pk),
        (mayor.pk, "speaker", None, "кмет", None),
    ]


def test_people_cannot_appear_in_the_programme_of_another_event(desk: Client) -> None:
    event, other = make_event(), make_event()
    foreign = other.programme.create(starts_at=other.starts_at, title_bg="Чужда точка")
    rows = {
        "appearances-TOTAL_FORMS": 1,
        "appearances-0-speaker": make_speaker().pk,
        "appearances-0-role": "speaker",
        "appearances-0-item": foreign.pk,
    }

    answer = desk.post(change(event), filled(desk.get(change(event)), **rows))

    assert list(errors_of(answer)) == ["appearances-0-item"]
    assert not event.appearances.exists()


def test_organizations_take_part_once_in_a_role(desk: Client) -> None:
    event, organization = make_event(), make_organization()
    rows: dict[str, object] = {"participations-TOTAL_FORMS": 2}
    for number in range(2):
        rows[f"participations-{number}-organization"] = organization.pk
        rows[f"participations-{number}-role"] = "partner"

    twice = desk.post(change(event), filled(desk.get(change(event)), **rows))
    rows["participations-1-role"] = "sponsor"
    desk.post(change(event), filled(desk.get(change(event)), **rows))

    assert twice.status_code == 200
    assert sorted(event.participations.values_list("role", flat=True)) == ["partner", "sponsor"]


def test_who_may_only_look_sees_when_it_is(reader: Client) -> None:
    event = make_event(starts_at=datetime(2026, 10, 12, 7, 0, tzinfo=UTC))

    answer = reader.get(change(event))

    assert answer.status_code == 200
    assert "12 октомври 2026 г., 10:00" in answer.content.decode()


def test_a_deadline_needs_no_end_and_takes_nothing_of_a_meeting(desk: Client) -> None:
    venue = make_venue()
    announce(
        desk,
        is_deadline="on",
        start_day="12.10.2026",
        start_time="17:00",
        venue=venue.pk,
        hall_bg="Зала 6",
        attendance="both",
        online_address="https://live.example/",
        languages=["bg"],
    )

    event = Event.objects.get()
    assert event.starts_at == event.ends_at == datetime(2026, 10, 12, 14, 0, tzinfo=UTC)
    assert (event.venue, event.hall_bg, event.attendance) == (None, "", "on_site")
    assert (event.online_address, event.languages, event.is_deadline) == ("", [], True)
    shown = filled(desk.get(change(event)))
    assert (shown["start_time"], shown["end_day"], shown["end_time"]) == (["17:00"], [""], [""])


def test_a_deadline_may_be_a_whole_day(desk: Client) -> None:
    announce(desk, is_deadline="on", start_day="12.10.2026", is_all_day="on")

    assert Event.objects.get().ends_at == midnight(date(2026, 10, 13))


def test_what_is_a_deadline_after_all_loses_its_end(desk: Client) -> None:
    event = make_event(starts_at=datetime(2026, 10, 12, 7, 0, tzinfo=UTC))

    desk.post(change(event), filled(desk.get(change(event)), is_deadline="on"))

    event.refresh_from_db()
    assert (event.is_deadline, event.ends_at) == (True, event.starts_at)


def test_a_deadline_without_its_hour_is_refused_at_the_field(desk: Client) -> None:
    answer = announce(desk, is_deadline="on", start_day="12.10.2026")

    assert list(errors_of(answer)) == ["start_time"]


def test_a_document_may_belong_to_an_item_of_the_programme(desk: Client) -> None:
    event, other = make_event(), make_event()
    session = event.programme.create(starts_at=event.starts_at, title_bg="Сесия")
    foreign = other.programme.create(starts_at=other.starts_at, title_bg="Чужда точка")
    document = make_document()
    rows: dict[str, object] = {
        "documents-TOTAL_FORMS": 1,
        "documents-0-document": document.pk,
        "documents-0-order": 0,
        "documents-0-item": foreign.pk,
    }

    refused = desk.post(change(event), filled(desk.get(change(event)), **rows))
    rows["documents-0-item"] = session.pk
    desk.post(change(event), filled(desk.get(change(event)), **rows))

    assert list(errors_of(refused)) == ["documents-0-item"]
    assert list(event.documents.values_list("document", "item")) == [(document.pk, session.pk)]


def test_the_hall_of_a_session_is_typed_in_both_languages(desk: Client) -> None:
    announce(
        desk,
        **timed("12.10.2026", "10:00", "", "18:00"),
        **programme(item(0, start_time="10:00", hall_bg="Зала 2", hall_en="Room 2")),
    )

    assert list(ProgrammeItem.objects.values_list("hall_bg", "hall_en")) == [("Зала 2", "Room 2")]
