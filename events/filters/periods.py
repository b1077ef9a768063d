"""Days that readers ask for by a word, counted by the calendar of Sofia."""

import calendar
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

PERIODS = {
    "today": _("Today"),
    "week": _("This week"),
    "weekend": _("This weekend"),
    "month": _("This month"),
}


def period_days(period: str, today: date) -> tuple[date, date]:
    """The first and the last day of a period, both included; weeks begin on Monday.

    Raises:
        KeyError: there is no such period.
    """
    monday = today - timedelta(days=today.weekday())
    days_in_month = calendar.monthrange(today.year, today.month)[1]
    return {
        "today": (today, today),
        "week": (monday, monday + timedelta(days=6)),
        "weekend": (monday + timedelta(days=5), monday + timedelta(days=6)),
        "month": (today.replace(day=1), today.replace(day=days_in_month)),
    }[period]
