"""The admin of any content: its parts in the order of thought, both languages, our own fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms import Field, ModelMultipleChoiceField, Textarea, TextInput, URLInput
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.text import capfirst

from sorb.media.models import Image

from .autocomplete import FoundChoice, FoundChoices
from .changelist import ContentChangeList
from .choices import PREFIX
from .deleted import recoverable_models
from .history import HistoryPages
from .moments import MomentField, MomentsForm, MomentWidget
from .pairs import labels_of, mark_language
from .picker import ImageChoiceField
from .saving import Saving

LONG = 300  # characters from which a line of text needs more than one row


@dataclass(frozen=True)
class Part:
    """A part of a form with its heading; a closed one opens when it is wanted."""

    title: Any
    fields: tuple[Any, ...]
    description: Any = ""
    is_closed: bool = False

    def as_fieldset(self) -> Any:
        classes = ["collapse"] if self.is_closed else []
        options = {"fields": self.fields, "classes": classes, "description": self.description}
        return self.title, options


class ContentFields:
    """How the fields of our models appear, in forms and in the rows inside of them."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget},
        models.URLField: {"assume_scheme": "https", "widget": URLInput},
    }

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest | None, **kwargs: Any
    ) -> Field | None:
        if isinstance(db_field, models.ForeignKey) and db_field.related_model is Image:
            kwargs["form_class"] = ImageChoiceField
            return db_field.formfield(**kwargs)
        field: Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        if field is not None:
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                field.widget.can_delete_related = field.widget.can_view_related = False
            if type(field.widget) is not Textarea and self._is_long(db_field, field):
                field.widget = Textarea(attrs={"rows": 2, "maxlength": db_field.max_length})
            mark_language(db_field, field)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = FoundChoice(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = FoundChoices(db_field, self.admin_site)  # type: ignore[attr-defined]
        field: ModelMultipleChoiceField[Any] | None = super().formfield_for_manytomany(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field

    def _is_long(self, db_field: "models.Field[Any, Any]", field: Field) -> bool:
        is_text = isinstance(db_field, models.CharField) and isinstance(field.widget, TextInput)
        is_words = is_text and not db_field.choices and not isinstance(db_field, models.URLField)
        return is_words and (db_field.max_length or 0) >= LONG


class ContentAdmin(HistoryPages, Saving, ContentFields, admin.ModelAdmin):  # type: ignore[misc, type-arg]
    """Give `parts`: what the form holds, each a Part or the class of an inline, in their order."""

    parts: "Sequence[Part | type[admin.options.InlineModelAdmin[Any, Any]]]" = ()
    labels: dict[str, Any] = {}
    menu_place = 0  # where its list stands in the menu of every page; 0: only among all sections
    form = MomentsForm
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_on_top, actions_on_bottom = False, True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "parts" in cls.__dict__:
            cls.fieldsets = [part.as_fieldset() for part in cls.parts if isinstance(part, Part)]
            cls.inlines = [part for part in cls.parts if not isinstance(part, Part)]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["labels"] = labels_of(self.model) | self.labels
        return super().get_form(request, obj, change, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ContentChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            "may_recover": self.model in recoverable_models(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def view_on_site(self, obj: Any) -> str | None:
        """Its page, when readers see it."""
        if not getattr(obj, "is_visible", True):
            return None
        try:
            return str(obj.get_absolute_url())
        except (AttributeError, NoReverseMatch):
            return None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        fieldsets = iter(context["adminform"])
        rows = {type(formset.opts): formset for formset in context["inline_admin_formsets"]}
        context["parts"] = [
            {"fieldset": next(fieldsets)} if isinstance(part, Part) else {"rows": rows[part]}
            for part in self.parts
            if isinstance(part, Part) or part in rows
        ]
        item = context["original"]
        key = f"{self.opts.app_label}.{self.opts.model_name}"
        context["item_key"] = f"{key}.{item.pk if item else 'add'}"
        if item is not None and "item_version" not in context:
            context["item_version"] = self.token_for(item, request)
        context["kept_choices"] = sorted(
            (name, value) for name, value in request.POST.items() if name.startswith(PREFIX)
        )
        return super().render_change_form(request, context, *args, **kwargs)
