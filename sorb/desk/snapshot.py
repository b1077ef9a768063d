"""A snapshot: an item with its links and all its rows as plain values, taken and put back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from modeltranslation.manager import get_translatable_fields_for_model

from .models import Merge

Snapshot = dict[str, Any]

STANDING = frozenset({"status", "published_at", "withdrawn_at"})


def value_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns that say something: without keys, generated ones, and the column without an
    ending of every translated field, which is never read."""
    untold = set(get_translatable_fields_for_model(model) or ())
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name not in untold
    ]


def row_relations(model: type[models.Model]) -> dict[str, Any]:
    """The relations whose rows are parts of an item, by name, in the order of `own_rows`."""
    return {name: model._meta.get_field(name) for name in getattr(model, "own_rows", ())}


def row_fields(relation: Any) -> "list[models.Field[Any, Any]]":
    """The columns of a row, without the one that points at what it is a part of."""
    return [
        field for field in value_fields(relation.related_model) if field != relation.remote_field
    ]


def taken(item: models.Model) -> Snapshot:
    """The item as the database has it: its fields, links and rows as values that JSON knows.

    One read for each link and each kind of rows.
    """
    model = type(item)
    return {
        "fields": {field.name: plain(item, field) for field in value_fields(model)},
        "links": {
            field.name: sorted(
                getattr(item, field.name).order_by().values_list("pk", flat=True).distinct()
            )
            for field in model._meta.many_to_many
        },
        "rows": {
            name: [
                {
                    "pk": row.pk,
                    "fields": {field.name: plain(row, field) for field in row_fields(relation)},
                }
                for row in relation.related_model._default_manager.filter(
                    **{relation.remote_field.name: item.pk}
                )
            ]
            for name, relation in row_relations(model).items()
        },
    }


def plain(row: models.Model, field: "models.Field[Any, Any]") -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(field, models.FileField):
        return value.name or ""
    return value


def changed_names(model: type[models.Model], old: Snapshot, new: Snapshot) -> list[str]:
    """The names of fields, links and kinds of rows that differ, without what the site keeps."""
    kept: frozenset[str] = getattr(model, "record", frozenset())
    return [
        name
        for part in ("fields", "links", "rows")
        for name in {**old[part], **new[part]}
        if name not in kept and old[part].get(name) != new[part].get(name)
    ]


def changed_languages(model: type[models.Model], old: Snapshot, new: Snapshot) -> set[str]:
    """The languages in which words differ, those of the rows included."""
    languages = set()
    for language, name, relation in translated_names(model):
        if relation is None:
            is_changed = old["fields"].get(name) != new["fields"].get(name)
        else:
            before, after = (_words_of_rows(snapshot, relation, name) for snapshot in (old, new))
            is_changed = before != after
        if is_changed and not name.startswith("slug_"):
            languages.add(language)
    return languages


def translated_names(model: type[models.Model]) -> list[tuple[str, str, str | None]]:
    """(language, column, relation of the rows or None) of every translated word."""
    places: list[tuple[str | None, type[models.Model]]] = [(None, model)]
    places += [(name, one.related_model) for name, one in row_relations(model).items()]
    return [
        (language, field.name, relation)
        for relation, place in places
        for field in value_fields(place)
        if (language := getattr(field, "language", ""))
        and field.name not in getattr(place, "record", ())
    ]


def _words_of_rows(snapshot: Snapshot, relation: str, name: str) -> dict[int, str]:
    rows = snapshot["rows"].get(relation, [])
    return {row["pk"]: words for row in rows if (words := row["fields"].get(name))}


def put_back(
    item: models.Model, snapshot: Snapshot, keep: frozenset[str] = frozenset()
) -> list[str]:
    """Make an item what a snapshot says, and save it with its links and rows.

    Args:
        item: the one in the database, or an unsaved one with the primary key it shall have.
        snapshot: of this model; fields that the model no longer has are passed over.
        keep: fields of the item that stay as they are.

    Returns:
        Words for what could not be put back, since it was deleted meanwhile.
    """
    model = type(item)
    is_new = item._state.adding
    untouched = keep if is_new else keep | getattr(model, "record", frozenset())
    lost: list[str] = []
    _fill(item, value_fields(model), snapshot["fields"], untouched, lost)
    if is_new:
        item.version = snapshot["fields"].get("version", 0)  # type: ignore[attr-defined]
    item.save()
    for field in model._meta.many_to_many:
        wanted = _present(field.related_model, snapshot["links"].get(field.name, []))
        linked = field.related_model._default_manager.filter(pk__in=wanted)
        _count_lost(field.verbose_name, len(wanted) - linked.count(), lost)
        getattr(item, field.name).set(linked)
    present = taken(item)["rows"]
    relations = row_relations(model)
    changed = [
        name
        for name in relations
        if name not in untouched and present[name] != snapshot["rows"].get(name, [])
    ]
    for name in reversed(changed):
        relations[name].related_model._default_manager.filter(
            **{relations[name].remote_field.name: item.pk}
        ).delete()
    for name in changed:
        _make_rows(item, relations[name], snapshot["rows"].get(name, []), lost)
    return lost


def _make_rows(
    item: models.Model, relation: Any, rows: list[dict[str, Any]], lost: list[str]
) -> None:
    fields = row_fields(relation)
    made = []
    for wanted in rows:
        row = relation.related_model(pk=wanted["pk"], **{relation.remote_field.name: item})
        if _fill(row, fields, wanted["fields"], frozenset(), lost):
            made.append(row)
    relation.related_model._default_manager.bulk_create(made)


def _fill(
    row: models.Model,
    fields: "list[models.Field[Any, Any]]",
    values: dict[str, Any],
    untouched: frozenset[str],
    lost: list[str],
) -> bool:
    """Set the fields of a row. False when something that it cannot do without was deleted: that
    field stays as it is."""
    is_whole = True
    for field in fields:
        if field.name not in values or field.name in untouched:
            continue
        value = values[field.name]
        if isinstance(field, models.ForeignKey) and value is not None:
            (value,) = _present(field.related_model, [value])
            if not field.related_model._base_manager.filter(pk=value).exists():
                _count_lost(field.verbose_name, 1, lost)
                if not field.null:
                    is_whole = False
                    continue
                value = None
        if isinstance(field, models.ForeignKey | models.FileField):
            setattr(row, field.attname, value)
        else:
            setattr(row, field.attname, field.to_python(value))
    return is_whole


def _present(model: type[models.Model], pks: list[Any]) -> set[Any]:
    """The keys of rows that are named; of those merged meanwhile, what they live on in."""
    there = set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
    return there | {Merge.objects.successor(model, pk) or pk for pk in pks if pk not in there}


def _count_lost(kind: Any, count: int, lost: list[str]) -> None:
    lost += [_("%(kind)s: deleted meanwhile") % {"kind": kind}] * max(count, 0)
