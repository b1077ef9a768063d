"""How every address of the API answers: JSON, ETag, open to all sites, problems in words."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from sorb.outside import absolute, conditional
from sorb.problems import OPEN_TO_ALL, problem
from sorb.publishing.addresses import LANGUAGES, SOURCE, AddressedQuerySet

from .parameters import LANGUAGE, Asked, Parameter, RefusedError, asked_for

METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, Accept, Content-Type",
    "Access-Control-Max-Age": "86400",  # seconds
}

View = Callable[..., Mapping[str, Any]]


def reading(*parameters: Parameter) -> Callable[[View], Callable[..., HttpResponse]]:
    """Makes a view of a function that says in a dictionary what an address tells.

    The function is given the request and the values of the parameters; `language` is always one
    of them, and the active one. It raises Http404 with words for whoever asks.
    """
    known = (LANGUAGE, *parameters)

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt  # nothing is changed here; a POST is told so and not asked for a token
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={**OPEN_TO_ALL, **PREFLIGHT})
            wish = request.GET.get("language", SOURCE)
            with translation.override(wish if wish in LANGUAGES else SOURCE):
                return _told(request, view, known, arguments)

        return answer

    return decorate


def _told(
    request: HttpRequest, view: View, known: Sequence[Parameter], arguments: dict[str, Any]
) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        words = _("This address can only be read.")
        return problem(405, words, headers={"Allow": METHODS})
    try:
        asked = asked_for(request, known)
        told = view(request, asked, **arguments)
    except RefusedError as refused:
        return problem(400, _("The parameters cannot be understood."), errors=refused.errors)
    except Http404 as missing:
        return problem(404, str(missing))
    return _as_json(request, told, asked["language"])


def _as_json(request: HttpRequest, told: Mapping[str, Any], language: str) -> HttpResponse:
    """What is withdrawn must be gone at once: kept copies are asked about each time."""
    response: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = language
    response["Cache-Control"] = "no-cache"
    links = [(name, told[name]) for name in ("next", "previous") if told.get(name)]
    if links:
        kinds = {"next": "next", "previous": "prev"}
        response["Link"] = ", ".join(f'<{link}>; rel="{kinds[name]}"' for name, link in links)
    response = conditional(request, response)
    for name, value in OPEN_TO_ALL.items():
        response[name] = value
    return response


def listed(
    request: HttpRequest,
    asked: Asked,
    items: AddressedQuerySet,
    tell: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """A page of a list, with the ways to its neighbours: two reads, and those of the items.

    Raises:
        Http404: the list has no such page.
    """
    try:
        page = Paginator(items, asked["per_page"]).page(asked["page"])
    except EmptyPage as error:
        raise Http404(_("There is no such page.")) from error
    following = page.next_page_number() if page.has_next() else None
    before = page.previous_page_number() if page.has_previous() else None
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": _page_address(request, following),
        "previous": _page_address(request, before),
        "items": [tell(item) for item in page],
    }


def _page_address(request: HttpRequest, number: int | None) -> str | None:
    if number is None:
        return None
    query = request.GET.copy()
    query["page"] = str(number)
    return absolute(f"{request.path}?{query.urlencode()}")
