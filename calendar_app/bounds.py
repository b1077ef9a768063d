"""How far the calendar reaches: from one month before the first event to one after the last."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from sorb.dates import day_of, last_day

from .month import Month


@dataclass(frozen=True)
class Bounds:
    """The first and the last month that have addresses; the month of today is among them."""

    first: Month
    last: Month

    def __contains__(self, month: Month | None) -> bool:
        return month is not None and self.first <= month <= self.last

    def touch(self, first: date, last: date) -> bool:
        """Does any of the days, the last included, belong to the calendar?"""
        return first <= self.last.last_day and last >= self.first.first_day

    def nearest(self, day: date) -> date:
        """The day itself, or the first or last day of the calendar when it lies beyond."""
        return min(max(day, self.first.first_day), self.last.last_day)

    def require(self, first: date, last: date) -> None:
        """
        Raises:
            Http404: none of these days belongs to the calendar.
        """
        if not self.touch(first, last):
            raise Http404(_("The calendar does not reach that far."))


def extremes() -> dict[str, Any]:
    """Annotations for any read of events: the first start and the last end of all visible ones.

    What ends last either begins last, or still goes on when the last one begins: two short
    look-ups by index, however many events there are.
    """
    visible = Event.objects.visible()
    last_start = Subquery(visible.order_by("-starts_at").values("starts_at")[:1])
    going_on = visible.filter(span__contains=last_start)
    return {
        "first_start": Subquery(visible.order_by("starts_at").values("starts_at")[:1]),
        "last_start": last_start,
        "last_end": Subquery(going_on.order_by("-ends_at").values("ends_at")[:1]),
    }


def bounds_of(event: Any) -> Bounds:
    """The bounds of the calendar from an event that was read with `extremes()`."""
    return _between(event.first_start, event.last_start, event.last_end)


def bounds_of_calendar() -> Bounds:
    """The bounds of the calendar: one read."""
    rows = Event.objects.visible().order_by("starts_at").annotate(**extremes())
    now = timezone.now()
    found = rows.values_list("first_start", "last_start", "last_end")[:1]
    return _between(*next(iter(found), (now, now, now)))


def _between(first: datetime, last_start: datetime, last_end: datetime) -> Bounds:
    today = timezone.localdate()
    months = [Month.nearest(day) for day in (day_of(first), last_day(last_start, last_end), today)]
    return Bounds(min(months).previous or min(months), max(months).next or max(months))
