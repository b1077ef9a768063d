"""The month table beside a page, and the days of an event."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from calendar_app.month import Month
from calendar_app.table import MonthTable, month_table
from events.filters import EventFilter
from events.models import Event

register = template.Library()


@register.inclusion_tag("calendar_app/_month.html")
def month_beside(day: date | None = None, filters: EventFilter | None = None) -> dict[str, Any]:
    """The month of a day as a section with its own heading: one read, two or three when empty.

    Args:
        day: any day of the month; today when it is not given.
        filters: what the page beside it shows; everything when they are not given.
    """
    table: MonthTable = month_table(Month.nearest(day or timezone.localdate()), filters)
    return {"table": table, "is_page": False}


@register.filter
def number_of_day(event: Event, day: date) -> int:
    """Which day of an event of several days a day is, from 1."""
    return (day - event.first_day).days + 1


@register.filter
def number_of_days(event: Event) -> int:
    return (event.last_day - event.first_day).days + 1
