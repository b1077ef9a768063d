import json
import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_organization,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def crumbs(path, **context):
    request = RequestFactory().get(path)
    with translation.override("en"):
        request.resolver_match = resolve(path)
        html = Template("{% load head %}{% breadcrumbs_ld %}").render(
            Context({"request": request, **context})
        )
    if not html:
        return None
    facts = json.loads(re.sub("</?script[^>]*>", "", html))
    items = facts["itemListElement"]
    assert facts["@type"] == "BreadcrumbList"
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    return [(item["name"], item["item"]["@id"].removeprefix(SITE)) for item in items]


def english(view, *args):
    with translation.override("en"):
        return reverse(view, args=args)


def test_home_page_has_no_way_to_itself():
    assert crumbs("/en/") is None


@pytest.mark.parametrize(
    ("view", "args", "names"),
    [
        ("news:article_list", (), ["Home", "News"]),
        ("news:article_year", (2019,), ["Home", "News", "2019"]),
        ("news:article_month", (2019, 7), ["Home", "News", "July 2019"]),
        ("events:event_list", (), ["Home", "Events"]),
        ("events:event_past", (), ["Home", "Events", "Past events"]),
        ("events:event_year", (2020,), ["Home", "Past events", "2020"]),
        ("calendar:calendar_agenda", (), ["Home", "Calendar", "Agenda"]),
        ("calendar:calendar_year", (2020,), ["Home", "Calendar", "2020"]),
        ("calendar:calendar_week", (2020, 9), ["Home", "Calendar", "Week 9 of 2020"]),
        ("events:organization_list", (), ["Home", "Organizations"]),
        ("events:speaker_list", (), ["Home", "Speakers"]),
        ("calendar:calendar_now", (), ["Home", "Calendar"]),
        ("calendar:calendar_month", (2020, 2), ["Home", "Calendar", "February 2020"]),
        ("calendar:calendar_day", (2020, 2, 24), ["Home", "Calendar", "24 February 2020"]),
    ],
)
def test_way_to_a_list_goes_by_its_section(view, args, names):
    path = english(view, *args)

    found = crumbs(path)

    assert [name for name, _path in found] == names
    assert (found[0][1], found[-1][1]) == ("/en/", path)


@pytest.mark.parametrize(
    ("make", "name", "parent"),
    [
        (make_event, "event", "Events"),
        (make_speaker, "speaker", "Speakers"),
        (make_organization, "organization", "Organizations"),
        (make_category, "category", "News"),
    ],
)
def test_way_to_a_thing_goes_by_the_list_that_holds_it(make, name, parent):
    thing = make()
    path = thing.get_absolute_url("en")

    found = crumbs(path, **{name: thing})

    with translation.override("en"):
        assert [each for each, _path in found] == ["Home", parent, str(thing)]
    assert found[-1][1] == path


def test_way_to_a_news_item_goes_by_its_category():
    category = make_category(name_en="Finance")
    article = make_article(category=category, title_en="Budget")

    found = crumbs(article.get_absolute_url("en"), article=article)

    assert found == [
        ("Home", "/en/"),
        ("Finance", category.get_absolute_url("en")),
        ("Budget", article.get_absolute_url("en")),
    ]


def test_topic_belongs_to_no_section():
    topic = make_topic(name_en="Taxes")

    found = crumbs(topic.get_absolute_url("en"), topic=topic)

    assert [name for name, _path in found] == ["Home", "Taxes"]


def test_page_that_shows_nothing_of_its_own_has_no_way(client):
    assert crumbs(make_topic().get_absolute_url("en")) is None
