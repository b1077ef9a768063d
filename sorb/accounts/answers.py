"""What all pages of signing in have: the policy of the admin, its frame, and a way on."""

from typing import Any, TypeVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

Response = TypeVar("Response", bound=HttpResponseBase)


def closed(response: Response) -> Response:
    """The answer with the headers of the admin: its own policy of content, and never kept."""
    response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store, private"
    return response


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, wait: int = 0
) -> TemplateResponse:
    """A page in the frame of the admin; with seconds to wait it is a refusal (429)."""
    frame = admin.site.each_context(request)
    response = TemplateResponse(
        request, template, {**frame, **context, "wait": wait}, status=429 if wait else 200
    )
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def way_on(request: HttpRequest) -> str:
    """Where the reader was going, if that is on this host; else the start page."""
    address = request.POST.get("next", request.GET.get("next", ""))
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_own else reverse("admin:index")
