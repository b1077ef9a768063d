"""A month for the pages of other sites: in a frame, without script, cookie or menu."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from sorb.outside import conditional

from .month import Month
from .table import month_table

View = Callable[..., HttpResponse]


def for_frames(view: View) -> View:
    """Lets every site show what the view answers in a frame; nothing can be done in it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: int, **kwargs: int) -> HttpResponse:
        response = conditional(request, view(request, *args, **kwargs))
        response["X-Robots-Tag"] = "noindex"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    allowed: Any = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(answer))
    readable: View = require_safe(allowed)
    return readable


@for_frames
def embedded_now(request: HttpRequest) -> HttpResponse:
    """The month of today."""
    return _month(request, Month.of(timezone.localdate()))


@for_frames
def embedded_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _month(request, Month(year, month))


def _month(request: HttpRequest, month: Month) -> HttpResponse:
    table = month_table(month)
    table.bounds.require(month.first_day, month.last_day)
    return render(request, "calendar_app/embedded_month.html", {"table": table})
