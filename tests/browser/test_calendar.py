"""The calendar in a real browser: by keyboard, by accessibility tree, with scripts and without."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from calendar_app.month import Month
from sorb.dates import SOFIA, midnight
from tests.browser.test_pages import violations
from tests.factories import make_event, make_organization, make_topic, make_venue

LANGUAGES = {"bg": "/bg/kalendar/", "en": "/en/calendar/"}
FEBRUARY = "/bg/kalendar/2020/02/"


def at(*numbers):
    return datetime(*numbers, tzinfo=SOFIA)


@pytest.fixture
def content(transactional_db: None) -> None:
    """A full February 2020: a day with five events, a conference over a weekend, one cancelled."""
    for number in range(5):
        make_event(title_bg=f"Среща {number}", starts_at=at(2020, 2, 24, 9 + number))
    for number in range(2):
        make_event(title_bg=f"Заседание {number}", starts_at=at(2020, 2, 12, 9 + number))
    make_event(
        title_bg="Годишна среща", starts_at=at(2020, 2, 14, 10), ends_at=at(2020, 2, 18, 12),
        venue=make_venue(),
    )  # fmt: skip
    make_event(title_bg="Семинар", title_en="", starts_at=at(2020, 2, 20, 10), state="cancelled")
    make_event(title_bg="Мартенско", starts_at=at(2020, 3, 5, 10)).topics.add(make_topic())
    make_organization()


@pytest.fixture
def page_without_scripts(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def addresses(language: str) -> list[str]:
    calendar = LANGUAGES[language]
    agenda = "spisak" if language == "bg" else "agenda"
    events = "/bg/sabitiya" if language == "bg" else "/en/events"
    past = "minali" if language == "bg" else "past"
    return [
        *(f"{calendar}{path}" for path in (
            "2020/02/", "2020/02/?q=x", "2020/w07/", "2020/", "2020/02/24/",
            f"{agenda}/?day=2020-02-01", f"{agenda}/?day=2020-02-01&attendance=on_site&q=1",
        )),
        f"{events}/?attendance=online",
        f"{events}/{past}/2020/?attendance=on_site",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_way_of_looking(content, page, language):
    found = {}

    for address in addresses(language):
        page.goto(address)
        found[address] = violations(page)

    assert {address: rules for address, rules in found.items() if rules} == {}


def test_nothing_scrolls_sideways_on_a_narrow_dark_screen(content, browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, color_scheme="dark"
    )
    page = context.new_page()
    found = {}

    for address in addresses("bg"):
        page.goto(address)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[address] = [*violations(page), *([f"{too_wide} px"] if too_wide > 0 else [])]
    context.close()

    assert {address: rules for address, rules in found.items() if rules} == {}


def names(page: Page, role: str) -> list[str]:
    """The accessible names of a kind of element in the month, as its tree has them."""
    tree = page.locator(".month table").aria_snapshot()
    return re.findall(rf'- {role} "([^"]+)"', tree)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_table_is_complete_in_the_accessibility_tree(
    content, page, page_without_scripts, has_scripts
):
    shown = page if has_scripts else page_without_scripts

    shown.goto(FEBRUARY)

    assert names(shown, "columnheader") == [
        "понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя",
    ]  # fmt: skip
    days = [name for name in names(shown, "link") if "събити" in name]
    assert days == [
        "12 февруари, 2 събития", "14 февруари, 1 събитие", "15 февруари, 1 събитие",
        "16 февруари, 1 събитие", "17 февруари, 1 събитие", "18 февруари, 1 събитие",
        "20 февруари, 1 събитие", "24 февруари, 5 събития",
    ]  # fmt: skip
    assert len(names(shown, "cell")) == 35
    expect(shown.get_by_role("table", name="февруари 2020 г.")).to_have_count(1)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_list_under_the_table_names_each_event_once(
    content, page, page_without_scripts, has_scripts
):
    shown = page if has_scripts else page_without_scripts
    shown.goto(FEBRUARY)

    items = shown.locator(".month__events li a").all_inner_texts()

    meetings = [f"Среща {number}" for number in range(5)]
    assert items == ["Заседание 0", "Заседание 1", "Годишна среща", "Семинар", *meetings]


def reached(page: Page, most: int = 120) -> list[str]:
    """Where Tab leads within the page, by the address of each link."""
    places = []
    for _step in range(most):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement.getAttribute('href') ?? document.activeElement.localName"
        )
        places.append(place)
        if place == "/bg/novini/" and len(places) > 40:
            break
    return places


def test_every_day_every_event_and_more_are_reached_by_keyboard(content, page):
    page.goto(FEBRUARY)

    places = reached(page)

    days = {f"{FEBRUARY}{day}/" for day in (12, 14, 15, 16, 17, 18, 20, 24)}
    assert days <= set(places)
    assert places.count(f"{FEBRUARY}24/") == 2  # the day, and „още 2“
    assert {"/bg/kalendar/2020/01/", "/bg/kalendar/2020/03/", "summary"} <= set(places)


def test_more_leads_to_the_day(content, page):
    page.goto(FEBRUARY)

    page.get_by_role("link", name="още 2 (24 февруари)", exact=True).click()

    expect(page.locator("h1")).to_have_text("понеделник, 24 февруари 2020 г.")
    expect(page.locator(".beside__main .event-row")).to_have_count(5)


def test_a_bar_lies_across_its_cells(content, page):
    page.goto(FEBRUARY)

    bars = [bar.bounding_box() for bar in page.locator(".bar").all()]
    cells = {
        day: page.locator(f"td:has(time[datetime='2020-02-{day}'])").bounding_box()
        for day in (14, 16, 17, 18)
    }

    for bar, (first, last) in zip(bars, ((14, 16), (17, 18)), strict=True):
        ends = cells[last]["x"] + cells[last]["width"]
        assert cells[first]["x"] < bar["x"] < cells[first]["x"] + 12
        assert ends - 12 < bar["x"] + bar["width"] < ends


def test_months_turn_in_place_and_focus_and_filters_stay(content, page):
    page.goto(f"{FEBRUARY}?attendance=on_site")
    page.evaluate("window.isSamePage = true")

    page.locator("[data-turn=next]").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".month caption")).to_have_text("март 2020 г.")
    expect(page.locator("[data-month-news]")).to_have_text("март 2020 г., 1 събитие")
    expect(page).to_have_url(re.compile("/2020/03/[?]attendance=on_site$"))
    assert page.evaluate("[window.isSamePage, document.activeElement.dataset.turn]") == [
        True,
        "next",
    ]
    way = page.get_by_role("link", name="Седмица", exact=True)
    expect(way).to_have_attribute(
        "href", "/bg/kalendar/2020/w09/?attendance=on_site&day=2020-03-01"
    )


def test_months_turn_by_links_without_scripts(content, page_without_scripts):
    page = page_without_scripts
    page.goto(FEBRUARY)

    page.locator("[data-turn=next]").click()

    expect(page.locator("caption")).to_have_text("март 2020 г.")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_form_of_filters_works(content, page, page_without_scripts, has_scripts):
    shown = page if has_scripts else page_without_scripts
    shown.goto("/bg/kalendar/spisak/?day=2020-02-01")

    shown.locator("summary", has_text="Филтри").click()
    shown.get_by_label("Град").select_option(label="София")
    shown.get_by_role("button", name="Покажи").click()

    expect(shown.locator(".beside__main .event-row__title")).to_have_text(["Годишна среща"])
    expect(shown.locator("h1")).to_have_text("Събития ден по ден от 1 февруари 2020 г.")
    shown.get_by_role("link", name="Премахване на филтъра").click()
    expect(shown.locator("h1")).to_have_text("Събития ден по ден от 1 февруари 2020 г.")
    expect(shown.locator(".beside__main .event-row__title")).to_have_count(10)


@pytest.fixture
def long_list(transactional_db: None) -> None:
    """Thirty events, two a day: a page of the list ends within a day."""
    first = midnight(timezone.localdate()) + timedelta(days=2, hours=9)
    for number in range(29):
        make_event(title_bg=f"Среща {number}", starts_at=first + timedelta(hours=12 * number))


def test_the_list_grows_in_place_says_so_and_moves_focus_to_what_is_new(long_list, page):
    page.goto("/bg/kalendar/spisak/")

    page.get_by_role("link", name="Още събития").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".agenda .event-row")).to_have_count(24)
    expect(page.locator("[data-agenda-news]")).to_have_text("Събития 1–24 от 29")
    expect(page.locator(":focus")).to_have_text("Среща 12")
    page.get_by_role("link", name="Още събития").click()
    expect(page.locator(".agenda .event-row")).to_have_count(29)
    expect(page.get_by_role("link", name="Още събития")).to_have_count(0)
    expect(page.locator(":focus")).to_have_text("Среща 24")
    days = page.locator(".agenda__day h2").all_inner_texts()
    assert len(days) == len(set(days)) == 15
    assert violations(page) == []


def test_the_list_goes_on_by_links_without_scripts(long_list, page_without_scripts):
    page = page_without_scripts
    page.goto("/bg/kalendar/spisak/")

    page.get_by_role("link", name="Още събития").click()

    expect(page.locator(".agenda .event-row")).to_have_count(12)
    expect(page.locator("[data-agenda-shown]")).to_have_text("Събития 13–24 от 29")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", [Month(2020, 2), Month(2020, 3)])
def test_a_month_prints_on_one_sheet(content, page, language, month):
    for number in range(40):  # six weeks, every cell as full as it gets
        make_event(
            title_bg="Заседание на Постоянната комисия по околна среда " * 3,
            starts_at=at(2020, 3, 1 + number % 30, 9), ends_at=at(2020, 3, 1 + number % 30 + 1, 9),
        )  # fmt: skip
    page.goto(f"{LANGUAGES[language]}{month.year}/{month.number:02}/")

    sheet = page.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox *\[([^]]+)\]", sheet)
    sizes = [[round(float(number)) for number in box.split()[2:]] for box in boxes]
    assert sizes == [[842, 595]]  # points: A4 on its side
