"""The pages of the admin by which events come from calendars of others."""

import re
from datetime import datetime
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from events.importing import going_on, taking
from events.importing.refusal import RefusedError
from events.models import Event, EventType, Import
from sorb.dates import SOFIA
from tests.events.importing.calendars import calendar, file, vevent
from tests.factories import make_event_type

IMPORT = "/admin/events/event/import/"
CONFIRM = f"{IMPORT}confirm/"


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(datetime(2025, 9, 1, 12, tzinfo=SOFIA), tick=False):
        yield


@pytest.fixture
def kind():
    return make_event_type(name_bg="Форум")


def looked_through(desk, kind, data, **more):
    sent = {"type": kind.pk, "language": "bg", "file": SimpleUploadedFile("a.ics", data), **more}
    response = desk.post(IMPORT, sent)
    assert response.status_code == 200
    return response.content.decode()


def hidden_fields(html):
    return {
        name: unescape(re.search(f'name="{name}" value="([^"]*)"', html).group(1))
        for name in ("taken", "digest")
    }


def test_the_list_of_events_leads_to_it_whoever_may_add(editors_desk, reader):
    assert IMPORT in editors_desk.get("/admin/events/event/").content.decode()
    assert IMPORT not in reader.get("/admin/events/event/").content.decode()


def test_first_it_is_looked_through_then_confirmed(editors_desk, kind):
    html = looked_through(editors_desk, kind, file("google"))
    before = Event.objects.count()
    response = editors_desk.post(CONFIRM, hidden_fields(html), follow=True)

    assert "Обществено обсъждане на плана за развитие" in html
    assert "Повтаря се без край" in html
    assert (before, Event.objects.count()) == (0, 6)
    assert set(Event.objects.values_list("status", flat=True)) == {"draft"}
    assert "Създадени са 6 чернови." in response.content.decode()


def test_an_import_goes_on_part_by_part_and_says_how_far_it_is(editors_desk, kind, monkeypatch):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 2)
    fields = hidden_fields(looked_through(editors_desk, kind, file("google")))

    address = editors_desk.post(CONFIRM, fields)["Location"]
    first = editors_desk.get(address).content.decode()
    unfinished = editors_desk.get(IMPORT).content.decode()
    after_first = Event.objects.count()
    second = editors_desk.post(address, follow=True).content.decode()
    third = editors_desk.post(address, follow=True).content.decode()
    over = editors_desk.post(address, follow=True).content.decode()

    assert ("2 от 6" in first, after_first, address in unfinished) == (True, 2, True)
    assert "4 от 6" in second
    assert "Създадени са 6 чернови." in third
    assert "Създадени са 6 чернови." in over
    assert (Event.objects.count(), Import.objects.get().entries) == (6, [])
    assert address not in editors_desk.get(IMPORT).content.decode()


def test_an_answer_comes_after_some_seconds_however_much_is_left(editors_desk, kind, monkeypatch):
    monkeypatch.setattr(going_on, "MOST_SECONDS_AT_ONCE", 0)
    fields = hidden_fields(looked_through(editors_desk, kind, file("google")))

    editors_desk.post(CONFIRM, fields)

    assert (Event.objects.count(), Import.objects.get().done) == (1, 1)


def test_what_was_changed_here_before_its_turn_came_is_left_out(editors_desk, kind, monkeypatch):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 1)
    both = [calendar(vevent("a", summary=word), vevent("b", summary=word)) for word in ("1", "2")]
    address = editors_desk.post(
        CONFIRM, hidden_fields(looked_through(editors_desk, kind, both[0]))
    )["Location"]
    editors_desk.post(address)
    fields = hidden_fields(looked_through(editors_desk, kind, both[1]))
    address = editors_desk.post(CONFIRM, fields)["Location"]
    Event.objects.filter(imported__uid="b").update(title_bg="Друго")

    html = editors_desk.post(address, follow=True).content.decode()

    assert "Пропуснато е 1" in html
    assert set(Event.objects.values_list("title_bg", flat=True)) == {"2", "Друго"}


def test_an_import_is_only_for_who_began_it(editors_desk, authors_desk, kind, monkeypatch):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 1)
    fields = hidden_fields(looked_through(editors_desk, kind, file("google")))
    address = editors_desk.post(CONFIRM, fields)["Location"]

    answers = [authors_desk.get(address), authors_desk.post(address)]

    assert [response.status_code for response in answers] == [404, 404]
    assert Import.objects.get().done == 1


