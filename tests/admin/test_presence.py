"""What an open form asks: who else has it open, what became of the item, who is signed in."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from sorb.desk import history
from sorb.desk.models import OpenForm, Revision
from sorb.desk.models.forms import SEEN
from tests.factories import make_article

from .conftest import make_user, signed_in
from .filling import filled

PRESENCE = "/admin/desk/presence/"
SESSION = "/admin/desk/session/"


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def colleague() -> Client:
    user = make_user(
        "kolega", "change_article", "view_article", first_name="Иво", last_name="Цонев"
    )
    return signed_in(user)


def question(article: Article, **other: object) -> dict[str, object]:
    about = {"app_label": "news", "model": "article", "pk": str(article.pk)}
    return {**about, "token": str(uuid.uuid4()), **other}


def ask(client: Client, said: object) -> object:
    return client.post(PRESENCE, json.dumps(said), content_type="application/json")


def test_others_who_have_the_form_open_are_named_with_the_minutes(
    desk: Client, colleague: Client, article: Article
):
    ask(desk, question(article))
    OpenForm.objects.update(opened_at=timezone.now() - timedelta(minutes=12, seconds=5))

    answer = ask(colleague, question(article))

    assert answer.json()["others"] == [{"name": "Мария Петрова", "minutes": 12}]


def test_two_tabs_of_one_person_are_one_person_and_oneself_is_not_named(
    desk: Client, colleague: Client, article: Article
):
    for _tab in range(2):
        mine = ask(desk, question(article))

    theirs = ask(colleague, question(article))

    assert mine.json()["others"] == []
    assert [other["name"] for other in theirs.json()["others"]] == ["Мария Петрова"]


def test_a_form_that_is_open_elsewhere_does_not_count(
    desk: Client, colleague: Client, article: Article
):
    ask(desk, question(make_article()))

    answer = ask(colleague, question(article))

    assert OpenForm.objects.count() == 2
    assert answer.json()["others"] == []


def test_a_form_that_was_left_is_left(desk: Client, colleague: Client, article: Article):
    said = question(article)
    ask(desk, said)
    before = ask(colleague, question(article)).json()["others"]

    left = ask(desk, {**said, "is_leaving": True})

    assert len(before) == 1
    assert left.status_code == 204
    assert ask(colleague, question(article)).json()["others"] == []


def test_a_page_that_says_nothing_more_does_not_count_and_is_forgotten(
    desk: Client, colleague: Client, article: Article
):
    ask(desk, question(article))
    OpenForm.objects.update(seen_at=timezone.now() - SEEN - timedelta(seconds=1))
    silent = ask(colleague, question(article)).json()["others"]
    OpenForm.objects.update(seen_at=timezone.now() - timedelta(days=2))

    ask(colleague, question(article))

    assert silent == []
    assert OpenForm.objects.count() == 1


def test_asking_again_keeps_the_row_and_its_beginning(desk: Client, article: Article):
    said = question(article)
    ask(desk, said)
    before = timezone.now() - timedelta(minutes=5)
    OpenForm.objects.update(opened_at=before, seen_at=before)

    ask(desk, said)

    form = OpenForm.objects.get()
    assert form.opened_at == before
    assert form.seen_at > before


def test_nobody_moves_or_removes_the_row_of_another(
    desk: Client, colleague: Client, article: Article
):
    said = question(article)
    ask(desk, said)
    row = OpenForm.objects.values().get()

    ask(colleague, {**said, "pk": str(make_article().pk)})
    ask(colleague, {**said, "is_leaving": True})

    assert OpenForm.objects.values().get() == row


def test_the_version_now_and_who_saved_it_are_told(
    desk: Client, colleague: Client, editor: User, article: Article
):
    opened = ask(colleague, question(article)).json()
    history.note_as_found(article)
    article.title_bg = "Ново заглавие"
    article.save()
    history.record(article, editor, Revision.Verb.CHANGED)

    told, own = (ask(client, question(article)).json() for client in (colleague, desk))

    assert opened["version"] != told["version"] == str(article.version)
    assert (told["saved_by"], told["is_own"]) == ("Мария Петрова", False)
    assert own["is_own"] is True


def test_the_version_is_the_one_that_the_form_sends(desk: Client, article: Article):
    form = desk.get(reverse("admin:news_article_change", args=[article.pk]))

    told = ask(desk, question(article)).json()

    assert filled(form)["version"] == [told["version"]]


@pytest.mark.parametrize("others", [1, 5])
def test_the_queries_do_not_grow_with_the_others(
    desk: Client, article: Article, others: int, django_assert_num_queries: object
):
    for number in range(others):
        ask(signed_in(make_user(f"u{number}", "view_article")), question(article))
    said = question(article)
    ask(desk, said)

    # session, user, permissions (2), the item, its working copy, the row, the others, the revision
    with django_assert_num_queries(9):
        answer = ask(desk, said)

    assert len(answer.json()["others"]) == others


def test_who_may_not_see_the_item_gets_no_answer(stranger: Client, article: Article):
    missing = question(article, pk="999999")

    answers = [ask(stranger, said).status_code for said in (question(article), missing)]

    assert answers == [403, 403]
    assert OpenForm.objects.count() == 0


def test_an_author_is_not_told_of_the_drafts_of_others(authors_desk: Client):
    draft = make_article(status="draft", published_at=None)

    answer = ask(authors_desk, question(draft))

    assert answer.status_code == 403
    assert OpenForm.objects.count() == 0


def test_who_is_not_signed_in_is_sent_to_the_sign_in(article: Article):
    answer = ask(Client(), question(article))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(
    "other",
    [
        {"pk": "999999"},
        {"pk": "9" * 40},
        {"pk": "x"},
        {"pk": "\0"},
        {"model": "nothing"},
        {"app_label": "nothing"},
        {"app_label": "sessions", "model": "session"},
    ],
)
def test_what_is_not_there_answers_404(chief: Client, article: Article, other: dict[str, str]):
    answer = ask(chief, question(article, **other))

    assert answer.status_code == 404
    assert OpenForm.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"7",
        b'{"app_label": "news"}',
        b'{"app_label": "news", "model": "article", "pk": 1, "token": "x"}',
        b'{"app_label": "news", "model": "article", "pk": "1", "token": "x"}',
        b'{"app_label": "news", "model": "article", "pk": "1", "token": 7}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_question_answers_400(desk: Client, body: bytes):
    answer = desk.post(PRESENCE, body, content_type="application/json")

    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_presence_needs_the_token_against_forgery(editor: User, article: Article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    answer = ask(client, question(article))

    assert answer.status_code == 403
    assert OpenForm.objects.count() == 0


def test_presence_is_not_asked_by_get(desk: Client):
    assert desk.get(PRESENCE).status_code == 405


def test_the_session_says_who_is_signed_in(desk: Client, editor: User):
    answer = desk.get(SESSION)

    told = answer.json()
    assert (told["signed_in"], told["user"]) == (True, editor.pk)
    assert answer["Cache-Control"] == "no-store, private"


def test_the_session_of_nobody_or_of_somebody_without_the_desk_is_none(db: None):
    visitor = Client()
    visitor.force_login(User.objects.create_user("chitatel", is_staff=False))

    told = [client.get(SESSION).json() for client in (Client(), visitor)]

    assert [(one["signed_in"], one["user"]) for one in told] == [(False, None)] * 2


def test_the_token_of_the_session_is_accepted(editor: User, article: Article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    token = client.get(SESSION).json()["csrf_token"]
    answer = client.post(
        PRESENCE,
        json.dumps(question(article)),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("address", [SESSION, PRESENCE])
def test_pages_that_ask_do_not_prolong_the_session(desk: Client, article: Article, address: str):
    soon = timezone.now() + timedelta(minutes=5)
    Session.objects.update(expire_date=soon)

    answer = desk.get(SESSION) if address == SESSION else ask(desk, question(article))

    assert answer.status_code == 200
    assert Session.objects.get().expire_date == soon
    assert "sorb" not in answer.cookies


def test_what_was_saved_is_told_to_the_browser_and_is_no_message(desk: Client, article: Article):
    address = reverse("admin:news_article_change", args=[article.pk])
    fields = filled(desk.get(address), title_bg="Запазено")
    token = fields["form_token"][0]

    saved = desk.post(address, {**fields, "_save": "1"})
    page = desk.get(saved.url).content.decode()

    assert f'<li hidden data-saved-forms="{token}"></li>' in page
    assert page.count(token) == 1
    assert page.count('class="success"') == 1


def test_a_refused_save_tells_the_browser_nothing(desk: Client, article: Article):
    address = reverse("admin:news_article_change", args=[article.pk])
    fields = filled(desk.get(address), title_bg="")

    refused = desk.post(address, {**fields, "_save": "1"})

    assert refused.status_code == 200
    assert "data-saved-forms" not in refused.content.decode()
    assert f'data-sent-as="{fields["form_token"][0]}"' in refused.content.decode()
    assert list(get_messages(refused.wsgi_request)) == []
