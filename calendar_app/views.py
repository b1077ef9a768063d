from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.ical import calendar_response
from events.models import Event
from sorb.dates import midnight

from .month import Month
from .table import MonthTable, bounds_of_calendar, month_table

MOST_IN_FILE = 2000  # events: a file of some 2 MB, made in about a second


@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """The month of today."""
    return _month_page(request, month_table(Month.of(timezone.localdate())))


@require_safe
def calendar_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    table = month_table(Month(year, month))
    if table.is_outside:
        raise Http404(_("The calendar does not reach that far."))
    return _month_page(request, table)


def _month_page(request: HttpRequest, table: MonthTable) -> HttpResponse:
    """The page of a month; an empty one says which event comes next."""
    later = Event.objects.visible().between(table.month.ends_at, table.bounds.last.ends_at)
    following = None if table.events else later.first()
    context = {"table": table, "following": following}
    return render(request, "calendar_app/calendar_month.html", context)


@require_safe
def calendar_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    try:
        shown = date(year, month, day)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error
    if Month.of(shown) not in bounds_of_calendar():
        raise Http404(_("The calendar does not reach that far."))
    starts_at, ends_at = midnight(shown), midnight(shown + timedelta(days=1))
    events = Event.objects.visible().between(starts_at, ends_at).for_cards()
    return render(request, "calendar_app/calendar_day.html", {"day": shown, "events": events})


@require_safe
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The calendar to subscribe to: a year back and all to come, the first that fit."""
    events = Event.objects.visible().for_subscribers().with_calendar_facts()
    return calendar_response(request, events[:MOST_IN_FILE], _("calendar.ics"))
