"""What the order of a list needs in a template."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django import template

register = template.Library()


@register.filter
def gathered(things: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Things gathered by an attribute, each value with its things, in the order of first mention.

    Unlike `regroup` it brings together what does not stand together.
    """
    groups: dict[Any, list[Any]] = {}
    for thing in things:
        groups.setdefault(attrgetter(attribute)(thing), []).append(thing)
    return list(groups.items())
