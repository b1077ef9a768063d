"""What stands in the head of a page, rendered as templates do it."""

import json
import re
from datetime import datetime
from html import unescape

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from news.models import Article
from sorb.dates import SOFIA
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def render(source, path="/bg/", **context):
    """A template with the tags of the head, as a view at this path renders it."""
    request = RequestFactory().get(path)
    language = path.split("/")[1]
    with translation.override(language):
        request.resolver_match = resolve(request.path)
        return Template("{% load head %}" + source).render(Context({"request": request, **context}))


def shared(thing, language="bg"):
    """The properties of Open Graph on the page of a thing, whose words stand above them."""
    words = (
        "{% page_title %}{{ thing }}{% endpage_title %}"
        "{% page_description %}{{ thing.summary }}{% endpage_description %}"
    )
    return render(words + "{% open_graph thing %}", thing.get_absolute_url(language), thing=thing)


def links(html):
    """Canonical and alternates of a piece of a head."""
    canonical = re.findall('<link rel="canonical" href="([^"]+)">', html)
    alternates = dict(re.findall('<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))
    return canonical, alternates


def properties(html):
    return re.findall('<meta property="([^"]+)" content="([^"]*)">', html)


def block(html):
    """The facts in a data block."""
    (text,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


def path_of(view, language="bg", *args):
    with translation.override(language):
        return reverse(view, args=args)


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(
    "make", [make_article, make_event, make_organization, make_speaker, make_topic]
)
def test_translated_thing_names_both_its_pages(make, language):
    thing = make()

    html = render("{% alternates thing %}", thing.get_absolute_url(language), thing=thing)

    canonical, alternates = links(html)
    bulgarian, english = (f"{SITE}{thing.get_absolute_url(code)}" for code in ("bg", "en"))
    assert canonical == [bulgarian if language == "bg" else english]
    assert alternates == {"bg": bulgarian, "en": english, "x-default": bulgarian}
    assert "noindex" not in html


@pytest.mark.parametrize(("language", "is_found"), [("bg", True), ("en", False)])
def test_untranslated_thing_is_found_only_in_bulgarian(language, is_found):
    article = make_article(title_en="")

    html = render("{% alternates thing %}", article.get_absolute_url(language), thing=article)

    canonical, alternates = links(html)
    bulgarian = f"{SITE}{article.get_absolute_url('bg')}"
    assert canonical == [bulgarian]
    assert alternates == {"bg": bulgarian, "x-default": bulgarian}
    assert ('<meta name="robots" content="noindex">' in html) is not is_found


@pytest.mark.parametrize(
    ("view", "args"),
    [
        ("home", ()),
        ("news:article_list", ()),
        ("news:article_month", (2019, 7)),
        ("events:event_past", ()),
        ("calendar:calendar_month", (2020, 2)),
        ("calendar:calendar_day", (2020, 2, 24)),
    ],
)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_list_pages_translate_by_themselves(view, args, language):
    html = render("{% alternates %}", path_of(view, language, *args))

    canonical, alternates = links(html)
    bulgarian, english = (f"{SITE}{path_of(view, code, *args)}" for code in ("bg", "en"))
    assert canonical == [bulgarian if language == "bg" else english]
    assert alternates == {"bg": bulgarian, "en": english, "x-default": bulgarian}


def test_canonical_keeps_the_number_of_the_page_and_nothing_else_of_the_query():
    path = path_of("events:event_list")

    canonical, alternates = links(render("{% alternates %}", f"{path}?utm=a&page=3&q=%22"))

    assert canonical == [f"{SITE}{path}?page=3"]
    assert alternates == {}


@pytest.mark.parametrize("number", ["1", "0x3", "٣", "9" * 5000, "", "-1"])
def test_odd_numbers_of_pages_are_no_part_of_the_canonical_address(number):
    path = path_of("events:event_list")

    canonical, _alternates = links(render("{% alternates %}", f"{path}?page={number}"))

    assert canonical == [f"{SITE}{path}"]


def test_view_can_say_in_which_languages_its_page_exists():
    path = path_of("news:article_month", "bg", 2019, 7)

    html = render("{% alternates %}|{% language_address %}", path, page_languages=["bg"])

    _canonical, alternates = links(html)
    assert alternates == {"bg": f"{SITE}{path}", "x-default": f"{SITE}{path}"}
    assert html.endswith("|/en/")


def test_archive_of_a_month_without_english_news_links_to_no_english_archive(client):
    make_article(title_en="", published_at=datetime(2019, 7, 1, tzinfo=SOFIA))
    make_article(published_at=datetime(2019, 8, 1, tzinfo=SOFIA))

    pages = {
        month: client.get(path_of("news:article_month", "bg", 2019, month)).context
        for month in (7, 8)
    }

    assert {month: set(context["page_languages"]) for month, context in pages.items()} == {
        7: {"bg"},
        8: {"bg", "en"},
    }


def test_outside_a_request_the_head_says_nothing_of_addresses():
    tags = "{% alternates %}{% open_graph %}{% breadcrumbs_ld %}|{% language_address %}"

    html = Template("{% load head %}" + tags).render(Context({}))

    assert html == f"|{path_of('home', 'en')}"


def test_addresses_come_from_the_settings_and_not_from_the_host_header(settings):
    settings.SITE_URL = "https://sorb.example"
    request = RequestFactory().get("/bg/", headers={"host": "evil.example"})
    request.resolver_match = resolve("/bg/")

    html = Template("{% load head %}{% alternates %}{% open_graph %}{% json_ld %}").render(
        Context({"request": request})
    )

    assert "evil" not in html
    assert links(html)[0] == ["https://sorb.example/bg/"]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_language_link_leads_to_the_same_thing(client, language):
    other = "en" if language == "bg" else "bg"
    for thing in (make_article(), make_article(title_en=""), make_event(title_en="")):
        html = render("{% language_address thing %}", thing.get_absolute_url(language), thing=thing)

        assert html == thing.get_absolute_url(other)


def test_language_link_keeps_what_was_asked_and_drops_the_number_of_the_page():
    path = path_of("events:event_list")

    html = render("{% language_address %}", f"{path}?q=%D0%B0%26b%22&page=7")

    assert html == f"{path_of('events:event_list', 'en')}?q=%D0%B0%26b%22"


def test_language_link_from_an_address_of_no_language_leads_home():
    request = RequestFactory().get("/healthz")

    html = Template("{% load head %}{% language_address %}").render(Context({"request": request}))

    assert html == "/en/"


def test_open_graph_of_a_news_item():
    article = make_article(
        title_bg='Бюджет & "избори"',
        lead_bg="Кратко <увод>",
        category=make_category(name_bg="Финанси"),
        cover=make_image(alternative_bg="Залата"),
    )
    article.topics.add(make_topic(name_bg="Данъци"))
    read = Article.objects.with_page().get()

    told = dict(properties(shared(read)))

    assert told.pop("og:image").startswith(f"{SITE}/media/")
    assert int(told.pop("og:image:width")) > 0
    assert int(told.pop("og:image:height")) > 0
    assert told == {
        "og:type": "article",
        "og:title": "Бюджет &amp; &quot;избори&quot;",
        "og:description": "Кратко &lt;увод&gt;",
        "og:url": f"{SITE}{article.get_absolute_url()}",
        "og:site_name": told["og:site_name"],
        "og:locale": "bg_BG",
        "og:locale:alternate": "en_GB",
        "og:image:type": "image/jpeg",
        "og:image:alt": "Залата",
        "article:published_time": read.structured_data()["datePublished"],
        "article:modified_time": read.structured_data()["dateModified"],
        "article:section": "Финанси",
        "article:tag": "Данъци",
    }
    assert told["og:site_name"]


def test_open_graph_of_an_untranslated_event_speaks_of_the_bulgarian_page():
    event = make_event(title_bg="Само български", title_en="")

    found = dict(properties(shared(event, "en")))

    assert found["og:title"] == "Само български"
    assert found["og:type"] == "website"
    assert found["og:locale"] == "bg_BG"
    assert found["og:url"] == f"{SITE}{event.get_absolute_url('bg')}"
    assert "og:locale:alternate" not in found


@pytest.mark.parametrize(
    ("language", "locales"), [("bg", ["bg_BG", "en_GB"]), ("en", ["en_GB", "bg_BG"])]
)
def test_open_graph_of_a_list_says_what_its_page_says_and_shows_the_emblem(language, locales):
    path = path_of("news:article_list", language)
    words = (
        "{% page_title %} Новини\n &amp; <b {% endpage_title %}|"
        "{% page_description %}\n От „общините“ &quot;и\n{% endpage_description %}|"
    )

    title, description, html = render(words + "{% open_graph %}", path).split("|")

    assert title == "Новини &amp; &lt;b"
    assert description == '<meta name="description" content="От „общините“ &quot;и">'
    found = properties(html)
    told = dict(found)
    assert len(told) == len(found)
    assert told.pop("og:image:alt")
    assert told == {
        "og:title": title,
        "og:description": "От „общините“ &quot;и",
        "og:type": "website",
        "og:url": f"{SITE}{path}",
        "og:site_name": told["og:site_name"],
        "og:locale": locales[0],
        "og:locale:alternate": locales[1],
        "og:image": f"{SITE}/static/sorb/icons/share.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
    }


def test_later_pages_of_a_list_name_no_translation():
    path = path_of("news:article_list")

    told = dict(properties(render("{% open_graph %}", f"{path}?page=2")))

    assert told["og:url"] == f"{SITE}{path}?page=2"
    assert "og:locale:alternate" not in told


def test_page_without_a_description_has_no_element_for_it():
    assert render("{% page_description %} \n{% endpage_description %}") == ""


def test_picture_without_words_is_called_as_the_page():
    article = make_article(title_bg="Форум", cover=make_image(alternative_bg="", alternative_en=""))

    assert dict(properties(shared(article)))["og:image:alt"] == "Форум"


@pytest.mark.parametrize(
    "typed",
    ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c & 'd' \"e\"", "]]>"],
)
def test_no_words_leave_the_data_block(typed):
    article = make_article(title_bg=typed, lead_bg=typed, byline_bg=typed)

    html = render("{% json_ld thing %}", thing=article)

    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert set("<>&\u2028\u2029") & set(inside) == set()
    expected = typed.replace("\u2028", "\n").replace("\u2029", "\n")
    facts = block(html)
    assert [facts["headline"], facts["description"], facts["author"]["name"]] == [expected] * 3
    assert facts["@context"] == "https://schema.org"


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "' onload='x", "a\x07b"])
def test_no_words_leave_the_attributes(typed):
    article = make_article(title_bg=typed, lead_bg=typed)

    html = shared(article)

    assert "<script" not in html
    assert "\x07" not in html
    (description,) = re.findall('<meta name="description" content="([^"]*)">', html)
    told = dict(properties(html))
    assert told["og:title"] == told["og:description"] == description
    assert unescape(description) == " ".join(typed.replace("\x07", "").split())
    assert html.count("<meta ") == len(properties(html)) + 1


def test_home_page_tells_whose_site_it_is():
    facts = block(render("{% json_ld %}"))

    assert (facts["@type"], facts["url"]) == ("Organization", f"{SITE}/")
    assert facts["name"]
    assert facts["alternateName"]


def test_feeds_and_the_calendar_are_announced_in_the_language_of_the_page(client):
    html = render("{% feeds_links %}", "/en/")

    found = re.findall('<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', html)
    views = (
        ("application/atom+xml", "news:article_atom"),
        ("application/atom+xml", "events:event_atom"),
        ("application/rss+xml", "news:article_rss"),
        ("application/rss+xml", "events:event_rss"),
        ("text/calendar", "calendar:calendar_ics"),
    )
    assert found == [(kind, path_of(view, "en")) for kind, view in views]
    assert [client.get(path)["Content-Type"].split(";")[0] for _kind, path in found] == [
        kind for kind, _path in found
    ]
