"""A new password by e-mail."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from sorb.accounts import letters
from sorb.accounts.models import ResetRequest
from sorb.desk.models import Entry

from .conftest import PASSWORD, try_password

ASK = "/admin/password-reset/"
SENT = "/admin/password-reset/sent/"
NEW = "Съвсем-друга-2026"

pytestmark = pytest.mark.usefixtures("at_once")


def ask(email: str, client: Client | None = None, **meta: str) -> object:
    return (client or Client()).post(ASK, {"email": email}, **meta)


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"https?://\S+/admin/password-reset/\S+", letter.body).group(0)


def path_of(letter: mail.EmailMessage) -> str:
    return "/" + link_in(letter).split("/", 3)[3]


def choose(path: str, password: str = NEW, *, repeated: str | None = None) -> object:
    """Opens the link as a browser does, and sends the form behind it."""
    client = Client()
    page = client.get(path, follow=True)
    form = {"new_password1": password, "new_password2": repeated or password}
    return client.post(page.request["PATH_INFO"], form)


def test_the_letter_leads_to_a_new_password(editor: User):
    answer = ask("radka@example.org")

    done = choose(path_of(mail.outbox[0]))

    assert (answer.status_code, answer.url) == (302, SENT)
    assert (done.status_code, done.url) == (302, "/admin/login/")
    assert mail.outbox[0].to == ["radka@example.org"]
    assert try_password(Client(), "radka", NEW).status_code == 302
    assert try_password(Client(), "radka", PASSWORD).status_code == 200


def test_the_page_never_tells_who_has_an_account(editor: User):
    User.objects.create_user("speno", email="speno@example.org", password="x", is_active=False)
    User.objects.create_user("bez", email="bez@example.org")
    client = Client()
    asked = ["radka@example.org", "nikoi@example.org", "speno@example.org", "bez@example.org"]

    answers = [ask(email, client) for email in asked]

    assert {(answer.status_code, answer.url, answer.content) for answer in answers} == {
        (302, SENT, b"")
    }
    assert [letter.to for letter in mail.outbox] == [["radka@example.org"]]


def test_the_letter_is_not_written_while_the_reader_waits(
    editor: User, monkeypatch: pytest.MonkeyPatch
):
    tasks: list[Callable[[], None]] = []
    monkeypatch.setattr(letters, "later", tasks.append)

    for email in ("radka@example.org", "nikoi@example.org"):
        ask(email)

    assert (len(tasks), mail.outbox) == (2, [])


def test_the_link_is_made_from_the_configured_address(editor: User, settings):
    settings.SITE_URL = "https://www.example.org"
    settings.ALLOWED_HOSTS = ["*"]

    ask("radka@example.org", headers={"host": "evil.example"})

    assert link_in(mail.outbox[0]).startswith("https://www.example.org/admin/password-reset/")
    assert "evil.example" not in mail.outbox[0].body


def test_a_host_that_is_not_ours_is_refused(editor: User, settings):
    settings.ALLOWED_HOSTS = ["www.example.org"]

    answer = ask("radka@example.org", headers={"host": "evil.example"})

    assert (answer.status_code, mail.outbox) == (400, [])


def test_a_link_works_once(editor: User):
    ask("radka@example.org")
    path = path_of(mail.outbox[0])
    choose(path)

    again = choose(path, "Още-една-друга-2026")

    assert again.status_code == 200
    assert "new_password1" not in again.content.decode()
    assert try_password(Client(), "radka", NEW).status_code == 302


def change_email(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="nova@example.org")


def change_password(user: User) -> None:
    user.set_password("Трета-парола-2026")
    user.save()


def sign_in(user: User) -> None:
    try_password(Client(), user.username)


@pytest.mark.parametrize("change", [change_email, change_password, sign_in])
def test_a_link_dies_with_a_change_of_the_account(editor: User, change: Callable[[User], None]):
    ask("radka@example.org")
    path = path_of(mail.outbox[0])

    change(editor)

    assert Client().get(path, follow=True).context["validlink"] is False


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_works_for_an_hour(editor: User, minutes: int, works: bool):
    ask("radka@example.org")

    with time_machine.travel(timedelta(minutes=minutes)):
        page = Client().get(path_of(mail.outbox[0]), follow=True)

    assert page.context["validlink"] is works


@pytest.mark.parametrize("path", ["x/y/", "MQ/set-password/", "MQ/abc-def/", "☃/1-2/"])
def test_made_up_links_say_that_they_do_not_work(path: str):
    page = Client().get(ASK + path)

    assert (page.status_code, page.context["validlink"]) == (200, False)


def test_the_pages_are_kept_by_nobody_and_named_to_no_other_site(editor: User):
    ask("radka@example.org")
    client = Client()
    pages = [client.get(ASK), client.get(SENT), client.get(path_of(mail.outbox[0]), follow=True)]

    for page in pages:
        assert page.headers["Cache-Control"] == "no-store, private"
        assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_poor_password_is_refused_and_the_link_still_works(editor: User):
    ask("radka@example.org")
    path = path_of(mail.outbox[0])

    for password, repeated in (("кратка", None), ("123456789012", None), (NEW, "друга-парола-1")):
        assert choose(path, password, repeated=repeated).status_code == 200

    assert choose(path).status_code == 302


def test_it_does_not_pass_the_second_factor(phone: object, editor: User):
    ask("radka@example.org")
    choose(path_of(mail.outbox[0]))

    assert try_password(Client(), "radka", NEW).url.startswith("/admin/second-factor/")


def test_it_ends_sessions_and_earlier_failures(editor: User):
    inside = Client()
    ask("radka@example.org")
    inside.force_login(editor)
    path = path_of(mail.outbox[0])
    for number in range(5):
        try_password(Client(), "radka", f"не е {number}")
    ask("radka@example.org")

    choose(path_of(mail.outbox[1]))

    assert inside.get("/admin/").status_code == 302
    assert try_password(Client(), "radka", NEW).status_code == 302
    assert Client().get(path, follow=True).context["validlink"] is False


def test_asking_too_often_is_refused_with_the_time_to_wait(editor: User):
    begun = timezone.now()
    statuses = [ask(f"ime{number}@example.org").status_code for number in range(10)]

    refused = ask("radka@example.org")
    elsewhere = ask("radka@example.org", REMOTE_ADDR="198.51.100.9")
    with time_machine.travel(begun + timedelta(minutes=61)):
        later = ask("radka@example.org")

    assert statuses == [302] * 10
    assert (refused.status_code, elsewhere.status_code, later.status_code) == (429, 302, 302)
    assert 3500 <= int(refused.headers["Retry-After"]) <= 3600
    assert len(mail.outbox) == 2


def test_nobody_is_flooded_with_letters(editor: User):
    for number in range(8):
        assert ask("Radka@example.org", REMOTE_ADDR=f"198.51.100.{number}").status_code == 302

    assert len(mail.outbox) == 5


def test_requests_are_forgotten_and_never_hold_an_address_in_clear(editor: User):
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        ask("star@example.org")
    ask("radka@example.org")

    request = ResetRequest.objects.get()
    assert "radka" not in request.email
    assert request.address == "127.0.0.1"


@pytest.mark.parametrize(("language", "words"), [("bg", "нова парола"), ("en", "new password")])
def test_the_letter_speaks_the_language_of_the_page(editor: User, language: str, words: str):
    ask("radka@example.org", Client(headers={"accept-language": language}))

    letter = mail.outbox[0]
    assert words in letter.subject
    assert words in letter.body
    assert "radka" in letter.body
    assert "&" not in letter.body


def test_without_mail_there_is_no_reset(settings):
    settings.HAS_MAIL = False

    assert [Client().get(path).status_code for path in (ASK, SENT, f"{ASK}MQ/a-b/")] == [404] * 3


def test_the_log_tells_of_the_new_password_and_not_which(editor: User):
    ask("radka@example.org")
    choose(path_of(mail.outbox[0]))

    entry = Entry.objects.get()
    assert (entry.action, entry.user, entry.name) == ("password_changed", editor, "radka")
    assert NEW not in entry.words
