"""Lines of the site-wide log about accounts, in the site's own language, with the address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from sorb.desk import log

from .addresses import client_address


def record(
    request: HttpRequest, action: str, user: Any, *, item: Any = None, words: Any = ""
) -> None:
    """Writes a line.

    Args:
        action: one of Entry.Action.
        user: who did it.
        item: the account it was done to, where that is the point.
        words: a translatable text; never a password or a code.
    """
    with translation.override(settings.LANGUAGE_CODE):
        log.note(action, user=user, item=item, words=str(words), address=client_address(request))
