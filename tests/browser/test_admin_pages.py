"""Every kind of page of the admin in a real browser: no error, no violation of the policy, no
request to another host (the page watches for all three), nothing wider than the screen."""

import pytest
from playwright.sync_api import Page, expect

from events.models import Series
from tests.browser.accessibility import violations
from tests.factories import make_article, make_document, make_event, make_image, make_speaker

PAGES = [
    "/admin/",
    "/admin/sections/",
    "/admin/news/article/",
    "/admin/news/article/add/",
    "/admin/events/event/",
    "/admin/events/event/add/",
    "/admin/events/speaker/add/",
    "/admin/events/venue/add/",
    "/admin/media/image/",
    "/admin/media/image/add/",
    "/admin/media/image/picker/",
    "/admin/password_change/",
]
SCHEMES = ["light", "dark"]
# Django's own tables of a list repeat their headings' buttons; heading-order: h1 and h2 of a form
# are Django's (the kind of thing, then its name)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def fill_the_site() -> list[str]:
    """Something of each kind, in use. Returns the pages to change it."""
    article, event = make_article(cover=make_image()), make_event(state="cancelled")
    article.gallery.create(image=make_image())
    article.documents.create(document=make_document())
    event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    event.appearances.create(speaker=make_speaker(photo=make_image()))
    coming = make_event(series=Series.objects.create(title_bg="Годишни срещи"))
    make_article(status="draft", published_at=None, title_en="")
    image = make_image()
    return [
        f"/admin/news/article/{article.pk}/change/",
        f"/admin/events/event/{event.pk}/change/",
        f"/admin/media/image/{image.pk}/change/",
        f"/admin/news/article/{article.pk}/history/",
        f"/admin/news/article/{article.pk}/delete/",
        f"/admin/events/event/{coming.pk}/what-changed/",
        f"/admin/events/event/{coming.pk}/what-changed/?kind=rescheduled",
        f"/admin/events/event/{coming.pk}/copy/",
        f"/admin/events/event/{coming.pk}/repeat/",
        f"/admin/events/series/{coming.series.pk}/change/",
        f"/admin/events/speaker/{make_speaker().pk}/merge/",
    ]


def open_settled(page: Page, path: str) -> None:
    page.goto(path)
    if page.locator("textarea[data-type=ckeditortype]").count():
        expect(page.locator(".cke_wysiwyg_div").first).to_be_attached()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_fit_the_screen_and_break_no_rule(signed_in: Page, width: int, scheme: str):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})

    for path in PAGES + fill_the_site():
        open_settled(page, path)

        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_are_accessible(signed_in: Page, scheme: str):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    found: dict[str, list[str]] = {}

    for path in PAGES + fill_the_site():
        open_settled(page, path)
        for violation in violations(page, rules=RULES):
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found[f"{path} {violation['id']}"] = nodes

    assert not found, "\n".join(f"{where}: {nodes}" for where, nodes in found.items())


def test_sign_in_works_at_any_width(page: Page, staff: object):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto("/admin/login/")

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator("[name=username]")).to_be_visible()
        expect(page.locator(".interface-language [value=en]")).to_be_visible()


@pytest.mark.parametrize("language", ["bg", "en"])
def test_pages_work_in_both_languages(signed_in: Page, language: str):
    page = signed_in
    page.locator(f".interface-language [value={language}]").click()

    for path in PAGES + fill_the_site():
        open_settled(page, path)

        expect(page.locator("html")).to_have_attribute("lang", language)
