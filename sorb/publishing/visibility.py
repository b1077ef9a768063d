"""The one rule of visibility: every public surface asks it; nowhere else is `status` filtered."""

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    DRAFT = "draft", pgettext_lazy("status", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("status", "In review")
    PUBLISHED = "published", pgettext_lazy("status", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("status", "Withdrawn")


def visible_now(prefix: str = "") -> Q:
    """The condition that a Publishable is public at this moment.

    Args:
        prefix: the way to the Publishable in a query, "event__" for example.

    Returns:
        A condition that holds from `published_at` until `withdrawn_at`, decided by the query at
        the moment of asking: nothing has to run for a scheduled item to appear.
    """
    now = timezone.now()
    not_withdrawn = Q(**{f"{prefix}withdrawn_at": None}) | Q(**{f"{prefix}withdrawn_at__gt": now})
    return (
        Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": now})
        & not_withdrawn
    )
