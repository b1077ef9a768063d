"""Whoever has given only the password is a stranger to every page, until the second step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .second_factor import is_due

GetResponse = Callable[[HttpRequest], HttpResponse]


def admitted(request: HttpRequest, claimed: Any) -> Any:
    if is_due(request, claimed):
        request.awaited_user = claimed  # type: ignore[attr-defined]
        return AnonymousUser()
    return claimed


def second_step(get_response: GetResponse) -> GetResponse:
    """Lazily: a page that asks for no user reads no session."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(admitted, request, request.user))  # type: ignore[assignment]
        return get_response(request)

    return answer


def awaited_user(request: HttpRequest) -> Any:
    """The user who has given the password and must still take the second step, or None."""
    if request.user.is_authenticated:
        return None
    return getattr(request, "awaited_user", None)
