"""What went wrong, for programs: problem details (RFC 9457) instead of a page."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
# Any site may read what everybody may read; no cookie is asked for, so no credentials
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


def problem(
    status: int,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says what is wrong with a request, or with the site.

    Args:
        status: of HTTP; its phrase is the title, as "about:blank" wants it (RFC 9457, 4.2.1).
        detail: words for whoever reads it.
        errors: what is wrong with each parameter: `parameter` and `detail`.
        headers: more than those that let every site read it.
    """
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
    }
    if detail:
        told["detail"] = detail
    if errors:
        told["errors"] = list(errors)
    return JsonResponse(
        told,
        status=status,
        content_type=MEDIA_TYPE,
        headers={**OPEN_TO_ALL, "Cache-Control": "no-store", **(headers or {})},
        json_dumps_params={"ensure_ascii": False},
    )
