"""The days on which something takes place again, from plain choices; counted by dateutil."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 100  # events that are made at once


class Step(models.TextChoices):
    WEEKS = "weeks", _("Every so many weeks, on the same weekdays")
    MONTHS = "months", _("Every so many months, on the same weekday of the month")
    DAYS = "days", _("On the days that I write")


class TooManyError(ValueError):
    """More than MOST days."""


@dataclass(frozen=True)
class Rule:
    """How something repeats after its `first` day.

    `every` counts weeks or months; `weekdays` are 0 (Monday) to 6; `place` is that of the weekday
    in its month, 1 to 4, or -1 for the last. It ends after `count` days, or with the day `until`.
    """

    first: date
    step: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    place: int = 1
    until: date | None = None
    count: int | None = None


def days_of(rule: Rule) -> list[date]:
    """The days of a rule after the first one, in order.

    Raises:
        TooManyError: there are more than MOST, or they never end.
    """
    later: Iterator[date] = (day for day in _endless(rule) if day > rule.first)
    if rule.until is not None:
        until = rule.until
        later = takewhile(lambda day: day <= until, later)
    if rule.count is not None:
        later = islice(later, rule.count)
    found = list(islice(later, MOST + 1))
    if len(found) > MOST:
        raise TooManyError
    return found


def _endless(rule: Rule) -> Iterator[date]:
    """All days of a rule up to the last year of calendars; only days, so that no clock matters."""
    start = datetime.combine(rule.first, time())
    asked: dict[str, Any] = {"dtstart": start, "interval": rule.every, "wkst": 0}
    if rule.step == Step.WEEKS:
        moments = rrule(WEEKLY, byweekday=list(rule.weekdays), **asked)
    else:
        # From the first of the month, so that the month of the first day counts as the first one
        asked["dtstart"] = start.replace(day=1)
        on = [weekday(number, rule.place) for number in rule.weekdays]
        moments = rrule(MONTHLY, byweekday=on, **asked)
    return (moment.date() for moment in moments)
