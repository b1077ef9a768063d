"""The answer to whoever has failed too often: 429, with the time to wait in words."""

from typing import Any

from axes.helpers import get_client_username
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .addresses import client_address
from .answers import closed, page
from .failures import seconds_to_wait


def too_many_failures(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """What stands in for the answer of the sign-in when the limit is reached."""
    name = get_client_username(request, credentials) or ""
    return too_often(request, seconds_to_wait(client_address(request), name))


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Asks to wait so many seconds."""
    context = {"title": _("Too many attempts"), "minutes": -(-wait // 60)}
    answer = page(request, "registration/too_often.html", context, wait=wait)
    return closed(answer.render())
