"""Who takes part in an event: people and organizations, in an order of the editor's."""

from functools import cached_property
from typing import Any

from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.models import Appearance, Participation, ProgrammeItem
from sorb.admin.pairs import pair
from sorb.admin.rows import SortedForm, SortedRows

from .times import clock_of


class ItemChoice:
    """For the form of a row that may belong to one item of the programme."""

    def __init__(self, *args: Any, items: list[ProgrammeItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("item"):  # type: ignore[attr-defined]
            ids = [item.pk for item in items]
            field.queryset = ProgrammeItem.objects.filter(pk__in=ids)
            field.choices = [
                ("", _("the whole event")),
                *((item.pk, f"{clock_of(item.starts_at):%H:%M} {item}") for item in items),
            ]


class WithItems:
    """For a set of such rows: reads the programme once; an item not yet saved cannot be chosen."""

    instance: Any

    @cached_property
    def items(self) -> list[ProgrammeItem]:
        return list(self.instance.programme.all()) if self.instance.pk else []

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "items": self.items}  # type: ignore[misc]


class AppearanceForm(ItemChoice, SortedForm):
    pass


class AppearanceFormSet(WithItems, BaseInlineFormSet):  # type: ignore[type-arg]
    pass


class Appearances(SortedRows):
    model = Appearance
    form = AppearanceForm
    formset = AppearanceFormSet
    description = _("Position and organization at the event; left empty, those of today are kept.")
    add_label = _("Add a person")
    empty_label = _("Nobody yet.")
    lines = (("speaker", "role", "item"), (*pair("position"), "organization"), "order")
    autocomplete_fields = ("speaker", "organization")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("speaker", "organization")


class Participations(SortedRows):
    model = Participation
    add_label = _("Add an organization")
    empty_label = _("No organization yet.")
    lines = (("organization", "role"), "order")
    autocomplete_fields = ("organization",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("organization")
