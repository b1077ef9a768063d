"""News as JSON."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sorb.dates import SOFIA
from tests.api.things import hidden, make_full_article
from tests.factories import make_article, make_category, make_event, make_organization, make_topic

pytestmark = pytest.mark.django_db
LIST = "/api/news/"


def titles(client, query=""):
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def test_a_news_item_tells_what_its_page_tells(client):
    article = make_full_article(title_bg="Ново", body_bg="<p>Първо.</p><p>Второ.</p>")

    told = client.get(f"{LIST}{article.pk}/").json()

    assert (told["title"], told["text"], told["byline"]) == (
        "Ново",
        "Първо.\nВторо.",
        "Мария Петрова",
    )
    assert told["url"] == f"http://127.0.0.1:8000{article.get_absolute_url('bg')}"
    assert told["event"]["id"] == article.event_id
    assert told["published"] == article.published_at.astimezone(SOFIA).isoformat(timespec="seconds")
    assert [len(told[part]) for part in ("topics", "municipalities", "images", "documents")] == [
        1
    ] * 4


def test_english_lists_hold_what_is_translated_and_one_by_its_number_is_told_anyway(client):
    article = make_article(title_bg="Само на български", title_en="")
    make_article(title_en="Translated")

    one = client.get(f"{LIST}{article.pk}/?language=en").json()

    assert titles(client, "?language=en") == ["Translated"]
    assert (one["title"], one["language"]) == ("Само на български", "bg")


def test_each_filter_finds_its_own(client):
    category = make_category(name_bg="Обяви", name_en="Notices")
    topic = make_topic(slug_bg="vodi")
    organization = make_organization(kind="municipality", slug_bg="sozopol")
    moment = datetime(2025, 10, 3, 23, 30, tzinfo=SOFIA)
    chosen = make_article(
        title_bg="Морето и хората", title_en="", category=category, published_at=moment
    )
    chosen.topics.add(topic)
    chosen.municipalities.add(organization)
    make_article(
        title_bg="Друго", category=make_category(), published_at=moment + timedelta(days=1)
    )

    queries = (
        *("category=obyavi", "topic=vodi", "organization=sozopol", "q=хората море"),
        *("to=2025-10-03", "from=2025-10-03&to=2025-10-03"),
    )
    assert {query: titles(client, f"?{query}") for query in queries} == {
        query: ["Морето и хората"] for query in queries
    }
    assert titles(client, "?from=2025-10-04") == ["Друго"]


def test_nothing_that_is_not_public_is_told_and_no_draft_is_named(client):
    draft = make_article(**hidden(title_bg="Чернова"))
    shown = make_article(event=make_event(**hidden(title_bg="Тайно събитие")))

    told = client.get(f"{LIST}{shown.pk}/").json()

    assert titles(client) == [shown.title_bg]
    assert client.get(f"{LIST}{draft.pk}/").status_code == 404
    assert told["event"] is None


def test_a_list_costs_the_same_however_long(client):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{LIST}?per_page=30").status_code == 200
        return len(captured)

    make_full_article()
    few = cost()
    for _ in range(29):
        make_full_article()

    assert few == cost() <= 2
