"""Rows of an item at two moments: which were added, removed, changed, moved."""

from difflib import SequenceMatcher
from typing import Any

from django.db import models

from sorb.desk.snapshot import row_fields
from sorb.publishing.addresses import SOURCE, page_language

from .difference import Difference, RowChange
from .fields import Names, field_named, in_order, label_of, words_of
from .pieces import pieces

Row = dict[str, Any]

PLACE = "order"  # the column that says where a row stands: shown as "moved", not as a number
HEADINGS = ("title", "name")


def row_changes(
    relation: Any, before: list[Row], after: list[Row], names: Names
) -> list[RowChange]:
    """What became of the rows, in the order in which they stand now, the removed ones last."""
    model = relation.related_model
    old = {row.get("pk"): row for row in before}
    new = {row.get("pk"): row for row in after}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    found: list[RowChange] = []
    for number, (key, row) in enumerate(new.items(), start=1):
        name = row_name(relation, row, number, names)
        if key not in old:
            told = row_differences(model, {}, row, names)
            found.append(RowChange("added", name, [one for one in told if one.after != name]))
            continue
        changes = row_differences(model, old[key], row, names)
        if changes:
            found.append(RowChange("changed", name, changes))
        if key in moved and field_named(model, PLACE) is not None:
            found.append(RowChange("moved", name))
    for number, (key, row) in enumerate(old.items(), start=1):
        if key not in new:
            found.append(RowChange("removed", row_name(relation, row, number, names)))
    return found


def _moved(before: list[Any], after: list[Any]) -> set[Any]:
    """Those that stand otherwise among the rest."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    return set(before) - stayed


def row_differences(
    model: type[models.Model], before: Row, after: Row, names: Names
) -> list[Difference]:
    old, new = before.get("fields", {}), after.get("fields", {})
    found = []
    for name in in_order(model, {**old, **new}):
        if name == PLACE or old.get(name) == new.get(name):
            continue
        field = field_named(model, name)
        was, now = (words_of(field, values.get(name), names) for values in (old, new))
        is_told = bool(before) or (now and not isinstance(new.get(name), bool))
        if is_told and (was or now):
            label, language = label_of(field, name)
            found.append(Difference(name, label, language, was, now, pieces(was, now)))
    return found


def row_name(relation: Any, row: Row, number: int, names: Names) -> str:
    """What a row is called: its own heading, else the first thing that it points at."""
    fields = row.get("fields", {})
    for heading in HEADINGS:
        for language in (page_language(), SOURCE):
            if words := fields.get(f"{heading}_{language}"):
                return str(words)
    for field in row_fields(relation):
        if isinstance(field, models.ForeignKey) and fields.get(field.name) is not None:
            return names.of(field.related_model, fields[field.name])
    return f"№ {number}"


def row_words(relation: Any, rows: list[Row], names: Names) -> str:
    """The rows as lines, each with what it says: „Откриване – начало: 03.10.2025 10:00“."""
    told = []
    for number, row in enumerate(rows, start=1):
        name = row_name(relation, row, number, names)
        values = [
            f"{one.label}: {one.after}"
            for one in row_differences(relation.related_model, {}, row, names)
            if one.after != name
        ]
        told.append(f"{number}. {name}" + (f" – {'; '.join(values)}" if values else ""))
    return "\n".join(told)
