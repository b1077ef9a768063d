"""The site-wide log: one line for everything that somebody may have to answer for."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import Entry
from .models.about import signed_name


def shown(text: Any, length: int) -> str:
    """Text on one line, without characters that steer a screen, at most so long."""
    line = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return " ".join(line.split())[:length]


def note(
    action: str,
    *,
    user: Any = None,
    item: models.Model | None = None,
    name: str = "",
    words: str = "",
    address: str | None = None,
) -> Entry:
    """Write a line.

    Args:
        action: one of Entry.Action.
        user: who did it; None when nobody is signed in.
        item: what it was done to, saved or just deleted.
        name: what the line calls it; left empty, the item's own name.
        words: details, one line.
        address: the network address it came from.
    """
    is_known = user is not None and user.pk is not None
    return Entry.objects.create(
        action=action,
        user=user if is_known else None,
        user_name=shown(signed_name(user), 310) if is_known else "",
        content_type=ContentType.objects.get_for_model(item) if item is not None else None,
        object_id=item.pk if item is not None else None,
        name=shown(name or (str(item) if item is not None else ""), 300),
        words=shown(words, 500),
        address=address or None,
    )
