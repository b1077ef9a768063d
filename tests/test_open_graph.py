"""Open Graph of every page of the site: complete, true, and in the language of the page."""

import io
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
import time_machine
from django.test import Client
from PIL import Image as Picture

from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_organization,
    make_topic,
)
from tests.heads import SITE, Head, Page, pages, read
from tests.hostile.words import BREAKING, PAYLOADS, squeezed
from tests.test_surface_matrix import DAY, NOW, Hidden, Site

pytestmark = pytest.mark.django_db

LOCALES = {"bg": "bg_BG", "en": "en_GB"}
# What each page says exactly once
ONCE = {
    *("og:title", "og:type", "og:url", "og:description", "og:site_name", "og:locale"),
    *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
}
OF_NEWS = {"article:published_time", "article:modified_time", "article:section"}
MARKUP = re.compile(r"</?[a-z!]|&[a-z]+;|&#", re.IGNORECASE)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@pytest.fixture(autouse=True)
def _now():
    picture_at.cache_clear()
    with time_machine.travel(NOW, tick=False):
        yield


@cache
def picture_at(address: str) -> tuple[str, tuple[int, int]]:
    """The media type and the size of the picture that really is at an address of ours."""
    answer = Client().get(address.removeprefix(SITE))
    assert answer.status_code == 200, address
    with Picture.open(io.BytesIO(b"".join(answer))) as picture:
        return Picture.MIME[picture.format], picture.size


def faults(page: Page) -> list[str]:
    """What is wrong with the properties of a page."""
    head = page.head
    told = dict(head.properties)
    counts = Counter(name for name, _value in head.properties)
    is_news = told.get("og:type") == "article"
    once = ONCE | (OF_NEWS if is_news else set())
    optional = {"og:locale:alternate", "article:tag"} if is_news else {"og:locale:alternate"}
    wrong = [f"{name} {counts[name]} times" for name in sorted(once) if counts[name] != 1]
    wrong += [f"{name} has no place" for name in set(counts) - once - optional]
    wrong += [f"{name} is empty" for name, value in head.properties if not value.strip()]
    if wrong:
        return wrong
    checks = {
        "type": is_news == (page.surface == "news:article_detail"),
        "title": head.title.startswith(told["og:title"]),
        "description": dict(head.names)["description"] == told["og:description"],
        "markup": not MARKUP.search(f"{told['og:title']} {told['og:description']}"),
        "address": told["og:url"].startswith(f"{SITE}/")
        and head.canonical in ([told["og:url"]], []),
        "moments": all(
            MOMENT.fullmatch(told[name]) for name in OF_NEWS & set(told) if "time" in name
        ),
        "languages": languages_are_right(head),
        "picture": picture_at(told["og:image"])
        == (
            told["og:image:type"],
            tuple(int(told[f"og:image:{side}"]) for side in ("width", "height")),
        ),
    }
    return [name for name, is_right in checks.items() if not is_right]


def languages_are_right(head: Head) -> bool:
    """The locale is that of the words, which the canonical address names; another one stands there
    only where hreflang names it as well."""
    addresses = [*head.canonical, *head.told("og:url")]
    code = addresses[0].removeprefix(f"{SITE}/")[:2]
    others = [LOCALES[each] for each in LOCALES if each != code and each in head.alternates]
    told = head.told("og:locale:alternate")
    return head.told("og:locale") == [LOCALES[code]] and (not head.alternates or told == others)


def page_of(item: Any, language: str, surface: str = "events:event_detail") -> Page:
    page = read(Client(), surface, item.get_absolute_url(language))
    assert page is not None
    return page


def test_every_page_tells_all_of_it():
    site = Site()
    site.hidden = Hidden(site, published_at=NOW - DAY)
    kind = site.events[0].type_id
    found = pages(site)
    for address in ("/bg/organizatsii/?kind=municipality", f"/en/events/?type={kind}"):
        page = read(Client(), "filtered", address)
        assert page is not None
        found.append(page)

    assert [(page.address, fault) for page in found for fault in faults(page)] == []
    assert len({page.surface for page in found}) > 20


