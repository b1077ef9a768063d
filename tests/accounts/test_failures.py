"""Repeated failure is refused, and locks nobody out who has the password."""

from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from .conftest import PASSWORD, try_password

OTHER = "198.51.100.20"


def fail(client: Client, name: str, times: int, **meta: str) -> list[int]:
    return [try_password(client, name, f"не е {n}", **meta).status_code for n in range(times)]


def after_the_last(**difference: int) -> datetime:
    return AccessAttempt.objects.latest("attempt_time").attempt_time + timedelta(**difference)


def test_the_fifth_failure_is_answered_429_and_so_is_everything_after_it(editor: User):
    client = Client()

    assert fail(client, "radka", 7) == [200, 200, 200, 200, 429, 429, 429]
    assert try_password(client, "radka").status_code == 429


@pytest.mark.parametrize(
    ("language", "words"),
    [("bg", "Твърде много опити"), ("en", "Too many attempts")],
)
def test_the_refusal_says_in_words_how_long_it_lasts(editor: User, language: str, words: str):
    client = Client(headers={"accept-language": language})
    fail(client, "radka", 4)

    answer = try_password(client, "radka", "не е")

    assert answer.status_code == 429
    assert 890 <= int(answer.headers["Retry-After"]) <= 900
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert f'<html lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()
    assert answer.context["minutes"] == 15


def test_it_ends_after_the_time_it_names_and_trying_does_not_prolong_it(editor: User):
    client = Client()
    fail(client, "radka", 5)
    with time_machine.travel(after_the_last(minutes=10)):
        assert try_password(client, "radka").status_code == 429
        wait = int(try_password(client, "radka").headers["Retry-After"])

    with time_machine.travel(after_the_last(minutes=15, seconds=2)):
        answer = try_password(client, "radka")

    assert 290 <= wait <= 300
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_a_stranger_does_not_lock_anybody_out(editor: User):
    fail(Client(), "radka", 12)

    answer = try_password(Client(), "radka", REMOTE_ADDR=OTHER)

    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_a_made_up_forwarded_address_does_not_help(editor: User):
    client = Client()

    answers = [
        try_password(client, "radka", "не е", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
        for n in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


def test_behind_the_proxy_people_are_told_apart(editor: User, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    fail(Client(), "radka", 6, HTTP_X_FORWARDED_FOR="198.51.100.66")

    answer = try_password(Client(), "radka", HTTP_X_FORWARDED_FOR="198.51.100.7")

    assert answer.status_code == 302


def test_one_address_that_tries_many_names_is_refused(editor: User):
    client = Client()
    answers = [try_password(client, f"ime{n}", "123456789012").status_code for n in range(100)]

    assert (answers.count(200), answers.count(429)) == (30, 70)
    assert try_password(client, "radka").status_code == 429
    assert try_password(Client(), "radka", REMOTE_ADDR=OTHER).status_code == 302


def test_signing_in_forgets_earlier_failures(editor: User):
    client = Client()
    fail(client, "radka", 4)

    assert try_password(client, "radka").status_code == 302
    assert fail(Client(), "radka", 4) == [200, 200, 200, 200]


def test_the_table_of_failures_holds_no_password(editor: User):
    try_password(Client(), "radka", "почти-правилна")

    attempt = AccessAttempt.objects.get()
    assert attempt.username == "radka"
    assert "почти-правилна" not in f"{attempt.post_data}{attempt.get_data}"
    assert PASSWORD not in attempt.post_data
