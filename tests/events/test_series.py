"""The page of a series: a permanent address that leads to the coming edition."""

import json
import re
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from events.models import Event, EventDocument, EventImage, Series
from sorb.dates import moment
from tests.factories import make_article, make_document, make_event, make_image, make_series

pytestmark = pytest.mark.django_db

NOW = moment(date(2027, 3, 1), time(9))


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def edition(series: Series, year: int, **fields: object) -> Event:
    facts = {"title_bg": f"Среща {year}", "title_en": f"Meeting {year}"}
    starts_at = moment(date(year, 11, 9), time(10))
    return make_event(**{"series": series, "starts_at": starts_at, **facts, **fields})


def page(series: Series, language: str = "bg", query: str = "") -> Any:
    return Client().get(series.get_absolute_url(language) + query)


def facts(html: str, kind: str) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return next(block for block in map(json.loads, blocks) if block["@type"] == kind)


def test_its_address_is_in_the_words_of_each_language():
    series = make_series(title_bg="Годишна среща", title_en="Annual meeting")

    assert series.get_absolute_url("bg") == "/bg/poreditsi/godishna-sreshta/"
    assert series.get_absolute_url("en") == "/en/series/annual-meeting/"


def test_the_coming_edition_leads_and_the_past_ones_follow():
    series = make_series(text_bg="Всяка есен.")
    for year in (2025, 2026, 2027, 2028):
        edition(series, year)
    make_event(title_bg="Нещо друго")

    answer = page(series)

    html, _aside, _calendar = answer.content.decode().partition("<aside")
    places = [html.index(f">Среща {year}<") for year in (2027, 2028, 2026, 2025)]
    assert places == sorted(places)
    assert "Всяка есен." in html
    assert "Нещо друго" not in html
    assert [each.title for each in answer.context["coming"]] == ["Среща 2027", "Среща 2028"]


def test_between_editions_the_page_says_so():
    series = make_series()
    edition(series, 2026)

    assert "Следващото издание още не е обявено." in page(series).content.decode()


def test_past_editions_come_with_their_materials():
    series = make_series()
    event = edition(series, 2026)
    EventDocument.objects.create(event=event, document=make_document(title_bg="Презентация"))
    for _number in range(2):
        EventImage.objects.create(event=event, image=make_image())
    report = {"event": event, "event_relation": "report"}
    make_article(title_bg="Как мина срещата", **report)
    make_article(title_bg="Още е чернова", status="draft", **report)
    make_article(title_bg="Само на български", title_en="", **report)
    make_article(title_bg="Предстои среща", event=event)

    bulgarian, english = page(series).content.decode(), page(series, "en").content.decode()

    for words in ("Презентация", "Как мина срещата", "Само на български", "2 снимки"):
        assert words in bulgarian
    assert "Още е чернова" not in bulgarian
    assert "Предстои среща" not in bulgarian
    assert "Само на български" not in english


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": NOW + timedelta(days=1)}])
def test_a_series_of_which_readers_see_nothing_has_no_page(fields):
    series = make_series()
    edition(series, 2027, **fields)

    answers = [
        page(series).status_code,
        Client().get(reverse("events:series_ics", args=[series.slug_bg])).status_code,
    ]

    assert answers == [404, 404]


def test_a_renamed_series_is_found_at_its_old_address():
    series = make_series(slug_bg="stara", slug_en="old")
    edition(series, 2027)
    series.slug_bg, series.slug_en = "nova", "new"
    series.save()

    with translation.override("en"):
        calendar = reverse("events:series_ics", args=["old"])
    moved = [Client().get("/bg/poreditsi/stara/"), Client().get(calendar)]

    assert [(each.status_code, each["Location"]) for each in moved] == [
        (301, "/bg/poreditsi/nova/"),
        (301, "/en/series/new.ics"),
    ]


def test_an_untranslated_series_is_shown_in_bulgarian_under_its_notice():
    series = make_series(title_bg="Годишна среща", title_en="")
    edition(series, 2027)

    html = page(series, "en").content.decode()

    assert '<h1 lang="bg">Годишна среща</h1>' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_event_names_its_series_and_links_to_it():
    series = make_series(title_bg="Годишна среща")
    event = edition(series, 2027)

    html = Client().get(event.get_absolute_url("bg")).content.decode()

    assert f'Част от поредицата <a href="{series.get_absolute_url("bg")}">Годишна среща</a>' in html
    assert facts(html, "Event")["superEvent"]["name"] == "Годишна среща"


