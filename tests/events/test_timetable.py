"""The programme: by day, by hall, in protocol order, with materials, on paper."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from events.models import Event, EventDocument, ProgrammeItem
from events.qr import qr_code
from events.timetable import timetable
from sorb.dates import SOFIA
from tests.factories import (
    make_document,
    make_event,
    make_organization,
    make_speaker,
    make_venue,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def at(hour, minute=0, day=12):
    return datetime(2030, 10, day, hour, minute, tzinfo=SOFIA)


@pytest.fixture
def event():
    return make_event(starts_at=at(9), ends_at=at(18, day=13), venue=make_venue())


def item(event, title, starts_at, ends_at=None, hall="", **fields):
    return ProgrammeItem.objects.create(
        event=event, title_bg=title, starts_at=starts_at, ends_at=ends_at, hall_bg=hall, **fields
    )


def shape(event):
    """The programme as titles: a list for each day, a dict where halls stand side by side."""
    return [
        [
            {hall: [each.item.title_bg for each in sessions] for hall, sessions in block.halls}
            or [each.item.title_bg for each in block.sessions]
            for block in day.blocks
        ]
        for day in timetable(event.programme.all())
    ]


def programme_of(event, language="bg"):
    with translation.override(language):
        return reverse("events:event_programme", args=[event.slug_in(language)])


def page_of(client, event):
    return " ".join(client.get(event.get_absolute_url("bg")).content.decode().split())


def test_items_stand_by_day_one_after_another(event):
    item(event, "Откриване", at(9), at(10))
    item(event, "Сесия", at(10), at(11))
    item(event, "Втори ден", at(9, day=13))

    assert shape(event) == [[["Откриване"], ["Сесия"]], [["Втори ден"]]]


def test_what_goes_on_at_the_same_time_in_several_halls_stands_side_by_side(event):
    item(event, "Откриване", at(9), at(10))
    item(event, "Вода", at(10), at(12), hall="Б")
    item(event, "Бюджет", at(10), at(11), hall="А")
    item(event, "Данъци", at(11), at(12), hall="А")
    item(event, "Обяд", at(12), at(13), kind="break")

    assert shape(event) == [[["Откриване"], {"А": ["Бюджет", "Данъци"], "Б": ["Вода"]}, ["Обяд"]]]


def test_without_halls_or_in_one_hall_nothing_stands_side_by_side(event):
    item(event, "Първа", at(10), at(12))
    item(event, "Втора", at(11), at(12))
    item(event, "Трета", at(12), at(13), hall="А")
    item(event, "Четвърта", at(13), at(14), hall="А")

    assert shape(event) == [[["Първа"], ["Втора"], ["Трета"], ["Четвърта"]]]


def test_items_of_unknown_length_that_begin_together_are_parallel(event):
    item(event, "Бюджет", at(10), hall="А")
    item(event, "Вода", at(10), hall="Б")

    assert shape(event) == [[{"А": ["Бюджет"], "Б": ["Вода"]}]]


def test_hosts_come_first_and_all_keep_their_protocol_order(event):
    session = item(event, "Бюджет", at(10), at(11))
    other = item(event, "Вода", at(11), at(12))
    people = {name: make_speaker(name_bg=name) for name in ("А", "Б", "В", "Г")}
    for order, (name, role, of) in enumerate(
        [
            ("В", "speaker", session),
            ("А", "speaker", session),
            ("Б", "moderator", session),
            ("Г", "speaker", other),
        ]
    ):
        event.appearances.create(speaker=people[name], role=role, item=of, order=order)

    (day,) = Event.objects.with_page().get(pk=event.pk).timetable

    first = day.blocks[0].sessions[0]
    assert [each.speaker.name_bg for each in first.hosts] == ["Б"]
    assert [each.speaker.name_bg for each in first.people] == ["В", "А"]


def test_page_tells_people_of_a_session_with_what_they_were_then(client, event):
    session = item(event, "Бюджет", at(10), at(11))
    organization = make_organization(name_bg="Община Русе")
    speaker = make_speaker(name_bg="Мария Петрова")
    event.appearances.create(
        speaker=speaker,
        role="moderator",
        item=session,
        position_bg="кмет",
        organization=organization,
    )

    body = page_of(client, event)

    part = body[body.index(f'id="session-{session.pk}"') :]
    part = part[: part.index("</li>")]
    assert "<strong>Модератор:</strong>" in part
    assert "<span>кмет</span>, <span>Община Русе</span>" in part


def test_materials_stand_with_their_session_and_all_together_once_it_is_over(client, event):
    session = item(event, "Бюджет", at(10), at(11))
    own, whole = make_document(title_bg="Презентация"), make_document(title_bg="Покана")
    EventDocument.objects.create(event=event, document=own, item=session)
    EventDocument.objects.create(event=event, document=whole)

    coming = Event.objects.with_page().get(pk=event.pk)
    before = [use.document.title_bg for use in coming.shown_documents]
    body = page_of(client, event)
    Event.objects.filter(pk=event.pk).update(
        starts_at=at(9) - 9999 * DAY, ends_at=at(9) - 9998 * DAY
    )
    over = Event.objects.with_page().get(pk=event.pk)

    assert before == ["Покана"]
    part = body[body.index('class="programme__materials"') :]
    assert "Презентация" in part[: part.index("</ul>")]
    assert [use.document.title_bg for use in over.shown_documents] == ["Презентация", "Покана"]


def test_sessions_are_events_within_the_event_with_addresses_of_their_own(event):
    session = item(event, "Бюджет", at(10), at(11), hall="Зала 2")

    facts = Event.objects.with_page().get(pk=event.pk).structured_data()

    (told,) = facts["subEvent"]
    assert told["@id"] == told["url"] == f"{facts['url']}#session-{session.pk}"
    assert told["location"][0]["name"] == "Зала 2, Зала „Средец“"


def test_printed_programme_has_everything_and_a_code_that_leads_to_the_page(client, event):
    item(event, "Бюджет", at(10), at(11))

    bulgarian = client.get(programme_of(event))
    english = client.get(programme_of(event, "en"))

    body = bulgarian.content.decode()
    page = f"http://127.0.0.1:8000{event.get_absolute_url('bg')}"
    assert (bulgarian.status_code, english.status_code) == (200, 200)
    assert programme_of(event).endswith("/programa/")
    assert "Бюджет" in body
    assert f'src="{qr_code(page)}"' in body
    assert f">{page}</span>" in body
    assert '<meta name="robots" content="noindex">' in body
    assert f'href="{programme_of(event)}"' in page_of(client, event)


def test_there_is_nothing_to_print_without_a_programme_or_for_a_draft(client, event):
    draft = make_event(status="draft")
    item(draft, "Бюджет", at(10))

    answers = [client.get(programme_of(one)).status_code for one in (event, draft)]

    assert answers == [404, 404]


def test_an_old_address_of_the_printed_programme_leads_to_the_present_one(client, event):
    item(event, "Бюджет", at(10))
    old = programme_of(event)
    event.slug_bg = "nov-adres"
    event.save()

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (301, programme_of(event))


@pytest.mark.parametrize("count", [1, 12])
def test_a_programme_costs_the_same_whatever_its_length(client, event, count):
    for number in range(count):
        session = item(event, f"Сесия {number}", at(9, number), at(10), hall=f"Зала {number % 3}")
        event.appearances.create(
            speaker=make_speaker(), item=session, organization=make_organization()
        )
        EventDocument.objects.create(event=event, document=make_document(), item=session)

    with CaptureQueriesContext(connection) as captured:
        assert client.get(programme_of(event)).status_code == 200

    assert len(captured) == 7
