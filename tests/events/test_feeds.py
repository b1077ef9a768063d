"""The feeds of events: what is to come, with day and place, in the language of the address."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from events.feeds import LIMIT
from sorb.dates import SOFIA
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def address(form="atom", language="bg"):
    with translation.override(language):
        return reverse(f"events:event_{form}")


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(response):
    return [entry.findtext(f"{ATOM}title") for entry in entries(response)]


def test_feed_holds_what_is_to_come_the_nearest_first(client):
    now, day = timezone.now(), timedelta(days=1)
    make_event(title_bg="По-късно", starts_at=now + 9 * day)
    make_event(title_bg="Чернова", status="draft")
    make_event(title_bg="Минало", starts_at=now - 9 * day)
    make_event(title_bg="Сега", starts_at=now - day, ends_at=now + day)
    make_event(title_bg="Утре", starts_at=now + day)

    assert titles(client.get(address())) == ["Сега", "Утре", "По-късно"]


@time_machine.travel(datetime(2025, 10, 1, 12, tzinfo=SOFIA), tick=False)
def test_entry_says_when_and_where_and_changed_when_its_text_did(client):
    event = make_event(
        lead_en="For <municipalities>.",
        starts_at=datetime(2025, 10, 12, 10, tzinfo=SOFIA),
        venue=make_venue(),
    )

    (entry,) = entries(client.get(address(language="en")))

    day, text = entry.findtext(f"{ATOM}summary").split("\n\n")
    assert day == "<p>12 October 2025, 10:00–12:00, Sredets Hall, Sofia</p>"
    assert text == "<p>For &lt;municipalities&gt;.</p>"
    assert entry.findtext(f"{ATOM}updated") == "2025-10-01T12:00:00+03:00"
    assert entry.findtext(f"{ATOM}id") == f"tag:127.0.0.1,2025-10-01:events/{event.pk}/en"
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}{event.get_absolute_url('en')}"
    assert entry.find(f"{ATOM}category").get("term") == "Forum"


def test_entry_of_a_cancelled_event_says_so(client):
    make_event(title_en="Forum", state="cancelled", state_note_en="Because of snow.")

    (entry,) = entries(client.get(address(language="en")))

    assert entry.findtext(f"{ATOM}title") == "Cancelled: Forum"
    assert "Because of snow." in entry.findtext(f"{ATOM}summary")


def test_english_feed_tells_untranslated_events_in_bulgarian_and_says_that_it_does(client):
    make_event(title_bg="Само български", title_en="", starts_at=timezone.now() + timedelta(days=1))
    make_event(title_en="English", starts_at=timezone.now() + timedelta(days=2))

    found = entries(client.get(address(language="en")))

    assert [entry.get(LANG) for entry in found] == ["bg", None]
    assert [entry.findtext(f"{ATOM}title") for entry in found] == ["Само български", "English"]


def test_rss_reader_gets_the_same(client):
    event = make_event(title_bg="Форум")

    root = ElementTree.fromstring(client.get(address("rss")).content)

    item = root.find("channel/item")
    assert item.findtext("title") == "Форум"
    assert item.findtext("link") == f"{SITE}{event.get_absolute_url()}"


@pytest.mark.parametrize("count", [1, LIMIT + 3])
def test_feed_costs_the_same_for_any_number_of_events(client, count, django_assert_num_queries):
    venue = make_venue()
    for _ in range(count):
        make_event(venue=venue)

    with django_assert_num_queries(1):
        response = client.get(address())

    assert len(entries(response)) == min(count, LIMIT)
