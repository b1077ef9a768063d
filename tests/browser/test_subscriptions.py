"""What one subscribes to, in a real browser: by keyboard, on a narrow screen, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.factories import make_event, make_series

FILE = "/bg/kalendar.ics?attendance=on_site"
PLACES = ("/bg/kalendar/?attendance=on_site", "/bg/sabitiya/forum/", "/bg/poreditsi/forumi/")


@pytest.fixture
def content(transactional_db: None) -> None:
    make_event(title_bg="Форум", slug_bg="forum", series=make_series(slug_bg="forumi"))


@pytest.fixture
def page_without_scripts(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def narrow_page(browser: Browser, live_server: object, quiet_site: None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, color_scheme="dark"
    )
    yield context.new_page()
    context.close()


def open_steps(page: Page) -> None:
    page.locator(".subscribe summary").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("place", PLACES)
def test_the_steps_open_by_keyboard_and_axe_finds_nothing(content, page, place):
    page.goto(place)
    steps = page.locator(".subscribe__steps")
    expect(steps).to_be_hidden()

    open_steps(page)

    expect(steps).to_be_visible()
    expect(steps.locator("dt")).to_have_count(4)
    assert violations(page) == []


def test_the_address_is_copied_by_keyboard_and_that_is_said_politely(content, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PLACES[0])
    button, said = page.locator("[data-copy] button"), page.locator("[data-copy] [role=status]")
    expect(said).to_be_empty()

    button.focus()
    page.keyboard.press("Enter")

    expect(said).to_have_text(button.get_attribute("data-copied"))
    expect(button).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[data-copy] code").inner_text()
    assert copied.endswith(FILE)
    assert violations(page) == []


def test_an_address_that_may_not_be_copied_is_selected(content, page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(PLACES[0])
    button = page.locator("[data-copy] button")

    button.click()

    expect(page.locator("[data-copy] [role=status]")).to_have_text(
        button.get_attribute("data-selected")
    )
    assert page.evaluate("getSelection().toString()").endswith(FILE)


def test_nothing_is_lost_without_scripts(content, page_without_scripts):
    page = page_without_scripts
    page.goto(PLACES[0])

    page.locator(".subscribe summary").click()

    expect(page.locator(".subscribe__steps")).to_be_visible()
    expect(page.locator("[data-copy] button")).to_be_hidden()
    expect(page.locator("[data-copy] code")).to_be_visible()


@pytest.mark.parametrize("place", PLACES)
def test_everything_open_fits_a_narrow_dark_screen(content, narrow_page, place):
    page = narrow_page
    page.goto(place)

    open_steps(page)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []


def test_following_leads_from_the_facts_of_an_event_to_the_programs(content, page):
    page.goto(PLACES[1])

    page.locator(".plate__actions a[href='#subscribe']").click()

    expect(page.locator("#subscribe")).to_be_in_viewport()
    expect(page.locator(".subscribe__ways a").first).to_have_attribute(
        "href", "webcal://127.0.0.1:8000/bg/sabitiya/forum.ics"
    )


@pytest.mark.parametrize("place", PLACES)
def test_the_code_is_for_paper_only(content, page, place):
    page.goto(place)
    code, address = page.locator(".paper img"), page.locator(".paper__address")
    expect(code).to_be_hidden()

    page.emulate_media(media="print")

    expect(code).to_be_visible()
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    box, line = code.bounding_box(), address.bounding_box()
    assert box["width"] == box["height"] > 60  # pixels: 18 mm
    assert line["x"] + line["width"] <= box["x"]
    expect(page.locator(".subscribe")).to_be_hidden()
