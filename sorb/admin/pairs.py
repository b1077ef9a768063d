"""Fields that exist in both languages, as pairs that the form shows in one row."""

from typing import Any

from django.db import models
from django.forms import Field
from modeltranslation.fields import TranslationField
from modeltranslation.manager import get_translatable_fields_for_model

from sorb.publishing.addresses import LANGUAGES


def pair(name: str) -> tuple[str, ...]:
    """The fields of a word in each language: ("title_bg", "title_en")."""
    return tuple(f"{name}_{code}" for code in LANGUAGES)


def language_of(name: str) -> str:
    """The language of a field by its name; '' for a field that has none."""
    code = name.rpartition("_")[2]
    return code if "_" in name and code in LANGUAGES else ""


def labels_of(model: type[models.Model]) -> dict[str, Any]:
    """Labels of the translated fields without modeltranslation's "[bg]"."""
    return {
        field: model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in get_translatable_fields_for_model(model) or ()
        for field in pair(name)
    }


def mark_language(db_field: Any, field: Field) -> None:
    """Say in which language is typed: to screen readers, spelling checkers and our switch."""
    if isinstance(db_field, TranslationField):
        field.widget.attrs["lang"] = db_field.language
