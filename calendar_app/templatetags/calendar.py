"""The month table beside a page."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from calendar_app.month import Month
from calendar_app.table import MonthTable, month_table

register = template.Library()


@register.inclusion_tag("calendar_app/_month.html")
def month_beside(day: date | None = None) -> dict[str, Any]:
    """The month of a day as a section with its own heading: one read, or two when it is empty.

    Args:
        day: any day of the month; today when it is not given.
    """
    table: MonthTable = month_table(Month.of(day or timezone.localdate()))
    return {"table": table, "is_page": False}
