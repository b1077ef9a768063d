"""The ways from an upload to what uses it, found in the models themselves.

The library knows no app. A model says by its foreign keys that it uses uploads, by a
`RichTextField` that its texts may, and by `visible()` on its manager which rows the public sees;
what has no `visible()` makes nothing public.
"""

from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sorb.richtext.fields import RichTextField

Model = type[models.Model]


class Way(NamedTuple):
    """How rows of a model come to use an upload."""

    model: Model
    path: str  # from the model to the upload, as queries write it: "gallery__image"
    place: Any  # in words: "cover picture", "gallery"


@cache
def text_columns(model: Model) -> tuple[str, ...]:
    """The columns of a model that hold rich text: those of each language where it is translated."""
    names = [
        field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)
    ]
    return tuple(name for name in names if f"{name}_bg" not in names)


@cache
def models_with_text() -> tuple[Model, ...]:
    return tuple(model for model in apps.get_models() if text_columns(model))


@cache
def direct_ways(upload: Model) -> tuple[Way, ...]:
    """By a foreign key of the row itself, or by rows that are parts of it."""
    found = []
    for relation in upload._meta.related_objects:
        model: Any = relation.related_model
        field: Any = relation.field
        if hasattr(model, "owner_field"):
            owner = model.owner_field()
            path = f"{owner.related_query_name()}__{field.name}"
            found.append(Way(owner.related_model, path, model._meta.verbose_name_plural))
        elif not hasattr(model, "upload_field"):
            found.append(Way(model, field.name, field.verbose_name))
    return tuple(found)


def notes_of(upload: Model) -> Any:
    """What is noted of the texts that show or link to uploads of this kind."""
    model: Any = upload._meta.get_field("in_texts").related_model
    return model._default_manager.all()


def text_place() -> Any:
    return _("text")


def visible(model: Model) -> Any:
    """The rows that the public sees at this moment; None of a model that does not say so."""
    rows: Any = model._default_manager
    return rows.visible() if hasattr(rows, "visible") else rows.none()


def is_used(upload: Model) -> Q:
    """The condition, on rows of an upload model, that anything at all refers to them."""
    rows: list[Any] = [
        relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        for relation in upload._meta.related_objects
    ]
    return any_of(rows)


def is_public(upload: Model) -> Q:
    """The condition that something uses them which the public sees at this moment.

    Nothing has to run for a file to become public with a scheduled item, or to cease with it.
    """
    rows = [visible(way.model).filter(**{way.path: OuterRef("pk")}) for way in direct_ways(upload)]
    notes = notes_of(upload)
    rows += [
        notes.filter(
            **{notes.model.upload_field: OuterRef("pk")},
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_id__in=visible(model).values("pk"),
        )
        for model in models_with_text()
    ]
    return any_of(rows)


def any_of(rows: list[Any]) -> Q:
    return Q(*map(Exists, rows), _connector=Q.OR)
