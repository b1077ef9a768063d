"""The structured data of every page of the site, and of events in every state, by schema.org's
vocabulary and by what must stand in it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.factories import make_article, make_event, make_image, make_organization, make_speaker
from tests.heads import SITE, Page, pages, read
from tests.hostile.words import BREAKING, PAYLOADS
from tests.test_surface_matrix import Hidden, Site

from .checking import problems
from .conventions import FULL, FULL_DEADLINE, missing, status_of
from .states import DAY, JOINING, NOW, WHOLE_DAY, deadline, events_in_every_state, full_event

pytestmark = pytest.mark.django_db

LANGUAGES = ("bg", "en")
BREADCRUMBS = "BreadcrumbList"
# What each surface tells of beside the way to it; an event may be a deadline
TOLD = {
    "home": {"Organization"},
    "news:article_detail": {"NewsArticle"},
    "events:event_detail": {"Event", "WebPage"},
    "events:series_detail": {"EventSeries"},
    "events:speaker_detail": {"Person"},
    "events:speaker_list": {"ItemList"},
    "events:organization_detail": {"Organization", "GovernmentOrganization"},
    "events:organization_list": {"ItemList"},
}
# On paper the code leads to the page of the event, which has all of it
WITHOUT = {"events:event_programme"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the data blocks of a page."""
    for block in page.head.blocks:
        for each in [*problems(block), *(f"lacks {fact}" for fact in missing(block))]:
            yield f"{page.address}: {each}"


def kinds(page: Page) -> list[str]:
    return [block["@type"] for block in page.head.blocks]


def leads_here(page: Page) -> bool:
    """Do its breadcrumbs lead from the home page to the page itself, step by step?"""
    items = page.head.blocks[-1]["itemListElement"]
    places = [item["position"] for item in items]
    ends = [items[end]["item"]["@id"].removeprefix(SITE) for end in (0, -1)]
    return (
        len(items) > 1
        and places == list(range(1, len(items) + 1))
        and ends == [page.address[:4], page.address.partition("?")[0]]
    )


def of_event(event, language: str) -> Page:
    page = read(Client(), "events:event_detail", event.get_absolute_url(language))
    assert page is not None
    return page


def test_every_page_tells_what_it_should_by_the_vocabulary():
    site = Site()
    site.hidden = Hidden(site, published_at=NOW - DAY)
    found = pages(site)

    assert [fault for page in found for fault in faults(page)] == []
    for page in found:
        told = kinds(page)
        if page.surface in WITHOUT:
            assert told == []
            continue
        inner = [] if page.surface == "home" else [BREADCRUMBS]
        assert told[len(told) - len(inner) :] == inner, page
        assert not inner or leads_here(page), page
        about = told[: len(told) - len(inner)]
        assert len(about) == (page.surface in TOLD), page
        assert set(about) <= TOLD.get(page.surface, set()), page
    assert {page.surface for page in found} >= set(TOLD) | WITHOUT


def test_the_home_page_tells_whose_site_it_is():
    page = read(Client(), "home", "/bg/")

    assert page is not None
    (facts,) = page.head.blocks
    logo = Client().get(facts["logo"].removeprefix(SITE))
    assert (logo.status_code, b"".join(logo)[:4]) == (200, b"\x89PNG")
    assert {"name", "alternateName", "url", "@id"} <= set(facts)


def test_events_in_every_state_are_told_by_the_vocabulary():
    events = events_in_every_state()

    for name, event in events.items():
        for language in LANGUAGES:
            page = of_event(event, language)
            assert list(faults(page)) == [], name
            facts = page.head.blocks[0]
            wanted = FULL_DEADLINE if event.is_deadline else FULL
            lacking = set() if name == "bare" else wanted - set(facts)
            assert lacking == ({"location"} if name == "without a venue" else set()), name
            assert facts["inLanguage"] if name == "bare" else True


