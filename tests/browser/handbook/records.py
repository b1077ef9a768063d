"""What was done and by whom, and how it is undone."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from playwright.sync_api import expect

from news.models import Article
from sorb.desk import history, log
from sorb.desk.models import Entry, Revision

from . import content
from .walk import Walk

KEY = "gabrovo-energy"


def written_by_two(walk: Walk, editor: User) -> Article:
    """A news item with a history: written, returned, corrected, published."""
    author = walk.person("author", "Весела Рангелова", "Vesela Rangelova")
    content.category()
    title, lead = (content.text_of(KEY, name, walk.language) for name in ("title", "lead"))
    field = {name: f"{name}_{walk.language}" for name in ("title", "lead")}
    first = {field["title"]: walk.told("Габрово спести от отопление", "Gabrovo saves on heating")}
    article = content.article(KEY, **first, **{field["lead"]: lead.partition(",")[0] + "."})
    note = walk.told("Кажете колко е спестено.", "Say how much was saved.")
    steps: list[tuple[User, str, dict[str, Any], str]] = [
        (author, Revision.Verb.CREATED, {}, ""),
        (editor, Revision.Verb.RETURNED, {}, note),
        (author, Revision.Verb.SENT, {field["title"]: title}, ""),
        (editor, Revision.Verb.PUBLISHED, {field["lead"]: lead}, ""),
    ]
    for user, verb, changed, said in steps:
        for name, value in changed.items():
            setattr(article, name, value)
        article.save()
        history.record(article, user, verb, note=said)
        walk.clock.shift(timedelta(minutes=25))
    return article


def going_back(walk: Walk) -> None:
    window = walk.window
    editor = walk.person("editor", "Румяна Халачева", "Rumyana Halacheva")
    article = written_by_two(walk, editor)
    title = getattr(article, f"title_{walk.language}")
    walk.sign_in(editor)
    window.goto(content.form_of(article))

    walk.press("History")
    walk.show("history", ".history-list")
    window.locator("[name=old]").last.check()
    walk.press("Compare the chosen two")
    walk.show("comparison", ".history-two", ".comparison")
    window.go_back()
    expect(walk.find(walk.word("Compare with now"))).to_be_visible()
    window.locator(".history-row").last.get_by_role("link", name=walk.word("Restore")).click()
    walk.press("Restore", "#content form")
    walk.expect_message()
    article.refresh_from_db()
    assert getattr(article, f"title_{walk.language}") != title
    assert article.is_visible

    bring_back(walk, article)


def bring_back(walk: Walk, article: Article) -> None:
    """Delete it, and recover it."""
    window = walk.window
    window.goto(f"{content.form_of(article)}../delete/")
    window.locator("#content form [type=submit]").click()
    walk.expect_message()
    walk.press("All sections")
    walk.press("Recover what was deleted")
    walk.press("Recover", ".history-list")
    walk.expect_message()
    assert Article.objects.get().status == "withdrawn"


def who_did_what(walk: Walk) -> None:
    window = walk.window
    editor = walk.person("editor", "Румяна Халачева", "Rumyana Halacheva")
    article = written_by_two(walk, editor)
    picture = content.picture("pic-04")
    title = content.text_of(KEY, "title", walk.language)
    name = picture.title_bg if walk.language == "bg" else picture.title_en
    Entry.objects.update(name=title)
    log.note(Entry.Action.SHARED, user=editor, item=article, name=title)
    log.note(Entry.Action.UPLOADED, user=editor, item=picture, name=name)
    log.note(Entry.Action.SIGN_IN_FAILED, name="admin", address="203.0.113.7")
    walk.clock.shift(timedelta(minutes=10))

    walk.sign_in(editor)
    walk.press("All sections")
    walk.press("log", "#content")
    walk.show("log", "#changelist")
    window.fill("#searchbar", "203.0.113.7")
    walk.press("Find")
    expect(window.locator("#result_list tbody tr")).to_have_count(1)