@pytest.mark.parametrize("name", sorted(ONCE))
def test_what_a_page_does_not_tell_or_tells_twice_is_found(name):
    page = page_of(make_event(), "bg")
    rest = [each for each in page.head.properties if each[0] != name]
    (said,) = page.head.told(name)

    for properties in (rest, [*rest, (name, said), (name, said)], [*rest, (name, " ")]):
        page.head.properties = properties
        assert faults(page)


@pytest.mark.parametrize(
    ("make", "surface"),
    [
        (lambda: make_article(title_en="", lead_en="", body_en=""), "news:article_detail"),
        (lambda: make_event(title_en="", lead_en="", body_en=""), "events:event_detail"),
        (lambda: make_topic(name_bg="Бюджет", name_en=""), "topic_detail"),
        (lambda: make_category(name_bg="Наредби", name_en=""), "news:category_detail"),
        (
            lambda: make_organization(name_en="", text_bg="Град на Дунав.", is_listed=True),
            "events:organization_detail",
        ),
    ],
)
def test_untranslated_page_tells_all_of_it_in_bulgarian(make, surface):
    page = page_of(make(), "en", surface)

    assert faults(page) == []
    told = dict(page.head.properties)
    assert (told["og:locale"], "og:locale:alternate" in told) == ("bg_BG", False)
    assert re.findall("[A-Za-z]+", told["og:title"] + told["og:description"]) == []


@pytest.mark.parametrize("language", LOCALES)
def test_bare_news_and_events_tell_all_of_it(language):
    words = dict.fromkeys(("lead_bg", "lead_en", "body_bg", "body_en"), "")
    news = page_of(make_article(**words), language, "news:article_detail")
    event = page_of(make_event(**words), language)

    assert faults(news) == faults(event) == []


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ("cancelled", "Отменено. 2 октомври 2025 г., 12:00–14:00 ч. – Увод"),
        ("postponed", "Отложено, новата дата ще бъде обявена. 2 октомври"),
        ("scheduled", "2 октомври 2025 г., 12:00–14:00 ч. – Увод"),
    ],
)
def test_what_has_become_of_an_event_stands_first(state, begins):
    event = make_event(state=state, starts_at=NOW + DAY, lead_bg="Увод")

    (said,) = page_of(event, "bg").head.told("og:description")

    assert said.startswith(begins)


@pytest.mark.parametrize("number", BREAKING)
def test_no_words_break_the_properties(number):
    typed = PAYLOADS[number]
    article = make_article(title_bg=typed[:200], lead_bg=typed[:500], cover=make_image())
    type(article.cover).objects.update(alternative_bg=typed[:300])

    page = page_of(article, "bg", "news:article_detail")

    told = dict(page.head.properties)
    assert squeezed(told["og:title"]) == squeezed(typed[:200])
    assert squeezed(told["og:description"]) in squeezed(typed) != ""
    assert squeezed(told["og:image:alt"]) == squeezed(typed[:300])
    assert {name for name, _value in page.head.properties} >= ONCE | OF_NEWS
    assert Counter(name for name, _value in page.head.names)["description"] == 1


def test_pages_in_pages_of_others_and_pages_for_errors_tell_nothing():
    make_event()
    for address in ("/bg/kalendar/vgraden/", "/en/calendar/embedded/", "/bg/nyama/", "/en/none/"):
        head = Head(Client().get(address).content.decode())

        assert not head.is_found
        assert (head.properties, head.blocks, head.canonical) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("", "Община Русе ", " Област Русе."),
        ("Град\n\nна Дунав.", "Град на ", "на Дунав."),
        ("Много думи. " * 40, "Много думи. ", " Много думи.…"),
    ],
)
def test_an_organization_is_described_by_its_words_or_by_what_its_page_has(text, begins, ends):
    town = make_organization(
        name_bg="Община Русе", kind="municipality", district_bg="Русе", text_bg=text, is_listed=True
    )

    page = page_of(town, "bg", "events:organization_detail")

    (said,) = page.head.told("og:description")
    assert (said[: len(begins)], said[-len(ends) :]) == (begins, ends)
    assert len(said) <= 160
