"""Every kind of page in a real browser: accessible, at home in every width and without scripts."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, expect

from events.models import (
    Appearance,
    Event,
    EventDocument,
    EventImage,
    Organization,
    Participation,
    ProgrammeItem,
    Series,
    Speaker,
)
from news.models import Article, ArticleDocument, ArticleImage, Category
from sorb.dates import moment
from sorb.publishing.models import Topic
from tests.browser.accessibility import violations
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

LANGUAGES = ("bg", "en")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAD = (
    "[document.querySelectorAll('h1').length, document.title !== '', document.documentElement.lang]"
)
LONG_BODY = (
    "<h2>Първи ден</h2><p>Участниците обсъдиха <a href='https://example.org/'>проекта</a>.</p>"
    "<ul><li>едно</li><li>две</li></ul><table><thead><tr><th>Община</th><th>Сума</th></tr></thead>"
    "<tbody><tr><td>Русе</td><td>1200</td></tr></tbody></table><blockquote><p>Съгласни.</p></blockquote>"
)


def noon(days: int, hour: int = 12):
    """A moment some days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return moment(day, timezone.datetime(2000, 1, 1, hour).time())


@pytest.fixture
def content(transactional_db: None) -> None:
    """One of everything that a page can show."""
    topic = make_topic(name_bg="Отпадъци", name_en="Waste")
    make_category(name_bg="Законодателство", name_en="Legislation")
    town = make_organization(name_bg="Община Русе", name_en="", kind="municipality", is_listed=True)
    host = make_organization(
        name_bg="Национално сдружение", name_en="National Association", kind="association",
        logo=make_image(), text_bg="Първо.\n\nВторо.", site="https://example.org/",
    )  # fmt: skip
    event = _full_event(topic, host)
    _events_of_every_state()
    article = make_article(
        title_bg="Секретарите обсъдиха изборите", title_en="Secretaries discussed the elections",
        body_bg=LONG_BODY, cover=make_image(), event=event, byline_bg="Пресцентър",
        pinned_until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    article.topics.add(topic)
    article.municipalities.add(town)
    for order in range(3):
        image = make_image(caption_bg=f"Надпис {order}", credit="Архив")
        ArticleImage.objects.create(article=article, image=image, order=order)
    ArticleDocument.objects.create(article=article, document=make_document())
    make_article(title_bg="Само на български", title_en="", lead_en="", body_en="")
    for _number in range(13):
        make_article(cover=None)


def _full_event(topic: Topic, host: Organization) -> Event:
    """A conference of two days with a programme, people and papers."""
    speaker = make_speaker(organization=host, photo=make_image(), biography_bg="Юрист.")
    event = make_event(
        title_bg="Годишна среща на местните власти", title_en="Annual meeting of local authorities",
        body_bg=LONG_BODY, cover=make_image(), venue=make_venue(address_bg="ул. „Липова“ № 8"),
        hall_bg="Зала 1", attendance="both", online_address="https://example.org/join",
        registration_address="https://example.org/form", languages=["bg", "en"],
        starts_at=noon(3), ends_at=noon(4),
    )  # fmt: skip
    event.topics.add(topic)
    event.series = Series.objects.create(title_bg="Годишни срещи", title_en="Annual meetings")
    event.save()
    item = ProgrammeItem.objects.create(
        event=event, starts_at=noon(3), ends_at=noon(3, 13), title_bg="Откриване", kind="ceremony"
    )
    ProgrammeItem.objects.create(
        event=event, starts_at=noon(3, 13), ends_at=noon(3, 14), title_bg="Обяд", kind="break"
    )
    Appearance.objects.create(event=event, speaker=speaker, item=item, role="opening")
    Appearance.objects.create(event=event, speaker=make_speaker(name_en=""), item=item)
    Participation.objects.create(event=event, organization=host)
    EventImage.objects.create(event=event, image=make_image(), is_decorative=True)
    EventDocument.objects.create(event=event, document=make_document())
    return event


def _events_of_every_state() -> None:
    for days, state in enumerate(("cancelled", "postponed", "rescheduled", "moved_online"), 5):
        make_event(
            title_bg=f"Събитие: {state}", title_en="", state=state, state_note_bg="Поради времето.",
            starts_at=noon(days), ends_at=noon(days, 14), previous_starts_at=noon(1),
        )  # fmt: skip
    make_event(starts_at=noon(3, 15), ends_at=noon(3, 16), title_bg="Уебинар", attendance="online")
    make_event(starts_at=noon(6), ends_at=noon(6), is_deadline=True, title_bg="Подаване на проекти")
    make_event(starts_at=noon(-40), ends_at=noon(-38), title_bg="Минала среща")


def addresses(language: str) -> list[str]:
    """Every kind of page, and pages of every kind of item."""
    day = timezone.localdate() + timedelta(days=3)
    year, month = Article.objects.earliest("published_at").published_at.timetuple()[:2]
    things = [
        *Event.objects.all(),
        *Article.objects.exclude(title_bg__startswith="Новина"),
        *Speaker.objects.all(),
        *Organization.objects.all(),
        *Topic.objects.all(),
        *Category.objects.all(),
        *Series.objects.all(),
    ]
    with translation.override(language):
        return [
            *(reverse(name) for name in (
                "home", "news:article_list", "events:event_list", "events:event_past",
                "events:organization_list", "events:speaker_list", "events:series_list",
                "calendar:calendar_now", "calendar:calendar_agenda",
            )),
            f"{reverse('events:event_list')}?attendance=online&q=уебинар",
            reverse("calendar:calendar_year", args=[day.year]),
            reverse("calendar:calendar_week", args=day.isocalendar()[:2]),
            f"{reverse('news:article_list')}?page=2",
            reverse("news:article_year", args=[year]),
            reverse("news:article_month", args=[year, month]),
            reverse("calendar:calendar_month", args=[day.year, day.month]),
            reverse("calendar:calendar_day", args=[day.year, day.month, day.day]),
            f"/{language}/nyama-takava/",
            *(thing.get_absolute_url(language) for thing in things),
            *(event.programme_address(language) for event in Event.objects.exclude(programme=None)),
        ]  # fmt: skip


def findings(page: Page) -> list[str]:
    """What axe finds: the rule, and the first element that breaks it."""
    found = violations(page, rules=RULES)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def address_of(name: str, *args: int) -> str:
    return reverse(name, args=args)


@pytest.fixture
def narrow_dark_page(browser: Browser, live_server: object) -> Iterator[Page]:
    """320 pixels, dark, as on a telephone in the evening, or on a desktop at 400 per cent."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, color_scheme="dark"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def page_without_scripts(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_accessible_and_has_one_h1_a_title_and_its_language(
    content, page, language
):
    found, heads = {}, {}

    for address in addresses(language):
        page.goto(address)
        found[address] = findings(page)
        heads[address] = page.evaluate(HEAD)

    assert {address: rules for address, rules in found.items() if rules} == {}
    assert [address for address, head in heads.items() if head != [1, True, language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_narrow_dark_screen_and_nothing_scrolls_sideways(
    content, narrow_dark_page, language
):
    page = narrow_dark_page
    found = {}

    for address in addresses(language):
        page.goto(address)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[address] = [*findings(page), *([f"{too_wide} px"] if too_wide > 0 else [])]

    assert {address: rules for address, rules in found.items() if rules} == {}


def test_nothing_scrolls_sideways_when_text_is_twice_as_large(content, page):
    too_wide = {}

    for address in addresses("bg"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        too_wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {address: width for address, width in too_wide.items() if width > 0} == {}


def test_no_page_sets_a_cookie_or_stores_anything(content, page):
    for address in addresses("bg"):
        page.goto(address)

    stored = page.evaluate("localStorage.length + sessionStorage.length")

    assert (page.context.cookies(), stored) == ([], 0)


def test_the_keyboard_reaches_the_content_first(content, page):
    page.goto("/bg/novini/")

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Към съдържанието")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_have_text("Начало")


def test_a_day_says_its_date_and_its_number_of_events(content, page):
    day = timezone.localdate() + timedelta(days=3)
    page.goto(address_of("calendar:calendar_month", day.year, day.month))
    with translation.override("bg"):
        name = f"{day.day} {translation.gettext(day.strftime('%B'))}, 2 събития"

    link = page.get_by_role("link", name=name, exact=True)

    expect(link).to_have_count(1)


def test_the_month_beside_a_page_turns_in_place(content, page):
    page.goto("/bg/novini/")
    address = page.url
    caption = page.locator(".month caption")
    first = caption.inner_text()
    link = page.locator("[data-turn=next]")
    name = link.inner_text().strip(" ›")

    link.focus()
    page.keyboard.press("Enter")

    expect(caption).to_have_text(name)
    assert (page.url, first != name) == (address, True)
    expect(page.locator("[data-month-news]")).to_have_text(re.compile(f"{name}, \\d+ събити[ея]"))
    expect(page.locator(":focus")).to_have_attribute("data-turn", re.compile("next|previous"))


def test_the_height_of_the_month_does_not_jump(content, page):
    page.goto("/bg/novini/")
    sheet = page.locator(".month__sheet")
    caption = page.locator(".month caption")
    before = sheet.bounding_box()["height"]
    name = page.locator("[data-turn=previous]").inner_text().strip("‹ ")

    page.locator("[data-turn=previous]").click()
    expect(caption).to_have_text(name)

    assert sheet.bounding_box()["height"] == before


def test_the_page_of_the_calendar_keeps_its_address_true(content, page):
    page.goto("/bg/kalendar/")
    own = page.locator("caption").inner_text()
    name = page.locator("[data-turn=previous]").inner_text().strip("‹ ")

    page.locator("[data-turn=previous]").click()
    expect(page.locator("caption")).to_have_text(name)
    turned = page.url
    title = page.title()
    page.go_back()

    expect(page.locator("caption")).to_have_text(own)
    assert re.search(r"/bg/kalendar/\d{4}/\d{2}/$", turned)
    assert title.startswith(f"Календар на събитията, {name}")


def test_the_month_turns_without_scripts(content, page_without_scripts):
    page = page_without_scripts
    page.goto("/bg/novini/")
    name = page.locator("[data-turn=next]").inner_text().strip(" ›")

    page.locator("[data-turn=next]").click()

    expect(page.locator("caption")).to_have_text(name)
    assert "/bg/kalendar/" in page.url


def test_a_picture_is_enlarged_without_leaving_the_page(content, page):
    article = Article.objects.get(title_en__startswith="Secretaries")
    page.goto(article.get_absolute_url("bg"))
    links = page.locator("[data-gallery] a")
    dialog = page.locator("dialog.lightbox")

    links.nth(0).focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    expect(dialog.locator("figcaption")).to_contain_text("Надпис 0")
    assert findings(page) == []
    page.keyboard.press("ArrowRight")
    expect(dialog.locator("[data-place]")).to_have_text("2 / 3")
    expect(dialog.locator("figcaption")).to_contain_text("Надпис 1")
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_a_picture_opens_without_scripts(content, page_without_scripts):
    page = page_without_scripts
    article = Article.objects.get(title_en__startswith="Secretaries")
    page.goto(article.get_absolute_url("bg"))

    page.locator("[data-gallery] a").first.click()

    assert re.search(r"/media/.+\.jpe?g$", page.url)


def test_back_returns_to_the_list_at_the_same_place(content, page):
    page.goto("/bg/novini/?page=2")
    page.locator(".card a").last.click()
    page.wait_for_url("**/novini/*/")

    page.locator("[data-back]").click()

    page.wait_for_url("**/bg/novini/?page=2")


def test_back_leads_to_the_list_for_who_came_from_elsewhere(content, page):
    article = Article.objects.get(title_en__startswith="Secretaries")
    page.goto(article.get_absolute_url("bg"))

    page.locator("[data-back]").click()

    page.wait_for_url("**/bg/novini/")


def test_the_calendar_menu_opens_and_closes_by_keyboard(content, page):
    event = Event.objects.get(title_en__startswith="Annual")
    page.goto(event.get_absolute_url("bg"))
    button = page.locator(".menu summary")

    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu a").first).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.locator(".menu a").first).to_be_hidden()
    expect(button).to_be_focused()


def test_an_untranslated_article_is_read_in_bulgarian_under_a_notice(content, page):
    article = Article.objects.get(title_bg="Само на български")

    page.goto(article.get_absolute_url("en"))

    expect(page.locator(".notice")).to_contain_text("has not been translated")
    expect(page.locator("h1")).to_have_attribute("lang", "bg")
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_link_leads_to_the_same_thing(content, page, language):
    other = "en" if language == "bg" else "bg"
    wrong = {}

    for address in addresses(language):
        if "nyama-takava" in address:
            continue
        page.goto(address)
        href = page.locator("a.language").get_attribute("href")
        status = page.request.get(href).status
        if status != 200 or not href.startswith(f"/{other}/"):
            wrong[address] = (href, status)

    assert wrong == {}


def test_with_scripts_off_every_page_still_shows_its_words(content, page_without_scripts):
    page = page_without_scripts
    empty = []

    for address in addresses("bg"):
        page.goto(address)
        if len(page.locator("main").inner_text()) < 40:
            empty.append(address)

    assert empty == []
