from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from events.filters import EventFilter, period_days
from events.ical import subscription_response
from events.models import Event
from events.wording import site_calendar_name
from sorb.dates import midnight
from sorb.publishing.pages import numbered_page

from .bounds import bounds_of_calendar
from .look import Look, days_of, look_at
from .month import Month
from .table import Day, MonthTable, events_by_day, month_table
from .year import year_table


@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """The month of today."""
    return _month_page(request, Month.of(timezone.localdate()))


@require_safe
def calendar_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _month_page(request, Month(year, month))


def _month_page(request: HttpRequest, month: Month) -> HttpResponse:
    """The page of a month; an empty one says which event comes next."""
    filters = EventFilter.asked(request.GET)
    table: MonthTable = month_table(month, filters)
    span = month.first_day, month.last_day
    look = look_at("month", *span, table.bounds, filters, request.GET)
    return _page(request, look, table=table)


@require_safe
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """A year at a glance."""
    look = _look(request, "year", date(year, 1, 1))
    return _page(request, look, year=year, months=year_table(year, look.filters, look.bounds))


@require_safe
def calendar_week(request: HttpRequest, year: int, week: int) -> HttpResponse:
    """A week by its number (ISO 8601), day by day."""
    look = _look(request, "week", _existing(date.fromisocalendar, year, week, 1))
    events = list(_events_of(look).for_cards())
    days = [look.first + timedelta(days=number) for number in range(7)]
    by_day = events_by_day(events, days)
    today = timezone.localdate()
    shown = [Day(day, True, day == today, by_day.get(day, [])) for day in days]
    return _page(request, look, week=week, days=shown)


@require_safe
def calendar_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    look = _look(request, "day", _existing(date, year, month, day))
    return _page(request, look, day=look.first, events=_events_of(look).for_cards())


@require_safe
def calendar_agenda(request: HttpRequest) -> HttpResponse:
    """The events from a day on as a list; of a period, where the address asks for one."""
    filters, bounds = EventFilter.asked(request.GET), bounds_of_calendar()
    first, last = bounds.first.first_day, bounds.last.last_day
    look = look_at("agenda", first, last, bounds, filters, request.GET)
    visible = filters.narrow(Event.objects.visible())
    if filters.period:
        day, _last = period_days(filters.period, timezone.localdate())
        look = Look("agenda", first, last, bounds.nearest(day), bounds, filters)
        events = visible
    else:
        events = visible.since(midnight(look.day))
    page = numbered_page(request, events.for_cards())
    shown = page.end_index()
    return _page(request, look, events=page, shown=shown, is_same_list=True)


def _look(request: HttpRequest, way: str, day: date) -> Look:
    span, filters = days_of(way, day), EventFilter.asked(request.GET)
    return look_at(way, *span, bounds_of_calendar(), filters, request.GET)


def _existing(make: Any, *numbers: int) -> date:
    """
    Raises:
        Http404: there is no such day or week, 30 February for example.
    """
    try:
        day: date = make(*numbers)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error
    return day


def _events_of(look: Look) -> Any:
    visible = look.filters.narrow(Event.objects.visible())
    return visible.between(midnight(look.first), midnight(look.last + timedelta(days=1)))


def _page(request: HttpRequest, look: Look, **context: Any) -> HttpResponse:
    known = {"look": look, "filters": look.filters, "robots": look.robots}
    return render(request, f"calendar_app/calendar_{look.way}.html", known | context)


@gzip_page
@require_safe
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The calendar to subscribe to: a year back and all to come."""
    filters = EventFilter.asked(request.GET)
    events, name = filters.narrow(Event.objects.visible()), site_calendar_name(filters)
    return subscription_response(request, events, _("calendar.ics"), name)
