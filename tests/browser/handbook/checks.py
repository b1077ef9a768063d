"""What the site asks before something is published."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.keeping import open_form

from . import content
from .walk import Walk

BODIES = {
    "body_bg": '<h2>По график</h2><p>Екипите и дните са <a href="/bg/novini/grafik/">тук</a>.</p>',
    "body_en": '<h2>By timetable</h2><p>Teams and days: <a href="/en/news/teams/">here</a>.</p>',
}


def before_publishing(walk: Walk) -> None:
    window = walk.window
    content.category()
    cover = content.picture("pic-04", alternative_bg="", alternative_en="")
    article = content.article(
        "smolyan-home-care", status="draft", published_at=None, cover=cover, **BODIES
    )
    walk.sign_in(walk.person("editor", "Румяна Халачева", "Rumyana Halacheva"))

    open_form(window, content.form_of(article))
    walk.press("Publish", ".submit-row")
    walk.show("checks", ".gate")
    article.refresh_from_db()
    assert article.published_at is None
    window.locator(".gate a[href='#id_body_en']").first.click()
    expect(window.locator(".field-body_en .cke_wysiwyg_div")).to_be_focused()

    walk.press("Publish all the same")
    walk.expect_message()
    article.refresh_from_db()
    assert article.published_at == timezone.now()
