"""The site-wide log: who did what, for whoever may read it, and for nobody to change."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from sorb.desk import log
from sorb.desk.models import Entry
from tests.admin.conftest import in_role, make_user, signed_in
from tests.factories import make_article, make_event, make_topic
from tests.richtext.payloads import payloads

LOG = "/admin/desk/entry/"


@pytest.fixture
def auditor():
    """May see the log and everything of the content."""
    verbs = ["article", "event", "topic", "entry"]
    return signed_in(make_user("odit", *[f"view_{name}" for name in verbs]))


def rows_of(answer):
    return [entry.pk for entry in answer.context["cl"].result_list]


def test_a_line_says_who_did_what_of_what_when_and_from_where(auditor, editor):
    article = make_article(title_bg="Среща на кметовете")
    log.note("published", user=editor, item=article, words="на сайта", address="192.0.2.7")

    html = auditor.get(LOG).content.decode()

    for words in ("Мария Петрова", "публикува", "Среща на кметовете", "на сайта", "192.0.2.7"):
        assert words in html
    assert f'href="/admin/news/article/{article.pk}/change/"' in html
    assert timezone.localtime().strftime("%d.%m.%Y") in html


def test_what_is_gone_and_what_may_not_be_seen_has_no_link(editor):
    gone, unseen, seen = make_article(), make_event(), make_article()
    for item in (gone, unseen, seen):
        log.note("changed", user=editor, item=item, name=f"Нещо {item.pk}")
    key = gone.pk
    gone.delete()
    client = signed_in(make_user("odit", "view_article", "view_entry"))

    html = client.get(LOG).content.decode()

    assert set(re.findall(r'href="(/admin/(?:news|events)/\w+/\d+/change/)"', html)) == {
        f"/admin/news/article/{seen.pk}/change/"
    }
    assert f"Нещо {key}" in html


def test_an_author_who_may_read_the_log_is_not_led_to_drafts_of_others(author, editor):
    author.user_permissions.add(*make_user("x", "view_entry").user_permissions.all())
    draft = make_article(status="draft", published_at=None, created_by=editor)
    own = make_article(status="draft", published_at=None, created_by=author)
    for item in (draft, own):
        log.note("created", user=editor, item=item)

    html = signed_in(author).get(LOG).content.decode()

    assert f"/admin/news/article/{own.pk}/change/" in html
    assert f"/admin/news/article/{draft.pk}/change/" not in html


@pytest.mark.parametrize("role", ["author", "translator"])
def test_whoever_may_not_read_the_log_gets_403(role):
    assert signed_in(in_role(role, "nyakoy")).get(LOG).status_code == 403


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_editors_and_administrators_read_the_log_and_find_it_among_the_sections(role):
    client = signed_in(in_role(role, "nyakoy"))

    assert client.get(LOG).status_code == 200
    assert f'href="{LOG}"' in client.get("/admin/sections/").content.decode()


def test_nobody_changes_the_log_not_even_a_superuser(chief, editor):
    entry = log.note("published", user=editor, item=make_article())
    before = Entry.objects.values().get(pk=entry.pk)
    ways = [
        f"{LOG}add/",
        f"{LOG}{entry.pk}/",
        f"{LOG}{entry.pk}/change/",
        f"{LOG}{entry.pk}/delete/",
        f"{LOG}{entry.pk}/history/",
    ]

    gets = [chief.get(way).status_code for way in ways]
    posts = [chief.post(way, {"post": "yes", "name": "Друго"}).status_code for way in ways]
    chief.post(LOG, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})

    assert set(gets + posts) <= {403, 404}
    assert list(Entry.objects.values()) == [before]


@pytest.mark.parametrize("page", ["add", "change", "delete", "history"])
def test_the_log_has_no_page_to_write_on(page):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:desk_entry_{page}", args=[] if page == "add" else [1])


def test_the_log_shows_nothing_to_choose_or_add(chief, editor):
    log.note("published", user=editor, item=make_article())

    html = chief.get(LOG).content.decode()

    assert "action-select" not in html
    assert "addlink" not in html


# Finding a line


def test_lines_are_filtered_by_action_kind_and_account(auditor, editor):
    wanted = log.note("published", user=editor, item=make_article())
    log.note("withdrawn", user=editor, item=make_article())
    log.note("published", user=editor, item=make_event())
    log.note("published", user=User.objects.create_user("drug"), item=make_article())

    query = {
        "action__exact": "published",
        "kind": str(wanted.content_type_id),
        "user__id__exact": str(editor.pk),
    }
    answer = auditor.get(LOG, query)

    assert rows_of(answer) == [wanted.pk]


@pytest.mark.parametrize("query", ["Петрова", "среща", "192.0.2.7", "с промяна"])
def test_lines_are_searched(auditor, editor, query):
    wanted = log.note(
        "changed",
        user=editor,
        item=make_article(title_bg="Среща"),
        words="с промяна",
        address="192.0.2.7",
    )
    log.note("changed", user=None, item=make_article(title_bg="Друго"), address="192.0.2.8")

    assert rows_of(auditor.get(LOG, {"q": query})) == [wanted.pk]


def test_lines_of_a_day_are_found(auditor, editor):
    old = log.note("changed", user=editor, item=make_article())
    log.note("changed", user=editor, item=make_article())
    day = timezone.localtime() - timedelta(days=40)
    Entry.objects.filter(pk=old.pk).update(at=day)

    answer = auditor.get(LOG, {"at__year": day.year, "at__month": day.month, "at__day": day.day})

    assert rows_of(answer) == [old.pk]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "kind=abc",
        "kind=99999999",
        "user__id__exact=x",
        "action__exact=x",
        "at__year=99999",
    ],
)
def test_a_filter_that_is_none_is_no_error(auditor, query):
    assert auditor.get(f"{LOG}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_log_takes_as_many_reads_whatever_its_length(auditor, editor, count):
    for _ in range(count):
        for item in (make_article(), make_event(), make_topic()):
            log.note("changed", user=editor, item=item)
    auditor.get(LOG)

    with CaptureQueriesContext(connection) as queries:
        answer = auditor.get(LOG)

    assert len(rows_of(answer)) == min(3 * count, 50)
    assert len(queries) == 15


# Hostile words


def test_hostile_words_are_only_words(auditor, editor):
    for payload in payloads():
        words = payload.replace("\0", "")
        Entry.objects.create(action="changed", user_name=words[:300], name=words[:300], words=words)

    html = "".join(
        auditor.get(LOG, {"p": page}).content.decode()
        for page in range(1, len(payloads()) // 50 + 2)
    )

    assert html.count("alert(1)") > 100
    assert (
        re.findall(r"<(?:iframe|object|embed|math|video|x|script(?! src| id))\b[^>]*>", html) == []
    )
    assert "<img" not in html
    assert re.findall(r"<[^>]*(?:127\.0\.0\.2|alert)", html) == []


def test_a_line_is_one_line_whatever_is_written_in_it(auditor):
    log.note("sign_in_failed", name="ivan\r\n\x1b[31mpublished\u202e", words="a\nb")

    entry = Entry.objects.get()
    assert (entry.name, entry.words) == ("ivan [31mpublished", "a b")
