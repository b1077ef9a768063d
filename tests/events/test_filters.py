"""Filters of events: strict in what they take, the same in lists, calendar and feeds."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from events.filters import EventFilter, period_days
from events.models import Appearance, Event, Participation
from sorb.dates import SOFIA, day_of, midnight
from tests.factories import (
    make_event,
    make_event_type,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asked(query):
    return EventFilter.asked(QueryDict(query))


def found(query):
    return set(asked(query).narrow(Event.objects.visible()))


def with_part(organization, role="organizer", **fields):
    event = make_event(**fields)
    Participation.objects.create(event=event, organization=organization, role=role)
    return event


def test_nothing_asked_is_everything():
    events = {make_event(), make_event(starts_at=timezone.now() - 9 * DAY)}

    assert found("") == events
    assert (asked("").suffix, bool(asked(""))) == ("", False)


def test_by_type_and_topic():
    forum, webinar = make_event(), make_event(type=make_event_type(name_bg="Уебинар"))
    topic = make_topic()
    webinar.topics.add(topic)

    assert found(f"type={forum.type_id}") == {forum}
    assert found(f"topic={topic.pk}") == {webinar}
    assert found(f"type={forum.type_id}&topic={topic.pk}") == set()


def test_by_organization_and_district_each_event_once():
    ruse = make_organization(district_bg="Русе", district_en="Ruse")
    event = with_part(ruse)
    Participation.objects.create(event=event, organization=ruse, role="sponsor")
    with_part(make_organization(district_bg="Враца", district_en="Vratsa"))

    narrowed = asked(f"organization={ruse.pk}").narrow(Event.objects.visible())

    assert list(narrowed) == [event]
    assert found("district=ruse") == {event}


def test_by_town_whatever_the_letters():
    small = make_event(venue=make_venue(town_bg="Русе", town_en="Ruse"))
    large = make_event(venue=make_venue(town_bg="РУСЕ", town_en=""))
    make_event(venue=make_venue())

    assert found("town=ruse") == {small, large}


def test_by_language_of_the_event():
    both, bulgarian = make_event(languages=["bg", "en"]), make_event(languages=["bg"])

    assert found("language=en") == {both}
    assert found("language=bg") == {both, bulgarian}


def test_by_attendance_as_a_reader_means_it():
    hall, online, both = (make_event(attendance=way) for way in ("on_site", "online", "both"))
    moved = make_event(attendance="on_site", state="moved_online")

    assert found("attendance=on_site") == {hall, both}
    assert found("attendance=online") == {online, both, moved}
    assert found("attendance=both") == {both}


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"registration_opens_at": -HOUR},
        {"registration_opens_at": HOUR},
        {"registration_closes_at": HOUR},
        {"registration_closes_at": -HOUR},
        {"registration_address": ""},
        {"state": "cancelled"},
        {"state": "postponed"},
        {"state": "moved_online"},
        {"starts_at": -HOUR},
    ],
)
def test_open_registration_is_the_same_rule_as_of_the_page(facts):
    now = timezone.now()
    moments = {name: now + value for name, value in facts.items() if isinstance(value, timedelta)}
    event = make_event(**{"registration_address": "https://example.org/"} | facts | moments)

    assert bool(found("registration=open")) == event.is_registration_open


def test_by_words_in_titles_and_leads_of_either_language():
    first = make_event(title_bg="Отпадъци и климат", title_en="", lead_en="Air")
    second = make_event(title_bg="Бюджет", lead_bg="За климата и 100 % рециклиране")

    assert found("q=КЛИМАТ") == {first, second}
    assert found("q=климат+отпадъци") == {first}
    assert found("q=air") == {first}
    assert found("q=100+%25") == {second}
    assert found("q=бюджет+климат+air") == set()


@pytest.mark.parametrize("query", ["q=%00", "q=+++", "type=&topic=&q=&when=", "utm_source=x"])
def test_what_says_nothing_is_no_filter(query):
    make_event()

    assert (len(found(query)), asked(query).suffix) == (1, "")


def test_long_words_are_cut_and_odd_ones_harmless():
    filters = asked(f"q={'а' * 5000}")

    assert len(filters.words) == 100
    assert found("q='%22<script>%00--") == set()


@pytest.mark.parametrize(
    "query",
    [
        "type=0", "type=999999999999999999999", "type=x", "type=1&type=2", "topic=-1",
        "organization=%00", "district=atlantida", "town=ruse'--", "language=xx", "attendance=all",
        "registration=yes", "when=yesterday", "when=week&when=month",
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(query, client):
    with pytest.raises(Http404):
        asked(query)
    views = ("events:event_list", "events:event_atom", "calendar:calendar_ics",
             "calendar:calendar_now", "calendar:calendar_agenda")  # fmt: skip
    answers = [client.get(f"{reverse(view)}?{query}").status_code for view in views]
    assert answers == [404] * 5


def test_only_what_visible_events_have_is_offered():
    shown = with_part(make_organization(name_bg="Явна", district_bg="Русе"), venue=make_venue())
    hidden = make_organization(name_bg="Скрита", district_bg="Враца")
    draft = with_part(
        hidden, status="draft", venue=make_venue(town_bg="Видин"),
        type=make_event_type(name_bg="Таен вид"),
    )  # fmt: skip
    draft.topics.add(make_topic(name_bg="Тайна тема"))
    shown.topics.add(make_topic(name_bg="Явна тема"))

    offered = {
        name: [each.name for each in choices]
        for name, _label, choices, _on in asked("").selects
        if name not in {"language", "attendance"}
    }

    assert offered == {
        "type": ["Форум"],
        "topic": ["Явна тема"],
        "organization": ["Явна"],
        "district": ["Русе"],
        "town": ["София"],
    }


def test_choices_are_named_in_the_language_of_the_page_or_marked():
    make_event(venue=make_venue(town_bg="Русе", town_en=""))
    make_event(venue=make_venue())

    with translation.override("en"):
        towns = [(each.name, each.language) for each in asked("").choices.of("town")]

    assert towns == [("Русе", "bg"), ("Sofia", "en")]


@pytest.mark.parametrize(
    ("today", "spans"),
    [
        (date(2020, 2, 29), {"week": (24, 1), "weekend": (29, 1), "month": (1, 29)}),
        (date(2020, 3, 1), {"week": (24, 1), "weekend": (29, 1), "month": (1, 31)}),
        (date(2026, 12, 31), {"week": (28, 3), "weekend": (2, 3), "month": (1, 31)}),
        (date(2027, 1, 1), {"week": (28, 3), "weekend": (2, 3), "month": (1, 31)}),
    ],
)
def test_periods_are_whole_weeks_and_months(today, spans):
    found = {
        name: tuple(day.day for day in period_days(name, today))
        for name in ("week", "weekend", "month")
    }

    assert found == spans
    assert period_days("today", today) == (today, today)


def test_today_is_the_day_in_sofia(time_machine):
    time_machine.move_to(datetime(2020, 2, 29, 0, 30, tzinfo=SOFIA))  # still the 28th in UTC
    make_event(starts_at=datetime(2020, 2, 28, 22, tzinfo=SOFIA))  # until midnight
    saturday = make_event(starts_at=datetime(2020, 2, 29, 10, tzinfo=SOFIA))

    assert found("when=today") == {saturday}
    assert found("when=weekend") == {saturday}


def test_the_same_query_has_its_own_calendar_file_and_feed(client):
    make_event(title_bg="Форум")
    webinar = make_event(title_bg="Уебинар за отпадъци", type=make_event_type(name_bg="Уебинар"))
    query = f"?type={webinar.type_id}&q=отпадъци"

    entries = Calendar.from_ical(client.get(f"/bg/kalendar.ics{query}").content).walk("VEVENT")
    feed = ElementTree.fromstring(client.get(f"/bg/sabitiya/feed.atom{query}").content)

    atom = "{http://www.w3.org/2005/Atom}"
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{atom}link")}
    assert [str(entry["SUMMARY"]) for entry in entries] == ["Уебинар за отпадъци"]
    assert [each.findtext(f"{atom}title") for each in feed.findall(f"{atom}entry")] == [
        "Уебинар за отпадъци"
    ]
    assert links["self"].endswith(f"/bg/sabitiya/feed.atom{asked(query[1:]).suffix}")
    assert feed.findtext(f"{atom}title").endswith(": Уебинар, „отпадъци“")
    assert feed.findtext(f"{atom}id") != ElementTree.fromstring(
        client.get("/bg/sabitiya/feed.atom").content
    ).findtext(f"{atom}id")


PAGES = ("events:event_list", "events:event_past", "calendar:calendar_now",
         "calendar:calendar_agenda")  # fmt: skip


@pytest.mark.parametrize("view", PAGES)
def test_a_filtered_page_is_not_indexed_and_names_the_whole_one(client, view):
    make_event(attendance="online")
    path = reverse(view)

    page = client.get(f"{path}?attendance=online&utm=1").content.decode()

    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in page
    assert "?attendance=online" in page
    assert "utm=1" not in page.replace("?attendance=online&amp;utm=1", "")  # the language link


@pytest.mark.parametrize("view", PAGES)
def test_addresses_to_subscribe_to_stand_on_the_page(client, view):
    make_event(attendance="online")

    page = client.get(f"{reverse(view)}?attendance=online").content.decode()

    assert "/bg/kalendar.ics?attendance=online</code>" in page
    assert '<a href="/bg/sabitiya/feed.atom?attendance=online"' in page


def test_pages_of_a_filtered_list_keep_the_filter(client):
    for _number in range(25):
        make_event(attendance="online")

    second = client.get("/bg/sabitiya/?attendance=online&page=2").content.decode()

    assert 'href="/bg/sabitiya/?attendance=online"' in second
    assert 'href="?attendance=online&amp;page=3"' in second


def test_language_link_keeps_the_filter_and_it_means_the_same(client):
    event = make_event(venue=make_venue(town_bg="Русе", town_en="Ruse"))
    make_event(title_en="Elsewhere")

    page = client.get("/bg/sabitiya/?town=ruse").content.decode()
    english = client.get("/en/events/?town=ruse").content.decode()

    assert 'href="/en/events/?town=ruse"' in page
    rows = english.partition('class="beside__aside"')[0]
    assert (event.title_en in rows, "Elsewhere" in rows) == (True, False)


def test_a_choice_that_nothing_fits_says_so(client):
    make_event(starts_at=timezone.now() - 2 * DAY)

    page = client.get("/bg/sabitiya/?q=няма").content.decode()

    assert "Няма събития, които отговарят на избора ви." in page


def test_what_readers_type_is_shown_escaped(client):
    page = client.get("/bg/sabitiya/?q=<script>alert(1)</script>").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("query", ["", "?district=ruse&q=събитие&registration=open"])
def test_filters_cost_the_same_however_many_there_are(
    client, view, query, django_assert_max_num_queries
):
    def fill(count):
        for number in range(count):
            town = make_organization(district_bg="Русе" if not number else f"Област {number}")
            event = with_part(town, venue=make_venue(town_bg=f"Град {number}"))
            event.topics.add(make_topic())

    def cost():
        with django_assert_max_num_queries(8) as queries:
            client.get(f"{reverse(view)}{query}")
        return len(queries)

    fill(1)
    few = cost()
    fill(29)

    assert cost() == few


def test_past_events_stand_by_year(client, time_machine):
    time_machine.move_to(datetime(2021, 6, 1, tzinfo=SOFIA))
    for year, hour in ((2018, 10), (2020, 10)):
        make_event(title_bg=f"Среща {year}", starts_at=datetime(year, 5, 5, hour, tzinfo=SOFIA))
    make_event(title_bg="Новогодишна", starts_at=datetime(2020, 1, 1, 0, 30, tzinfo=SOFIA))
    make_event(starts_at=datetime(2019, 5, 5, tzinfo=SOFIA), status="draft")

    page = client.get("/bg/sabitiya/minali/2020/")

    assert page.context["years"] == [2020, 2018]
    assert [event.title_bg for event in page.context["events"]] == ["Среща 2020", "Новогодишна"]
    statuses = [
        client.get(f"/bg/sabitiya/minali/{year}/").status_code for year in (2018, 2019, 2021)
    ]
    assert statuses == [200, 404, 404]


def test_what_is_on_the_ground_of_a_municipality_concerns_it_and_its_district():
    dupnitsa = make_organization(kind="municipality", district_bg="Кюстендил")
    there = make_event(venue=make_venue(municipality=dupnitsa))
    make_event(venue=make_venue())

    assert found(f"organization={dupnitsa.pk}") == {there}
    assert found("district=kyustendil") == {there}
    assert [choice.key for choice in asked("").choices.of("organization")] == [dupnitsa.pk]


def test_the_organization_of_a_speaker_has_a_part():
    ministry = make_organization()
    event = make_event()
    Appearance.objects.create(event=event, speaker=make_speaker(), organization=ministry)
    make_event()

    assert found(f"organization={ministry.pk}") == {event}


def test_a_deadline_is_open_until_its_moment_is_over():
    now = timezone.now()
    address = "https://example.org/prijava"
    today = midnight(day_of(now))
    open_one = make_event(
        is_deadline=True, is_all_day=True, registration_address=address,
        starts_at=today, ends_at=today + DAY,
    )  # fmt: skip
    make_event(
        registration_address=address,
        starts_at=now - HOUR, ends_at=now + HOUR,
    )  # fmt: skip

    assert found("registration=open") == {open_one}
    assert open_one.is_registration_open
