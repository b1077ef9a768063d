"""Fields and their values in the words of the people who fill them in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import pgettext
from modeltranslation.fields import TranslationField

from sorb.dates import SOFIA
from sorb.desk.snapshot import row_relations, value_fields
from sorb.richtext.fields import RichTextField

from .texts import lines

Model = type[models.Model]


class Names:
    """The names of the things that snapshots point at: one read for each model."""

    def __init__(self) -> None:
        self.wanted: dict[Model, set[int]] = {}
        self.found: dict[Model, dict[int, str]] = {}

    def want(self, model: Any, keys: Iterable[Any]) -> None:
        self.wanted.setdefault(model, set()).update(key for key in keys if isinstance(key, int))

    def read(self) -> None:
        for model, keys in self.wanted.items():
            long = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, models.TextField)
            ]
            things = model._base_manager.filter(pk__in=keys).defer(*long) if keys else ()
            self.found[model] = {thing.pk: str(thing) for thing in things}

    def of(self, model: Any, key: Any) -> str:
        if key is None:
            return ""
        names = self.found.get(model, {})
        return names[key] if isinstance(key, int) and key in names else pgettext("thing", "deleted")


def field_named(model: Model, name: str) -> Any:
    """The field or relation of a model; None when it has none of that name any more."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def label_of(field: Any, name: str) -> tuple[str, str]:
    """What people call a field, and the language of its words ("" where it has none)."""
    if field is None:
        return name, ""
    if isinstance(field, ForeignObjectRel):
        return str(field.related_model._meta.verbose_name_plural), ""
    if isinstance(field, TranslationField):
        kept_in = {
            "bg": pgettext("language of a field", "Bulgarian"),
            "en": pgettext("language of a field", "English"),
        }
        language = field.language
        return f"{field.translated_field.verbose_name} ({kept_in[language]})", language
    return str(field.verbose_name), ""


def in_order(model: Model, names: Iterable[str]) -> list[str]:
    """Names in the order of the model, each once; a database keeps those of a snapshot in none."""
    known = [
        *(field.name for field in value_fields(model)),
        *(field.name for field in model._meta.many_to_many),
        *row_relations(model),
    ]
    known.sort(key=lambda name: name.startswith("slug_"))  # addresses after the words
    places = {name: place for place, name in enumerate(known)}
    return sorted(dict.fromkeys(names), key=lambda name: (places.get(name, len(places)), name))


def summary(model: Model, names: Iterable[str]) -> str:
    """The fields and rows that a save changed, in words: „заглавие (бълг.), галерия“."""
    labels = [label_of(field_named(model, name), name)[0] for name in in_order(model, names)]
    return ", ".join(dict.fromkeys(labels))


def words_of(field: Any, value: Any, names: Names) -> str:
    """A value of a snapshot as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model, value)
    if getattr(field, "flatchoices", None):
        labels = {str(key): str(label) for key, label in field.flatchoices}
        return labels.get(str(value), str(value))
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(field, RichTextField):
        return "\n".join(lines(str(value)))
    if isinstance(field, models.DateField):
        return _moment(str(value))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


def _moment(text: str) -> str:
    """„03.10.2025 14:05“ in Sofia, „03.10.2025“ for a day; what is no date as it stands."""
    try:
        if len(text) == len("2025-10-03"):
            return f"{date.fromisoformat(text):%d.%m.%Y}"
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(SOFIA) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return text
    return f"{local:%d.%m.%Y %H:%M}"
