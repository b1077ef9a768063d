"""The pages of the history in a real browser: used as people use them, at any width, by anyone."""

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import Page, expect

from news.models import Article
from sorb.desk import history, log
from sorb.desk.models import Revision
from tests.browser.accessibility import violations
from tests.factories import make_article, make_document, make_image, make_topic
from tests.richtext.payloads import payloads

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "Общинитесдружениетоипредставителите" * 4


@pytest.fixture
def auditor(signed_in: Page, staff: User) -> Page:
    """The editor's page; the editor may read the log as well."""
    staff.user_permissions.add(Permission.objects.get(codename="view_entry"))
    return signed_in


def written(user: User) -> Article:
    """An article with a history of everything that a page of it shows."""
    article = make_article(
        title_bg="Срещата на кметовете ще е през май",
        body_bg="<h2>Програма</h2><p>Ще се обсъди бюджетът за 2026 г.</p><ul><li>хляб</li></ul>",
        cover=make_image(),
    )
    article.gallery.create(image=make_image(), order=0, caption_bg="Надпис")
    article.gallery.create(image=make_image(), order=1)
    history.record(article, user, Revision.Verb.CREATED)
    article.title_bg = "Срещата на кметовете ще е през юни"
    article.body_bg = (
        f"<h2>Програма</h2><p>Ще се обсъди проектобюджетът за 2026 г. {LONG}</p>"
        '<ul><li>хляб</li><li>сол и <a href="/bg/novini/">новини</a></li></ul>'
    )
    article.cover = None
    article.save()
    article.topics.add(make_topic())
    article.documents.create(document=make_document())
    article.gallery.filter(order=0).update(order=7, caption_bg="Друг надпис")
    history.record(article, user, Revision.Verb.RETURNED, note=f"Липсва дата. {LONG}")
    for number in range(3):
        article.lead_bg = f"Увод {number}"
        article.save()
        history.record(article, user, Revision.Verb.CHANGED)
    return article


def deleted(user: User) -> Revision:
    article = make_article(title_bg=f"Изтрита новина {LONG}")
    history.deleted(article, user)
    key = article.pk
    article.delete()
    revision: Revision = Revision.objects.get(object_id=key)
    return revision


def every_page(user: User) -> list[str]:
    article, gone = written(user), deleted(user)
    old, *_rest, new = Revision.objects.about(article).order_by("pk")
    own = f"/admin/news/article/{article.pk}/history/"
    log.note("sign_in_failed", name=LONG, words=LONG, address="2001:db8::1234:5678:9abc:def0")
    return [
        own,
        f"{own}compare/?old={old.pk}&new={new.pk}",
        f"{own}{old.pk}/",
        f"{own}{old.pk}/restore/",
        "/admin/desk/deleted/",
        f"/admin/desk/deleted/{gone.pk}/",
        "/admin/desk/entry/",
        "/admin/sections/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_fit_the_screen_and_break_no_rule(
    auditor: Page, staff: User, width: int, scheme: str
):
    page = auditor
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}

    for address in every_page(staff):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        for violation in violations(page, rules=RULES):
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found[f"{address} {violation['id']}"] = nodes

    assert not found, "\n".join(f"{where}: {nodes}" for where, nodes in found.items())


def test_two_are_chosen_compared_and_the_older_one_restored(signed_in: Page, staff: User):
    page, article = signed_in, written(staff)
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.locator("a.historylink").click()

    page.locator("[name=old]").last.check()
    page.locator(".history-compare button").click()
    expect(page.locator(".comparison del").first).to_contain_text("май")
    expect(page.locator(".comparison ins").first).to_contain_text("юни")
    page.locator(".history-actions a").first.click()
    page.locator(".history-actions button").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".history-row")).to_have_count(6)
    assert Article.objects.get().title_bg == "Срещата на кметовете ще е през май"
    assert Article.objects.get().gallery.first().caption_bg == "Надпис"


def test_the_history_needs_no_script(browser: object, live_server: object, staff: User, page: Page):
    context = browser.new_context(
        base_url=live_server.url, locale="bg-BG", java_script_enabled=False
    )
    plain = context.new_page()
    plain.goto("/admin/login/?next=/admin/")
    plain.fill("[name=username]", staff.username)
    plain.fill("[name=password]", "Проба-2026-тест")
    plain.click("[type=submit]")
    article = written(staff)

    plain.goto(f"/admin/news/article/{article.pk}/history/")
    plain.locator(".history-compare button").click()

    expect(plain.locator(".comparison-part")).to_have_count(1)
    context.close()


def test_what_was_deleted_comes_back_from_the_list(signed_in: Page, staff: User):
    page, revision = signed_in, deleted(staff)
    page.goto("/admin/sections/")
    page.locator("a[href='/admin/desk/deleted/']").click()

    page.locator(".history-row button").click()

    expect(page).to_have_url(
        f"{page.url.split('/admin/')[0]}/admin/news/article/{revision.object_id}/change/"
    )
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().status == "withdrawn"


def test_hostile_words_do_nothing(auditor: Page, staff: User):
    page = auditor
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    everywhere = "\n".join(payload.replace("\0", "") for payload in payloads())
    article = make_article()
    revisions = [
        Revision.objects.create(
            **Revision.of(article),
            verb="changed",
            version=0,
            saved_at=f"2025-10-0{day}T10:00Z",
            name=everywhere[:200],
            note=everywhere,
            author_name=everywhere[200:500],
            changes=["title_bg", everywhere[:90]],
            snapshot={
                "fields": {"title_bg": words, "body_bg": words, everywhere[:90]: words},
                "links": {},
                "rows": {"gallery": [{"pk": 1, "fields": {"caption_bg": words}}]},
            },
        )
        for day, words in ((1, everywhere[::-1]), (2, everywhere))
    ]
    log.note("changed", name=everywhere[:300], words=everywhere)
    old, new = (revision.pk for revision in revisions)
    own = f"/admin/news/article/{article.pk}/history/"

    for address in (
        own,
        f"{own}compare/?old={old}&new={new}",
        f"{own}{new}/",
        f"{own}{new}/restore/",
    ):
        page.goto(address)
        expect(page.locator("#content-main")).to_contain_text("alert(1)")
    page.goto("/admin/desk/entry/")
    expect(page.locator("#result_list")).to_contain_text("alert(1)")

    assert dialogs == []
