"""Two records of the same person or organization made one, with every link, and parted again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sorb.publishing.addresses import LANGUAGES, OldAddress

from . import history
from .models import Merge, Revision
from .models.about import signed_name
from .pointing import Way, ways_to
from .snapshot import Snapshot, plain, put_back, taken, value_fields

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
    touched = _touched(ways, [other])
    moved: dict[str, list[Any]] = {}
    dropped: dict[str, list[dict[str, Any]]] = {}
    for way in ways:
        twice = way.duplicates(kept.pk, other.pk)
        if twice:
            dropped[way.key] = [_values(row) for row in twice]
            way.model._base_manager.filter(pk__in=[row.pk for row in twice]).delete()
        if pks := list(way.rows(other.pk).values_list("pk", flat=True)):
            moved[way.key] = pks
            way.rows(other.pk).update(**{way.field.name: kept})
    _record(touched, user, _("“%(other)s” merged with “%(kept)s”") % _names(kept, other))
    row = Merge.row(kept, other, snapshot=snapshot, moved=moved, dropped=dropped)
    row.old_addresses = _move_addresses(kept, other)
    history.record(other, user, Verb.MERGED, note=_("Merged with “%(kept)s”") % _names(kept, other))
    other.delete()
    row.filled = _fill(kept, snapshot)
    is_known = user is not None and user.pk is not None
    row.made_by, row.made_by_name = user if is_known else None, signed_name(user)
    row.save()
    words = _("With “%(other)s” (%(pk)s)") % {"other": row.merged_name, "pk": row.merged_id}
    history.record(kept, user, Verb.MERGED, note=words, words=words)
    return row


def part(row: Merge, kept: Any, user: Any) -> Any:
    """Undo a merge: the merged record stands again, under its key, with everything it had.

    Inside a transaction, with the kept row locked, when `contradictions` finds none. What was
    written into the kept record since stays there; links that were deleted since stay deleted.

    Returns:
        The record that stands again.
    """
    for name, (before, after) in row.filled.items():
        column = kept._meta.get_field(name)
        if plain(kept, column) == after:
            setattr(kept, column.attname, before)
    kept.save()
    other = type(kept)(pk=row.merged_id)
    put_back(other, row.snapshot)
    ways = [(way, pks) for key, pks in row.moved.items() if (way := Way.named(key))]
    for way, pks in ways:
        way.rows(kept.pk).filter(pk__in=pks).update(**{way.field.name: other})
    for key, rows in row.dropped.items():
        if way := Way.named(key):
            way.model._base_manager.bulk_create(_possible(way.model, rows), ignore_conflicts=True)
    _return_addresses(row, kept, other)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    note = _("“%(other)s” parted from “%(kept)s” again") % _names(kept, other)
    touched = _touched(ways_to(type(kept)), [other])
    _record(touched, user, note)
    history.record(other, user, Verb.PARTED, note=note)
    history.record(kept, user, Verb.PARTED, note=note, words=note)
    return other


def contradictions(row: Merge, kept: Any) -> list[str]:
    """Why a merge cannot be undone, in words; nothing when it can."""
    found = []
    model, fields = type(kept), row.snapshot["fields"]
    others = model._base_manager.exclude(pk=kept.pk)
    if model._base_manager.filter(pk=row.merged_id).exists():
        found.append(_("A record with the key of the merged one stands already."))
    for name in _unique_names(model):
        value = fields.get(name)
        rival = others.filter(**{name: value}).first() if value not in EMPTY else None
        is_kepts = plain(kept, model._meta.get_field(name)) == value
        if rival is None and is_kepts and value not in EMPTY and not _is_lent(row, kept, name):
            rival = kept
        if rival is not None:
            label = capfirst(str(model._meta.get_field(name).verbose_name))
            found.append(
                _("%(field)s “%(value)s” belongs to “%(rival)s” by now.")
                % {"field": label, "value": value, "rival": rival}
            )
    return found + list(_reassigned(row, kept))


def _is_lent(row: Merge, kept: Any, name: str) -> bool:
    """Has the kept record this value, or the words that made this address, from the other?"""
    filled = row.filled.get(name.replace("slug_", f"{kept.heading}_"))
    if filled is None:
        return False
    column = kept._meta.get_field(name.replace("slug_", f"{kept.heading}_"))
    return bool(plain(kept, column) == filled[1])


def _reassigned(row: Merge, kept: Any) -> Iterator[str]:
    """Links that somebody has given to a third record since."""
    for key, pks in row.moved.items():
        way = Way.named(key)
        if way is None:
            continue
        name = way.field.name
        elsewhere = way.model._base_manager.filter(pk__in=pks).exclude(**{name: kept.pk})
        for link in elsewhere.exclude(**{name: None}).select_related(name):
            thing = getattr(link, way.owner.name) if way.owner else link
            yield (
                _("“%(thing)s” names “%(rival)s” by now.")
                % {"thing": thing, "rival": getattr(link, name)}
            )


def _names(kept: Any, other: Any) -> dict[str, str]:
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


def _touched(ways: Iterable[Way], items: list[Any]) -> list[Any]:
    """The articles, events, people and places whose own words or rows point at items."""
    found: dict[tuple[Any, int], Any] = {}
    for way in ways:
        for item in items:
            for row in way.rows(item.pk).select_related(way.owner.name if way.owner else None):
                thing = getattr(row, way.owner.name) if way.owner else row
                if way.is_part or (way.owner is None and hasattr(thing, "version")):
                    found[type(thing), thing.pk] = thing
    for thing in found.values():
        history.note_as_found(thing)
    return list(found.values())


def _record(things: list[Any], user: Any, note: str) -> None:
    """A form that is open somewhere learns that its item has changed; its history says why."""
    for thing in things:
        type(thing)._base_manager.filter(pk=thing.pk).update(version=F("version") + 1)
        history.record(
            type(thing)._base_manager.get(pk=thing.pk), user, Verb.CHANGED, note=note, words=note
        )


def _values(row: models.Model) -> dict[str, Any]:
    return {column.attname: plain(row, column) for column in row._meta.concrete_fields}


def _possible(model: type[models.Model], rows: list[dict[str, Any]]) -> list[models.Model]:
    """Rows to be made again: without those whose event or article was deleted since."""
    made = []
    for values in rows:
        row = model(**{column: values[column] for column in values})
        for key in (one for one in model._meta.fields if isinstance(one, models.ForeignKey)):
            value = values.get(key.attname)
            if value is None or key.related_model._base_manager.filter(pk=value).exists():
                continue
            if not key.null:
                break
            setattr(row, key.attname, None)
        else:
            made.append(row)
    return made


def _unique_names(model: type[models.Model]) -> list[str]:
    """The fields of which no two rows may have the same value."""
    groups = [one.fields for one in model._meta.constraints if hasattr(one, "fields")]
    return [names[0] for names in groups if len(names) == 1]


def _addresses(item: Any) -> Any:
    kind = ContentType.objects.get_for_model(item)
    return OldAddress.objects.filter(content_type=kind)


def _move_addresses(kept: Any, other: Any) -> list[int]:
    """Every address that the other had, and has, leads to the kept record from now on."""
    former = _addresses(other).filter(object_id=other.pk)
    pks = list(former.values_list("pk", flat=True))
    former.update(object_id=kept.pk)
    kind = ContentType.objects.get_for_model(other)
    for code in LANGUAGES:
        if slug := getattr(other, f"slug_{code}"):
            OldAddress.objects.update_or_create(
                content_type=kind, language=code, slug=slug, defaults={"object_id": kept.pk}
            )
    return pks


def _return_addresses(row: Merge, kept: Any, other: Any) -> None:
    mine = _addresses(kept).filter(object_id=kept.pk)
    mine.filter(pk__in=row.old_addresses).update(object_id=other.pk)
    for code in LANGUAGES:
        mine.filter(language=code, slug=getattr(other, f"slug_{code}")).delete()
