"""How long one stays signed in, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from sorb.accounts import sessions

from .conftest import PASSWORD, try_password

NEW = "Съвсем-друга-2026"


def is_in(client: Client, address: str = "/admin/news/article/") -> bool:
    return client.get(address).status_code == 200


def signed_in(name: str) -> Client:
    client = Client()
    assert try_password(client, name).status_code == 302
    return client


def test_eight_hours_of_use_are_counted_from_the_last_use(editor: User):
    begun = timezone.now()
    client = signed_in("radka")

    with time_machine.travel(begun + timedelta(hours=7)):
        assert is_in(client)
    with time_machine.travel(begun + timedelta(hours=14)):
        assert is_in(client)
    with time_machine.travel(begun + timedelta(hours=22, minutes=1)):
        assert not is_in(client)


def test_use_is_written_down_at_most_every_few_minutes(editor: User):
    begun = timezone.now()
    client = signed_in("radka")
    expiry = Session.objects.get().expire_date

    with time_machine.travel(begun + timedelta(minutes=4)):
        early = client.get("/admin/")
        kept = Session.objects.get().expire_date
    with time_machine.travel(begun + timedelta(minutes=6)):
        later = client.get("/admin/")

    assert ("sorb" in early.cookies, kept) == (False, expiry)
    assert "sorb" in later.cookies
    assert Session.objects.get().expire_date - expiry > timedelta(minutes=5)


def test_what_pages_ask_by_themselves_is_no_use(editor: User):
    begun = timezone.now()
    client = signed_in("radka")

    with time_machine.travel(begun + timedelta(hours=1)):
        answer = client.get("/admin/desk/session/")

    assert answer.json()["signed_in"] is True
    assert "sorb" not in answer.cookies


def test_a_public_page_does_not_prolong(editor: User):
    begun = timezone.now()
    client = signed_in("radka")

    with time_machine.travel(begun + timedelta(hours=1)):
        answer = client.get("/bg/")

    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_signing_in_clears_sessions_that_have_run_out(editor: User):
    Session.objects.create(
        session_key="old", session_data="x", expire_date=timezone.now() - timedelta(days=1)
    )

    signed_in("radka")

    assert not Session.objects.filter(session_key="old").exists()


def test_signing_out_is_by_form_alone_and_kills_the_session(editor: User):
    client = signed_in("radka")
    stolen = client.cookies["sorb"].value

    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/admin/logout/").status_code == 200

    thief = Client()
    thief.cookies["sorb"] = stolen
    assert not is_in(thief)


def test_ones_own_new_password_ends_every_other_session(editor: User):
    here, there = signed_in("radka"), signed_in("radka")
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

    answer = here.post("/admin/password_change/", form)

    assert (answer.status_code, answer.url) == (302, "/admin/password_change/done/")
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize("address", ["/admin/", "/admin/news/article/", "/admin/desk/presence/"])
def test_a_password_given_by_a_superuser_ends_every_session(
    editor: User, chief: User, address: str
):
    theirs = signed_in("radka")
    form = {"password1": NEW, "password2": NEW, "usable_password": "true"}

    signed_in("glaven").post(f"/admin/auth/user/{editor.pk}/password/", form)

    answer = theirs.get(address)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")


def test_switching_an_account_off_ends_its_sessions_for_good(editor: User, chief: User):
    theirs, other = signed_in("radka"), signed_in("glaven")
    address = f"/admin/auth/user/{editor.pk}/change/"
    form = {"username": "radka", "is_staff": "on", "email": "radka@example.org"}

    assert other.post(address, form).status_code == 302
    ended = is_in(theirs)
    User.objects.filter(pk=editor.pk).update(is_active=True)

    assert (ended, is_in(theirs), is_in(other)) == (False, False, True)


def test_only_the_sessions_of_one_account_are_ended(editor: User, chief: User):
    theirs, other = signed_in("radka"), signed_in("glaven")

    assert sessions.end_all(editor) == 1
    assert (is_in(theirs), is_in(other)) == (False, True)