def test_a_type_that_is_gone_stops_it_with_words(editors_desk, kind, monkeypatch):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 1)
    fields = hidden_fields(looked_through(editors_desk, kind, file("google")))
    address = editors_desk.post(CONFIRM, fields)["Location"]
    Event.objects.update(type=make_event_type(name_bg="Друг"))
    EventType.objects.filter(pk=kind.pk).delete()

    html = editors_desk.post(address, follow=True).content.decode()

    assert "Избраният вид събитие вече го няма." in html
    assert Event.objects.count() == 1


def test_what_that_calendar_no_longer_has_is_told_and_stays(editors_desk, kind):
    first = calendar(vevent("stays"), vevent("goes", summary="Изчезнало"))
    editors_desk.post(CONFIRM, hidden_fields(looked_through(editors_desk, kind, first)))

    html = looked_through(editors_desk, kind, calendar(vevent("stays"), vevent("new")))
    editors_desk.post(CONFIRM, hidden_fields(html))

    assert "Вече ги няма в онзи календар (1)" in html
    assert set(Event.objects.values_list("imported__uid", "status")) == {
        (uid, "draft") for uid in ("stays", "goes", "new")
    }


def test_confirming_twice_makes_nothing_twice(editors_desk, kind):
    fields = hidden_fields(looked_through(editors_desk, kind, file("google")))
    editors_desk.post(CONFIRM, fields)
    second = editors_desk.post(CONFIRM, fields)

    assert Event.objects.count() == 6
    assert (second.status_code, "Няма нищо ново" in second.content.decode()) == (200, True)


def test_what_has_changed_meanwhile_is_shown_again_and_not_done(editors_desk, kind):
    first = hidden_fields(looked_through(editors_desk, kind, calendar(vevent())))
    editors_desk.post(CONFIRM, first)
    html = looked_through(editors_desk, kind, calendar(vevent(summary="Нова дума")))
    Event.objects.update(title_bg="Променено от друг")

    response = editors_desk.post(CONFIRM, hidden_fields(html))

    assert "Междувременно нещо се е променило" in response.content.decode()
    assert Event.objects.get().title_bg == "Променено от друг"


@pytest.mark.parametrize("taken", ["", "nonsense", "a:b:c"])
def test_a_forged_or_old_page_leads_back(editors_desk, taken):
    response = editors_desk.post(CONFIRM, {"taken": taken, "digest": ""})

    assert (response.status_code, response["Location"]) == (302, IMPORT)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"file": ""}, "Изберете файл или напишете адрес."),
        ({"address": "https://example.org/a.ics"}, "Изберете файл или напишете адрес."),
        ({"file": "", "address": "http://127.0.0.1/a.ics"}, "не е публичен адрес в интернет"),
        ({"file": "", "address": "ftp://example.org/"}, "Това не е адрес на календар"),
        ({"file": SimpleUploadedFile("a.ics", b"<html>")}, "Това не е календар"),
        ({"file": SimpleUploadedFile("a.ics", b"x" * 1_000_001)}, "по-голям от 1 MB"),
        ({"type": "0"}, "errorlist"),
    ],
)
def test_what_is_refused_is_told_in_the_form(editors_desk, kind, more, words):
    html = looked_through(editors_desk, kind, calendar(vevent()), **more)

    assert words in html
    assert 'enctype="multipart/form-data"' in html


def test_a_calendar_is_fetched_by_its_address_and_known_by_it(editors_desk, kind, monkeypatch):
    address = "https://example.org/a.ics"
    monkeypatch.setattr(taking, "fetched", lambda asked: {address: file("nextcloud")}[asked])

    html = looked_through(editors_desk, kind, b"", file="", address=address)
    editors_desk.post(CONFIRM, hidden_fields(html))

    sources = set(Event.objects.values_list("imported__source", flat=True))
    assert sources == {address}


def test_hostile_words_of_a_calendar_are_shown_as_words(editors_desk, kind):
    html = looked_through(
        editors_desk, kind, calendar(vevent(summary="<script>alert(1)</script>", location="<b>"))
    )

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_refusal_at_the_second_step_leads_back(editors_desk, kind, monkeypatch):
    fields = hidden_fields(looked_through(editors_desk, kind, calendar(vevent())))

    def entries(data):
        raise RefusedError("too_slow", seconds=5)

    monkeypatch.setattr(taking, "entries", entries)

    assert editors_desk.post(CONFIRM, fields)["Location"] == IMPORT
    assert Event.objects.count() == 0
