"""The library of pictures and documents."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sorb.desk import history, log
from sorb.desk.models import Revision
from sorb.media.models import Document, Image

from .columns import day_and_clock, language_marks
from .content import ContentAdmin, Part
from .pairs import pair
from .picker import image_picker
from .thumbnails import thumbnail, thumbnail_address
from .uploads import document_upload, image_describe, image_upload
from .uses import (
    KindFilter,
    LacksAlternativeFilter,
    UseFilter,
    shown_uses,
    standing,
    why_protected,
)

REPLACE = _(
    "A new file takes the place of this one everywhere: in covers, galleries and texts. "
    "The old file is removed."
)


class UploadAdmin(ContentAdmin):
    """Words are in the history, files are not: what is replaced or deleted is gone, and the log
    says so."""

    search_fields = (
        *("title_bg", "title_en", "alternative_bg", "alternative_en"),
        *("caption_bg", "caption_en", "original_name", "credit"),
    )
    search_help_text = _(
        "Searches titles, alternative texts, captions, names of files and credits."
    )
    date_hierarchy = "uploaded_at"
    upload_name = ""
    accept = ""

    def get_queryset(self, request: HttpRequest) -> Any:
        uploads: Any = super().get_queryset(request)
        return uploads.with_standing()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        drop = {"upload_address": reverse(self.upload_name), "accept": self.accept}
        return super().changelist_view(request, {**drop, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context["original"]
        context["uses"] = shown_uses(request, item) if item else None
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is used is not deleted, and the page says where it is used."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, why_protected(request, objs) if protected else []

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        request.is_replaced = change and "file" in form.changed_data
        super().save_model(request, obj, form, change)

    def saved(self, request: Any, item: Any, change: bool) -> None:
        verb = Revision.Verb.CHANGED if change else Revision.Verb.CREATED
        told = "replaced" if request.is_replaced else "changed" if change else "uploaded"
        history.record(item, request.user, verb, told=told)
        if request.is_replaced:
            words = gettext("The new file stands everywhere in the place of the old one.")
            messages.info(request, words)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        log.note("deleted", user=request.user, item=obj)
        obj.delete()

    @admin.display(description=_("use"))
    def use(self, item: Any) -> SafeString:
        return standing(item)

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
    list_display = (
        "picture",
        "heading",
        "alternative_marks",
        "use",
        "measures",
        "weight",
        "uploaded",
    )
    list_display_links = ("heading",)
    list_filter = (UseFilter, LacksAlternativeFilter)
    upload_name = "admin:media_image_upload"
    accept = "image/jpeg,image/png,image/webp,image/gif"
    parts = (
        Part(_("Picture"), ("preview", "file"), description=REPLACE),
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
            path("<int:pk>/describe/", view(image_describe), name="media_image_describe"),
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
    list_display = ("heading", "kind_of_file", "use", "weight", "uploaded")
    list_filter = (UseFilter, KindFilter)
    upload_name = "admin:media_document_upload"
    accept = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.csv"
    parts = (
        Part(_("Document"), ("file",), description=REPLACE),
        Part(_("Words"), (pair("title"), pair("alternative"), pair("caption"), "credit")),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [path("upload/", view(document_upload), name="media_document_upload")]
        return own + super().get_urls()

    @admin.display(description=_("kind of file"))
    def kind_of_file(self, document: Document) -> str:
        return document.kind
