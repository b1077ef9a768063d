"""The letter with a link to a new password, written aside so that the answer tells nothing."""

import logging
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import ResetRequest

logger = logging.getLogger("sorb.accounts")


def later(task: Callable[[], None]) -> Thread:
    """Does a task aside: the answer to whoever asked takes the same time in any case."""

    def done() -> None:
        try:
            task()
        except Exception:  # nobody waits for the outcome: the log is where it is seen
            logger.exception("A letter with a link to a new password was not sent")
        finally:
            connection.close()

    thread = Thread(target=done, name="letter")
    thread.start()
    return thread


def write(email: str, language: str) -> None:
    """Sends a link to every active user of this e-mail address who has a password."""
    if not ResetRequest.objects.may_write_to(email):
        logger.warning("Too many requests for a new password for one e-mail address")
        return
    for user in PasswordResetForm().get_users(email):
        with translation.override(language):
            send(user)


def send(user: Any) -> None:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    link = reverse(
        "admin:password_reset_confirm", args=[uid, default_token_generator.make_token(user)]
    )
    context = {
        "user": user,
        "link": f"{settings.SITE_URL}{link}",
        "site": settings.SITE_NAME,
        "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }
    subject = render_to_string("registration/password_reset_subject.txt", context)
    text = render_to_string("registration/password_reset_email.txt", context)
    EmailMessage(" ".join(subject.split()), text, to=[user.email]).send()
