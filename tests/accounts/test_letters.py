"""The letter is written in a thread of its own, which closes what it opened and tells the log."""

import logging

import pytest
from django.contrib.auth.models import User
from django.core import mail

from sorb.accounts import letters


@pytest.mark.django_db(transaction=True)
def test_the_letter_leaves_from_a_thread_of_its_own():
    User.objects.create_user("radka", email="radka@example.org", password="Проба-2026-тест")

    letters.later(lambda: letters.write("radka@example.org", "bg")).join(timeout=30)

    assert [letter.to for letter in mail.outbox] == [["radka@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_be_sent_is_told_to_the_log(caplog: pytest.LogCaptureFixture):
    def fail() -> None:
        raise OSError("no route to the mail server")

    with caplog.at_level(logging.ERROR, logger="sorb.accounts"):
        letters.later(fail).join(timeout=30)

    assert "was not sent" in caplog.text
