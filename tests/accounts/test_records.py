"""What the log tells of signing in: who, whence, and nothing secret."""

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sorb.desk.models import Entry

from .conftest import PASSWORD, try_password


def lines() -> list[tuple[str, str, str]]:
    return [(entry.action, entry.user_name, entry.name) for entry in Entry.objects.order_by("pk")]


def test_signing_in_and_out_are_told(editor: User):
    client = Client()
    try_password(client, "radka", REMOTE_ADDR="198.51.100.4")
    client.post("/admin/logout/")

    assert lines() == [("signed_in", "radka", ""), ("signed_out", "radka", "")]
    assert Entry.objects.earliest("pk").address == "198.51.100.4"


def test_failures_are_told_and_the_refusal_once(editor: User):
    client = Client()
    for number in range(9):
        try_password(client, "radka", f"не е {number}")

    failed, locked = ("sign_in_failed", "", "radka"), ("locked_out", "", "radka")
    assert sorted(lines()) == sorted([*[failed] * 5, locked])


def test_a_spray_of_names_is_told_once(editor: User):
    client = Client()
    for number in range(40):
        try_password(client, f"ime{number}", "не е")

    assert Entry.objects.filter(action="sign_in_failed").count() == 30
    assert [line for line in lines() if line[0] == "locked_out"] == [("locked_out", "", "")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ime\r\nsigned_in glaven", "ime signed_in glaven"),
        ("\x1b[31mime\x1b[0m", "[31mime [0m"),
        ("им\u202eе\u2028ред", "им е ред"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("д" * 150, "д" * 150),
    ],
)
def test_a_name_stays_on_one_line_and_steers_nothing(
    name: str, told: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, logger="sorb.accounts"):
        try_password(Client(), name, "не е")

    assert lines() == [("sign_in_failed", "", told)]
    messages = [record.getMessage() for record in caplog.records if record.name == "sorb.accounts"]
    assert messages == [f"Sign-in failed: {told!r} from 127.0.0.1"]


def test_no_password_comes_into_any_log(editor: User, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        try_password(Client(), "radka", "почти-правилна-парола")
        try_password(Client(), "radka")

    rows = " ".join(f"{entry.name} {entry.words}" for entry in Entry.objects.all())
    assert Entry.objects.count() == 2
    assert [word in caplog.text + rows for word in ("почти-правилна", PASSWORD)] == [False, False]


def test_new_passwords_are_told_with_who_gave_them(editor: User, chief: User):
    own, other = Client(), Client()
    own.force_login(editor)
    other.force_login(chief)
    new = {"password1": "Съвсем-друга-2026", "password2": "Съвсем-друга-2026"}

    own.post(
        "/admin/password_change/",
        {
            "old_password": PASSWORD,
            "new_password1": "Съвсем-нова-2026",
            "new_password2": "Съвсем-нова-2026",
        },
    )
    other.post(f"/admin/auth/user/{editor.pk}/password/", {**new, "usable_password": "true"})

    assert lines() == [
        ("password_changed", "radka", "radka"),
        ("password_changed", "glaven", "radka"),
    ]
