"""A merge undone: the merged record stands again, unless something contradicts."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sorb.publishing.addresses import LANGUAGES

from . import history
from .merging import EMPTY, addresses_of, names_of, record_all, touched_by
from .models import Merge, Revision
from .pointing import Way, ways_to
from .snapshot import plain, put_back

Verb = Revision.Verb


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
        there = [row.pk for row in way.duplicates(other.pk, kept.pk) if row.pk in pks]
        way.model._base_manager.filter(pk__in=there).delete()  # saving it has made them anew
        way.rows(kept.pk).filter(pk__in=pks).update(**{way.field.name: other})
    for key, rows in row.dropped.items():
        if way := Way.named(key):
            way.model._base_manager.bulk_create(_possible(way.model, rows), ignore_conflicts=True)
    _return_addresses(row, kept, other)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    note = _("“%(other)s” parted from “%(kept)s” again") % names_of(kept, other)
    touched = touched_by(ways_to(type(kept)), other)
    record_all(touched, user, note)
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


def _return_addresses(row: Merge, kept: Any, other: Any) -> None:
    mine = addresses_of(kept).filter(object_id=kept.pk)
    mine.filter(pk__in=row.old_addresses).update(object_id=other.pk)
    for code in LANGUAGES:
        mine.filter(language=code, slug=getattr(other, f"slug_{code}")).delete()
