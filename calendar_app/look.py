"""The ways of looking at the calendar, and how one goes from each to the others."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.filters import EventFilter

from .bounds import Bounds
from .month import Month

DAY = "day"  # the parameter that keeps a day where the address names none
ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAMES: dict[str, Promise] = {
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "day": gettext_lazy("Day"),
    "year": gettext_lazy("Year"),
    "agenda": pgettext_lazy("way of looking at a calendar", "Agenda"),
}


class Way(NamedTuple):
    name: Promise
    address: str
    is_current: bool


class Step(NamedTuple):
    """The way to the page before or after: its first day, its last, its address."""

    first: date
    last: date
    address: str


@dataclass(frozen=True)
class Look:
    """A page of the calendar: its days, and the day with which one goes on from it.

    `is_pinned` says that the address asked for that day.
    """

    way: str
    first: date
    last: date
    day: date
    bounds: Bounds
    filters: EventFilter
    is_pinned: bool = False

    @property
    def ways(self) -> list[Way]:
        """The same day, with the same filters, in every way of looking."""
        return [
            Way(name, self.address(way, self.day), way == self.way) for way, name in NAMES.items()
        ]

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        """Today, this week and so on, as lists: name, address, whether it is shown."""
        agenda = reverse("calendar:calendar_agenda")
        return [(name, f"{agenda}?{query}", is_on) for name, query, is_on in self.filters.periods]

    @property
    def robots(self) -> str:
        """What crawlers are told: months are the pages to find; the others repeat them."""
        if self.filters or self.is_pinned:
            return "noindex, nofollow"
        return "" if self.way == "month" else "noindex"

    @property
    def pinned(self) -> str:
        """The day that the address asks for; '' when it asks for none."""
        return self.day.isoformat() if self.is_pinned else ""

    @property
    def query(self) -> str:
        """What the address of this page asks for, without the number of a list's page."""
        return self.filters.query_with(**{DAY: self.pinned})

    @property
    def previous(self) -> Step | None:
        return self._step(self.first - timedelta(days=1))

    @property
    def next(self) -> Step | None:
        return self._step(self.last + timedelta(days=1))

    def _step(self, day: date) -> Step | None:
        first, last = days_of(self.way, day)
        if not self.bounds.touch(first, last):
            return None
        default = default_day(first, last, self.bounds, self.way)
        return Step(first, last, self.address(self.way, default))

    def address(self, way: str, day: date) -> str:
        """The address of a day in a way of looking. A period is a list, no table has it."""
        is_told = way == "day" or day == default_day(*days_of(way, day), self.bounds, way)
        query = self.filters.query_with(when="", **{DAY: "" if is_told else day.isoformat()})
        path = reverse(f"calendar:calendar_{way}", args=_parts(way, day))
        return f"{path}?{query}" if query else path


def look_at(
    way: str, first: date, last: date, bounds: Bounds, filters: EventFilter, query: QueryDict
) -> Look:
    """The page of some days in a way of looking.

    Raises:
        Http404: the calendar does not reach these days, or ?day= is none of them.
    """
    bounds.require(first, last)
    asked = asked_day(query)
    if asked and not first <= asked <= last:
        raise Http404(_("There is no such day."))
    day = asked or default_day(first, last, bounds, way)
    return Look(way, first, last, bounds.nearest(day), bounds, filters, asked is not None)


def asked_day(query: QueryDict) -> date | None:
    """The day of ?day=2020-02-24.

    Raises:
        Http404: it is no day.
    """
    text = query.get(DAY, "")
    if not text:
        return None
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error


def days_of(way: str, day: date) -> tuple[date, date]:
    """The first and the last day of the page that shows a day in a way of looking."""
    if way == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if way == "month":
        month = Month.nearest(day)
        return month.first_day, month.last_day
    if way == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def default_day(first: date, last: date, bounds: Bounds, way: str) -> date:
    """Today where it is among the days, else the first of them that the calendar has.

    An agenda begins today unless its address says otherwise.
    """
    today = timezone.localdate()
    return today if way == "agenda" or first <= today <= last else bounds.nearest(first)


def _parts(way: str, day: date) -> list[int]:
    """What an address says of a day."""
    if way == "week":
        return list(day.isocalendar()[:2])
    parts = {"year": 1, "month": 2, "day": 3, "agenda": 0}[way]
    return [day.year, day.month, day.day][:parts]
