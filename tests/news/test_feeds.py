"""The feeds of news, read back as XML."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image as Picture

from news.feeds import LIMIT
from news.models import Article
from sorb.dates import SOFIA
from tests.factories import make_article, make_category, make_image

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def address(form="atom", language="bg"):
    with translation.override(language):
        return reverse(f"news:article_{form}")


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def words(element, name):
    return element.findtext(f"{ATOM}{name}")


def iso(moment):
    return moment.astimezone(SOFIA).isoformat(timespec="seconds")


def test_atom_feed_says_whose_it_is_and_where(client):
    article = make_article()

    response = client.get(address())

    feed = ElementTree.fromstring(response.content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG) == "bg"
    assert words(feed, "id") == "tag:127.0.0.1,2025:news/bg"
    assert words(feed, "updated") == iso(article.changed_at)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}author/{ATOM}uri").text == f"{SITE}/"
    assert links == {
        "self": f"{SITE}{address()}",
        "alternate": f"{SITE}{reverse('news:article_list')}",
    }


def test_entry_says_everything_that_a_list_shows(client):
    article = make_article(
        title_bg="Бюджет & избори",
        lead_bg="Кратко <увод>.",
        byline_bg="Мария Петрова",
        category=make_category(name_bg="Финанси"),
        cover=make_image(),
    )

    (entry,) = entries(client.get(address()))

    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert words(entry, "title") == "Бюджет & избори"
    assert words(entry, "summary") == "Кратко &lt;увод&gt;."
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert words(entry, "published") == iso(article.published_at)
    assert words(entry, "updated") == iso(article.changed_at)
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Мария Петрова"
    assert entry.find(f"{ATOM}category").get("term") == "Финанси"
    assert links["alternate"].get("href") == f"{SITE}{article.get_absolute_url()}"
    assert links["enclosure"].get("href").startswith(f"{SITE}/media/")
    assert links["enclosure"].get("type") == "image/jpeg"
    assert links["enclosure"].get("length") == str(Path(article.cover.file.path).stat().st_size)


def test_id_of_an_entry_outlives_every_change(client):
    article = make_article(slug_bg="staro")
    before = words(entries(client.get(address()))[0], "id")

    article.title_bg = "Ново заглавие"
    article.slug_bg = "novo"
    article.published_at -= timedelta(days=100)
    article.save()

    created = article.created_at.astimezone(SOFIA).date()
    assert before == f"tag:127.0.0.1,{created}:news/{article.pk}/bg"
    assert words(entries(client.get(address()))[0], "id") == before


def test_what_was_written_long_before_it_was_published_is_news_when_it_is_published(client):
    article = make_article()
    Article.objects.update(changed_at=timezone.now() - timedelta(days=9))

    (entry,) = entries(client.get(address()))

    assert words(entry, "updated") == words(entry, "published") == iso(article.published_at)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feed_holds_the_latest_visible_news_in_its_language(client, form):
    now = timezone.now()
    make_article(title_bg="Черно", title_en="Draft", status="draft")
    make_article(title_bg="Утре", title_en="Tomorrow", published_at=now + timedelta(days=1))
    make_article(title_bg="Старо", title_en="Old", published_at=now - timedelta(days=9))
    make_article(title_bg="Само българско", title_en="")
    make_article(title_bg="Ново", title_en="New", published_at=now)

    titles = {}
    for language in ("bg", "en"):
        root = ElementTree.fromstring(client.get(address(form, language)).content)
        path = f"{ATOM}entry/{ATOM}title" if form == "atom" else "channel/item/title"
        titles[language] = [title.text for title in root.findall(path)]

    assert titles == {"bg": ["Ново", "Само българско", "Старо"], "en": ["New", "Old"]}


def test_rss_reader_gets_the_same(client):
    article = make_article(title_bg="Бюджет & избори", lead_bg="Кратко.", cover=make_image())

    response = client.get(address("rss"))

    channel = ElementTree.fromstring(response.content).find("channel")
    item = channel.find("item")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel.findtext("language") == "bg"
    assert channel.find(f"{ATOM}link").get("href") == f"{SITE}{address('rss')}"
    assert item.findtext("title") == "Бюджет & избори"
    assert item.findtext("description") == "Кратко."
    assert item.findtext("link") == f"{SITE}{article.get_absolute_url()}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("guid").startswith("tag:127.0.0.1,")
    assert item.find("enclosure").get("type") == "image/jpeg"


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_no_words_break_the_feed(client, form):
    hostile = "а\x01\x0b\x1f]]> & <b>\u2028\ufffe\uffff😀\r\n"
    make_article(
        title_bg=hostile,
        lead_bg=hostile,
        byline_bg=hostile,
        category=make_category(name_bg=hostile),
    )

    root = ElementTree.fromstring(client.get(address(form)).content)

    path = f"{ATOM}entry/{ATOM}title" if form == "atom" else "channel/item/title"
    assert root.findtext(path) == "а]]> & <b>\n😀\n"


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_empty_feed_is_well_formed_and_always_the_same(client, form):
    first = client.get(address(form))

    ElementTree.fromstring(first.content)
    assert client.get(address(form)).content == first.content


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_who_has_the_bytes_already_gets_304(client, form):
    article = make_article()
    first = client.get(address(form))

    again = client.get(address(form), headers={"if-none-match": first["ETag"]})
    since = client.get(address(form), headers={"if-modified-since": first["Last-Modified"]})
    article.title_bg = "Друго"
    article.save()
    changed = client.get(address(form), headers={"if-none-match": first["ETag"]})

    assert [again.status_code, since.status_code, changed.status_code] == [304, 304, 200]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feeds_are_only_read(client, form):
    assert client.post(address(form)).status_code == 405
    assert client.head(address(form)).status_code == 200


def test_addresses_come_from_the_settings_and_not_from_the_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_article()

    response = client.get(address(), headers={"host": "evil.example"})

    assert response.status_code == 200
    assert b"evil" not in response.content


@pytest.mark.parametrize("count", [1, LIMIT + 3])
def test_feed_costs_the_same_for_any_number_of_news(client, count, django_assert_num_queries):
    cover = make_image()
    for _ in range(count):
        make_article(cover=cover)

    with django_assert_num_queries(1):
        response = client.get(address())

    assert len(entries(response)) == min(count, LIMIT)


def enclosure_of_rss(client):
    return ElementTree.fromstring(client.get(address("rss")).content).find("channel/item/enclosure")


def test_a_cover_that_is_a_png_is_announced_as_one(client):
    see_through = BytesIO()
    Picture.new("RGBA", (64, 48), (30, 91, 79, 90)).save(see_through, "PNG")
    file = ContentFile(see_through.getvalue(), name="cover.png")
    make_article(cover=make_image(file=file))

    assert enclosure_of_rss(client).get("type") == "image/png"


def test_a_cover_whose_file_is_lost_does_not_stop_the_feed(client):
    article = make_article(cover=make_image())
    Path(article.cover.file.path).unlink()

    assert enclosure_of_rss(client).get("length") == "0"
