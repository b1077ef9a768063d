from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from events.calendar_links import LONGEST_NAME, subscription_links
from events.filters import EventFilter
from sorb.dates import SOFIA
from sorb.outside import clean
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def links(event):
    return {link.name: link for link in event.calendar_links}


def query(link):
    return {name: value[0] for name, value in parse_qs(urlsplit(link.address).query).items()}


def test_what_is_added_is_a_copy_by_file_or_in_a_web_calendar():
    event = make_event(slug_bg="forum")
    path = reverse("events:event_ics", args=["forum"])

    download, *others = event.calendar_links

    assert (download.address, download.is_download) == (f"{SITE}{path}", True)
    assert [link.name for link in others] == ["Google", "Outlook", "Microsoft 365"]
    assert not any(link.is_download or ".ics" in link.address for link in others)


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


HOSTILE = {
    "quotes": """Форум "Общини" & 'други' <b> + 50 % # ? ; =""",
    "an address": "x&url=https://evil.example/&cid=1#fragment",
    "emoji": "🏛️ Среща 👩‍👩‍👧 " * 40,
    "long": "Я" * 400,
    "control characters": "а\x00б\x1b\ud800\u2028в",
    "nothing": "",
}


def followed(link):
    """The file that a program follows, as it reads it from the address it is given."""
    if link.address.startswith("webcal://"):
        return link.address
    (found,) = (values for name, values in parsed(link).items() if name in ("cid", "url"))
    return found[0]


def parsed(link):
    """The query as its receiver reads it: strictly, each parameter once."""
    found = parse_qs(
        urlsplit(link.address).query, strict_parsing=True, keep_blank_values=True, errors="strict"
    )
    assert {len(values) for values in found.values()} == {1}
    return found


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "file",
    [
        "https://site.example/bg/kalendar.ics",
        "https://site.example/bg/kalendar.ics?type=3&q=%D0%B0%26b+%2B+%23&town=ruse",
    ],
)
def test_a_subscription_leads_to_the_very_file_whatever_it_is_called(name, file):
    webcal = file.replace("https:", "webcal:")

    apple, google, outlook, microsoft = subscription_links(file, name)

    assert (apple.address, followed(google)) == (webcal, webcal)
    assert (followed(outlook), followed(microsoft)) == (file, file)
    assert set(parsed(google)) == {"cid"}
    assert set(parsed(outlook)) == {"url", "name"}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_names_of_subscriptions_are_cut_and_clean(name):
    links = subscription_links("https://site.example/bg/kalendar.ics", name)

    said = parsed(links[2])["name"][0]

    assert len(said) <= LONGEST_NAME
    assert said.startswith(clean(name)[:40])
    assert not set(said) & {"\x00", "\x1b", "\ud800"}
    assert all(link.address.isascii() and " " not in link.address for link in links)
    assert "+" not in links[2].address


def test_a_subscription_to_the_longest_words_stays_short():
    filters = EventFilter.asked(QueryDict(f"q={'Я' * 100}"))
    file = f"{SITE}/bg/kalendar.ics{filters.suffix}"

    links = subscription_links(file, str(filters) * 9)

    assert followed(links[2]) == file
    assert max(len(link.address) for link in links) < 2000


def test_programs_are_asked_at_their_own_addresses():
    links = subscription_links(f"{SITE}/bg/kalendar.ics", "Събития")

    assert [link.address.partition("?")[0] for link in links[1:]] == [
        "https://calendar.google.com/calendar/render",
        "https://outlook.live.com/calendar/0/addfromweb",
        "https://outlook.office.com/calendar/0/addfromweb",
    ]
