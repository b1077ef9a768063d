"""Choosing an image: the field of a form, and the page of the library it chooses from."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sorb.media.models import Image

from .thumbnails import thumbnail_address
from .uploads import describe_address

PER_PAGE = 24
LONGEST_QUERY = 100  # characters


class ImagePicker(forms.Widget):
    """The chosen image as it looks, with ways to upload another or take one of the library."""

    template_name = "admin/widgets/image_picker.html"

    class Media:
        js = tuple(f"sorb/admin/{name}.js" for name in ("upload", "describe", "library", "picker"))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        image = Image.objects.filter(pk=value).first() if str(value or "").isdecimal() else None
        context["image"] = image
        context["thumbnail"] = thumbnail_address(image, "wide") if image else ""
        context["upload_address"] = reverse("admin:media_image_upload")
        context["picker_address"] = reverse("admin:media_image_picker")
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-file" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class ImageChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    widget = ImagePicker


def found_images(query: str) -> Any:
    """Images of the library whose words hold every word of a query, the latest first."""
    images = Image.objects.order_by("-uploaded_at", "-pk")
    for word in query.replace("\0", "")[:LONGEST_QUERY].split():
        columns = ("title_bg", "title_en", "alternative_bg", "alternative_en", "original_name")
        held = Q()
        for column in columns:
            held |= Q(**{f"{column}__icontains": word})
        images = images.filter(held)
    return images


@require_safe
def image_picker(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The library as a grid to choose from, for the forms here and for the text editor.

    Args:
        context: what every page of the admin needs.

    Raises:
        PermissionDenied: the user may not see the library.
    """
    if not request.user.has_perm("media.view_image"):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()
    page = Paginator(found_images(query), PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "title": _("Choose a picture"),
        "page": page,
        "query": query,
        "images": [
            (image, thumbnail_address(image), describe_address(request.user, image))
            for image in page
        ],
        "editor": request.GET.get("CKEditorFuncNum", ""),
        "is_popup": True,
    }
    return TemplateResponse(request, "admin/media/image/picker.html", context)
