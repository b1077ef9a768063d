from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from sorb.dates import SOFIA
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def links(event):
    return {link.name: link for link in event.calendar_links}


def query(link):
    return {name: value[0] for name, value in parse_qs(urlsplit(link.address).query).items()}


def test_file_is_downloaded_and_subscribed_to_at_the_same_place():
    event = make_event(slug_bg="forum")
    path = reverse("events:event_ics", args=["forum"])

    download, device, *_others = event.calendar_links

    assert (download.address, download.is_download) == (f"{SITE}{path}", True)
    assert (device.address, device.is_download) == (f"webcal://127.0.0.1:8000{path}", False)


def test_links_of_an_english_page_lead_to_the_english_file(client):
    event = make_event(slug_bg="samo", title_en="")

    with translation.override("en"):
        download = event.calendar_links[0]

    assert download.address == f"{SITE}/en/events/samo.ics"
    assert client.get(urlsplit(download.address).path).status_code == 200


def test_web_calendars_get_times_in_utc_and_every_sign_of_the_words():
    event = make_event(
        title_bg='Форум "Общини" & други + 50 % # ?',
        venue=make_venue(),
        starts_at=datetime(2020, 3, 29, 10, tzinfo=SOFIA),
        ends_at=datetime(2020, 3, 29, 12, 30, tzinfo=SOFIA),
    )

    google, outlook, microsoft = (
        query(links(event)[name]) for name in ("Google", "Outlook", "Microsoft 365")
    )

    assert google["text"] == outlook["subject"] == event.title
    assert google["dates"] == "20200329T070000Z/20200329T093000Z"
    assert (outlook["startdt"], outlook["enddt"]) == (
        "2020-03-29T07:00:00Z",
        "2020-03-29T09:30:00Z",
    )
    assert google["location"] == outlook["location"] == "Зала „Средец“, София"
    assert google["details"].splitlines()[0] == f"{SITE}{event.get_absolute_url()}"
    assert microsoft == outlook


def test_outlook_gets_no_plus_where_a_space_is_meant():
    event = make_event(title_bg="Два думи")

    assert "+" not in links(event)["Outlook"].address


def test_all_day_events_are_days_with_an_excluded_end():
    event = make_event(
        starts_at=datetime(2020, 2, 28, tzinfo=SOFIA),
        ends_at=datetime(2020, 3, 2, tzinfo=SOFIA),
        is_all_day=True,
    )

    google, outlook = query(links(event)["Google"]), query(links(event)["Outlook"])

    assert google["dates"] == "20200228/20200302"
    assert (outlook["startdt"], outlook["enddt"]) == ("2020-02-28", "2020-03-02")
    assert outlook["allday"] == "true"


@pytest.mark.parametrize("is_all_day", [True, False])
def test_an_open_end_is_not_invented(is_all_day):
    starts_at = datetime(2020, 2, 28, tzinfo=SOFIA)
    event = make_event(starts_at=starts_at, has_open_end=True, is_all_day=is_all_day)

    expected = "20200228/20200229" if is_all_day else "20200227T220000Z/20200227T220000Z"
    assert query(links(event)["Google"])["dates"] == expected


def test_addresses_stay_short_however_long_the_words_are():
    event = make_event(title_bg="Я" * 200, lead_bg="я" * 500, state_note_bg="ю" * 300)

    longest = max(len(link.address) for link in event.calendar_links)

    assert longest < 6000


def test_control_characters_go_no_further():
    event = make_event(starts_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(1))
    event.title_bg = "а\x07б\r\nв"

    assert query(links(event)["Google"])["text"] == "аб\nв"
