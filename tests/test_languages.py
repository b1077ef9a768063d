"""The way from any page to the same thing in the other language, and from old addresses."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone, translation

from sorb.dates import SOFIA
from sorb.publishing.models import OldAddress
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
LANGUAGES = ("bg", "en")
LINK = re.compile(r'<a class="language" href="([^"]+)" hreflang="(\w\w)"')
NO_PAGE = {  # files, not pages: nothing to switch
    *("news:article_atom", "news:article_rss", "events:event_atom", "events:event_rss"),
    *("events:event_ics", "calendar:calendar_ics", "events:series_ics", "events:series_atom"),
    *("events:speaker_ics", "events:speaker_atom", "news:speaker_atom"),
    *("events:organization_ics", "events:organization_atom", "news:organization_atom"),
    # framed by another site, in the language of that site's line
    *("calendar:embedded_now", "calendar:embedded_month"),
}
LONG_AGO = datetime(2019, 7, 15, 10, tzinfo=SOFIA)


def other(language: str) -> str:
    return "en" if language == "bg" else "bg"


def address(name: str, language: str, *args: Any, query: str = "") -> str:
    with translation.override(language):
        return reverse(name, args=args) + query


def language_link(client: Client, path: str) -> str:
    """Where the page's only link to the other language leads."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    ((href, language),) = LINK.findall(answer.content.decode())
    assert language == other(path.split("/")[1])
    return str(href).replace("&amp;", "&")


# Every page of the map of the site


def page_names() -> Iterator[str]:
    """The names of all pages under a language, found in the map itself."""

    def walk(resolver: Any, space: str, is_inside: bool) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            inside = is_inside or type(pattern.pattern).__name__ == "LocalePrefixPattern"
            if isinstance(pattern, URLPattern):
                if inside:
                    yield f"{space}{pattern.name}"
            elif pattern.namespace != "admin":
                name = f"{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern, name, inside)

    yield from walk(get_resolver(), "", False)


def many(make: Callable[..., Any], count: int, **fields: Any) -> list[Any]:
    return [make(**fields) for _number in range(count)]


def of_item(make: Callable[..., Any]) -> Callable[[str], list[str]]:
    """The pages of something translated and of something that is not."""

    def pages(language: str) -> list[str]:
        heading = "title" if make in (make_article, make_event, make_series) else "name"
        items = [make(), make(**{f"{heading}_en": ""})]
        if make is make_speaker:
            event = make_event()
            for speaker in items:
                event.appearances.create(speaker=speaker)
        if make is make_series:
            for series in items:
                make_event(series=series)
        if make is make_organization:
            event = make_event()
            for organization in items:
                event.participations.create(organization=organization)
        return [item.get_absolute_url(language) for item in items]

    return pages


def home(language: str) -> list[str]:
    return [address("home", language), address("home", language, query="?page=3&x=1")]


def news_pages(language: str) -> list[str]:
    """Bulgarian has three pages, English only one."""
    many(make_article, 25, title_en="")
    make_article()
    last = "?page=3" if language == "bg" else "?page=1"
    return [
        address("news:article_list", language, query=query) for query in ("", last, last + "&x=1")
    ]


def archive(language: str) -> list[str]:
    """A year and a month that only the Bulgarian archive has, and one that both have."""
    make_article(title_en="", published_at=LONG_AGO)
    make_article(published_at=LONG_AGO.replace(year=2020))
    years = (2019, 2020) if language == "bg" else (2020,)
    return [address("news:article_year", language, year) for year in years]


def archive_months(language: str) -> list[str]:
    make_article(title_en="", published_at=LONG_AGO)
    make_article(published_at=LONG_AGO.replace(month=8))
    months = (7, 8) if language == "bg" else (8,)
    return [address("news:article_month", language, 2019, month) for month in months]


def categories(language: str) -> list[str]:
    """The last page of one that has less in English, and one without an English name."""
    category = make_category(name_en="Finances")
    many(make_article, 13, category=category, title_en="")
    last = "?page=2" if language == "bg" else ""
    paths = [each.get_absolute_url(language) for each in (category, make_category())]
    return [*paths, paths[0] + last]


def upcoming(language: str) -> list[str]:
    many(make_event, 13, title_en="")
    return [address("events:event_list", language, query=query) for query in ("", "?page=2")]


def past(language: str) -> list[str]:
    many(make_event, 13, starts_at=timezone.now() - timedelta(days=3))
    return [address("events:event_past", language, query=query) for query in ("", "?page=2")]


def organizations(language: str) -> list[str]:
    make_organization(name_en="", is_listed=True)
    return [address("events:organization_list", language)]


def speakers(language: str) -> list[str]:
    make_speaker(name_en="", is_listed=True)
    return [address("events:speaker_list", language)]


