"""Two snapshots of one model, field by field."""

from typing import Any

from django.db import models

from sorb.desk.snapshot import Snapshot, changed_names, row_fields, row_relations

from .difference import Difference
from .fields import Names, field_named, in_order, label_of, words_of
from .pieces import pieces
from .rows import row_changes, row_words

Model = type[models.Model]
PARTS = ("fields", "links", "rows")
NOTHING: Snapshot = {part: {} for part in PARTS}


def differences(model: Model, before: Snapshot, after: Snapshot) -> list[Difference]:
    """What differs, in the order of the model: fields, then links, then rows.

    Args:
        model: of both snapshots.
        before, after: of any age; what the model no longer has is shown by its name.

    Returns:
        One Difference for each field, link or kind of rows that differs, in the language of the
        page. One read for each model that something changed points at.
    """
    before, after = NOTHING | before, NOTHING | after
    changed = in_order(model, changed_names(model, before, after))
    names = _names(model, changed, before, after)
    found = [_difference(model, name, before, after, names) for name in changed]
    return [one for one in found if one.before or one.after or one.rows]  # "" for NULL is no change


def contents(model: Model, snapshot: Snapshot) -> list[Difference]:
    """Everything that a snapshot says, as additions to nothing."""
    return [one for one in differences(model, NOTHING, snapshot) if one.after]


def _difference(
    model: Model, name: str, before: Snapshot, after: Snapshot, names: Names
) -> Difference:
    field = field_named(model, name)
    label, language = label_of(field, name)
    if name in before["rows"] or name in after["rows"]:
        old, new = (snapshot["rows"].get(name, []) for snapshot in (before, after))
        relation = row_relations(model).get(name)
        if relation is None:
            was, now = str(len(old) or ""), str(len(new) or "")
            return Difference(name, label, language, was, now, pieces(was, now))
        was, now = row_words(relation, old, names), row_words(relation, new, names)
        changes = row_changes(relation, old, new, names)
        return Difference(name, label, language, was, now, pieces(was, now), changes)
    was, now = (_words(field, name, snapshot, names) for snapshot in (before, after))
    return Difference(name, label, language, was, now, pieces(was, now))


def _words(field: Any, name: str, snapshot: Snapshot, names: Names) -> str:
    if name in snapshot["links"]:
        keys = snapshot["links"][name]
        if isinstance(field, models.ManyToManyField):
            return "\n".join(sorted(names.of(field.related_model, key) for key in keys))
        return ", ".join(str(key) for key in keys)
    return words_of(field, snapshot["fields"].get(name), names)


def _names(model: Model, changed: list[str], before: Snapshot, after: Snapshot) -> Names:
    names = Names()
    relations = row_relations(model)
    for snapshot in (before, after):
        for name in changed:
            field = field_named(model, name)
            if name in snapshot["links"] and isinstance(field, models.ManyToManyField):
                names.want(field.related_model, snapshot["links"][name])
            elif isinstance(field, models.ForeignKey):
                names.want(field.related_model, [snapshot["fields"].get(name)])
            elif name in relations:
                _want_of_rows(names, relations[name], snapshot["rows"].get(name, []))
    names.read()
    return names


def _want_of_rows(names: Names, relation: Any, rows: list[dict[str, Any]]) -> None:
    for field in row_fields(relation):
        if isinstance(field, models.ForeignKey):
            keys = [row.get("fields", {}).get(field.name) for row in rows]
            names.want(field.related_model, keys)
