"""The real page of an item that is not public: put in place, drawn, and taken back."""

import copy
import re
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import Signer
from django.db import models
from django.db.transaction import atomic, set_rollback
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from sorb.media.names import STORED
from sorb.publishing.models import Publishable, Status

from .models import PreviewLink, WorkingCopy
from .working_copies import put_in_place

MEDIA = re.compile(re.escape(settings.MEDIA_URL) + STORED.pattern)
SIGNER = Signer(salt="sorb.desk.preview")
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def page(request: HttpRequest, item: Publishable, language: str, token: str = "") -> HttpResponse:
    """The page of an item as readers will see it, drawn inside a transaction that is taken back.

    Args:
        request: of the one who looks; the page is drawn for nobody in particular.
        item: in any state; its working copy is shown where there is one.
        language: "bg" or "en".
        token: of the link that leads to it, for its pictures; "" for staff, who have a session.

    Returns:
        The page, never kept, never indexed.
    """
    with translation.override(language), atomic():
        shown = _made_public(item)
        address = shown.get_absolute_url(language)
        response = _drawn(request, address, language)
        set_rollback(True)
    if token:
        response.content = MEDIA.sub(
            lambda found: f"{found[0]}?preview={pass_for(found[0], token)}",
            response.content.decode(),
        ).encode()
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def pass_for(path: str, token: str) -> str:
    """What a file's address carries on the page of a link: that the page showed this file."""
    return f"{token}.{SIGNER.signature(f'{token} {path}')}"


def opens(request: HttpRequest, upload: models.Model) -> bool:
    """Does the request carry a pass for this very address, of a link that is still open?"""
    token, _dot, signature = request.GET.get("preview", "").partition(".")
    expected = SIGNER.signature(f"{token} {request.path}")
    is_ours = constant_time_compare(signature, expected)
    return is_ours and PreviewLink.objects.open().filter(token=token).exists()


def _made_public(item: Publishable) -> Publishable:
    model = type(item)
    working = WorkingCopy.objects.about(item).first()
    if working is not None:
        put_in_place(item, working)
    if not item.is_visible:
        now = timezone.now()
        is_early = item.published_at is None or item.published_at > now
        model._base_manager.filter(pk=item.pk).update(
            status=Status.PUBLISHED,
            published_at=now if is_early else item.published_at,
            withdrawn_at=None,
        )
    shown: Publishable = model._base_manager.get(pk=item.pk)
    return shown


def _drawn(request: HttpRequest, address: str, language: str) -> HttpResponse:
    match = resolve(address)
    visit: Any = copy.copy(request)
    visit.path = visit.path_info = address
    visit.method = "GET"
    visit.GET = visit.GET.__class__("")
    visit.user = AnonymousUser()
    visit.resolver_match = match
    visit.LANGUAGE_CODE = language
    visit.is_preview = True
    response: Any = match.func(visit, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
    return response  # type: ignore[no-any-return]