def calendar_now(language: str) -> list[str]:
    make_event(title_en="")
    return [address("calendar:calendar_now", language)]


def calendar_months(language: str) -> list[str]:
    make_event(title_en="", starts_at=LONG_AGO)
    return [address("calendar:calendar_month", language, 2019, month) for month in (6, 7, 8)]


def past_years(language: str) -> list[str]:
    make_event(title_en="", starts_at=LONG_AGO)
    return [address("events:event_year", language, 2019)]


def calendar_agenda(language: str) -> list[str]:
    many(make_event, 13, title_en="")
    queries = ("", "?page=2", "?when=month", "?attendance=on_site&page=2")
    return [address("calendar:calendar_agenda", language, query=query) for query in queries]


def calendar_weeks(language: str) -> list[str]:
    make_event(title_en="", starts_at=LONG_AGO)
    return [address("calendar:calendar_week", language, 2019, week) for week in (26, 29)]


def calendar_years(language: str) -> list[str]:
    make_event(title_en="", starts_at=LONG_AGO)
    return [address("calendar:calendar_year", language, 2019, query="?day=2019-07-15")]


def calendar_days(language: str) -> list[str]:
    make_event(title_en="", starts_at=LONG_AGO)
    return [address("calendar:calendar_day", language, 2019, 7, day) for day in (15, 16)]


def series_list(language: str) -> list[str]:
    for title_en in ("Annual meeting", ""):
        make_event(series=make_series(title_en=title_en))
    return [address("events:series_list", language)]


def programmes(language: str) -> list[str]:
    events = [make_event(), make_event(title_en="")]
    for event in events:
        event.programme.create(starts_at=event.starts_at, title_bg="Сесия")
    return [event.programme_address(language) for event in events]


PAGES: dict[str, Callable[[str], list[str]]] = {
    "home": home,
    "topic_detail": of_item(make_topic),
    "news:article_list": news_pages,
    "news:article_year": archive,
    "news:article_month": archive_months,
    "news:category_detail": categories,
    "news:article_detail": of_item(make_article),
    "events:event_list": upcoming,
    "events:event_past": past,
    "events:event_year": past_years,
    "events:event_detail": of_item(make_event),
    "events:series_list": series_list,
    "events:series_detail": of_item(make_series),
    "events:event_programme": programmes,
    "events:speaker_detail": of_item(make_speaker),
    "events:organization_list": organizations,
    "events:speaker_list": speakers,
    "events:organization_detail": of_item(make_organization),
    "calendar:calendar_now": calendar_now,
    "calendar:calendar_agenda": calendar_agenda,
    "calendar:calendar_year": calendar_years,
    "calendar:calendar_week": calendar_weeks,
    "calendar:calendar_month": calendar_months,
    "calendar:calendar_day": calendar_days,
}


def test_every_page_of_the_map_is_known_here():
    assert set(page_names()) - NO_PAGE == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_other_language_is_never_a_dead_end(client, name, language):
    paths = PAGES[name](language)

    there = {path: language_link(client, path) for path in paths}
    back = {path: language_link(client, path) for path in there.values()}

    assert {path.split("/")[1] for path in back} == {other(language)}
    assert [client.get(path).status_code for path in back.values()] == [200] * len(back)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "make", [make_article, make_event, make_series, make_topic, make_organization]
)
def test_the_way_there_and_back_ends_at_the_same_thing(client, make, language):
    paths = of_item(make)(language)

    back = [language_link(client, language_link(client, path)) for path in paths]

    assert back == paths


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "pages"), [("event_list", upcoming), ("event_past", past)])
def test_a_list_that_is_the_same_in_both_languages_keeps_its_page(client, language, name, pages):
    first, second = pages(language)

    links = [language_link(client, path) for path in (first, second)]

    there = address(f"events:{name}", other(language))
    assert links == [there, f"{there}?page=2"]


def test_a_list_with_less_in_english_begins_anew(client):
    *_first, _last, with_question = news_pages("bg")

    assert language_link(client, with_question) == "/en/news/?x=1"


def test_a_month_without_english_news_leads_home(client):
    only_bulgarian, both = archive_months("bg")

    assert language_link(client, only_bulgarian) == "/en/"
    assert language_link(client, both) == "/en/news/archive/2019/08/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_leads_home(client, language):
    page = client.get(f"/{language}/nyama-takava/").content.decode()

    assert [href for href, _code in LINK.findall(page)] == [f"/{other(language)}/"]


def test_a_preview_has_no_link_to_a_page_that_is_not_public(admin_client):
    article = make_article(status="draft", published_at=None)

    page = admin_client.get(f"/admin/news/article/{article.pk}/preview/bg/").content.decode()

    assert article.title_bg in page
    assert LINK.findall(page) == []


# Old addresses

