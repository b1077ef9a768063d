"""Roles and the way from idea to page; the database decides, not the form."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from sorb.desk import roles
from sorb.desk.models import Entry, Revision
from tests.admin.filling import filled
from tests.factories import make_article, make_category, make_image

ADD = "admin:news_article_add"


def change(item):
    return reverse("admin:news_article_change", args=[item.pk])


def standing(item):
    item.refresh_from_db()
    return item.status


def test_the_set_up_makes_the_roles_with_their_permissions():
    made = {
        group.name: set(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.filter(name__in=roles.TABLE)
    }

    assert made == {role: roles.codenames(role) for role in roles.TABLE}
    assert made["author"].isdisjoint({("news", "publish_article"), ("news", "delete_article")})


def test_an_author_writes_a_draft_and_sends_it_for_review(authors_desk, author):
    page = authors_desk.get(reverse(ADD))
    typed = filled(page, title_bg="Чернова", lead_bg="Увод", category=make_category().pk)
    authors_desk.post(reverse(ADD), typed | {"_save": ["1"]})
    article = Article.objects.get()
    assert (article.status, article.created_by) == ("draft", author)

    authors_desk.post(change(article), filled(authors_desk.get(change(article)), _send="1"))

    assert standing(article) == "in_review"
    assert [entry.action for entry in Entry.objects.all()] == ["sent", "created"]


def test_an_author_is_offered_no_way_to_publish(authors_desk, author):
    article = make_article(status="draft", created_by=author)

    page = authors_desk.get(change(article))

    assert [button["name"] for button in page.context["verbs"]["buttons"]] == ["_save", "_send"]
    assert "published_at" not in filled(page)


@pytest.mark.parametrize(
    "forged",
    [
        {"_publish": "1"},
        {"_publish_anyway": "1"},
        {"status": "published"},
        {"_withdraw": "1"},
        {"_return": "1"},
        {"_working": "1"},
    ],
)
def test_a_forged_request_of_an_author_changes_nothing(authors_desk, author, forged):
    article = make_article(title_bg="Чернова", status="draft", created_by=author)
    typed = filled(authors_desk.get(change(article)), title_bg="Подправена", **forged)

    answer = authors_desk.post(change(article), typed)

    assert answer.status_code == 403
    assert standing(article) == "draft"
    assert article.title_bg == "Чернова"
    assert not Revision.objects.exists()


def test_a_moment_forged_by_an_author_is_no_moment(authors_desk, author):
    article = make_article(status="draft", created_by=author, published_at=None)
    typed = filled(
        authors_desk.get(change(article)), published_at_0="03.10.2020", published_at_1="10:00"
    )

    authors_desk.post(change(article), typed)

    article.refresh_from_db()
    assert article.published_at is None


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "withdrawn"])
def test_an_author_cannot_touch_what_is_anothers(authors_desk, state):
    article = make_article(title_bg="Чужда", status=state)

    answer = authors_desk.post(change(article), {"title_bg": "Моя"})

    assert answer.status_code == 403
    assert authors_desk.get(change(article)).status_code == (200 if state == "published" else 403)
    article.refresh_from_db()
    assert article.title_bg == "Чужда"


def test_an_authors_own_published_item_is_for_reading(authors_desk, author):
    article = make_article(created_by=author)

    assert authors_desk.post(change(article), {"title_bg": "Нова"}).status_code == 403
    assert authors_desk.get(change(article)).status_code == 200


def test_an_author_sees_his_own_and_what_is_public_in_the_list(authors_desk, author):
    make_article(title_bg="Чужда чернова", status="draft")
    make_article(title_bg="Моя чернова", status="draft", created_by=author)
    make_article(title_bg="Публична")

    page = authors_desk.get(reverse("admin:news_article_changelist")).content.decode()

    shown = [title for title in ("Чужда чернова", "Моя чернова", "Публична") if title in page]
    assert shown == ["Моя чернова", "Публична"]


def ready(**fields):
    """A draft at which the gate has nothing to say."""
    cover = make_image(alternative_bg="Зала със стотина души", alternative_en="A full hall")
    return make_article(status="draft", published_at=None, cover=cover, **fields)


def test_publish_makes_it_visible_now(editors_desk):
    article = ready()

    page = filled(editors_desk.get(change(article)), _publish_anyway="1")
    editors_desk.post(change(article), page)

    assert standing(article) == "published"
    assert article.is_visible
    assert Entry.objects.first().action == "published"


def test_a_later_moment_publishes_it_then(editors_desk):
    article = ready()
    later = timezone.localtime() + timedelta(days=3)
    typed = filled(
        editors_desk.get(change(article)),
        published_at_0=f"{later:%d.%m.%Y}",
        published_at_1="09:30",
        _publish_anyway="1",
    )

    editors_desk.post(change(article), typed)

    assert standing(article) == "published"
    assert article.is_scheduled
    assert not article.is_visible
    assert "ще се вижда" in editors_desk.get(change(article)).context["public_sees"]


def test_withdraw_hides_it_and_publish_again_keeps_its_moment(editors_desk):
    article = make_article(cover=make_image(alternative_bg="Зала", alternative_en="A hall"))
    before = article.published_at

    editors_desk.post(change(article), filled(editors_desk.get(change(article)), _withdraw="1"))
    assert standing(article) == "withdrawn"
    typed = filled(editors_desk.get(change(article)), _publish_anyway="1")
    editors_desk.post(change(article), typed)

    assert standing(article) == "published"
    assert article.published_at.replace(second=0, microsecond=0) == before.replace(
        second=0, microsecond=0
    )


def test_returned_with_a_note_the_author_reads_it(editors_desk, authors_desk, author):
    article = make_article(status="in_review", created_by=author, published_at=None)
    typed = filled(
        editors_desk.get(change(article)), _return="1", return_note="Добавете <b>срока</b>."
    )

    editors_desk.post(change(article), typed)

    page = authors_desk.get(change(article))
    assert standing(article) == "draft"
    assert "Добавете &lt;b&gt;срока&lt;/b&gt;." in page.content.decode()


@pytest.mark.parametrize("verb", ["_send", "_return", "_withdraw"])
def test_a_verb_that_does_not_fit_where_it_stands_is_refused(editors_desk, verb):
    state = {"_send": "withdrawn", "_return": "published", "_withdraw": "draft"}[verb]
    article = make_article(status=state)

    answer = editors_desk.post(
        change(article), filled(editors_desk.get(change(article)), **{verb: "1"})
    )

    assert answer.status_code == 403
    assert standing(article) == state


def test_a_verb_that_came_too_late_is_said_and_not_refused(editors_desk):
    article = make_article(title_bg="Заглавие")
    late = filled(editors_desk.get(change(article)), title_bg="Мое заглавие", _withdraw="1")
    editors_desk.post(change(article), filled(editors_desk.get(change(article)), _withdraw="1"))

    answer = editors_desk.post(change(article), late)

    assert answer.status_code == 409
    assert filled(answer)["title_bg"] == ["Мое заглавие"]
    assert standing(article) == "withdrawn"
    assert article.title_bg == "Заглавие"


def test_errors_of_the_gate_block_and_keep_what_was_typed(editors_desk):
    article = make_article(
        status="draft", lead_bg="", lead_en="", body_bg="", body_en="", published_at=None
    )
    typed = filled(editors_desk.get(change(article)), title_bg="Ново заглавие", _publish_anyway="1")

    answer = editors_desk.post(change(article), typed)

    assert answer.status_code == 200
    assert standing(article) == "draft"
    assert "Ново заглавие" in answer.content.decode()
    assert any(finding.level == "error" for finding in answer.context["findings"])
    assert not Revision.objects.exists()


def test_warnings_of_the_gate_are_confirmed(editors_desk):
    article = make_article(status="draft", title_en="", lead_en="", body_en="", published_at=None)

    asked = editors_desk.post(
        change(article), filled(editors_desk.get(change(article)), _publish="1")
    )
    assert standing(article) == "draft"
    editors_desk.post(change(article), filled(asked, _publish_anyway="1"))

    assert {finding.level for finding in asked.context["findings"]} >= {"warning"}
    assert standing(article) == "published"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "читателите не виждат нищо"),
        ("in_review", "читателите не виждат нищо"),
        ("published", "Читателите го виждат"),
        ("withdrawn", "вече не го виждат"),
    ],
)
def test_a_line_says_what_the_public_sees(editors_desk, state, words):
    article = make_article(status=state)

    assert words in editors_desk.get(change(article)).context["public_sees"]
