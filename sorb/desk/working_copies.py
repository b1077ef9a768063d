"""The working copy of a published item: put in its place for a moment, kept, taken up again."""

from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.signals import post_delete

from sorb.media import texts
from sorb.media.models import Document, Image
from sorb.richtext.fields import RichTextField

from .history import record, with_free_addresses
from .models import Revision, WorkingCopy
from .snapshot import Snapshot, put_back, row_fields, row_relations, value_fields

STATUS = frozenset({"status"})  # where the item stands is no matter of its copy


def put_in_place(item: Any, copy: WorkingCopy) -> None:
    """Make the item what its copy says, to be published or to be taken back again."""
    put_back(item, with_free_addresses(item, copy.snapshot), keep=STATUS)


def keep(item: Any, copy: WorkingCopy | None, snapshot: Snapshot, user: Any) -> WorkingCopy:
    """Keep a snapshot as the working copy of an item, which stays as it is.

    Args:
        item: as the public sees it.
        copy: the one that it has; None makes it the first.
        snapshot: what was saved.
        user: who saved it.
    """
    copy = copy or WorkingCopy(**WorkingCopy.of(item), version=0, based_on=item.version)
    copy.snapshot = snapshot
    copy.version += 1
    copy.changed_by = user
    copy.save()
    hold_uploads(copy, type(item))
    record(item, user, Revision.Verb.WORKING_COPY, snapshot=snapshot)
    return copy


def carry_over(item: Any, before: Snapshot, after: Snapshot, version: int) -> None:
    """Put what was just changed beside the copy into it: publishing it must not take that back.

    Args:
        item: as the public sees it now.
        before, after: its snapshots around the change; only rows that both have are followed.
        version: of the item before the change.
    """
    copies = WorkingCopy.objects.about(item)
    copy = copies.select_for_update().first()
    if copy is None:
        return
    snapshot: Snapshot = copy.snapshot
    kept: frozenset[str] = getattr(type(item), "record", frozenset())
    _carry(snapshot["fields"], before["fields"], after["fields"], kept)
    for name, rows in after["rows"].items():
        old = {row["pk"]: row["fields"] for row in before["rows"].get(name, [])}
        new = {row["pk"]: row["fields"] for row in rows}
        for row in snapshot["rows"].get(name, []):
            if row["pk"] in old and row["pk"] in new:
                _carry(row["fields"], old[row["pk"]], new[row["pk"]], frozenset())
    is_level = copy.based_on == version  # the item has not moved on without it
    copies.update(
        snapshot=snapshot,
        based_on=item.version if is_level else copy.based_on,
        version=F("version") + 1,
    )


def _carry(
    target: dict[str, Any], before: dict[str, Any], after: dict[str, Any], kept: frozenset[str]
) -> None:
    for name in after.keys() - kept:
        if before.get(name) != after[name]:
            target[name] = after[name]


def hold_uploads(copy: WorkingCopy, model: type[models.Model]) -> None:
    """What only a working copy shows is used: it is not to be deleted before it is published."""
    texts.hold(copy, uploads_in(model, copy.snapshot))


def uploads_in(model: type[models.Model], snapshot: Snapshot) -> dict[str, list[Any]]:
    """The pictures and documents of a snapshot, in its fields, its rows and its texts."""
    parts = [(value_fields(model), snapshot["fields"])]
    for name, relation in row_relations(model).items():
        fields = row_fields(relation)
        parts += [(fields, row["fields"]) for row in snapshot["rows"].get(name, [])]
    said = [
        (field, value)
        for fields, values in parts
        for field in fields
        if (value := values.get(field.name))
    ]
    found = texts.held(
        texts.stems_in(value for field, value in said if isinstance(field, RichTextField))
    )
    for kind, upload in (("images", Image), ("documents", Document)):
        keys = [value for field, value in said if field.related_model is upload]
        if keys:
            found[kind] += upload._default_manager.filter(pk__in=keys)
    return found


post_delete.connect(texts.forget_deleted, WorkingCopy, dispatch_uid="sorb.desk.copies.gone")