make_each = pytest.mark.parametrize(
    ("make", "heading"),
    [
        (make_article, "title"),
        (make_event, "title"),
        (make_topic, "name"),
        (make_category, "name"),
    ],
)


def at(item: Any, language: str, slug: str) -> str:
    return address(item.page, language, slug)


def move(item: Any, language: str, *slugs: str) -> None:
    for slug in slugs:
        setattr(item, f"slug_{language}", slug)
        item.save()


def answer_of(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Location", "")


@make_each
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chain_of_addresses_is_one_step(client, make, heading, language):
    item = make(**{f"{heading}_en": "Words", f"slug_{language}": "a"})

    move(item, language, "b", "c", "d")

    present = at(item, language, "d")
    assert [answer_of(client, at(item, language, old)) for old in "abc"] == [(301, present)] * 3
    assert answer_of(client, present) == (200, "")


@make_each
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_came_back_is_no_loop(client, make, heading, language):
    item = make(**{f"{heading}_en": "Words", f"slug_{language}": "a"})

    move(item, language, "b", "a", "b", "a")

    present = at(item, language, "a")
    assert answer_of(client, present) == (200, "")
    assert answer_of(client, at(item, language, "b")) == (301, present)


@make_each
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_taken_again_belongs_to_its_present_owner(client, make, heading, language):
    first = make(**{f"{heading}_en": "First", f"slug_{language}": "a"})
    move(first, language, "b")
    second = make(**{f"{heading}_en": "Second words", f"slug_{language}": "a"})

    page = client.get(at(second, language, "a"))

    assert page.status_code == 200
    assert getattr(second, f"{heading}_{language}") in page.content.decode()
    move(second, language, "c")
    assert answer_of(client, at(second, language, "a")) == (301, at(second, language, "c"))
    assert answer_of(client, at(first, language, "b")) == (200, "")


@make_each
def test_languages_do_not_mix(client, make, heading):
    item = make(**{f"{heading}_en": "Words", "slug_bg": "staro", "slug_en": "old"})

    move(item, "en", "new")

    assert answer_of(client, at(item, "en", "old")) == (301, at(item, "en", "new"))
    assert answer_of(client, at(item, "bg", "old")) == (404, "")


@make_each
def test_an_address_of_before_the_translation_leads_to_the_translation(client, make, heading):
    item = make(**{f"{heading}_en": "", "slug_bg": "sreshta"})
    before = answer_of(client, at(item, "en", "sreshta"))

    setattr(item, f"{heading}_en", "Meeting")
    item.save()
    after = answer_of(client, at(item, "en", "sreshta"))
    move(item, "bg", "golyama-sreshta")

    assert before == (200, "")
    assert after == (301, at(item, "en", "meeting"))
    assert answer_of(client, at(item, "en", "sreshta")) == after


@make_each
def test_an_old_english_address_is_not_given_to_a_bulgarian_namesake(client, make, heading):
    mine = make(**{f"{heading}_en": "Mine", "slug_en": "budget"})
    move(mine, "en", "mine")
    make(**{f"{heading}_en": "Other", "slug_bg": "budget", "slug_en": "other"})

    assert answer_of(client, at(mine, "en", "budget")) == (301, at(mine, "en", "mine"))


@pytest.mark.parametrize("make", [make_article, make_event])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_only_a_draft_had_is_nowhere(client, make, language):
    item = make(status="draft", published_at=None, **{f"slug_{language}": "tayno"})

    move(item, language, "drugo")
    while_a_draft = answer_of(client, at(item, language, "tayno"))
    item.status, item.published_at = "published", timezone.now()
    item.save()

    assert while_a_draft == (404, "")
    assert answer_of(client, at(item, language, "tayno")) == (404, "")
    assert answer_of(client, at(item, language, "drugo")) == (200, "")
    assert not OldAddress.objects.exists()


@pytest.mark.parametrize("make", [make_article, make_event])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_old_addresses_of_what_is_not_public_answer_like_any_other(client, make, language, state):
    item = make(**{f"slug_{language}": "predi"})
    move(item, language, "sled")
    public = client.get(at(item, language, "predi"))
    type(item).objects.filter(pk=item.pk).update(status=state)

    hidden = client.get(at(item, language, "predi"))

    assert public.status_code == 301
    assert hidden.status_code == 404
    assert "sled" not in hidden.content.decode()
    assert hidden.content == client.get(at(item, language, "predi-nikoga")).content.replace(
        b"predi-nikoga", b"predi"
    )


@pytest.mark.parametrize("make", [make_article, make_event])
def test_an_old_address_taken_by_a_draft_still_leads_to_what_is_public(client, make):
    first = make(slug_bg="a")
    move(first, "bg", "b")
    make(slug_bg="a", status="draft", published_at=None)

    assert answer_of(client, at(first, "bg", "a")) == (301, at(first, "bg", "b"))
