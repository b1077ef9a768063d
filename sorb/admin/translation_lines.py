"""What a translator's form shows: the source of every place, what changed in it, its field."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.forms import BoundField, Form
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from sorb.desk import ledger
from sorb.desk.comparison import Difference
from sorb.desk.comparison.fields import Names, words_of
from sorb.desk.comparison.pieces import pieces
from sorb.desk.snapshot import Snapshot, row_relations
from sorb.desk.translating import Place
from sorb.publishing.addresses import SOURCE

from .thumbnails import thumbnail


@dataclass(frozen=True)
class Line:
    """One place: what is translated, and into which field."""

    place: Place
    field: BoundField
    change: Difference | None  # of the Bulgarian words since they were translated
    stored: str  # the English words in the database, where the field holds others
    kept: str  # what somebody else kept unfinished meanwhile, where the field holds other words

    @property
    def differences(self) -> list[Difference]:
        return [self.change] if self.change else []


@dataclass(frozen=True)
class Row:
    """The item itself, or one of its rows under its name."""

    name: str
    picture: SafeString | str
    lines: list[Line]


@dataclass(frozen=True)
class Group:
    title: str  # of a kind of rows; "" for the item itself
    rows: list[Row] = field(default_factory=list)


def groups_of(
    item: Any, draft: Any, places: list[Place], form: Form, is_stale: bool
) -> list[Group]:
    """The places as the page shows them.

    Args:
        places: those that are shown, row by row.
        is_stale: somebody else saved the item or kept a translation meanwhile.
    """
    old = ledger.as_translated(item, _translated_at(item, draft))
    kept = draft.words if draft and is_stale else {}
    relations = row_relations(type(item))
    groups: list[Group] = []
    for relation, of_kind in groupby(places, key=lambda place: place.relation):
        title = relations[relation].related_model._meta.verbose_name_plural if relation else ""
        rows = [
            _row(row, relation, [_line(place, form, old, kept) for place in of_row])
            for row, of_row in groupby(of_kind, key=lambda place: place.row)
        ]
        groups.append(Group(capfirst(str(title)), rows))
    return groups


def _translated_at(item: Any, draft: Any) -> Any:
    """The moment from which on changes of the Bulgarian words are news to the translator."""
    if ledger.state_of(item) == ledger.State.OUTDATED:
        return item.translated_at
    return draft.changed_at if draft else None


def _row(row: Any, relation: str | None, lines: list[Line]) -> Row:
    if relation is None:
        return Row("", "", lines)
    image = getattr(row, "image", None)
    return Row(str(row), thumbnail(image) if image else "", lines)


def _line(place: Place, form: Form, old: Snapshot | None, kept: dict[str, str]) -> Line:
    bound = form[place.name]
    typed = _text(place, bound.value())
    stored = _text(place, place.words)
    others = _text(place, kept.get(place.name))
    return Line(
        place,
        bound,
        _change(place, old),
        stored if stored != typed else "",
        others if others != typed else "",
    )


def _text(place: Place, words: Any) -> str:
    return words_of(place.field, words, Names())


def _change(place: Place, old: Snapshot | None) -> Difference | None:
    if old is None:
        return None
    key = place.row.pk if place.relation else None
    was = ledger.words_at(old, place.relation, place.source_column).get(key, "")
    if was == place.source:
        return None
    before, after = _text(place, was), _text(place, place.source)
    compared = pieces(before, after)
    return Difference(place.source_column, place.label, SOURCE, before, after, compared)
