"""Sessions: eight hours of use, and ended for a whole account at once."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

USED_AT = "used_at"  # seconds since 1970
STEP = 300  # seconds: how often use is written down


def mark_used(request: HttpRequest) -> None:
    request.session[USED_AT] = int(time.time())


def prolong(request: HttpRequest) -> None:
    """Eight more hours from now, for whoever is signed in."""
    if not request.user.is_authenticated:
        return
    if time.time() - request.session.get(USED_AT, 0) >= STEP:
        mark_used(request)


def end_all(user: AbstractBaseUser) -> int:
    """Ends every session of a user; how many there were."""
    SessionStore.clear_expired()
    keys = [
        session.session_key
        for session in Session.objects.all().iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
