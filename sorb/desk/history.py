"""The history of an item: a revision for every save, and the ways back."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import Status

from . import log
from .models import Entry, Revision, WorkingCopy
from .models.about import signed_name
from .snapshot import STANDING, Snapshot, changed_languages, changed_names, put_back, taken

Verb = Revision.Verb
QUIET = {Verb.CHANGED, Verb.WORKING_COPY, Verb.FOUND}  # nothing to say when nothing changed


def latest(item: models.Model) -> Revision | None:
    """The last revision that the item itself was."""
    revision: Revision | None = Revision.objects.about(item).live().first()
    return revision


def note_as_found(item: models.Model) -> None:
    """Before the first change on record: how the item was, so that there is a way back."""
    if not Revision.objects.about(item).exists():
        author = getattr(item, "changed_by", None)
        saved_at = getattr(item, "changed_at", timezone.now())
        _write(item, author, Verb.FOUND, taken(item), [], "", saved_at)


def record(
    item: models.Model,
    user: Any,
    verb: str,
    *,
    note: str = "",
    words: str = "",
    snapshot: Snapshot | None = None,
    told: str = "",
) -> Revision | None:
    """Keep a revision of what was just saved, and a line of the log.

    Args:
        item: as the database has it.
        user: who saved it.
        verb: one of Revision.Verb.
        note: words of the one who did it to those who read it.
        words: details for the line of the log.
        snapshot: of a working copy, which is not what the database has.
        told: the action that the log tells, where it is another one than the verb.

    Returns:
        The revision; None when a mere change changed nothing.
    """
    before = latest(item) if snapshot is None else Revision.objects.about(item).first()
    saved_at = timezone.now()
    now = snapshot or taken(item)
    changes = changed_names(type(item), before.snapshot, now) if before else []
    if before and not changes and verb in QUIET and not snapshot:
        return None
    if before and snapshot is None:
        _date_words(item, changed_languages(type(item), before.snapshot, now), saved_at)
    if (action := told or verb) in Entry.Action.values:
        log.note(action, user=user, item=item, words=words)
    return _write(item, user, verb, now, changes, note, saved_at)


def _date_words(item: Any, languages: set[str], now: datetime) -> None:
    """Note when the Bulgarian words changed, and when the English ones were completed."""
    if not hasattr(item, "source_changed_at"):
        return
    moments = {}
    if "bg" in languages:
        moments["source_changed_at"] = now
        if "en" not in languages and item.translated_at is None and item.has_language("en"):
            moments["translated_at"] = item.source_changed_at  # it was right until now
    if "en" in languages:
        moments["translated_at"] = now
    if moments:
        type(item)._base_manager.filter(pk=item.pk).update(**moments)
        for name, moment in moments.items():
            setattr(item, name, moment)


def _write(
    item: Any, user: Any, verb: str, snapshot: Snapshot, changes: list[str], note: str, at: Any
) -> Revision:
    is_known = user is not None and user.pk is not None
    revision: Revision = Revision.objects.create(
        **Revision.of(item),
        verb=verb,
        version=getattr(item, "version", 0),
        snapshot=snapshot,
        changes=changes,
        name=str(item)[:200],
        note=note,
        author=user if is_known else None,
        author_name=signed_name(user) if is_known else "",
        saved_at=at,
    )
    return revision


def restored(item: Any, revision: Revision, user: Any) -> list[str]:
    """Make an item what it was at a revision; where it stands (published or not) stays.

    Returns:
        Words for what could not be put back.
    """
    note_as_found(item)
    _sign(item, user)
    lost = put_back(item, revision.snapshot, keep=STANDING)
    record(item, user, Verb.RESTORED)
    return lost


def recovered(revision: Revision, user: Any) -> tuple[Any, list[str]]:
    """Bring back what was deleted, under the same key; what was public comes back withdrawn.

    Returns:
        The item, and words for what could not be put back.
    """
    model: Any = revision.content_type.model_class()
    item = model(pk=revision.object_id)
    snapshot = revision.snapshot
    if (status := snapshot["fields"].get("status")) is not None:
        was_public = status in (Status.PUBLISHED, Status.WITHDRAWN)
        standing = Status.WITHDRAWN if was_public else Status.DRAFT
        snapshot = {**snapshot, "fields": {**snapshot["fields"], "status": standing}}
    lost = put_back(item, with_free_addresses(item, snapshot))
    record(item, user, Verb.RECOVERED)
    return item, lost


def with_free_addresses(item: Any, snapshot: Snapshot) -> Snapshot:
    """Without the addresses that something else has by now: those are made anew."""
    fields = dict(snapshot["fields"])
    others = type(item)._base_manager.exclude(pk=item.pk)
    for name in (f"slug_{code}" for code in LANGUAGES):
        slug = fields.get(name)
        if slug and others.filter(**{name: slug}).exists():
            fields[name] = None
    return {**snapshot, "fields": fields}


def deleted(item: models.Model, user: Any) -> None:
    """Keep what is about to be deleted, so that it can be recovered."""
    WorkingCopy.objects.about(item).delete()
    record(item, user, Verb.DELETED)


def _sign(item: Any, user: Any) -> None:
    if hasattr(item, "changed_by_id"):
        item.changed_by = user
