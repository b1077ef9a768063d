"""Deadlines: a day or a moment, marked differently wherever events are told."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from icalendar import Calendar

from events.models import Event
from sorb.dates import SOFIA
from tests.factories import make_article, make_event, make_organization, make_speaker, make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, tzinfo=SOFIA)
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _first_of_october():
    with time_machine.travel(NOW, tick=False):
        yield


def october(day, hour=0):
    return datetime(2026, 10, day, hour, tzinfo=SOFIA)


def make_deadline(**fields):
    fields = {"starts_at": october(15, 17), "title_bg": "Грантове", "title_en": "Grants"} | fields
    return make_event(is_deadline=True, **fields)


def page_of(client, event):
    return " ".join(client.get(event.get_absolute_url("bg")).content.decode().split())


def entry_of(client, event):
    file = client.get(reverse("events:event_ics", args=[event.slug_bg])).content
    (entry,) = Calendar.from_ical(file).events
    return entry


def test_a_deadline_ends_when_it_begins_and_a_day_with_its_last_moment():
    moment, day = (
        make_deadline(has_open_end=True),
        make_deadline(starts_at=october(15), is_all_day=True),
    )

    assert (moment.ends_at, moment.has_open_end) == (october(15, 17), False)
    assert day.ends_at == october(16)


@pytest.mark.parametrize("fields", [{"ends_at": october(15, 18)}, {"has_open_end": True}])
def test_the_database_refuses_a_deadline_with_an_end(fields):
    deadline = make_deadline()

    with pytest.raises(IntegrityError, match="events_event_deadline_is_a_day_or_a_moment"):
        Event.objects.filter(pk=deadline.pk).update(**fields)


def test_it_is_upcoming_until_its_moment_and_past_from_then_on():
    deadline = make_deadline()

    with time_machine.travel(october(15, 17) - timedelta(seconds=1), tick=False):
        before = (list(Event.objects.upcoming()), list(Event.objects.past()))
    with time_machine.travel(october(15, 17), tick=False):
        after = (list(Event.objects.upcoming()), list(Event.objects.past()))

    assert (before, after) == (([deadline], []), ([], [deadline]))


def test_a_calendar_file_gives_it_a_start_and_no_end_and_takes_no_time(client):
    moment, day = make_deadline(), make_deadline(starts_at=october(15), is_all_day=True)

    timed, dated = entry_of(client, moment), entry_of(client, day)

    assert timed["DTSTART"].dt == october(15, 17)
    assert dated.to_ical().splitlines().count(b"DTSTART;VALUE=DATE:20261015") == 1
    assert {"DTEND", "DURATION"} & {*timed, *dated} == set()
    assert str(timed["TRANSP"]) == "TRANSPARENT"
    assert str(timed["SUMMARY"]) == "Краен срок: Грантове"
    assert [str(name) for name in timed["CATEGORIES"].cats] == ["Краен срок", "Форум"]


def test_what_is_held_takes_time_in_calendars(client):
    assert "TRANSP" not in entry_of(client, make_event())


def test_it_is_no_event_of_schema_org_but_a_page_that_expires():
    deadline = make_deadline(
        lead_bg="За общини.",
        registration_address="https://form.example/a",
        registration_opens_at=october(2, 9),
    )
    page = f"{SITE}{deadline.get_absolute_url()}"

    facts = Event.objects.with_page().get(pk=deadline.pk).structured_data()

    assert facts == {
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": "Грантове",
        "description": "За общини.",
        "expires": "2026-10-15T17:00:00+03:00",
        "inLanguage": "bg",
        "potentialAction": {
            "@type": "Action",
            "name": "Грантове",
            "startTime": "2026-10-02T09:00:00+03:00",
            "endTime": "2026-10-15T17:00:00+03:00",
            "actionStatus": "https://schema.org/PotentialActionStatus",
            "target": "https://form.example/a",
        },
    }


def test_news_about_it_speaks_of_a_page():
    article = make_article(event=make_deadline(starts_at=october(15), is_all_day=True))

    about = article.structured_data()["about"]

    assert (about["@type"], about["expires"]) == ("WebPage", "2026-10-15")


def test_feed_marks_it(client):
    make_deadline()

    root = ElementTree.fromstring(client.get(reverse("events:event_atom")).content)

    (entry,) = root.findall("{*}entry")
    assert entry.findtext("{*}title") == "Краен срок: Грантове"
    assert [each.get("term") for each in entry.findall("{*}category")] == ["Краен срок", "Форум"]


def test_list_and_calendar_mark_it_by_words_and_by_another_shape(client):
    make_event(starts_at=october(15, 10), title_bg="Форум")
    marks = ("event-row__deadline", "month__deadline", "dot--deadline")
    paths = [
        reverse("events:event_list"),
        reverse("calendar:calendar_month", args=[2026, 10]),
        reverse("calendar:calendar_day", args=[2026, 10, 15]),
    ]

    def read(path):
        page = client.get(path).content.decode()
        return re.sub(r'<section class="legend".*?</section>', "", page, flags=re.DOTALL)

    without = [read(path) for path in paths]
    make_deadline()
    found = [read(path) for path in paths]

    assert [mark for body in without for mark in marks if mark in body] == []
    listed, month, day = ([mark for mark in marks if mark in body] for body in found)
    assert listed == list(marks)  # with the month beside
    assert month == ["month__deadline", "dot--deadline"]
    assert day == list(marks)


def test_page_says_until_when_and_leads_to_the_form(client):
    deadline = make_deadline(
        registration_address="https://form.example/a", venue=make_venue(), hall_bg="Зала 6"
    )
    deadline.programme.create(starts_at=october(15, 17), title_bg="Сесия")
    deadline.appearances.create(speaker=make_speaker(name_bg="Иван Гинев"))
    organizer = make_organization(name_bg="Сдружение")
    deadline.participations.create(organization=organizer, role="organizer")

    body = page_of(client, deadline)

    assert "<dt>Краен срок </dt>" in body
    assert ">Към формуляра</a>" in body
    assert "Сдружение" in body
    assert [word for word in ("Зала 6", "Сесия", "Иван Гинев") if word in body] == []


def test_after_it_the_page_says_so_and_the_button_is_gone(client):
    deadline = make_deadline(registration_address="https://form.example/a")

    with time_machine.travel(october(16), tick=False):
        body = page_of(client, deadline)

    assert "Срокът изтече" in body
    assert 'href="https://form.example/a"' not in body


def test_a_day_that_is_a_deadline_counts_to_its_end():
    deadline = make_deadline(
        starts_at=october(15), is_all_day=True, registration_address="https://form.example/a"
    )

    with time_machine.travel(october(15, 23), tick=False):
        in_time = deadline.is_registration_open
    with time_machine.travel(october(16), tick=False):
        too_late = deadline.is_registration_open

    assert (in_time, too_late) == (True, False)


def test_a_deadline_that_was_put_off_is_a_new_deadline(client):
    deadline = make_deadline()

    deadline.starts_at = october(20, 17)
    deadline.save()

    body = page_of(client, deadline)
    assert '<p class="state__name">Нов срок</p>' in body
    assert "<del>четвъртък, 15 октомври 2026 г., 17:00 ч.</del>" in body
