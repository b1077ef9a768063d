"""Two records of the same person or organization made one, with every link, and parted again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sorb.publishing.addresses import LANGUAGES, OldAddress

from . import history
from .models import Merge, Revision
from .models.about import signed_name
from .pointing import Way, ways_to
from .snapshot import Snapshot, plain, taken, value_fields

Verb = Revision.Verb
EMPTY = (None, "", False)


@dataclass(frozen=True)
class Moving:
    """What of one kind moves from the one record to the other."""

    kind: str  # in words: "events"
    names: list[str]


@dataclass
class Plan:
    """What a merge will do, in words."""

    moving: list[Moving] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def plan(kept: Any, other: Any) -> Plan:
    """What merging two records would do; reads only.

    Args:
        kept: the one that stays.
        other: the one that becomes a part of it.
    """
    found: dict[str, list[str]] = {}
    for way in ways_to(type(other)):
        things = [way.owner.name] if way.owner else []
        for row in way.rows(other.pk).select_related(*things):
            thing = getattr(row, way.owner.name) if way.owner else row
            names = found.setdefault(capfirst(str(type(thing)._meta.verbose_name_plural)), [])
            if str(thing) not in names:
                names.append(str(thing))
    labels = {one.name: str(one.verbose_name) for one in value_fields(type(kept))}
    return Plan(
        [Moving(kind, names) for kind, names in found.items()],
        list(dict.fromkeys(labels[name] for name in _lacking(kept, taken(other)))),
        [other.get_absolute_url(code) for code in LANGUAGES if other.has_language(code)],
    )


def merge(kept: Any, other: Any, user: Any) -> Merge:
    """Make `other` a part of `kept`: its links move, its addresses lead there, it is deleted.

    Inside a transaction, with both rows locked.

    Args:
        kept: the one that stays; what it lacks is filled from the other.
        other: the one that goes.
        user: who does it.
    """
    snapshot = taken(other)
    for item in (kept, other):
        history.note_as_found(item)
    ways = ways_to(type(other))
    touched = touched_by(ways, other)
    moved, dropped = _move_links(ways, kept, other)
    record_all(touched, user, _("“%(other)s” merged with “%(kept)s”") % names_of(kept, other))
    row = Merge.row(kept, other, snapshot=snapshot, moved=moved, dropped=dropped)
    row.old_addresses = _move_addresses(kept, other)
    history.record(
        other, user, Verb.MERGED, note=_("Merged with “%(kept)s”") % names_of(kept, other)
    )
    other.delete()
    is_known = user is not None and user.pk is not None
    row.made_by, row.made_by_name = user if is_known else None, signed_name(user)
    row.filled = {}
    row.save()
    row.filled = _fill(kept, snapshot)
    row.save(update_fields=["filled"])
    words = _("With “%(other)s” (%(pk)s)") % {"other": row.merged_name, "pk": row.merged_id}
    history.record(kept, user, Verb.MERGED, note=words, words=words)
    return row


def _move_links(
    ways: list[Way], kept: Any, other: Any
) -> tuple[dict[str, list[Any]], dict[str, list[dict[str, Any]]]]:
    """Let all rows point at the kept record: the keys of those that moved, and what was dropped
    since the kept record had the same already, both by the way that they point."""
    moved, dropped = {}, {}
    for way in ways:
        if twice := way.duplicates(kept.pk, other.pk):
            dropped[way.key] = [_values(row) for row in twice]
            way.model._base_manager.filter(pk__in=[row.pk for row in twice]).delete()
        if pks := list(way.rows(other.pk).values_list("pk", flat=True)):
            moved[way.key] = pks
            way.rows(other.pk).update(**{way.field.name: kept})
    return moved, dropped


def names_of(kept: Any, other: Any) -> dict[str, str]:
    return {"kept": str(kept), "other": str(other)}


def _lacking(kept: Any, snapshot: Snapshot) -> dict[str, Any]:
    """The fields that are empty in the one record and not in the other; addresses are its own."""
    return {
        column.name: snapshot["fields"][column.name]
        for column in value_fields(type(kept))
        if column.name not in kept.record
        and not column.name.startswith("slug_")
        and plain(kept, column) in EMPTY
        and snapshot["fields"].get(column.name) not in EMPTY
    }


def _fill(kept: Any, snapshot: Snapshot) -> dict[str, list[Any]]:
    """Fill what the kept record lacks and save it: what stood there, and what stands now."""
    filled = {}
    for name, value in _lacking(kept, snapshot).items():
        column = kept._meta.get_field(name)
        filled[name] = [plain(kept, column), value]
        setattr(kept, column.attname, value)
    kept.save()
    return filled


def touched_by(ways: Iterable[Way], item: Any) -> list[Any]:
    """The articles, events, people and places whose own words or rows point at an item."""
    found: dict[tuple[Any, int], Any] = {}
    for way in ways:
        for row in way.rows(item.pk).select_related(way.owner.name if way.owner else None):
            thing = getattr(row, way.owner.name) if way.owner else row
            if way.is_part or (way.owner is None and hasattr(thing, "version")):
                found[type(thing), thing.pk] = thing
    for thing in found.values():
        history.note_as_found(thing)
    return list(found.values())


def record_all(things: list[Any], user: Any, note: str) -> None:
    """A form that is open somewhere learns that its item has changed; its history says why."""
    for thing in things:
        type(thing)._base_manager.filter(pk=thing.pk).update(version=F("version") + 1)
        history.record(
            type(thing)._base_manager.get(pk=thing.pk), user, Verb.CHANGED, note=note, words=note
        )


def _values(row: models.Model) -> dict[str, Any]:
    return {column.attname: plain(row, column) for column in row._meta.concrete_fields}


def addresses_of(item: Any) -> Any:
    kind = ContentType.objects.get_for_model(item)
    return OldAddress.objects.filter(content_type=kind)


def _move_addresses(kept: Any, other: Any) -> list[int]:
    """Every address that the other had, and has, leads to the kept record from now on."""
    former = addresses_of(other).filter(object_id=other.pk)
    pks = list(former.values_list("pk", flat=True))
    former.update(object_id=kept.pk)
    kind = ContentType.objects.get_for_model(other)
    for code in LANGUAGES:
        if slug := getattr(other, f"slug_{code}"):
            OldAddress.objects.update_or_create(
                content_type=kind, language=code, slug=slug, defaults={"object_id": kept.pk}
            )
    return pks
