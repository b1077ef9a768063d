"""What is published is changed: aside, or by two people at once."""

from django.contrib.auth.models import User
from playwright.sync_api import expect

from news.models import Article
from sorb.desk import history
from sorb.desk.models import Revision
from tests.browser.keeping import open_form

from . import content
from .walk import Walk

KEY = "belogradchik-care"


def published(walk: Walk, author: User) -> Article:
    content.category()
    article = content.article(KEY)
    history.record(article, author, Revision.Verb.PUBLISHED)
    return article


def longer_lead(walk: Walk) -> str:
    more = walk.told(" Приемът започва на 2 ноември.", " Admission begins on 2 November.")
    return content.text_of(KEY, "lead", walk.language) + more


def open_lead(walk: Walk, article: Article) -> None:
    open_form(walk.window, content.form_of(article))
    walk.window.locator(f".languages [value={walk.language}]").check()


def without_showing_it(walk: Walk) -> None:
    window = walk.window
    editor = walk.person("editor", "Румяна Халачева", "Rumyana Halacheva")
    article, lead = published(walk, editor), longer_lead(walk)
    page = article.get_absolute_url(walk.language)

    walk.sign_in(editor)
    open_lead(walk, article)
    expect(walk.find(walk.word("Save and show to readers"))).to_be_visible()
    window.fill(f"[name=lead_{walk.language}]", lead)
    walk.press("Save as working copy")
    walk.expect_message()
    open_lead(walk, article)
    window.locator(".desk-copy summary").click()
    walk.show("working-copy", ".desk")
    window.goto(page)
    expect(window.locator("main")).not_to_contain_text(lead)

    open_lead(walk, article)
    expect(walk.find(walk.word("Save the working copy"))).to_be_visible()
    walk.publish("Publish the changes")
    window.goto(page)
    expect(window.locator("main")).to_contain_text(lead)


def two_people_at_once(walk: Walk) -> None:
    window, field = walk.window, f"lead_{walk.language}"
    editor = walk.person("editor", "Румяна Халачева", "Rumyana Halacheva")
    other = walk.person("editor", "Боян Явашев", "Boyan Yavashev")
    article, lead = published(walk, editor), longer_lead(walk)
    theirs = walk.told(
        "Двадесет и пет възрастни хора ще прекарват деня в обновеното училище.",
        "Twenty-five older people will spend their days in the renovated school.",
    )

    walk.sign_in(editor)
    open_lead(walk, article)
    window.fill(f"[name={field}]", lead)
    Article.objects.filter(pk=article.pk).update(**{field: theirs, "version": article.version + 1})
    article.refresh_from_db()
    history.record(article, other, Revision.Verb.CHANGED)
    walk.press("Save and show to readers")
    walk.show("two-versions", ".conflict")
    expect(walk.find(walk.word("Keep what the other person saved"))).to_be_visible()
    article.refresh_from_db()
    assert getattr(article, field) == theirs

    walk.press("Take what I wrote")
    walk.press("Save and show to readers")
    walk.expect_message()
    article.refresh_from_db()
    assert getattr(article, field) == lead
