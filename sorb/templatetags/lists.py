"""What the order of a list needs in a template."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django import template

register = template.Library()


@register.filter
def gathered(things: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Things gathered by an attribute or a method: each value with its things.

    The values stand in the order of first mention; unlike `regroup` it brings together what does
    not stand together.
    """
    groups: dict[Any, list[Any]] = {}
    for thing in things:
        value = attrgetter(attribute)(thing)
        groups.setdefault(value() if callable(value) else value, []).append(thing)
    return list(groups.items())


@register.filter
def gathered_by_month(events: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    """Events gathered by the month in which they begin, each month by its first day."""
    months: dict[date, list[Any]] = {}
    for event in events:
        months.setdefault(event.first_day.replace(day=1), []).append(event)
    return list(months.items())
