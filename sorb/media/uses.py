"""Where an upload is used."""

from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import Upload, ways


class Use(NamedTuple):
    """Something that uses an upload."""

    item: Any
    place: str  # in words: "cover picture", "gallery", "text"
    is_public: bool  # does the public see the item at this moment?


def uses_of(upload: Upload) -> list[Use]:
    """Everything that uses an upload, the public or not.

    The number of reads depends on the kinds of things that can use it, not on their number.
    """
    found: list[Use] = []
    for way in ways.direct_ways(type(upload)):
        rows = way.model._default_manager.filter(**{way.path: upload.pk}).distinct()
        found += _uses(way.model, rows, way.place)
    keys: dict[int, list[int]] = {}
    notes = ways.notes_of(type(upload)).filter(
        **{ways.notes_of(type(upload)).model.upload_field: upload.pk}
    )
    for kind, key in notes.order_by("pk").values_list("content_type", "object_id"):
        keys.setdefault(kind, []).append(key)
    for kind, held in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            rows = model._default_manager.filter(pk__in=held)
            found += _uses(model, rows, ways.text_place())
    return found


def _uses(model: type[models.Model], rows: Any, place: Any) -> list[Use]:
    items = list(rows)
    if not items:
        return []
    keys = [item.pk for item in items]
    public = set(ways.visible(model).filter(pk__in=keys).values_list("pk", flat=True))
    return [Use(item, str(place), item.pk in public) for item in items]
