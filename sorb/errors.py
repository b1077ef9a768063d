"""The pages for 400, 403, 404, 500 and 503: in the address's language, without the database."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from sorb.problems import problem

logger = logging.getLogger(__name__)

RETRY_AFTER = 60  # seconds
LAST_RESORT = """<!DOCTYPE html>
<html lang="bg"><meta charset="utf-8"><title>Нещо се обърка</title>
<h1>Нещо се обърка</h1><p>Работим по отстраняването му. Опитайте отново след малко.</p>
<p lang="en">Something went wrong. We are working on it; please try again soon.</p></html>
"""


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status, in English under /en/ and in Bulgarian everywhere else.

    Programs that read /api/ get the same as JSON.
    """
    if request.path.startswith("/api/"):
        return problem(status)
    language = "en" if request.path.startswith("/en/") else settings.LANGUAGE_CODE
    is_save = request.method == "POST" and request.path.startswith("/admin/")
    context = {"path_language": language, "is_save": is_save}
    with translation.override(language):
        html = render_to_string(f"{status}.html", context)
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return error_page(request, 500)
    except Exception:  # the page for failures must not fail
        logger.exception("The page for errors cannot be made")
        return HttpResponse(LAST_RESORT, status=500, headers={"Cache-Control": "no-store"})


def service_unavailable(request: HttpRequest) -> HttpResponse:
    logger.error("The database cannot be reached: %s answers 503", request.path, exc_info=True)
    response = error_page(request, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
