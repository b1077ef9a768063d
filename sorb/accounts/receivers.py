"""What is written down, and begun, when people sign in, fail to, or sign out."""

import logging
from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.backends.db import SessionStore
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from sorb.desk import log
from sorb.desk.models import Entry

from . import second_factor, sessions
from .addresses import client_address
from .failures import is_over_limit

logger = logging.getLogger("sorb.accounts")

NAME_LENGTH = 150
Action = Entry.Action


def named(credentials: dict[str, Any]) -> str:
    """The name that was tried: one line, nothing that steers a screen."""
    return log.shown(credentials.get("username") or "", NAME_LENGTH)


@receiver(user_logged_in)
def begin(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    SessionStore.clear_expired()
    sessions.mark_used(request)
    if second_factor.is_kept(user):
        request.session[second_factor.DUE] = True


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None and user.is_authenticated:
        log.note(Action.SIGNED_OUT, user=user, address=client_address(request))


@receiver(user_login_failed)
def note_failure(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """A failure that axes has counted; what it refused unread is noted by `note_locked_out`."""
    if request is None or getattr(request, "axes_failures_since_start", None) is None:
        return
    name, address = named(credentials), client_address(request)
    logger.warning("Sign-in failed: %r from %s", name, address)
    log.note(Action.SIGN_IN_FAILED, name=name, address=address)


@receiver(user_locked_out)
def note_locked_out(request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Once in a cool-off, however often a refused one tries and whatever names it makes up."""
    address = client_address(request)
    name = "" if is_over_limit(address) else named({"username": username})
    since: timedelta = settings.AXES_COOLOFF_TIME
    known = Entry.objects.filter(
        action=Action.LOCKED_OUT, name=name, address=address, at__gt=timezone.now() - since
    )
    if not known.exists():
        logger.warning("Sign-in refused after repeated failure: %r from %s", name, address)
        log.note(Action.LOCKED_OUT, name=name, address=address)
