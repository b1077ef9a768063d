"""The page of one's own second factor: on by choice, moved to another phone, codes made anew."""

import time
from collections.abc import Callable
from typing import Any

import django_otp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sorb.desk.models import Entry

from . import second_factor, steps
from .answers import page
from .forms import CodeForm
from .records import record

ACTIONS = ("codes", "replace", "switch_off")


def urls(admin_view: Callable[[Any], Any]) -> list[URLPattern]:
    return [path("second-factor/keep/", admin_view(keep), name="second_factor_keep")]


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """How things stand; every change is asked to be confirmed by a code."""
    user: Any = request.user
    is_kept = second_factor.is_kept(user)
    form = CodeForm(user, request.POST if request.method == "POST" else None)
    action = request.POST.get("action", "")
    if request.method == "POST" and is_kept and action in allowed(user):
        if form.is_valid():
            return DONE[action](request, user)
        steps.note_wrong_code(request, user, form)
    context = {
        "title": _("Second factor"),
        "form": form if action in ACTIONS else CodeForm(user),
        "is_kept": is_kept,
        "is_demanded": second_factor.is_demanded(user),
        "codes_left": second_factor.recovery_codes_left(user),
    }
    return page(request, "admin/second_factor_keep.html", context, wait=form.wait)


def allowed(user: Any) -> tuple[str, ...]:
    return ACTIONS[:2] if second_factor.is_demanded(user) else ACTIONS


def note(request: HttpRequest, words: Any) -> None:
    record(request, Entry.Action.SECOND_FACTOR, request.user, item=request.user, words=words)


def codes(request: HttpRequest, user: Any) -> HttpResponse:
    made = second_factor.new_recovery_codes(user)
    note(request, gettext_lazy("new recovery codes"))
    return steps.show_codes(request, made)


def replace(request: HttpRequest, user: Any) -> HttpResponse:
    """The old phone stays the second factor until the new one has shown its first code."""
    request.session[steps.MAY_REPLACE] = int(time.time()) + steps.REPLACING
    request.session.pop(steps.KEY, None)
    return HttpResponseRedirect(reverse("admin:second_factor_set_up"))


def switch_off(request: HttpRequest, user: Any) -> HttpResponse:
    second_factor.take_away(user)
    for name in (second_factor.DUE, django_otp.DEVICE_ID_SESSION_KEY):
        request.session.pop(name, None)
    note(request, gettext_lazy("switched off"))
    messages.success(request, _("The second factor is switched off."))
    return HttpResponseRedirect(reverse("admin:second_factor_keep"))


DONE = {"codes": codes, "replace": replace, "switch_off": switch_off}