def test_every_state_has_its_word_and_only_a_new_date_names_the_earlier_one():
    told = {
        name: of_event(event, "bg").head.blocks[0]
        for name, event in events_in_every_state().items()
        if not event.is_deadline
    }

    words = {name: status_of(facts) for name, facts in told.items()}
    new_dates = {
        "rescheduled": {"EventRescheduled"},
        "rescheduled twice": {"EventRescheduled"},
        "several whole days rescheduled": {"EventRescheduled"},
        "moved online and rescheduled": {"EventMovedOnline", "EventRescheduled"},
    }
    assert words == {
        **{name: {"EventScheduled"} for name in told},
        **new_dates,
        "moved online": {"EventMovedOnline"},
        "postponed": {"EventPostponed"},
        "cancelled": {"EventCancelled"},
    }
    assert {name for name, facts in told.items() if "previousStartDate" in facts} == set(new_dates)
    assert {name for name, facts in told.items() if "endDate" not in facts} == {"open end"}
    first = told["rescheduled twice"]["previousStartDate"]
    assert first == ["2025-10-10T12:00:00+03:00", "2025-10-13T12:00:00+03:00"]
    assert told["postponed"]["startDate"] == "2025-10-10T12:00:00+03:00"
    whole = told["several whole days rescheduled"]
    spans = [whole[fact] for fact in ("previousStartDate", "startDate", "endDate")]
    assert spans == ["2025-10-10", "2025-10-11", "2025-10-12"]
    clocks = told["over the change of clocks"]
    assert (clocks["startDate"][-6:], clocks["endDate"][-6:]) == ("+03:00", "+02:00")


def test_one_joins_from_afar_by_a_whole_address():
    kinds_of_place = {
        name: [place["@type"] for place in facts.get("location", [])]
        for name, event in events_in_every_state().items()
        if not event.is_deadline
        for facts in [of_event(event, "en").head.blocks[0]]
    }
    online = of_event(full_event(attendance="online"), "en").head.blocks[0]["location"]

    afar, both = ["VirtualLocation"], ["Place", "VirtualLocation"]
    assert kinds_of_place == {
        **{name: ["Place"] for name in kinds_of_place},
        **{name: afar for name in kinds_of_place if "online" in name},
        "both": both,
        "without a venue": [],
        "bare": [],
    }
    assert [place["url"] for place in online] == [
        JOINING.replace("кмет", "%D0%BA%D0%BC%D0%B5%D1%82")
    ]


def test_a_deadline_on_a_day_ends_with_its_last_second():
    event = deadline(**WHOLE_DAY)

    facts = of_event(event, "bg").head.blocks[0]

    assert facts["expires"] == "2025-10-10"
    assert facts["potentialAction"]["endTime"] == "2025-10-10T23:59:59+03:00"


def test_news_about_an_event_in_any_state_is_told_by_the_vocabulary():
    articles = [
        make_article(event=event, cover=event.cover) for event in events_in_every_state().values()
    ]
    articles.append(make_article(lead_bg="", body_bg="", lead_en="", body_en=""))

    for article in articles:
        for language in LANGUAGES:
            page = read(Client(), "news:article_detail", article.get_absolute_url(language))
            assert page is not None
            assert list(faults(page)) == []
            facts = page.head.blocks[0]
            has = [name in facts for name in ("about", "image", "description")]
            is_bare = article.cover is None
            assert has == [article.event is not None, not is_bare, bool(article.lead)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_and_a_person_tell_all_that_is_known_of_them(language):
    town = make_organization(
        kind="municipality",
        short_name_bg="Русе",
        district_bg="Русе",
        code="RSE27",
        ekatte="63427",
        nuts3="BG323",
        site="https://ruse.example/за нас",
        text_bg="Град на Дунав.",
        text_en="A town on the Danube.",
        logo=make_image(),
        is_listed=True,
    )
    speaker = make_speaker(
        organization=town,
        photo=make_image(),
        biography_bg="Кмет от 2019 г.",
        biography_en="Mayor since 2019.",
        is_listed=True,
    )

    for item, surface, wanted in (
        (town, "organization", {"address", "identifier", "logo", "sameAs", "description"}),
        (speaker, "speaker", {"jobTitle", "worksFor", "image", "description"}),
    ):
        page = read(Client(), f"events:{surface}_detail", item.get_absolute_url(language))
        assert page is not None
        assert list(faults(page)) == []
        assert wanted - set(page.head.blocks[0]) == set()


@pytest.mark.parametrize("number", BREAKING[::4])
def test_no_words_break_the_facts(number):
    """What is typed anywhere stays a text, whole, where a text belongs."""
    text = PAYLOADS[number]
    event = full_event(title_bg=text[:200], lead_bg=text[:500], hall_bg=text[:100])
    event.series.title_bg = text[:200]
    event.series.save()

    page = of_event(event, "bg")

    assert list(faults(page)) == []
    facts, way = page.head.blocks
    assert facts["name"].split() == way["itemListElement"][-1]["name"].split() != []
    assert facts["superEvent"]["name"].split() == facts["name"].split()


def test_addresses_that_lead_nowhere_are_not_told():
    event = make_event(attendance="online")
    type(event).objects.filter(pk=event.pk).update(
        online_address="javascript:alert(1)", registration_address="data:text/html,<script>"
    )

    page = of_event(event, "bg")

    assert list(faults(page)) == []
    assert "offers" not in page.head.blocks[0]
