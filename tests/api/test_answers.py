"""How the API answers: ETag, CORS, problems, and no cookie."""

import json

import pytest
from django.test import Client

from sorb.problems import MEDIA_TYPE
from tests.factories import make_article, make_event

pytestmark = pytest.mark.django_db
LISTS = ("/api/events/", "/api/news/")


@pytest.fixture
def addresses():
    event, article = make_event(), make_article()
    details = (f"/api/events/{event.pk}/", f"/api/news/{article.pk}/")
    return (*LISTS, *details, "/api/openapi.json")


def test_every_address_answers_twice_with_the_same_and_then_with_304(client, addresses):
    for address in addresses:
        first, second = client.get(address), client.get(address)
        third = client.get(address, headers={"if-none-match": first["ETag"]})

        assert first.content == second.content
        assert not first["ETag"].startswith("W/")
        assert (third.status_code, third.content, third["ETag"]) == (304, b"", first["ETag"])
        assert third["Access-Control-Allow-Origin"] == "*"


def test_the_etag_differs_when_the_words_do(client):
    event = make_event()
    before = client.get("/api/events/")["ETag"]
    event.title_bg = "Друго"
    event.save()

    assert client.get("/api/events/")["ETag"] != before


def test_scripts_of_every_site_may_read_and_nobody_gets_a_cookie(addresses):
    client = Client(enforce_csrf_checks=True)
    for address in addresses:
        for method in ("get", "head", "options"):
            response = getattr(client, method)(address, headers={"origin": "https://example.org"})

            assert response["Access-Control-Allow-Origin"] == "*"
            assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "Access-Control-Allow-Credentials" not in response
            assert response["X-Robots-Tag"] == "noindex"
            assert response.cookies == {}


def test_a_preflight_is_told_what_may_be_asked(client):
    response = client.options("/api/events/", headers={"access-control-request-method": "GET"})

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_but_reading_is_possible(method, addresses):
    client = Client(enforce_csrf_checks=True)
    for address in addresses:
        response = getattr(client, method)(address)

        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response["Content-Type"] == MEDIA_TYPE
        assert response.json()["status"] == 405


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=", "page"),
        ("page=٢", "page"),
        ("page=999999999999", "page"),
        ("per_page=101", "per_page"),
        ("per_page=1&per_page=2", "per_page"),
        ("language=de", "language"),
        ("language=", "language"),
        ("from=2025-02-30", "from"),
        ("from=2025-13-01", "from"),
        ("from=03.10.2025", "from"),
        ("from=20251003", "from"),
        ("from=2025-10-03%0A", "from"),
        ("to=0001-01-01", "to"),
        ("to=9999-12-31", "to"),
        ("q=", "q"),
        ("q=%00", "q"),
        ("q=a%0A", "q"),
        ("q=" + "я" * 101, "q"),
        ("topic=%27", "topic"),
        ("topic=" + "a" * 81, "topic"),
        ("nonsense=1", "nonsense"),
    ],
)
@pytest.mark.parametrize("path", LISTS)
def test_bad_parameters_are_refused_by_name(client, path, query, parameter):
    response = client.get(f"{path}?{query}")
    told = response.json()

    assert (response.status_code, response["Content-Type"]) == (400, MEDIA_TYPE)
    assert (told["type"], told["title"], told["status"]) == ("about:blank", "Bad Request", 400)
    assert [error["parameter"] for error in told["errors"]] == [parameter]
    assert all(error["detail"] for error in told["errors"])


@pytest.mark.parametrize(
    "query", ["type=x", "type=0", "attendance=nowhere", "registration=0", "town=%01", "district="]
)
def test_bad_filters_of_events_are_refused(client, query):
    response = client.get(f"/api/events/?{query}")

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [query.split("=")[0]]


def test_everything_that_is_wrong_is_told_at_once_in_the_language_asked_for(client):
    in_english = client.get("/api/events/?language=en&page=0&from=x").json()
    in_bulgarian = client.get("/api/events/?page=0&from=x").json()

    assert [error["parameter"] for error in in_english["errors"]] == ["page", "from"]
    assert in_english["errors"][0]["detail"] == "Must be a whole number from 1 to 100000."
    assert in_english["detail"] != in_bulgarian["detail"]


def test_words_of_the_address_are_repeated_shortly_and_as_data(client):
    response = client.get("/api/events/?" + "<script>" * 1000 + "=1")

    assert response["Content-Type"] == MEDIA_TYPE
    assert len(response.json()["errors"][0]["parameter"]) == 100


@pytest.mark.parametrize(
    "path",
    [
        *("/api/", "/api/nothing/", "/api/events/x/", "/api/events/0/", "/api/events/-1/"),
        *("/api/events/99999999999999999999/", "/api/news/" + "9" * 3000 + "/"),
    ],
)
def test_what_is_not_there_is_not_found_in_json(client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, MEDIA_TYPE)
    assert json.loads(response.content)["title"] == "Not Found"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_failure_is_told_in_json_as_well(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("sorb.api.events._times", lambda event: 1 / 0)
    make_event()

    response = client.get("/api/events/")

    assert (response.status_code, response["Content-Type"]) == (500, MEDIA_TYPE)
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
    }
