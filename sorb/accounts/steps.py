"""The second step of signing in, and the setting up of a second factor."""

import base64
import io
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from sorb.desk.models import Entry

from . import second_factor
from .answers import page, way_on
from .forms import CodeForm, FirstCodeForm
from .middleware import awaited_user
from .records import record

View = Callable[..., HttpResponseBase]
Wrap = Callable[[Any], Any]

KEY = "second_factor_key"
MAY_REPLACE = "second_factor_may_be_replaced"  # until when, in seconds since 1970
REPLACING = 900  # seconds


def urls(guarded: Wrap) -> list[URLPattern]:
    return [
        path("second-factor/", guarded(second_step), name="second_factor"),
        path("second-factor/set-up/", guarded(set_up), name="second_factor_set_up"),
        path("second-factor/cancel/", guarded(cancel), name="second_factor_cancel"),
    ]


def step_first(view: View) -> View:
    """The view; whoever still owes the second step is led there, whatever was asked for."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if awaited_user(request) is not None:
            return to_step(request.get_full_path())
        return view(request, *args, **kwargs)

    return answer


def to_step(following: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(
        f"{reverse('admin:second_factor')}?{urlencode({'next': following})}"
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks whoever has given the password for a code."""
    user = awaited_user(request)
    if user is None:
        return HttpResponseRedirect(way_on(request))
    if not second_factor.is_kept(user):
        query = urlencode({"next": way_on(request)})
        return HttpResponseRedirect(f"{reverse('admin:second_factor_set_up')}?{query}")
    form = CodeForm(user, request.POST if request.method == "POST" else None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if request.method == "POST":
        if form.is_valid():
            return _signed_in(request, user, form)
        note_wrong_code(request, user, form)
    context = {
        "title": _("Second step"), "form": form, "account": user, "next": way_on(request)
    }  # fmt: skip
    return page(request, "admin/second_factor.html", context, wait=form.wait)


def _signed_in(request: HttpRequest, user: Any, form: CodeForm) -> HttpResponse:
    second_factor.admit(request, form.device)
    is_recovery = len(form.cleaned_data["code"]) == second_factor.RECOVERY_DIGITS
    words = gettext_lazy("with a recovery code") if is_recovery else ""
    record(request, Entry.Action.SIGNED_IN, user, words=words)
    return HttpResponseRedirect(way_on(request))


def note_wrong_code(request: HttpRequest, user: Any, form: CodeForm) -> None:
    """A wrong code; what is refused unread is not written down again."""
    if form.wait == 0:
        words = gettext_lazy("wrong code of the second factor")
        record(request, Entry.Action.SIGN_IN_FAILED, user, words=words)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows a key for the app, and with its first code makes it the second factor."""
    awaited = awaited_user(request)
    user = awaited or request.user
    if not (user.is_authenticated and user.is_staff):
        return HttpResponseRedirect(reverse("admin:login"))
    if second_factor.is_kept(user) and not (awaited is None and may_replace(request)):
        return HttpResponseRedirect(reverse("admin:second_factor_keep"))
    key = request.session.setdefault(KEY, second_factor.new_key())
    form = FirstCodeForm(user, key, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _kept(request, user, form, is_signing_in=awaited is not None)
    device = TOTPDevice(user=user, key=key)
    context = {
        "title": _("Set up the second factor"),
        "form": form,
        "account": user,
        "is_demanded": second_factor.is_demanded(user),
        "is_signing_in": awaited is not None,
        "picture": picture(device.config_url),
        "key": grouped(base64.b32encode(bytes.fromhex(key)).decode()),
        "next": way_on(request),
    }
    return page(request, "admin/second_factor_set_up.html", context)


def _kept(
    request: HttpRequest, user: Any, form: FirstCodeForm, *, is_signing_in: bool
) -> HttpResponse:
    codes = second_factor.new_recovery_codes(user)
    second_factor.admit(request, form.device)
    for name in (KEY, MAY_REPLACE):
        request.session.pop(name, None)
    request.session[second_factor.DUE] = True
    if is_signing_in:
        request.user = user
    record(request, Entry.Action.SECOND_FACTOR, user, item=user, words=gettext_lazy("set up"))
    if is_signing_in:
        record(request, Entry.Action.SIGNED_IN, user)
    return show_codes(request, codes)


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The recovery codes, this once."""
    context = {
        "title": _("Recovery codes"),
        "codes": [grouped(code) for code in codes],
        "next": way_on(request),
    }
    return page(request, "admin/second_factor_codes.html", context)


def may_replace(request: HttpRequest) -> bool:
    return bool(request.session.get(MAY_REPLACE, 0) > time.time())


def grouped(text: str) -> str:
    """By four, as people read it out."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(address: str) -> str:
    """A QR code as a data: address, dark on white whatever the page looks like."""
    file = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathFillImage).save(file)
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Forgets the password step: somebody else wants to sign in."""
    if awaited_user(request) is not None:
        logout(request)
    return HttpResponseRedirect(reverse("admin:login"))
