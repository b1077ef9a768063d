"""Hostile words in every text field, read in a real browser on every page that shows them.

No script runs, no request leaves, nothing stands in the page that our templates did not make, and
the words are there as they were typed.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.hostile.site import HostileDesk, HostileSite
from tests.hostile.words import BREAKING, PAYLOADS, hostile
from tests.richtext.payloads import EVIL

from .watching import Seen, Watch

ALL = set(range(len(PAYLOADS)))
LANGUAGES = ("bg", "en")
BAD = f"""
<p>Преди</p><img src="data:," onerror="alert(1)"><script>alert(2)</script>
<a href=" java&#9;script:alert(3)">l</a><img src="{EVIL}/x.gif"><iframe srcdoc="x"></iframe>
"""


@pytest.fixture
def watch(page: Page, live_server: Any) -> Iterator[Watch]:
    """The page, watched; at the end nothing may have run or left."""
    watching = Watch(page, live_server.url)
    yield watching
    assert watching.noted == []


def troubles(seen: list[Seen]) -> list[str]:
    return [trouble for page in seen for trouble in page.troubles]


# The watch itself


def test_the_watch_sees_a_bad_page(browser: Browser, live_server: Any):
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page, live_server.url)

    page.set_content(BAD)
    seen = watch.look()
    context.close()

    assert sorted(watch.ran) == ["alert: 1", "alert: 2"]
    assert watch.asked == [f"{EVIL}/x.gif"]
    assert [element.partition(" ")[0] for element in seen.foreign] == [
        "<img",
        "<script>alert(2)</script>",
        "<a",
        "<img",
        "<iframe",
    ]


# Visitors


def test_hostile_words_are_but_words_on_every_list_of_the_site(watch: Watch):
    made = HostileSite()
    month, day = f"{made.day:%Y/%m}", f"{made.day:%Y/%m/%d}"
    pages = -(-(len(PAYLOADS) + 1) // 12)
    turned = range(1, pages + 1)
    lists = {
        "/bg/": ("/bg/",),
        "/bg/novini/": [f"/bg/novini/?page={number}" for number in turned],
        "/bg/sabitiya/": [f"/bg/sabitiya/?page={number}" for number in turned],
        "/bg/kalendar/": (f"/bg/kalendar/{month}/", f"/bg/kalendar/{day}/"),
        "/bg/organizatsii/": ("/bg/organizatsii/",),
    }

    seen = {name: [watch.open(address) for address in found] for name, found in lists.items()}

    assert troubles([page for found in seen.values() for page in found]) == []
    told = {name: set().union(*(page.told for page in found)) for name, found in seen.items()}
    latest = told.pop("/bg/")
    assert len(latest) >= 6
    assert told == dict.fromkeys(told, ALL)


def test_hostile_words_are_but_words_on_the_pages_of_things(watch: Watch):
    """Each is parsed by the browser; those that break out of titles and attributes are opened."""
    made = HostileSite()
    kinds = (made.articles, made.events, made.speakers, made.organizations, made.topics)
    wanted = {
        things[number].get_absolute_url(LANGUAGES[(number + place) % 2]): number
        for place, things in enumerate((*kinds, made.categories))
        for number in range(len(PAYLOADS))
        if number % 2 == place or number in BREAKING
    }
    written = [item.get_absolute_url(code) for item in kinds[0] + kinds[1] for code in LANGUAGES]
    opened = [a for a, number in wanted.items() if number in BREAKING and a in written]
    watch.page.goto("/bg/")

    seen = [*watch.fetch(wanted), *map(watch.open, opened)]

    assert troubles(seen) == []
    told = {page.address: page.told for page in seen}
    assert [address for address, number in wanted.items() if number not in told[address]] == []
    framed = {page.address: page.framed for page in seen if page.address in written}
    assert framed == {a: {wanted[a]} for a in wanted if a in written}


# Staff


@pytest.fixture
def desk(watch: Watch, live_server: Any) -> Iterator[Client]:
    """A superuser with a hostile name: the client, whose session the watched page has as well."""
    names = hostile(User, BREAKING[0])
    names = {name: names[name] for name in ("first_name", "last_name")}
    client = Client()
    client.force_login(User.objects.create_superuser("glaven", **names))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    watch.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    watch.page.goto("/admin/sections/")
    return client


def own(item: Any, page: str) -> str:
    kind = f"{item._meta.app_label}_{item._meta.model_name}"
    return reverse(f"admin:{kind}_{page}", args=[item.pk])


def test_hostile_words_are_but_words_on_every_list_of_the_desk(watch: Watch, desk: Client):
    HostileDesk()
    whole = {
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in site._registry
        if model is not Group
    }
    paged = {"/admin/media/image/picker/": 7, "/admin/desk/translations/": 7}
    paged["/admin/desk/deleted/"] = 7

    lists = {path: [watch.open(f"{path}?all=")] for path in sorted(whole)}
    for path, pages in paged.items():
        lists[path] = [watch.open(f"{path}?page={number + 1}") for number in range(pages)]
    others = [watch.open(path) for path in ("/admin/", "/admin/sections/")]

    assert troubles([page for found in lists.values() for page in found] + others) == []
    told = {path: set().union(*(page.told for page in found)) for path, found in lists.items()}
    print({name: len(found) for name, found in told.items()})