def test_programs_are_told_of_a_series_and_its_editions():
    series = make_series(title_bg="Годишна среща", text_bg="Всяка есен.")
    edition(series, 2026), edition(series, 2027)

    html = page(series).content.decode()

    told = facts(html, "EventSeries")
    address = f"http://127.0.0.1:8000{series.get_absolute_url('bg')}"
    assert (told["name"], told["url"], told["@id"]) == (
        "Годишна среща",
        address,
        f"{address}#series",
    )
    assert (told["startDate"], told["endDate"]) == (
        "2026-11-09T10:00:00+02:00",
        "2027-11-09T12:00:00+02:00",
    )
    assert [each["name"] for each in told["subEvent"]] == ["Среща 2027", "Среща 2026"]
    crumbs = [each["name"] for each in facts(html, "BreadcrumbList")["itemListElement"]]
    assert crumbs == ["Начало", "Поредици събития", "Годишна среща"]


def test_its_calendar_holds_its_events_and_no_others():
    series = make_series()
    event = edition(series, 2027)
    edition(series, 2028, status="draft")
    make_event()

    html = page(series).content.decode()
    answer = Client().get(reverse("events:series_ics", args=[series.slug_bg]))

    assert f'href="{reverse("events:series_ics", args=[series.slug_bg])}"' in html
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(entry["UID"]) for entry in entries] == [event.uid]


@pytest.mark.parametrize("count", [1, 11])
def test_the_reads_do_not_grow_with_the_editions(django_assert_num_queries, client, count):
    series = make_series()
    for year in range(2027 - count, 2027):
        event = edition(series, year)
        EventDocument.objects.create(event=event, document=make_document())
        make_article(event=event, event_relation="report")
    for year in range(2027, 2027 + count):
        edition(series, year)
    client.get("/bg/")

    with django_assert_num_queries(10):
        client.get(series.get_absolute_url("bg"))


def test_a_long_series_has_pages_and_leads_on_the_first_only():
    series = make_series()
    for year in range(2010, 2028):
        edition(series, year)

    second = page(series, query="?page=2")

    assert second.context["coming"] == []
    assert [each.title for each in second.context["events"]] == [
        f"Среща {year}" for year in range(2014, 2009, -1)
    ]
    assert "– страница 2" in second.content.decode()


def test_its_calendar_and_its_feed_have_its_name(client):
    series = make_series(title_bg="Годишна среща", title_en="Annual meeting")
    edition(series, 2027)
    edition(series, 2026)
    make_event()

    html = page(series, "en").content.decode()
    calendar = Calendar.from_ical(client.get("/en/series/annual-meeting.ics").content)
    feed = client.get("/bg/poreditsi/godishna-sreshta/feed.atom").content.decode()

    assert calendar["X-WR-CALNAME"] == "Annual meeting"
    assert calendar["NAME"] == "Annual meeting"
    titles = re.findall("<title>(.*?)</title>", feed)
    assert titles == ["Годишна среща", "Среща 2027"]
    for address in ("/en/series/annual-meeting.ics", "/en/series/annual-meeting/feed.atom"):
        assert f'href="{address}"' in html


def test_the_list_names_each_series_with_the_edition_that_is_looked_for(client):
    coming, over = make_series(title_bg="Среща"), make_series(title_bg="Бюджетен форум")
    for year in (2026, 2027, 2028):
        edition(coming, year)
    for year in (2024, 2025):
        edition(over, year, title_bg=f"Форум {year}")
    edition(make_series(title_bg="Още не се вижда"), 2027, status="draft")

    answer = client.get("/bg/poreditsi/")

    rows = [(str(row.series), str(row.edition)) for row in answer.context["rows"]]
    assert rows == [("Бюджетен форум", "Форум 2025"), ("Среща", "Среща 2027")]
    assert 'href="/bg/poreditsi/"' in client.get("/bg/sabitiya/").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_any_number(django_assert_num_queries, client, count):
    for _number in range(count):
        series = make_series()
        edition(series, 2026), edition(series, 2027)
    client.get("/bg/")

    with django_assert_num_queries(5):
        client.get("/bg/poreditsi/")
