from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from sorb.dates import midnight

from .month import Month
from .table import bounds_of_calendar, month_table


@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """The month of today."""
    table = month_table(Month.of(timezone.localdate()))
    return render(request, "calendar_app/calendar_month.html", {"table": table})


@require_safe
def calendar_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    table = month_table(Month(year, month))
    if table.is_outside:
        raise Http404(_("The calendar does not reach that far."))
    return render(request, "calendar_app/calendar_month.html", {"table": table})


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
    raise NotImplementedError
