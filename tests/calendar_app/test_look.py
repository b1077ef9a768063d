"""Week, year, agenda and the way between them: what an address keeps, and where it ends."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from sorb.dates import SOFIA
from tests.calendar_app.test_templatetags import Elements
from tests.factories import make_event

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 2, 13, 12, tzinfo=SOFIA)


@pytest.fixture(autouse=True)
def _in_february(time_machine):
    time_machine.move_to(NOW, tick=False)


def at(*numbers):
    return datetime(*numbers, tzinfo=SOFIA)


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return Elements(response.content.decode())


def ways(client, path):
    """The address of each way of looking."""
    page = client.get(path).content.decode()
    nav = page.partition('class="ways"')[2].partition("</nav>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall('href="([^"]*)"', nav)]
    return dict(zip(("month", "week", "day", "year", "agenda"), links, strict=True))


@pytest.mark.parametrize("day", [date(2020, 2, 13), date(2020, 2, 1), date(2020, 2, 24)])
def test_a_day_is_kept_through_every_way_of_looking(client, day):
    make_event(starts_at=at(2020, 2, 24, 10))
    make_event(starts_at=at(2019, 6, 24, 10), attendance="online")
    own = f"/bg/kalendar/{day:%Y/%m/%d}/?attendance=online"

    for way, address in ways(client, own).items():
        back = ways(client, address)

        assert back["day"] == own, way
        assert "attendance=online" in address


def test_addresses_are_short_where_the_day_goes_without_saying(client):
    make_event(starts_at=at(2020, 4, 6, 10))

    found = ways(client, "/bg/kalendar/2020/03/")

    assert found == {
        "month": "/bg/kalendar/2020/03/",
        "week": "/bg/kalendar/2020/w09/?day=2020-03-01",
        "day": "/bg/kalendar/2020/03/01/",
        "year": "/bg/kalendar/2020/?day=2020-03-01",
        "agenda": "/bg/kalendar/spisak/?day=2020-03-01",
    }


@pytest.mark.parametrize("address", ["2020/w09/", "2020/", "2020/02/", "spisak/"])
@pytest.mark.parametrize(
    "day", ["2020-02-30", "2020-2-24", "20200224", "x", "2020-W09-1", "9999-12-31", "٢٠٢٠-٠٢-٢٤"]
)
def test_a_day_that_is_none_or_elsewhere_is_refused(client, address, day):
    assert client.get(f"/bg/kalendar/{address}", {"day": day}).status_code == 404


def test_week_53_of_2020_is_there_and_of_2021_is_not(client):
    make_event(starts_at=at(2020, 12, 29, 10))
    make_event(starts_at=at(2021, 12, 29, 10))

    days = [
        attributes["datetime"]
        for attributes, _ in page_of(client, "/bg/kalendar/2020/w53/").of("time")[:7]
    ]

    assert days == [str(date(2020, 12, 28) + timedelta(days=n)) for n in range(7)]
    statuses = {week: client.get(f"/bg/kalendar/{week}/").status_code for week in (
        "2021/w53", "2021/w00", "2021/w54", "2021/w1", "2021/w52")}  # fmt: skip
    assert list(statuses.values()) == [404, 404, 404, 404, 200]


def test_a_week_shows_an_event_on_each_of_its_days(client):
    make_event(title_bg="Форум", starts_at=at(2020, 2, 23, 10), ends_at=at(2020, 2, 26))

    page = page_of(client, "/bg/kalendar/2020/w09/")

    days = [words for attributes, words in page.of("p") if attributes.get("class") == "week__hours"]
    assert days == ["ден 2 от 3", "ден 3 от 3"]


def test_a_day_of_the_week_says_its_number_of_events(client):
    make_event(starts_at=at(2020, 2, 24, 10))
    make_event(starts_at=at(2020, 2, 24, 12))

    names = [words for _attributes, words in page_of(client, "/bg/kalendar/2020/w09/").of("h2")]

    assert [name for name in names if "24 февруари" in name] == [
        "понеделник 24 февруари, 2 събития"
    ]


def test_a_year_counts_the_events_of_each_day_and_month(client):
    make_event(starts_at=at(2019, 12, 30, 10), ends_at=at(2020, 1, 2, 12))
    make_event(starts_at=at(2020, 2, 24, 10))
    make_event(starts_at=at(2020, 2, 24, 22), ends_at=at(2020, 2, 25))

    page = page_of(client, "/bg/kalendar/2020/")

    days = [words for attributes, words in page.of("a") if attributes.get("class") == "year__day"]
    counts = [
        words for attributes, words in page.of("p") if attributes.get("class") == "year__count"
    ]
    assert days == ["1 януари, 1 събитие", "2 януари, 1 събитие", "24 февруари, 2 събития"]
    assert counts == ["1 събитие", "2 събития", *["0 събития"] * 10]
    assert [words for _, words in page.of("caption")][:2] == ["януари 2020 г.", "февруари 2020 г."]


def test_an_agenda_begins_at_its_day_with_what_is_going_on(client):
    make_event(title_bg="Свършило", starts_at=at(2020, 2, 19, 10), ends_at=at(2020, 2, 20))
    running = make_event(starts_at=at(2020, 2, 18, 10), ends_at=at(2020, 2, 21, 12))
    later = make_event(starts_at=at(2020, 3, 2, 10))

    events = client.get("/bg/kalendar/spisak/?day=2020-02-20").context["events"]

    assert list(events) == [running, later]


def test_an_agenda_goes_on_by_links_that_keep_everything(client):
    for number in range(30):
        make_event(starts_at=at(2020, 2, 20, 10) + timedelta(days=number), attendance="online")

    page = page_of(client, "/bg/kalendar/spisak/?attendance=online&day=2020-02-18&page=2")

    links = {
        words: attributes["href"]
        for attributes, words in page.of("a")
        if words in ("Още събития", "Предишни събития")
    }
    asked = "?attendance=online&day=2020-02-18&page="
    assert links == {"Още събития": f"{asked}3", "Предишни събития": f"{asked}1"}
    beyond = client.get(f"/bg/kalendar/spisak/{asked}4")
    assert beyond.status_code == 404


def test_a_period_is_a_list_from_its_first_day(client):
    make_event(starts_at=at(2020, 2, 14, 10))
    saturday = make_event(starts_at=at(2020, 2, 15, 10))

    response = client.get("/bg/kalendar/spisak/?when=weekend")

    assert list(response.context["events"]) == [saturday]
    assert response.context["look"].day == date(2020, 2, 15)
    assert ways(client, "/bg/kalendar/spisak/?when=weekend")["day"] == "/bg/kalendar/2020/02/15/"


REACHED = [  # of a calendar with events in March and May 2020, read in February
    "2020/", "2020/w01/", "2020/w27/", "2020/01/", "2020/06/", "2020/01/01/", "2020/06/30/",
]  # fmt: skip
BEYOND = [
    "2019/", "2021/", "1900/", "2099/", "2100/", "2019/w52/", "2020/w28/", "2019/12/", "2020/07/",
    "2019/12/31/", "2020/07/01/", "0000/01/", "0001/01/", "9999/12/", "10000/01/", "20200/w01/",
    "2020/13/", "2020/02/30/", "2" * 20 + "/",
]  # fmt: skip


def test_the_calendar_ends_one_month_around_its_events(client):
    make_event(starts_at=at(2020, 3, 24, 10))
    make_event(starts_at=at(2020, 5, 24, 10))

    found = {path: client.get(f"/bg/kalendar/{path}").status_code for path in REACHED + BEYOND}

    assert found == dict.fromkeys(REACHED, 200) | dict.fromkeys(BEYOND, 404)


def test_what_ends_last_is_not_always_what_begins_last(client):
    make_event(starts_at=at(2020, 2, 1), ends_at=at(2020, 9, 15))
    make_event(starts_at=at(2020, 3, 24, 10))

    statuses = [client.get(f"/bg/kalendar/2020/{month}/").status_code for month in ("10", "11")]

    assert statuses == [200, 404]


@pytest.mark.parametrize("year", [1899, 2099, 2150, 9998])
def test_no_event_however_far_breaks_the_calendar(client, year):
    make_event(starts_at=at(year, 12, 31, 10), ends_at=at(year, 12, 31, 12))
    make_event(starts_at=at(2020, 2, 24, 10))

    paths = ("", "2020/", "2020/02/", "2020/w09/", "2020/02/24/", "spisak/", "2099/12/", "1900/01/")
    statuses = [client.get(f"/bg/kalendar/{path}").status_code for path in paths]

    reached = [404, 200] if year == 1899 else [200, 404]
    assert statuses == [200] * 6 + reached
    assert client.get("/bg/sabitiya/").status_code == 200


@pytest.mark.parametrize(
    ("path", "robots"),
    [
        ("", []), ("2020/02/", []), ("2020/", ["noindex"]), ("2020/w09/", ["noindex"]),
        ("2020/02/24/", ["noindex"]), ("spisak/", ["noindex"]),
        ("2020/02/?day=2020-02-24", ["noindex, nofollow"]),
        ("2020/02/?attendance=online", ["noindex, nofollow"]),
    ],
)  # fmt: skip
def test_only_months_are_to_be_found_by_searching(client, path, robots):
    page = page_of(client, f"/bg/kalendar/{path}")

    assert [
        meta["content"] for meta, _ in page.of("meta") if meta.get("name") == "robots"
    ] == robots


def followed(client, start):
    """The calendar addresses that a crawler meets: it heeds nofollow, of links and of pages."""
    met, waiting = set(), [start]
    while waiting:
        path = waiting.pop()
        if path in met:
            continue
        met.add(path)
        response = client.get(path)
        if "text/html" not in response["Content-Type"]:
            continue
        page = Elements(response.content.decode())
        robots = [meta["content"] for meta, _ in page.of("meta") if meta.get("name") == "robots"]
        if any("nofollow" in each for each in robots):
            continue
        links = [
            urljoin(path, attributes["href"])
            for attributes, _ in (*page.of("a"), *page.of("link"))
            if "nofollow" not in (attributes.get("rel") or "") and "href" in attributes
        ]
        waiting += [
            link
            for link in links
            if urlsplit(link).path.startswith(("/bg/kalendar", "/bg/sabitiya"))
        ]
    return {path for path in met if path.startswith("/bg/kalendar")}


def test_a_crawler_meets_no_more_than_the_months_of_data_and_a_few(client):
    months = [(2009, 5), *((2019, month) for month in range(1, 13)), (2020, 1)]
    for year, month in months:
        for day in (3, 24):
            make_event(starts_at=at(year, month, day, 10), attendance="online")

    met = followed(client, "/bg/kalendar/")

    assert {f"/bg/kalendar/2019/{month:02}/" for month in range(1, 13)} <= met
    assert len(met) <= len(months) + 24


@pytest.mark.parametrize("view", ["2020/", "2020/w09/", "2020/02/24/", "spisak/?day=2020-02-01"])
def test_every_way_of_looking_costs_the_same_however_much_it_shows(
    client, view, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(6) as queries:
            client.get(f"/bg/kalendar/{view}")
        return len(queries)

    make_event(starts_at=at(2020, 2, 24, 10))
    few = cost()
    for number in range(29):
        make_event(starts_at=at(2020, 2, 24, 11) + timedelta(minutes=number))

    assert cost() == few


def test_the_legend_names_the_types_that_are_shown(client):
    make_event(starts_at=at(2020, 2, 24, 10))

    page = client.get(reverse("calendar:calendar_month", args=[2020, 2])).content.decode()
    legend = Elements(page.partition('class="legend"')[2].partition("</section>")[0])

    assert [words for _, words in legend.of("li")] == [
        "Форум", "краен срок", "няколко дни", "отменено или отложено", "днес",
    ]  # fmt: skip


def test_several_days_are_one_bar_a_week_and_one_row_of_the_list(client):
    make_event(title_bg="Годишна среща", starts_at=at(2020, 2, 14, 10), ends_at=at(2020, 2, 18, 12))

    page = page_of(client, "/bg/kalendar/2020/02/")

    bars = [
        attributes["class"] for attributes, _ in page.of("li")
        if (attributes.get("class") or "").startswith("bar ")
    ]  # fmt: skip
    names = [words for _, words in page.of("a") if words.startswith("Годишна среща")]
    assert bars == ["bar bar--3 bar--lane-1 bar--continued", "bar bar--2 bar--lane-1 bar--begun"]
    assert names == ["Годишна среща (14–18 февруари)"] * 2 + ["Годишна среща"]
