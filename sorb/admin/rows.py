"""Rows inside of a form: added, sorted by dragging and by keyboard, removed with a way back."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.forms.models import BaseInlineFormSet
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

    # Rows are parts of an item: who may change it may change them

    def _whole(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._whole().has_view_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None or obj.pk is None:
            return bool(self._whole().has_add_permission(request))
        return bool(self._whole().has_change_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

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


class KnownChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows that were read already, all at once."""

    known: dict[int, Any] = {}

    def to_python(self, value: Any) -> Any:
        if str(value or "").isdecimal() and int(value) in self.known:
            return self.known[int(value)]
        return super().to_python(value)


class UseFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Reads the rows and their files at once, and writes the changed rows at once."""

    form: Any

    @cached_property
    def files_sent(self) -> dict[int, Any]:
        """The files that were sent, by their keys."""
        name = self.form.file_field
        uses: Any = self.model
        sent = {
            str(self.data.get(f"{self.prefix}-{place}-{name}")) for place in range(self.total())
        }
        upload = uses._meta.get_field(name).related_model
        known: dict[int, Any] = upload._default_manager.in_bulk(
            [int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19]
        )
        return known

    def total(self) -> int:
        return min(self.total_form_count(), self.absolute_max)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not self.is_bound:
            return
        rows = {row.pk: row for row in self.get_queryset()}
        for name, known in (("id", rows), (self.form.file_field, self.files_sent)):
            field = form.fields[name]
            choice = KnownChoiceField(
                field.queryset, required=field.required, widget=field.widget, initial=field.initial
            )
            choice.known = known
            form.fields[name] = choice

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        return form.save(commit=False)

    def save_existing_objects(self, commit: bool = True) -> Any:
        changed = super().save_existing_objects(commit)
        if commit and changed:
            uses: Any = self.model
            names = [field.name for field in uses._meta.concrete_fields]
            uses._base_manager.bulk_update(changed, [name for name in names if name != "id"])
        return changed


class UseForm(SortedForm):
    """A file of the library in its place: the row holds its number, whatever else fails."""

    file_field = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.file_field].widget = forms.HiddenInput()

    def _get_validation_exclusions(self) -> set[str]:
        """The file was found when it was chosen; it need not be looked for once more."""
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return known | {self.file_field}

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
    formset = UseFormSet
    upload_name = ""
    accept = ""

    @property
    def media(self) -> forms.Media:
        files = ["upload", "describe", "library", "sorting", "rows", "gallery"]
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
    lines: tuple[Any, ...] = ("document", "order", pair("caption"))
    upload_name = "admin:media_document_upload"
    accept = ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.csv,.txt,.zip"
