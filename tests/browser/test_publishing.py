"""The whole way: an editor publishes in the real admin, a visitor reads in both languages."""

import base64
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Event
from news.models import Article
from tests.factories import (
    make_category,
    make_event_type,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
    photo,
)

SEED = Path(__file__).parent.parent / "richtext/article-2019-secretaries.txt"

DROP = """
([zone, files]) => {
    const carried = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, {type: 'image/jpeg'}));
    }
    for (const kind of ['dragenter', 'dragover', 'drop']) {
        const options = {dataTransfer: carried, bubbles: true, cancelable: true};
        zone.dispatchEvent(new DragEvent(kind, options));
    }
}
"""


def drop(page: Page, zone: str, pictures: list[bytes]) -> None:
    """Drop files on a place of the page together, as from a folder."""
    files = [[f"photo-{n}.jpg", base64.b64encode(data).decode()] for n, data in enumerate(pictures)]
    page.evaluate(DROP, [page.locator(zone).element_handle(), files])


def paste(page: Page, editor: str, text: str) -> None:
    """Paste plain text into a rich-text editor, from the clipboard by the keyboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(editor).click()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def choose(page: Page, field: str, words: str, within: str = "") -> None:
    """Choose from an autocomplete by typing."""
    page.locator(f"{within} .field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).click()


def show_both_languages(page: Page) -> None:
    page.locator("[data-languages-switch] label", has=page.locator("[value=both]")).click()


def save(page: Page) -> None:
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def publish(page: Page) -> None:
    """Publish, and confirm what the gate asks about."""
    page.locator("[name=_publish]").click()
    page.locator(".gate [name=_publish_anyway]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_the_article_of_2019_is_pasted_as_it_is_and_read_as_it_should_be(signed_in: Page):
    make_category(name_bg="Новини")
    page = signed_in
    lines = SEED.read_text().splitlines()
    title = lines[0]
    body = "\n".join(line for line in lines if line != title)

    page.goto("/admin/news/article/add/")
    page.fill("[name=title_bg]", title)
    paste(page, ".cke_wysiwyg_div[lang=bg], #cke_id_body_bg .cke_wysiwyg_div", body)
    page.select_option("[name=category]", label="Новини")
    drop(page, "#gallery-group [data-drop]", [photo((900, 600), seed) for seed in range(5)])
    expect(page.locator("#gallery-group [data-row]")).to_have_count(5)
    publish(page)

    article = Article.objects.get()
    page.goto("/bg/novini/")
    page.get_by_role("link", name=title).click()
    expect(page).to_have_url(re.compile(article.get_absolute_url("bg") + "$"))
    assert page.locator("h1").all_inner_texts() == [title]
    assert page.locator("body").inner_text().count(title) == 2  # the heading and the breadcrumb
    items = page.locator(".prose ul > li")
    expect(items).to_have_count(5)
    assert items.first.inner_text().startswith("Ангажименти на общините")
    assert page.locator(".prose p").count() == 9
    assert [text for text in page.locator(".prose p").all_inner_texts() if not text.strip()] == []
    assert "•" not in page.locator("main").inner_text()
    assert (
        "„Информационни системи и оперативна съвместимост“" in page.locator(".prose").inner_text()
    )
    expect(page.locator("[data-gallery] figure")).to_have_count(5)
    widths = page.locator(".gallery img").evaluate_all(
        "async (all) => { for (const i of all) { i.loading = 'eager'; await i.decode(); }"
        " return all.map((i) => i.naturalWidth); }"
    )
    assert min(widths) > 0
    expect(page.locator("aside table caption")).to_be_visible()

    page.get_by_role("link", name="Назад").click()
    expect(page).to_have_url(re.compile("/bg/novini/$"))


def test_february_2020_is_the_old_sites_table(page: Page):
    from_february = timezone.datetime(2020, 2, 24, 10, tzinfo=timezone.get_current_timezone())
    make_event_of(from_february)

    page.goto("/bg/kalendar/2020/02/")

    table = page.locator("main table")
    initials = table.locator("th[scope=col] [aria-hidden=true]").all_inner_texts()
    assert initials == ["П", "В", "С", "Ч", "П", "С", "Н"]
    days = table.locator("td time").evaluate_all(
        "(all) => all.map((t) => Number(t.dateTime.slice(8)))"
    )
    assert days == [27, 28, 29, 30, 31, *range(1, 30), 1]
    expect(table.get_by_role("link", name="24 февруари, 1 събитие")).to_be_visible()


def make_event_of(starts_at: timezone.datetime) -> Event:
    return Event.objects.create(
        title_bg="Среща",
        type=make_event_type(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        status="published",
    )


def test_an_event_entered_in_the_admin_appears_everywhere_in_both_languages(signed_in: Page):
    make_event_type(name_bg="Конференция", name_en="Conference")
    make_venue(name_bg="Зала „Средец“", name_en="Sredets Hall")
    make_topic(name_bg="Отпадъци", name_en="Waste")
    people = [
        make_speaker(name_bg=f"{name} Петрова", name_en=f"{latin} Petrova")
        for name, latin in (("Ана", "Ana"), ("Вера", "Vera"), ("Зоя", "Zoya"))
    ]
    hosts = [
        make_organization(name_bg=f"Съюз {name}", name_en=f"Union {latin}")
        for name, latin in (
            ("Първи", "One"),
            ("Втори", "Two"),
            ("Трети", "Three"),
            ("Четвърти", "Four"),
        )
    ]
    first = timezone.localdate() + timedelta(days=3)
    second = first + timedelta(days=1)
    page = signed_in

    page.goto("/admin/events/event/add/")
    show_both_languages(page)
    page.fill("[name=title_bg]", "Форум за отпадъците")
    page.fill("[name=title_en]", "The waste forum")
    page.select_option("[name=type]", label="Конференция")
    page.fill("[name=start_day]", f"{first:%d.%m.%Y}")
    page.fill("[name=start_time]", "09:30")
    page.fill("[name=end_day]", f"{second:%d.%m.%Y}")
    page.fill("[name=end_time]", "13:00")
    choose(page, "venue", "Средец")
    for number, (person, role) in enumerate(
        zip(people, ("opening", "speaker", "moderator"), strict=True)
    ):
        page.locator("#appearances-group [data-rows-add]").click()
        row = f"#appearances-group [data-row]:nth-of-type({number + 1})"
        choose(page, "speaker", person.name_bg, row)
        page.select_option(f"[name=appearances-{number}-role]", role)
    page.fill("[name=appearances-1-position_bg]", "главен еколог")
    page.fill("[name=appearances-1-position_en]", "Chief Ecologist")
    programme = [
        (first, "09:30", "Откриване", "Opening"),
        (second, "10:00", "Дискусия", "Discussion"),
    ]
    for number, (day, clock, bg, en) in enumerate(programme):
        page.locator("#programme-group [data-rows-add]").click()
        page.fill(f"[name=programme-{number}-day]", f"{day:%d.%m.%Y}")
        page.fill(f"[name=programme-{number}-start_time]", clock)
        page.fill(f"[name=programme-{number}-title_bg]", bg)
        page.fill(f"[name=programme-{number}-title_en]", en)
    roles = ("organizer", "co_organizer", "partner", "sponsor")
    for number, (host, role) in enumerate(zip(hosts, roles, strict=True)):
        page.locator("#participations-group [data-rows-add]").click()
        row = f"#participations-group [data-row]:nth-of-type({number + 1})"
        choose(page, "organization", host.name_bg, row)
        page.select_option(f"[name=participations-{number}-role]", role)
    page.locator("[name=_publish]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    event = Event.objects.get()
    month = f"{first:%Y/%m}"
    for language, title, words in (
        (
            "bg",
            "Форум за отпадъците",
            ["Откриване", "Дискусия", "главен еколог", "Ана Петрова", "Съюз Четвърти"],
        ),
        (
            "en",
            "The waste forum",
            ["Opening", "Discussion", "Chief Ecologist", "Ana Petrova", "Union Four"],
        ),
    ):
        page.goto(event.get_absolute_url(language))
        assert page.locator("h1").all_inner_texts() == [title]
        text = page.locator("main").inner_text()
        assert [word for word in words if word not in text] == []
        calendar = "kalendar" if language == "bg" else "calendar"
        lists = [
            f"/{language}/",
            "/bg/sabitiya/" if language == "bg" else "/en/events/",
            f"/{language}/{calendar}/{month}/",
            f"/{language}/{calendar}/{first:%Y/%m/%d}/",
            f"/{language}/{calendar}/{second:%Y/%m/%d}/",
            *(thing.get_absolute_url(language) for thing in (*people, *hosts)),
        ]
        for path in lists:
            assert page.goto(path).status == 200, path
            assert (
                page.locator(f"main a[href='{event.get_absolute_url(language)}']").count() >= 1
            ), path
            assert title in page.locator("main").inner_text(), path


@pytest.mark.parametrize("width", [360, 1280])
def test_the_admin_form_fits_the_screen(signed_in: Page, width: int):
    make_category()
    signed_in.set_viewport_size({"width": width, "height": 800})

    for path in (
        "/admin/",
        "/admin/news/article/",
        "/admin/news/article/add/",
        "/admin/events/event/add/",
    ):
        signed_in.goto(path)
        wide = signed_in.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
