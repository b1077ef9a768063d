"""A form that is sent twice is saved once: a double click, or back and once more."""

import hashlib
import uuid

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sorb.desk.models import SentForm
from sorb.desk.models.forms import KEPT

from .presence import saved_marker

FIELD = "form_token"
TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")
OF_NO_MATTER = {"csrfmiddlewaretoken", FIELD}


def token_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def digest(request: HttpRequest) -> str:
    """SHA-256 of what was typed, and of the names and sizes of files sent along."""
    told = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name not in OF_NO_MATTER
        for value in values
    )
    files = sorted(
        (name, file.name or "", file.size or 0)
        for name, sent in request.FILES.lists()
        for file in sent
    )
    return hashlib.sha256(repr((told, files)).encode()).hexdigest()


def claim(request: HttpRequest) -> SentForm | None:
    """Note that a form arrived; two at once wait for each other.

    Returns:
        The form that was saved before with this token; None for the first one.
    """
    token = token_of(request)
    if token is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_sentform (token, digest, address, sent_at) "
            "VALUES (%s, %s, '', now()) ON CONFLICT (token) DO NOTHING",
            [str(token), digest(request)],
        )
        is_first = cursor.rowcount == 1
    if not is_first:
        return SentForm.objects.get(token=token)
    if token.int % 100 == 0:
        SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    return None


def settle(request: HttpRequest, address: str | None) -> None:
    """Note where a saved form led; forget one that was not saved."""
    token = token_of(request)
    if token is None:
        return
    rows = SentForm.objects.filter(token=token)
    if address is None:
        rows.delete()
    else:
        rows.update(address=address)
        say_kept_no_longer(request)


def say_kept_no_longer(request: HttpRequest) -> None:
    """What the browser kept of the form that was just saved may go."""
    if (token := token_of(request)) is not None:
        saved_marker(request, [str(token)])


def say_saved_already(request: HttpRequest) -> None:
    say_kept_no_longer(request)
    messages.info(request, _("This was saved already; it is not saved a second time."))
