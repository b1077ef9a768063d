"""A new password by e-mail: who asks learns nothing, who has the letter chooses a password."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sorb.desk.models import Entry

from . import letters
from .addresses import client_address
from .answers import page
from .models import ResetRequest, fingerprint
from .records import record
from .refusal import too_often

View = Callable[..., HttpResponseBase]


class AskForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def urls(guarded: Callable[[Any], Any]) -> list[URLPattern]:
    def open_with_mail(view: View) -> Any:
        return guarded(only_with_mail(view))

    confirm = open_with_mail(Confirm.as_view())
    return [
        path("password-reset/", open_with_mail(ask), name="password_reset"),
        path("password-reset/sent/", open_with_mail(sent), name="password_reset_done"),
        path("password-reset/<uidb64>/<token>/", confirm, name="password_reset_confirm"),
    ]


def only_with_mail(view: View) -> View:
    """The view, where the site can send letters; elsewhere nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.HAS_MAIL:
            raise Http404
        response = view(request, *args, **kwargs)
        # not "no-referrer": forms would come with "Origin: null", which the CSRF check refuses
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the e-mail address, and says the same whoever it belongs to."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        address = client_address(request)
        if wait := ResetRequest.objects.seconds_to_wait(address):
            return too_often(request, wait)
        if form.is_valid():
            begin(address, form.cleaned_data["email"])
            return HttpResponseRedirect(reverse("admin:password_reset_done"))
    context = {"title": _("A new password"), "form": form}
    return page(request, "registration/password_reset_form.html", context)


def begin(address: str | None, email: str) -> None:
    """Counts a request and has the letter written aside, in the language of the asking page."""
    ResetRequest.objects.over().delete()
    ResetRequest.objects.create(address=address, email=fingerprint(email))
    language = get_language() or settings.LANGUAGE_CODE
    letters.later(lambda: letters.write(email, language))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Look into your mail"), "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
    return page(request, "registration/password_reset_done.html", context)


class Confirm(PasswordResetConfirmView):
    """The page behind the link of the letter."""

    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Choose a new password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        user = form.user
        AxesProxyHandler.reset_attempts(username=user.get_username())
        words = gettext_lazy("by a link in a letter")
        record(self.request, Entry.Action.PASSWORD_CHANGED, user, item=user, words=words)
        messages.success(self.request, _("The new password is set. Sign in with it."))
        return response
