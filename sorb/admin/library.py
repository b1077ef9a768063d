"""The library of pictures and documents."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sorb.media.models import Document, Image

from .columns import day_and_clock, language_marks
from .content import ContentAdmin, Part
from .pairs import pair
from .picker import image_picker
from .thumbnails import thumbnail, thumbnail_address
from .uploads import document_upload, image_upload


class UploadAdmin(ContentAdmin):
    search_fields = ("title_bg", "title_en", "alternative_bg", "original_name", "credit")
    date_hierarchy = "uploaded_at"
    list_select_related = ("uploaded_by",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("title"), ordering="title_bg")
    def heading(self, item: Any) -> str:
        return str(item)

    @admin.display(description=_("size"), ordering="size")
    def weight(self, item: Any) -> str:
        return filesizeformat(item.size)

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def uploaded(self, item: Any) -> SafeString:
        return day_and_clock(item.uploaded_at)


@admin.register(Image)
class ImageAdmin(UploadAdmin):
    menu_place = 6
    list_display = ("picture", "heading", "alternative_marks", "measures", "weight", "uploaded")
    list_display_links = ("heading",)
    parts = (
        Part(_("Picture"), ("preview", "file")),
        Part(
            _("Words"),
            (pair("alternative"), pair("title"), pair("caption"), "credit"),
            description=_(
                "The alternative text is read aloud to people who do not see the picture: "
                "say what is on it and who."
            ),
        ),
        Part(
            _("What must stay in sight"),
            (("focal_x", "focal_y"),),
            description=_(
                "Where the picture is cut to fit, this point stays in sight. Click on the "
                "picture above, or write the numbers."
            ),
        ),
    )
    readonly_fields = ("preview",)

    class Media:
        js = ("sorb/admin/focal.js",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("upload/", view(image_upload), name="media_image_upload"),
            path("picker/", view(self.picker), name="media_image_picker"),
        ]
        return own + super().get_urls()

    def picker(self, request: HttpRequest) -> HttpResponse:
        return image_picker(request, self.admin_site.each_context(request))

    @admin.display(description="")
    def picture(self, image: Image) -> SafeString:
        return thumbnail(image)

    @admin.display(description="")
    def preview(self, image: Image) -> SafeString:
        """The whole picture, to be clicked on where its focal point is."""
        if not image.pk:
            return format_html("{}", _("The picture appears here after saving."))
        return format_html(
            '<span class="focal" data-focal><img src="{}" alt="" width="{}" height="{}">'
            '<span class="focal-point"></span></span>',
            thumbnail_address(image, "full"),
            image.width,
            image.height,
        )

    @admin.display(description=_("measures"))
    def measures(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description=_("alternative text"))
    def alternative_marks(self, image: Any) -> SafeString:
        return language_marks({"bg": bool(image.alternative_bg), "en": bool(image.alternative_en)})


@admin.register(Document)
class DocumentAdmin(UploadAdmin):
    menu_place = 7
    list_display = ("heading", "kind_of_file", "weight", "uploaded")
    parts = (
        Part(_("Document"), ("file",)),
        Part(_("Words"), (pair("title"), pair("alternative"), pair("caption"), "credit")),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [path("upload/", view(document_upload), name="media_document_upload")]
        return own + super().get_urls()

    @admin.display(description=_("kind of file"))
    def kind_of_file(self, document: Document) -> str:
        return document.kind
