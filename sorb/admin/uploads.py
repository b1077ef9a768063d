"""Uploads of single files while a form is being filled in: each answered at once, in JSON."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sorb.desk import history, log
from sorb.desk.models import Revision
from sorb.media.models import Document, Image
from sorb.media.uploads import accept_document, accept_image

from .thumbnails import thumbnail_address


class Description(forms.ModelForm):  # type: ignore[type-arg]
    """What is on a picture, in both languages."""

    class Meta:
        model = Image
        fields = ("alternative_bg", "alternative_en")


def may_describe(user: Any, image: Image) -> bool:
    """Who may change the library; and whoever brought the picture, who knows what is on it."""
    is_own = image.uploaded_by_id == user.pk and user.has_perm("media.add_image")
    return bool(is_own or user.has_perm("media.change_image"))


def describe_address(user: Any, image: Image) -> str:
    """Where the alternative text is saved; "" for who may not."""
    return (
        reverse("admin:media_image_describe", args=[image.pk]) if may_describe(user, image) else ""
    )


def described_image(image: Image, user: Any) -> dict[str, Any]:
    return {
        "id": image.pk,
        "was_known": image.was_known,
        "title": str(image),
        "address": reverse("admin:media_image_change", args=[image.pk]),
        "alternative": image.alternative,
        "alternative_bg": image.alternative_bg,
        "alternative_en": image.alternative_en,
        "describe": describe_address(user, image),
        "thumbnail": thumbnail_address(image),
        "preview": thumbnail_address(image, "wide"),
        "width": image.width,
        "height": image.height,
    }


def described_document(document: Document, user: Any) -> dict[str, Any]:
    return {
        "id": document.pk,
        "was_known": document.was_known,
        "title": str(document),
        "address": reverse("admin:media_document_change", args=[document.pk]),
        "kind": document.kind,
        "size": document.size,
    }


def answer(
    request: HttpRequest,
    permission: str,
    accept: Callable[[Any, Any], Any],
    describe: Callable[[Any, Any], dict[str, Any]],
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
        with atomic():
            accepted = accept(files[0], request.user)
            if not accepted.was_known:
                log.note("uploaded", user=request.user, item=accepted)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse(describe(accepted, request.user))


@require_POST
def image_upload(request: HttpRequest) -> JsonResponse:
    return answer(request, "media.add_image", accept_image, described_image)


@require_POST
def document_upload(request: HttpRequest) -> JsonResponse:
    return answer(request, "media.add_document", accept_document, described_document)


@require_POST
def image_describe(request: HttpRequest, pk: int) -> JsonResponse:
    """The alternative text of a picture, both languages at once: 200, or 400 and words.

    Raises:
        PermissionDenied: neither an editor of the library nor the one who brought the picture.
        Http404: there is no such picture.
    """
    if not (
        request.user.has_perm("media.change_image") or request.user.has_perm("media.add_image")
    ):
        raise PermissionDenied
    with atomic():
        image = Image.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if image is None:
            raise Http404
        if not may_describe(request.user, image):
            raise PermissionDenied
        if not set(Description.Meta.fields) <= set(request.POST):
            return JsonResponse({"error": _("Send the text in both languages.")}, status=400)
        history.note_as_found(image)
        form = Description(request.POST, instance=image)
        if not form.is_valid():
            words = [str(message) for messages in form.errors.values() for message in messages]
            return JsonResponse({"error": " ".join(words)}, status=400)
        if form.has_changed():
            image.save(update_fields=list(Description.Meta.fields))
            history.record(image, request.user, Revision.Verb.CHANGED)
    texts = {name: getattr(image, name) for name in Description.Meta.fields}
    return JsonResponse({"id": image.pk, **texts})
