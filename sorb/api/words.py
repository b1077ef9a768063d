"""Conditions on words, for everything that is published."""

from django.db.models import Q

MOST_WORDS = 10


def with_words(text: str) -> Q:
    """Each of the words, the first ten, stands in a title or a lead, in either language."""
    condition = Q()
    for word in text.split()[:MOST_WORDS]:
        condition &= (
            Q(title_bg__icontains=word)
            | Q(title_en__icontains=word)
            | Q(lead_bg__icontains=word)
            | Q(lead_en__icontains=word)
        )
    return condition


def at_slug(slug: str, prefix: str = "") -> Q:
    """The address in either language ends like this.

    Args:
        slug: the last part of the address.
        prefix: the way to what has it in a query, "category__" for example.
    """
    return Q(**{f"{prefix}slug_bg": slug}) | Q(**{f"{prefix}slug_en": slug})
