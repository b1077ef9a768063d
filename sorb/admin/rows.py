"""Rows inside of a form: added, sorted by dragging and by keyboard, removed with a way back."""

from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest
from django.urls import reverse

from .content import ContentFields
from .moments import MomentsForm
from .pairs import labels_of, pair
from .thumbnails import thumbnail_address


class Rows(ContentFields, InlineModelAdmin):  # type: ignore[misc, type-arg]
    """Give `lines`: what a row holds, a tuple where fields stand side by side."""

    template = "admin/edit_inline/rows.html"
    row_template = "admin/edit_inline/_row.html"
    lines: tuple[Any, ...] = ()
    extra = 0
    form = MomentsForm
    description: Any = ""
    add_label: Any = ""
    empty_label: Any = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.fieldsets = [(None, {"fields": cls.lines})]

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["sorb/admin/sorting.js", "sorb/admin/rows.js"])

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["labels"] = labels_of(self.model)
        return super().get_formset(request, obj, **kwargs)


class SortedForm(MomentsForm):
    """A row with a place: the page numbers the rows, without it they keep the place they have."""

    order = forms.IntegerField(
        min_value=0, max_value=32767, required=False, widget=forms.HiddenInput
    )

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 0


class SortedRows(Rows):
    form = SortedForm
    is_sorted = True


class UseForm(SortedForm):
    """A file of the library in its place: the row holds its number, whatever else fails."""

    file_field = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.file_field].widget = forms.HiddenInput()

    @property
    def used(self) -> Any:
        """The file that the row shows; None in the empty row from which others are made."""
        if getattr(self.instance, f"{self.file_field}_id") is None:
            return None
        return getattr(self.instance, self.file_field)


class ImageUseForm(UseForm):
    file_field = "image"

    @property
    def thumbnail(self) -> str:
        return thumbnail_address(self.used) if self.used else ""


class DocumentUseForm(UseForm):
    file_field = "document"


class UseRows(SortedRows):
    """Files of the library used here, dropped or chosen many at once."""

    form: type[UseForm]
    upload_name = ""
    accept = ""

    @property
    def media(self) -> forms.Media:
        files = ["upload", "library", "sorting", "rows", "gallery"]
        return forms.Media(js=[f"sorb/admin/{name}.js" for name in files])

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(self.form.file_field)

    @property
    def upload_address(self) -> str:
        return reverse(self.upload_name)


class ImageRows(UseRows):
    row_template = "admin/edit_inline/_image.html"
    form = ImageUseForm
    lines = ("image", "order", pair("alternative"), pair("caption"), "is_decorative")
    upload_name = "admin:media_image_upload"
    accept = "image/jpeg,image/png,image/webp,image/gif"
    is_gallery = True

    @property
    def picker_address(self) -> str:
        return reverse("admin:media_image_picker")


class DocumentRows(UseRows):
    row_template = "admin/edit_inline/_document.html"
    form = DocumentUseForm
    lines = ("document", "order", pair("caption"))
    upload_name = "admin:media_document_upload"
    accept = ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.csv,.txt,.zip"
