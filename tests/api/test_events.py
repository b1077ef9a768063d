"""Events as JSON: what is told, which are chosen, and at what cost."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Participation
from sorb.dates import SOFIA
from tests.api.things import STARTS, hidden, in_a_day, make_full_event
from tests.factories import (
    make_event,
    make_event_type,
    make_image,
    make_organization,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db
LIST = "/api/events/"


def titles(client, query=""):
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def test_a_list_tells_what_when_and_where(client):
    event = make_full_event(title_bg="Среща", title_en="Meeting")

    (told,) = client.get(LIST).json()["items"]

    assert (told["id"], told["title"], told["language"]) == (event.pk, "Среща", "bg")
    assert told["url"] == f"http://127.0.0.1:8000{event.get_absolute_url('bg')}"
    assert told["uid"] == event.uid
    assert (told["starts"], told["ends"]) == (
        "2025-10-03T10:00:00+03:00",
        "2025-10-03T12:00:00+03:00",
    )
    assert (told["first_day"], told["last_day"]) == ("2025-10-03", "2025-10-03")
    assert told["venue"] == {
        "name": "Зала „Средец“",
        "hall": "Голямата зала",
        "address": "ул. „Московска“ 33",
        "town": "София",
        "municipality": None,
        "latitude": 42.697,
        "longitude": 23.321,
    }
    assert told["registration"]["is_open"] is False
    assert [each["role"] for each in told["organizations"]] == ["organizer"]
    assert told["image"]["credit"] == "Иван Петров"


def test_the_page_of_one_tells_its_text_programme_people_and_files(client):
    event = make_full_event(body_bg="<h2>За кого</h2><p>За <b>кметове</b>.</p>")

    told = client.get(f"{LIST}{event.pk}/").json()

    assert told["text"] == "За кого\nЗа кметове."
    assert [(item["title"], item["hall"]) for item in told["programme"]] == [
        ("Откриване", "Зала 3")
    ]
    assert told["programme_url"] == f"http://127.0.0.1:8000{event.programme_address('bg')}"
    assert [(each["role"], each["position"]) for each in told["people"]] == [("speaker", "кмет")]
    assert [each["caption"] for each in told["images"]] == ["Преди откриването"]
    assert [each["kind"] for each in told["documents"]] == ["PDF"]


def test_words_are_in_the_language_asked_for_and_say_so(client):
    make_event(title_bg="Среща", title_en="Meeting", starts_at=STARTS)
    make_event(title_bg="Без превод", title_en="", starts_at=STARTS + timedelta(days=1))

    response = client.get(f"{LIST}?language=en", headers={"accept-language": "bg"})

    told = [(item["title"], item["language"]) for item in response.json()["items"]]
    assert told == [("Meeting", "en"), ("Без превод", "bg")]
    assert response["Content-Language"] == "en"


def test_an_open_end_is_null_and_an_all_day_event_ends_with_its_last_day(client):
    make_event(starts_at=STARTS, has_open_end=True)
    midnight = datetime(2025, 10, 24, tzinfo=SOFIA)
    make_event(starts_at=midnight, ends_at=datetime(2025, 10, 27, tzinfo=SOFIA), is_all_day=True)

    first, second = client.get(LIST).json()["items"]

    assert first["ends"] is None
    assert (second["starts"], second["ends"]) == (
        "2025-10-24T00:00:00+03:00",
        "2025-10-27T00:00:00+02:00",
    )
    assert (second["first_day"], second["last_day"]) == ("2025-10-24", "2025-10-26")


def test_days_are_days_in_sofia_and_an_end_at_midnight_is_not_on_the_next(client):
    late = datetime(2025, 10, 3, 22, tzinfo=SOFIA)
    make_event(title_bg="До полунощ", starts_at=late, ends_at=late + timedelta(hours=2))
    make_event(title_bg="След полунощ", starts_at=late + timedelta(hours=2, minutes=30))

    assert titles(client, "?from=2025-10-03&to=2025-10-03") == ["До полунощ"]
    assert titles(client, "?from=2025-10-04") == ["След полунощ"]
    assert titles(client, "?to=2025-10-02") == []
    assert titles(client, "?from=2025-10-04&to=2025-10-03") == []


def test_each_filter_finds_its_own(client):
    kind = make_event_type(name_bg="Обучение")
    topic = make_topic(slug_bg="vodi", slug_en="waters")
    organization = make_organization(
        slug_bg="sozopol",
        slug_en="sozopol-municipality",
        district_bg="Бургас",
        district_en="Burgas",
    )
    chosen = make_event(
        title_bg="Водите на Черно море",
        type=kind,
        venue=make_venue(town_bg="Созопол", town_en="Sozopol"),
        attendance="online",
        registration_address="https://example.org/",
        starts_at=in_a_day(),
    )
    chosen.topics.add(topic)
    Participation.objects.create(event=chosen, organization=organization)
    Participation.objects.create(event=chosen, organization=organization, role="sponsor")
    make_event(title_bg="Друго", type=make_event_type(), venue=make_venue(), starts_at=in_a_day())

    queries = (
        *(f"type={kind.pk}", "topic=vodi", "topic=waters", "organization=sozopol"),
        *("organization=sozopol-municipality", "district=бургас", "district=Burgas"),
        *("town=СОЗОПОЛ", "attendance=online", "registration=open", "q=море води"),
        "q=водите&town=Sozopol&topic=vodi",
    )
    assert {query: titles(client, f"?{query}") for query in queries} == {
        query: ["Водите на Черно море"] for query in queries
    }
    assert titles(client, "?q=водите&attendance=on_site") == []
    assert titles(client, "?topic=nothing") == []


def test_what_takes_place_on_the_ground_of_a_municipality_is_found_by_it(client):
    municipality = make_organization(
        kind="municipality", slug_bg="sozopol", district_bg="Бургас", is_listed=True
    )
    make_event(title_bg="Там", venue=make_venue(municipality=municipality))
    make_event(title_bg="Другаде", venue=make_venue())

    (told,) = client.get(f"{LIST}?organization=sozopol").json()["items"]

    assert (told["title"], told["venue"]["municipality"]["slug"]) == ("Там", "sozopol")
    assert titles(client, "?district=Бургас") == ["Там"]


def test_a_municipality_without_a_page_of_its_own_is_not_named(client):
    municipality = make_organization(kind="municipality", is_listed=False)
    make_event(venue=make_venue(municipality=municipality))

    (told,) = client.get(LIST).json()["items"]

    assert told["venue"]["municipality"] is None


def test_what_was_moved_says_where_it_is_now_and_where_it_was(client):
    before = STARTS - timedelta(days=20)
    hall = make_venue(name_bg="Зала 1", town_bg="София")
    event = make_event(starts_at=STARTS, published_at=before, venue=hall)
    event.starts_at, event.ends_at = STARTS + timedelta(days=1), STARTS + timedelta(days=1, hours=2)
    with time_machine.travel(STARTS - timedelta(days=9)):
        event.save()
        event = type(event).objects.get(pk=event.pk)
        event.venue = make_venue(name_bg="Зала 2", town_bg="Русе")
        event.state = "moved"
        event.save()

        told = client.get(f"{LIST}{event.pk}/").json()

    first, second = told["changes"]
    assert (told["state"], told["previous_start"]) == ("moved", "2025-10-03T10:00:00+03:00")
    assert told["venue"]["name"] == "Зала 2"
    assert (first["kind"], first["earlier_start"]) == ("rescheduled", "2025-10-03T10:00:00+03:00")
    assert (second["kind"], second["earlier_start"]) == ("moved", None)
    assert "Зала 1" in second["earlier_place"]


def test_a_deadline_is_a_day_or_a_moment_and_has_no_programme(client):
    make_event(is_deadline=True, starts_at=STARTS)
    all_day = make_event(
        is_deadline=True, is_all_day=True, starts_at=datetime(2025, 10, 6, tzinfo=SOFIA)
    )

    moment, day = client.get(LIST).json()["items"]
    one = client.get(f"{LIST}{all_day.pk}/").json()

    assert (moment["is_deadline"], moment["ends"]) == (True, moment["starts"])
    assert (day["first_day"], day["last_day"], day["ends"]) == (
        "2025-10-06",
        "2025-10-06",
        "2025-10-07T00:00:00+03:00",
    )
    assert (one["programme"], one["programme_url"]) == ([], None)


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, True),
        ({"registration_address": ""}, False),
        ({"state": "cancelled"}, False),
        ({"state": "postponed"}, False),
        ({"registration_opens_at": "later"}, False),
        ({"registration_closes_at": "before"}, False),
        ({"registration_opens_at": "before", "registration_closes_at": "later"}, True),
        ({"starts_at": "before"}, False),
    ],
)
def test_open_for_enrolment_is_what_the_page_of_the_event_says(client, fields, is_open):
    now = timezone.now()
    moments = {"before": now - timedelta(minutes=5), "later": now + timedelta(minutes=5)}
    given = {name: moments.get(value, value) for name, value in fields.items()}
    event = make_event(**{"registration_address": "https://example.org/"} | given)

    found = client.get(f"{LIST}?registration=open").json()["count"]

    assert (bool(found), event.is_registration_open) == (is_open, is_open)


def test_nothing_that_is_not_public_is_told(client):
    draft = make_event(**hidden(title_bg="Чернова"))
    later = make_event(published_at=timezone.now() + timedelta(hours=1))
    make_event(title_bg="Явно")

    details = [client.get(f"{LIST}{event.pk}/") for event in (draft, later)]

    assert titles(client) == ["Явно"]
    assert titles(client, "?q=Чернова") == []
    assert [response.status_code for response in details] == [404, 404]


def test_pages_lead_to_each_other(client):
    for number in range(5):
        make_event(title_bg=f"№ {number}", starts_at=STARTS + timedelta(days=number))

    first = client.get(f"{LIST}?per_page=2&from=2025-01-01")
    whole, second = first.json(), client.get(path_of(first.json()["next"]))
    third = client.get(path_of(second.json()["next"])).json()

    assert (whole["count"], whole["pages"], whole["previous"]) == (5, 3, None)
    assert first["Link"] == f'<{whole["next"]}>; rel="next"'
    assert [item["title"] for item in third["items"]] == ["№ 4"]
    assert third["next"] is None
    assert client.get(path_of(third["previous"])).json() == second.json()
    assert client.get(f"{LIST}?per_page=2&page=4").status_code == 404


def path_of(address):
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == "http://127.0.0.1:8000"
    return f"{parts.path}?{parts.query}"


def cost(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_list_costs_the_same_however_long(client):
    def fill(count):
        for _ in range(count):
            make_full_event()

    fill(1)
    few = cost(client, LIST)
    fill(29)

    assert few == cost(client, f"{LIST}?per_page=30") <= 3


def test_one_event_costs_the_same_however_much_it_holds(client):
    event = make_full_event()
    few = cost(client, f"{LIST}{event.pk}/")
    for _ in range(9):
        event.topics.add(make_topic())
        event.gallery.create(image=make_image())
        Participation.objects.create(event=event, organization=make_organization())

    assert few == cost(client, f"{LIST}{event.pk}/") <= 8


def test_the_same_rows_give_the_same_bytes_whenever_they_are_asked_for(client):
    make_full_event()
    now = timezone.now()

    with time_machine.travel(now):
        first = client.get(LIST).content
    with time_machine.travel(now + timedelta(hours=5)):
        second = client.get(LIST).content

    assert first == second
