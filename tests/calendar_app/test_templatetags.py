"""The month table as HTML: what it says, to whom, and where its links lead."""

from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from sorb.dates import SOFIA
from tests.factories import make_event

pytestmark = pytest.mark.django_db

FEBRUARY = date(2020, 2, 10)


class Elements(HTMLParser):
    """Every element with its attributes and the text inside it."""

    VOID = {"circle", "img", "meta", "link"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.all.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        hidden = any(attributes.get("aria-hidden") == "true" for _tag, attributes, _ in self.open)
        for _tag, attributes, words in self.open:
            if not hidden or attributes.get("aria-hidden") == "true":
                words.append(data)

    def of(self, tag):
        """The attributes and the words of each element of a kind."""
        return [
            (attributes, " ".join("".join(words).split()))
            for name, attributes, words in self.all
            if name == tag
        ]


def at(month, day, hour=10, year=2020):
    return datetime(year, month, day, hour, tzinfo=SOFIA)


def event_on(month, day, **fields):
    starts_at = fields.pop("starts_at", at(month, day))
    ends_at = fields.pop("ends_at", starts_at + timedelta(hours=2))
    return make_event(starts_at=starts_at, ends_at=ends_at, **fields)


def shown(day=FEBRUARY, language="bg"):
    template = Template("{% load calendar %}{% month_beside day %}")
    with translation.override(language):
        return Elements(template.render(Context({"day": day})))


@pytest.fixture
def february():
    """Two events on the 24th, one over the end of January, one in March."""
    event_on(2, 24, title_bg="Първо", title_en="First")
    event_on(2, 24, title_bg="Второ", title_en="")
    event_on(1, 31, ends_at=at(2, 2), title_bg="През границата")
    event_on(3, 1, title_bg="Мартенско")


@pytest.fixture(autouse=True)
def _in_february():
    with time_machine.travel(at(2, 13, 12), tick=False):
        yield


def test_the_section_is_named_by_its_heading(february):
    section = shown()

    heading = section.of("h2")[0]
    assert heading == ({"id": "month-heading"}, "Календар на събитията")
    assert section.of("section")[0][0]["aria-labelledby"] == "month-heading"


def test_the_caption_is_the_month(february):
    bulgarian = shown().of("caption")
    english = shown(language="en").of("caption")

    assert bulgarian == [({}, "февруари 2020 г.")]
    assert english == [({}, "February 2020")]


def test_columns_are_named_in_full_beside_hidden_initials(february):
    heads = shown().of("th")
    initials = [words for attributes, words in shown().of("span") if "aria-hidden" in attributes]

    assert [words for _attributes, words in heads] == [
        "понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя",
    ]  # fmt: skip
    assert {attributes["scope"] for attributes, _words in heads} == {"col"}
    assert initials[:7] == ["П", "В", "С", "Ч", "П", "С", "Н"]


def test_february_2020_has_thirty_five_days_from_27_january_to_1_march(february):
    days = [attributes["datetime"] for attributes, _words in shown().of("time")][:35]

    assert len(shown().of("td")) == 35
    assert days == [str(date(2020, 1, 27) + timedelta(days=number)) for number in range(35)]


def test_a_day_with_events_is_one_link_that_counts_them(february):
    links = [
        (attributes["href"], attributes["rel"], words)
        for attributes, words in shown().of("a")
        if attributes.get("class") == "day__link"
    ]

    assert links == [
        ("/bg/kalendar/2020/01/31/", "nofollow", "31 януари, 1 събитие"),
        ("/bg/kalendar/2020/02/01/", "nofollow", "1 февруари, 1 събитие"),
        ("/bg/kalendar/2020/02/02/", "nofollow", "2 февруари, 1 събитие"),
        ("/bg/kalendar/2020/02/24/", "nofollow", "24 февруари, 2 събития"),
        ("/bg/kalendar/2020/03/01/", "nofollow", "1 март, 1 събитие"),
    ]


def test_a_day_with_events_is_counted_in_english(february):
    names = [
        words
        for attributes, words in shown(language="en").of("a")
        if attributes.get("class") == "day__link"
    ]

    assert names[2:4] == ["2 February, 1 event", "24 February, 2 events"]


def test_days_of_the_neighbouring_months_are_muted_and_say_their_month(february):
    cells = [
        words for attributes, words in shown().of("td") if "day--outside" in attributes["class"]
    ]

    assert cells == [
        "27 януари", "28 януари", "29 януари", "30 януари", "31 януари, 1 събитие",
        "1 март, 1 събитие",
    ]  # fmt: skip


def test_today_is_marked_once(february):
    today = [words for attributes, words in shown().of("td") if "aria-current" in attributes]
    in_march = [
        words
        for attributes, words in shown(date(2020, 3, 31)).of("td")
        if "aria-current" in attributes
    ]

    assert today == ["13 февруари"]
    assert in_march == []


def test_it_is_a_plain_table(february):
    roles = [attributes["role"] for _tag, attributes, _words in shown().all if "role" in attributes]

    assert roles == []


def test_links_to_other_months_are_named_and_not_followed(february):
    links = [
        (attributes["href"], attributes["rel"], words)
        for attributes, words in shown().of("a")
        if "data-turn" in attributes
    ]

    assert links == [
        ("/bg/kalendar/2020/01/", "prev nofollow", "януари 2020 г."),
        ("/bg/kalendar/2020/03/", "next nofollow", "март 2020 г."),
    ]


def test_there_is_no_link_beyond_the_last_month_of_the_calendar(february):
    turns = [
        attributes["data-turn"]
        for attributes, _words in shown(date(2020, 4, 1)).of("a")
        if "data-turn" in attributes
    ]

    assert turns == ["previous"]


def test_the_events_of_the_month_stand_in_a_list_under_it(february):
    items = [words for _attributes, words in shown().of("li")]

    assert items == [
        "31 януари – 2 февруари През границата",
        "24 февруари Първо",
        "24 февруари Второ",
    ]


def test_bulgarian_titles_are_marked_on_english_pages(february):
    links = [(words, attributes.get("lang")) for attributes, words in shown(language="en").of("a")]

    assert ("First", None) in links
    assert ("Второ", "bg") in links


def test_what_becomes_of_an_event_is_said_in_words():
    event_on(2, 24, title_bg="Форум", state="cancelled")

    items = [words for _attributes, words in shown().of("li")]

    assert items == ["24 февруари Форум Отменено"]


def test_an_empty_month_says_what_comes_next():
    event_on(3, 5, title_bg="Пролетен форум")

    section = shown()

    empty = [words for attributes, words in section.of("p") if attributes.get("class") == "empty"]
    assert empty == ["През този месец няма събития. Следващото е: Пролетен форум, 5 март 2020 г."]


def test_an_empty_month_after_which_nothing_comes_says_only_that():
    event_on(1, 5)

    empty = [words for attributes, words in shown().of("p") if attributes.get("class") == "empty"]
    assert empty == ["През този месец няма събития."]


def test_without_a_day_it_is_the_month_of_today(february):
    html = Template("{% load calendar %}{% month_beside %}").render(Context())

    assert Elements(html).of("caption") == [({}, "февруари 2020 г.")]


@pytest.mark.parametrize("count", [1, 30])
def test_the_month_costs_one_read_whatever_is_in_it(count, django_assert_num_queries):
    for number in range(count):
        event_on(2, 1 + number % 28)

    with django_assert_num_queries(1):
        shown()


def test_an_empty_month_costs_two_reads(django_assert_num_queries):
    event_on(3, 5)

    with django_assert_num_queries(2):
        shown(date(2020, 1, 15))


def test_the_page_of_a_month_shows_titles_in_its_cells(february, client):
    page = Elements(client.get("/bg/kalendar/2020/02/").content.decode())

    cells = [words for _attributes, words in page.of("td") if "24 февруари" in words]
    assert cells == ["24 февруари, 2 събития Първо Второ"]


def test_a_full_day_names_three_events_and_counts_the_rest(client):
    for number in range(5):
        event_on(2, 24, title_bg=f"Среща {number}", starts_at=at(2, 24, 10 + number))

    page = Elements(client.get("/bg/kalendar/2020/02/").content.decode())

    cells = [words for _attributes, words in page.of("td") if "24 февруари" in words]
    assert cells == ["24 февруари, 5 събития Среща 0 Среща 1 Среща 2 още 2 (24 февруари)"]


def test_the_links_of_the_page_of_a_month_may_be_followed(february, client):
    page = Elements(client.get("/bg/kalendar/2020/02/").content.decode())

    rels = [attributes["rel"] for attributes, _words in page.of("a") if "data-turn" in attributes]
    assert rels == ["prev", "next"]


def test_the_page_of_an_empty_month_says_what_comes_next(client):
    event_on(4, 6, title_bg="Пролетен форум")
    event_on(5, 6, title_bg="Летен форум")

    response = client.get(reverse("calendar:calendar_month", args=[2020, 3]))

    page = Elements(response.content.decode())
    empty = [words for attributes, words in page.of("p") if attributes.get("class") == "empty"]
    assert empty == ["През този месец няма събития. Следващото е: Пролетен форум, 6 април 2020 г."]
