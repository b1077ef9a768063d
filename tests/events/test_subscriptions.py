"""What the pages offer to subscribe to: it is there, it is that, and it is in that language."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import qrcode
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from events.filters import EventFilter
from events.models import Appearance, Participation
from events.qr import qr_code
from events.templatetags.subscriptions import LONGEST_ON_PAPER, subscribe, subscribe_to
from sorb.dates import SOFIA
from tests.factories import (
    make_event,
    make_organization,
    make_series,
    make_speaker,
    make_venue,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
LANGUAGES = ("bg", "en")
CALENDARS = {"bg": "/bg/kalendar/", "en": "/en/calendar/"}
WAYS = ("list", "month", "year", "week", "day", "agenda")
FILTER = "town=ruse&attendance=on_site&q=%D0%A4%D0%BE%D1%80%D1%83%D0%BC+%22%D0%90%26%D0%91%22"


@pytest.fixture
def things():
    """One of everything, all with the same event; and another event that none of them has."""
    event = make_event(
        title_bg='Форум "А&Б"', title_en='Forum "A&B"', series=make_series(),
        venue=make_venue(town_bg="Русе"), starts_at=datetime(2031, 3, 5, 10, tzinfo=SOFIA),
    )  # fmt: skip
    speaker, organization = make_speaker(), make_organization()
    Appearance.objects.create(event=event, speaker=speaker)
    Participation.objects.create(event=event, organization=organization)
    make_event(title_bg="Друго", title_en="Other")
    return {
        "event": event,
        "series": event.series,
        "speaker": speaker,
        "organization": organization,
    }


def section(client, path):
    """What stands in the part of a page in which one subscribes."""
    page = client.get(path).content.decode()
    (found,) = re.findall(r'<section class="subscribe".*?</section>', page, re.DOTALL)
    return found


def files_of(html):
    """The file to which each link leads, and the one written out; feeds apart."""
    addresses = [unescape(href) for href in re.findall(r'href="([^"]+)"', html)]
    parts = [(address, parse_qs(urlsplit(address).query)) for address in addresses]
    links = [
        (query.get("cid") or query.get("url") or [address])[0]
        for address, query in parts
        if "feed.atom" not in address
        and "novini.atom" not in address
        and "news.atom" not in address
    ]
    (written,) = re.findall(r"<code>([^<]+)</code>", html)
    return [*links, unescape(written)]


def told(client, address):
    """The titles in the calendar at an address; a program gets http or https for webcal."""
    scheme, _separator, place = address.partition("://")
    assert scheme in ("http", "webcal")
    assert place.startswith("127.0.0.1:8000/")
    answer = client.get(place.removeprefix("127.0.0.1:8000"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [str(entry["SUMMARY"]) for entry in Calendar.from_ical(answer.content).walk("VEVENT")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["event", "series", "speaker", "organization"])
def test_every_link_of_a_page_leads_to_its_events_in_its_language(client, things, kind, language):
    item = things[kind]

    files = files_of(section(client, item.get_absolute_url(language)))

    title = {"bg": 'Форум "А&Б"', "en": 'Forum "A&B"'}[language]
    assert len(files) == 6  # four programs, the address to copy, the file to keep
    assert len({file.partition("://")[2] for file in files}) == 1
    assert files[0].endswith(f"/{item.slug_in(language)}.ics")
    assert [told(client, file) for file in files] == [[title]] * 6


def path_of(way, language):
    calendar = CALENDARS[language]
    return {
        "list": "/bg/sabitiya/" if language == "bg" else "/en/events/",
        "month": f"{calendar}2031/03/",
        "year": f"{calendar}2031/",
        "week": f"{calendar}2031/w10/",
        "day": f"{calendar}2031/03/05/",
        "agenda": f"{calendar}{'spisak' if language == 'bg' else 'agenda'}/",
    }[way]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
def test_the_calendar_and_a_choice_of_it_in_every_way_of_looking(client, things, way, language):
    whole = files_of(section(client, path_of(way, language)))
    choice = files_of(section(client, f"{path_of(way, language)}?{FILTER}&page=1&utm=x"))

    title, other = {"bg": ('Форум "А&Б"', "Друго"), "en": ('Forum "A&B"', "Other")}[language]
    assert [set(told(client, file)) for file in whole] == [{title, other}] * 6
    assert [told(client, file) for file in choice] == [[title]] * 6
    asked = [parse_qs(urlsplit(file).query) for file in choice]
    assert asked == [{"town": ["ruse"], "attendance": ["on_site"], "q": ['Форум "А&Б"']}] * 6


def test_past_events_offer_a_choice_only(client, things):
    make_event(title_bg="Минало", starts_at=datetime(2020, 3, 5, 10, tzinfo=SOFIA))

    assert "webcal://" not in client.get("/bg/sabitiya/minali/").content.decode()
    assert len(files_of(section(client, "/bg/sabitiya/minali/?attendance=on_site"))) == 6


def test_an_event_that_is_over_is_not_followed_but_its_print_still_leads_to_it(client):
    event = make_event(starts_at=datetime(2020, 3, 5, 10, tzinfo=SOFIA))

    address = event.get_absolute_url("bg")

    page = client.get(address).content.decode()

    assert "webcal://" not in page
    assert "#subscribe" not in page.partition("<footer")[0]
    assert f'src="{qr_code(SITE + address)}"' in page


def test_an_event_is_added_as_a_copy_or_followed_and_the_page_says_which_is_which(client, things):
    page = client.get(things["event"].get_absolute_url("en")).content.decode()

    menu = page.partition('<details class="menu">')[2].partition("</details>")[0]
    assert "webcal://" not in menu
    assert '<a class="button" href="#subscribe">Follow this event</a>' in page
    assert '<h2 id="subscribe">Follow this event</h2>' in page
    assert "“Follow” is a subscription" in page


def test_a_followed_event_that_is_cancelled_says_so_at_the_same_address(client, things):
    event = things["event"]
    file = files_of(section(client, event.get_absolute_url("en")))[0]

    event.state = "cancelled"
    event.save()

    assert told(client, file) == ['Cancelled: Forum "A&B"']


@pytest.mark.parametrize("kind", ["event", "series", "speaker", "organization"])
def test_the_calendar_calls_itself_what_the_link_calls_it(client, things, kind):
    item = things[kind]
    page = section(client, item.get_absolute_url("en"))
    (link,) = re.findall(r'href="(https://outlook.live[^"]+)"', page)

    file = client.get(f"{item.get_absolute_url('en').rstrip('/')}.ics")

    (name,) = parse_qs(urlsplit(unescape(link)).query)["name"]
    assert str(Calendar.from_ical(file.content)["X-WR-CALNAME"]) == name
    assert str(item) in name


def test_a_choice_has_a_name_of_its_own_in_the_program_of_who_subscribes(client, things):
    names = [
        str(Calendar.from_ical(client.get(f"/en/calendar.ics{query}").content)["X-WR-CALNAME"])
        for query in ("", "?attendance=on_site", "?town=ruse")
    ]

    assert len(set(names)) == 3
    assert names[1].startswith(f"{names[0]}: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untranslated_event_is_followed_at_each_page_in_its_language(client, language):
    event = make_event(title_bg="Само", title_en="", slug_bg="samo")

    files = files_of(section(client, event.get_absolute_url(language)))

    path = {"bg": "/bg/sabitiya/samo.ics", "en": "/en/events/samo.ics"}[language]
    assert {urlsplit(file).path for file in files} == {path}
    assert told(client, files[0]) == ["Само"]


def test_the_foot_of_every_page_leads_to_where_one_subscribes(client):
    page = client.get("/bg/").content.decode()

    assert 'href="/bg/kalendar/#subscribe"' in page
    assert 'id="subscribe"' in client.get("/bg/kalendar/").content.decode()


def test_programs_find_calendar_and_feeds_in_the_head(client, things):
    found = {}

    for kind in ("speaker", "organization", "series"):
        head = client.get(things[kind].get_absolute_url("en")).content.decode().partition("</head>")
        slug = things[kind].slug_en
        links = re.findall(r'rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', head[0])
        found[kind] = [kind for kind, path in links if slug in path]

    atom = "application/atom+xml"
    assert found["speaker"] == found["organization"] == ["text/calendar", atom, atom]
    assert found["series"] == ["text/calendar", atom]


def test_what_one_subscribes_to_costs_no_query(things, rf):
    filters = EventFilter.asked(QueryDict(FILTER))

    with CaptureQueriesContext(connection) as queries:
        subscribe(filters)
        subscribe(EventFilter())
        for item in things.values():
            subscribe_to(item)

    assert len(queries) == 0


# On paper


def squares(picture):
    """The dark squares of a picture of a code, and how many there are in a row."""
    svg = unquote(picture.partition(",")[2])
    size = int(re.search(r'viewBox="0,0,(\d+),', svg)[1])
    runs = re.findall(r"M(\d+),(\d+)h(\d+)v1h-\3z", svg)
    dark = {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}
    return dark, size


@pytest.mark.parametrize("address", [f"{SITE}/bg/kalendar/#subscribe", "x" * 300])
def test_a_code_is_drawn_square_by_square_with_its_margin(address):
    code = qrcode.QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()

    dark, size = squares(qr_code(address))

    assert size == len(rows)
    assert dark == {
        (x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    }
    assert not {square for square in dark if min(square) < 4 or max(square) >= size - 4}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["series", "speaker", "organization"])
def test_a_printed_page_leads_to_where_one_subscribes(client, things, kind, language):
    address = f"{SITE}{things[kind].get_absolute_url(language)}"
    leading = f"{address}#subscribe"

    page = client.get(things[kind].get_absolute_url(language)).content.decode()

    assert f'<img src="{qr_code(leading)}"' in page
    assert f'<span class="paper__address">{address}</span>' in page


@pytest.mark.parametrize("way", WAYS)
def test_a_printed_calendar_leads_to_the_calendar_with_its_choice(client, things, way):
    address = f"{SITE}/bg/kalendar/?town=ruse"
    leading = f"{address}#subscribe"

    page = client.get(f"{path_of(way, 'bg')}?town=ruse").content.decode()

    assert f'<img src="{qr_code(leading)}"' in page
    assert f'<span class="paper__address">{address}</span>' in page


def test_what_nobody_would_type_is_not_printed(things):
    long = EventFilter.asked(QueryDict(f"q={'Я' * 100}&town=ruse"))

    with translation.override("bg"):
        offered = subscribe(long)

    assert offered["address"] == f"{SITE}/bg/kalendar/"
    assert offered["file"].endswith(long.suffix)
    assert len(offered["file"]) > LONGEST_ON_PAPER


def test_a_title_is_words_and_never_markup(client):
    event = make_event(title_bg="\"><script>alert(1)</script>&' 🏛️", title_en="")

    page = section(client, event.get_absolute_url("bg"))

    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert len(files_of(page)) == 6
