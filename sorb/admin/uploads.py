"""Uploads of single files while a form is being filled in: each answered at once, in JSON."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sorb.media.models import Document, Image
from sorb.media.uploads import accept_document, accept_image

from .thumbnails import thumbnail_address


def described_image(image: Image) -> dict[str, Any]:
    return {
        "id": image.pk,
        "was_known": image.was_known,
        "title": str(image),
        "alternative": image.alternative,
        "thumbnail": thumbnail_address(image),
        "preview": thumbnail_address(image, "wide"),
        "width": image.width,
        "height": image.height,
    }


def described_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.pk,
        "was_known": document.was_known,
        "title": str(document),
        "kind": document.kind,
        "size": document.size,
    }


def answer(
    request: HttpRequest,
    permission: str,
    accept: Callable[[Any, Any], Any],
    describe: Callable[[Any], dict[str, Any]],
) -> JsonResponse:
    """What became of the file in a request: 200 and its description, 400 or 403 and words.

    Raises:
        PermissionDenied: the user may not add to the library.
    """
    if not request.user.has_perm(permission):
        raise PermissionDenied
    files = request.FILES.getlist("file")
    if len(files) != 1:
        return JsonResponse({"error": _("Send one file.")}, status=400)
    try:
        accepted = accept(files[0], request.user)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse(describe(accepted))


@require_POST
def image_upload(request: HttpRequest) -> JsonResponse:
    return answer(request, "media.add_image", accept_image, described_image)


@require_POST
def document_upload(request: HttpRequest) -> JsonResponse:
    return answer(request, "media.add_document", accept_document, described_document)
