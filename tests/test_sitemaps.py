"""The map of the site for search engines: every public page, and nothing that is hidden."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events.models import Appearance, Participation
from sorb.dates import SOFIA
from sorb.sitemaps import SITEMAPS, ArticleSitemap
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_organization,
    make_series,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def sitemap(client):
    """Address: its element, of every address in the map."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    urls = root.findall(f"{MAP}url")
    found = {url.findtext(f"{MAP}loc"): url for url in urls}
    assert len(found) == len(urls)
    return found


def alternates(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}


def address(view, language, *args):
    with translation.override(language):
        return f"{SITE}{reverse(view, args=args)}"


def both(item):
    return {f"{SITE}{item.get_absolute_url(code)}" for code in ("bg", "en")}


def lists():
    views = ("home", "news:article_list", "events:event_list", "events:event_past",
             "events:organization_list", "events:speaker_list", "events:series_list",
             "calendar:calendar_now")  # fmt: skip
    return {address(view, language) for view in views for language in ("bg", "en")}


def test_map_of_an_empty_site_holds_the_lists(client):
    assert set(sitemap(client)) == lists()


def test_map_holds_every_page_in_both_languages(client):
    moment = datetime(2020, 2, 28, 10, tzinfo=SOFIA)
    category, topic = make_category(name_bg="Финанси", name_en="Finance"), make_topic()
    article = make_article(category=category, published_at=moment)
    series = make_series()
    event = make_event(starts_at=moment, ends_at=moment + timedelta(days=3), series=series)
    speaker, organization = make_speaker(), make_organization()
    Appearance.objects.create(event=event, speaker=speaker)
    Participation.objects.create(event=event, organization=organization)
    article.topics.add(topic)

    found = sitemap(client)

    pages = [
        both(item) for item in (article, event, series, category, topic, speaker, organization)
    ]
    dated = {
        address(view, language, *parts)
        for language in ("bg", "en")
        for view, *parts in (
            ("news:article_year", 2020),
            ("news:article_month", 2020, 2),
            ("calendar:calendar_month", 2020, 2),
            ("calendar:calendar_month", 2020, 3),
        )
    }
    assert set(found) == lists() | set().union(*pages) | dated


def test_pages_name_their_translations_and_their_last_change(client):
    article = make_article()

    found = sitemap(client)

    for language in ("bg", "en"):
        url = found[f"{SITE}{article.get_absolute_url(language)}"]
        assert alternates(url) == {
            "bg": f"{SITE}{article.get_absolute_url('bg')}",
            "en": f"{SITE}{article.get_absolute_url('en')}",
            "x-default": f"{SITE}{article.get_absolute_url('bg')}",
        }
        assert url.findtext(f"{MAP}lastmod") == str(timezone.localdate(article.changed_at))


def test_untranslated_pages_are_only_there_in_bulgarian(client):
    published_at = datetime(2019, 7, 1, tzinfo=SOFIA)
    items = [
        make_article(title_en="", published_at=published_at),
        make_event(title_en=""),
        make_organization(name_en="", is_listed=True),
    ]

    found = sitemap(client)

    for item in items:
        bulgarian = f"{SITE}{item.get_absolute_url('bg')}"
        assert both(item) & set(found) == {bulgarian}
        assert alternates(found[bulgarian]) == {"bg": bulgarian, "x-default": bulgarian}
    month = address("news:article_month", "bg", 2019, 7)
    assert alternates(found[month]) == {"bg": month, "x-default": month}


def test_archive_of_a_month_is_there_only_in_the_languages_that_have_news_of_it(client):
    make_article(title_en="", published_at=datetime(2019, 6, 1, tzinfo=SOFIA))
    make_article(published_at=datetime(2019, 7, 1, tzinfo=SOFIA))

    found = sitemap(client)

    year = address("news:article_year", "bg", 2019)
    assert set(alternates(found[year])) == {"bg", "en", "x-default"}
    assert address("news:article_month", "en", 2019, 6) not in found
    assert address("news:article_month", "en", 2019, 7) in found


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_nothing_hidden_and_nothing_that_only_the_hidden_names(client, hidden):
    topic, category = make_topic(), make_category()
    article = make_article(category=category, **hidden)
    event = make_event(**hidden)
    speaker, organization = make_speaker(), make_organization()
    Appearance.objects.create(event=event, speaker=speaker, organization=organization)
    article.topics.add(topic)
    event.topics.add(topic)

    assert set(sitemap(client)) == lists()


def test_event_outside_the_years_of_the_calendar_breaks_nothing(client):
    event = make_event(starts_at=datetime(2030, 1, 1, tzinfo=SOFIA))
    beyond = datetime(9999, 12, 31, 23, tzinfo=SOFIA)
    type(event).objects.filter(pk=event.pk).update(ends_at=beyond)

    found = sitemap(client)

    assert both(event) <= set(found)
    assert [each for each in found if "2030" in each] == []


def test_addresses_come_from_the_settings_and_not_from_the_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://sorb.example"
    make_article()

    body = client.get("/sitemap.xml", headers={"host": "evil.example"}).content.decode()

    assert "evil" not in body
    assert "<loc>https://sorb.example/bg/</loc>" in body


def test_map_stays_below_fifty_thousand_addresses():
    pages = sum(kind.most for kind in SITEMAPS.values())

    assert 2 * pages <= 50_000


def test_each_kind_has_no_more_than_its_share(client, monkeypatch):
    monkeypatch.setattr(ArticleSitemap, "most", 2)
    oldest = make_article(published_at=timezone.now() - timedelta(days=3))
    newer = [make_article(published_at=timezone.now() - timedelta(days=day)) for day in (1, 2)]

    found = set(sitemap(client))

    assert both(oldest) & found == set()
    assert set().union(*map(both, newer)) <= found


@pytest.mark.parametrize("count", [1, 20])
def test_map_costs_the_same_for_any_number_of_pages(client, count, django_assert_num_queries):
    for _ in range(count):
        article = make_article(category=make_category())
        article.topics.add(make_topic())
        event = make_event()
        Appearance.objects.create(event=event, speaker=make_speaker())
        Participation.objects.create(event=event, organization=make_organization())

    with django_assert_num_queries(12):
        found = sitemap(client)

    assert len([each for each in found if "/en/" in each]) >= 5 * count


def test_robots_txt_names_the_map(client, settings):
    settings.SITE_URL = "https://sorb.example"

    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?q=",
        "",
        "Sitemap: https://sorb.example/sitemap.xml",
    ]
