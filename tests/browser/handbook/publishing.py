"""From a draft to a page that readers see."""

from datetime import timedelta

from playwright.sync_api import expect

from news.models import Article

from . import content
from .walk import Walk

KEY = "burgas-buses"


def from_draft_to_page(walk: Walk) -> None:
    content.category()
    author = walk.person("author", "Весела Рангелова", "Vesela Rangelova")
    editor = walk.person("editor", "Румяна Халачева", "Rumyana Halacheva")

    walk.sign_in(author)
    send_for_review(walk)
    walk.sign_in(editor)
    return_for_correction(walk)
    form = content.form_of(Article.objects.get())
    walk.sign_in(author, form)
    correct_it(walk)
    walk.sign_in(editor, form)
    schedule_it(walk)

    readers_see(walk, times=0)
    walk.clock.shift(timedelta(days=1))
    readers_see(walk, times=1)


def open_it(walk: Walk) -> None:
    """From the start page."""
    title = content.text_of(KEY, "title", walk.language)
    walk.window.get_by_role("link", name=title).click()


def send_for_review(walk: Walk) -> None:
    window = walk.window
    walk.press("New news item")
    for code in ("bg", "en"):
        window.locator(f".languages [value={code}]").check()
        window.fill(f"[name=title_{code}]", content.text_of(KEY, "title", code))
        window.fill(f"[name=lead_{code}]", content.text_of(KEY, "lead", code))
    window.select_option("[name=category]", index=1)
    expect(walk.find(walk.word("Save draft"))).to_be_visible()
    walk.press("Send for review")
    walk.expect_message()


def return_for_correction(walk: Walk) -> None:
    section = walk.window.locator("#start-review")
    expect(section).to_contain_text(walk.word("Waiting for review"))
    open_it(walk)
    walk.press("More")
    note = walk.told(
        "Липсва телефонът за заявки. Допълнете го и изпратете отново.",
        "The telephone number for requests is missing. Add it and send it again.",
    )
    walk.window.fill("[name=return_note]", note)
    walk.show("buttons", ".submit-row")
    walk.press("Return for correction")
    walk.expect_message()


def correct_it(walk: Walk) -> None:
    walk.show("returned", ".desk")
    walk.window.locator(".languages [value=bg]").check()
    walk.window.fill("[name=lead_bg]", content.text_of(KEY, "lead", "bg") + " Тел. 0700 12 345.")
    walk.press("Send for review")
    walk.expect_message()


def schedule_it(walk: Walk) -> None:
    walk.window.fill("[name=published_at_0]", "07.10.2026")
    walk.window.fill("[name=published_at_1]", "09:00")
    walk.publish()
    walk.window.goto("/admin/")
    expect(walk.window.locator("#start-scheduled")).to_contain_text(walk.word("Will be published"))
    open_it(walk)
    walk.show("scheduled", ".desk")


def readers_see(walk: Walk, times: int) -> None:
    walk.window.goto(walk.told("/bg/novini/", "/en/news/"))
    title = content.text_of(KEY, "title", walk.language)
    expect(walk.window.locator("main").get_by_role("link", name=title)).to_have_count(times)
