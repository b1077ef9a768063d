"""The translation ledger: what lacks English or has it older than the Bulgarian, since when, and
what changed meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from sorb.dates import day_of
from sorb.publishing.addresses import SOURCE
from sorb.publishing.models import Publishable

from . import workflow
from .models import Revision, TranslationDraft
from .snapshot import Snapshot, translated_names

TRANSLATION = "en"
PUBLIC, SCHEDULED, IN_REVIEW = range(3)  # how urgent, by where an item stands


class State(Enum):
    MISSING = "missing"
    COMPLETE = "complete"
    OUTDATED = "outdated"


def state_of(item: Publishable) -> State:
    """How the English words of an item stand; the same rule as the verbs of the queryset."""
    if not item.has_language(TRANSLATION):
        return State.MISSING
    translated_at = item.translated_at
    is_older = translated_at is not None and translated_at < item.source_changed_at
    return State.OUTDATED if is_older else State.COMPLETE


def days_since(moment: datetime) -> int:
    """How many midnights of Sofia have passed since a moment."""
    return (timezone.localdate() - day_of(moment)).days


@dataclass(frozen=True)
class Job:
    """An item that waits for a translator."""

    item: Any
    state: State
    urgency: int  # PUBLIC, SCHEDULED or IN_REVIEW
    waiting_since: datetime
    draft: TranslationDraft | None
    changed: list[str]  # names of fields and kinds of rows whose Bulgarian words changed

    @property
    def days(self) -> int:
        return days_since(self.waiting_since)


def may_translate(user: Any, model: type[models.Model]) -> bool:
    """Of this kind in general: to see it is part of it."""
    return all(user.has_perm(workflow.permission(verb, model)) for verb in ("view", "translate"))


def queue(user: Any, kinds: Iterable[type[Publishable]]) -> Any:
    """What waits for a translator, the most urgent first: what is public, then what will be, then
    what is in review; among these what has waited longest.

    Args:
        kinds: the models that the user may translate, one at least.

    Returns:
        A lazy list of rows (content type, key, urgency, waiting since), to be paged.
    """
    rows = [_waiting(workflow.viewable(user, model._default_manager.all())) for model in kinds]
    every = rows[0].union(*rows[1:], all=True)
    return every.order_by("urgency", "since", "kind", "pk")


def _waiting(items: Any) -> Any:
    drafts = TranslationDraft.objects.filter(
        content_type=ContentType.objects.get_for_model(items.model), object_id=OuterRef("pk")
    )
    is_coming = items.visible() | items.scheduled() | items.in_review()
    is_begun = items.filter(Exists(drafts))
    waiting = items.filter(pk__in=is_coming.order_by().values("pk")).filter(
        Q(pk__in=items.awaiting(TRANSLATION).order_by().values("pk"))
        | Q(pk__in=is_begun.order_by().values("pk"))
    )
    urgency = Case(
        When(pk__in=items.visible().values("pk"), then=Value(PUBLIC)),
        When(pk__in=items.scheduled().values("pk"), then=Value(SCHEDULED)),
        default=Value(IN_REVIEW),
    )
    since = Case(
        When(title_en="", urgency=PUBLIC, then=F("published_at")),
        When(title_en="", then=F("created_at")),
        default=F("source_changed_at"),
    )
    kind = Value(ContentType.objects.get_for_model(items.model).pk)
    rows = waiting.order_by().annotate(kind=kind, urgency=urgency).annotate(since=since)
    return rows.values_list("kind", "pk", "urgency", "since")


def jobs(rows: list[tuple[int, int, int, datetime]]) -> list[Job]:
    """The items of a page of the queue with what is to be known of each.

    Two reads for each kind of item, and two for all of them.
    """
    keys: dict[int, list[int]] = {}
    for kind, pk, _urgency, _since in rows:
        keys.setdefault(kind, []).append(pk)
    items = {(kind, pk): item for kind, pks in keys.items() for pk, item in _items(kind, pks)}
    wanted = {pk for item in items.values() for pk in (item.old_pk, item.new_pk) if pk}
    revisions = Revision.objects.in_bulk(wanted)
    about = Q(
        *(Q(content_type=kind, object_id__in=pks) for kind, pks in keys.items()), _connector="OR"
    )
    drafts = TranslationDraft.objects.filter(about).select_related("changed_by") if keys else ()
    begun = {(draft.content_type_id, draft.object_id): draft for draft in drafts}
    return [
        Job(
            item=items[kind, pk],
            state=(state := state_of(items[kind, pk])),
            urgency=urgency,
            waiting_since=since,
            draft=begun.get((kind, pk)),
            changed=_changed(items[kind, pk], revisions) if state == State.OUTDATED else [],
        )
        for kind, pk, urgency, since in rows
        if (kind, pk) in items
    ]


def _items(kind: int, pks: list[int]) -> Iterable[tuple[int, Any]]:
    """The items with the keys of two revisions: as it was translated, and as it is."""
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    live = Revision.objects.live().filter(content_type=kind, object_id=OuterRef("pk"))
    then = live.filter(saved_at__lte=OuterRef("translated_at")).order_by("-pk").values("pk")[:1]
    first = live.order_by("pk").values("pk")[:1]
    last = live.order_by("-pk").values("pk")[:1]
    long = [field.attname for field in model._meta.concrete_fields if _is_long(field)]
    items = model._default_manager.annotate(
        old_pk=Coalesce(Subquery(then), Subquery(first)), new_pk=Subquery(last)
    )
    return items.defer(*long).in_bulk(pks).items()  # type: ignore[no-any-return]


def _is_long(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.TextField)


def _changed(item: Any, revisions: dict[int, Revision]) -> list[str]:
    old, new = revisions.get(item.old_pk), revisions.get(item.new_pk)
    return changed_source(type(item), old.snapshot, new.snapshot) if old and new else []


def changed_source(model: type[models.Model], old: Snapshot, new: Snapshot) -> list[str]:
    """The names of the columns and the kinds of rows whose Bulgarian words differ."""
    names = [
        relation or name
        for language, name, relation in translated_names(model)
        if language == SOURCE
        and not name.startswith("slug_")
        and words_at(old, relation, name) != words_at(new, relation, name)
    ]
    return list(dict.fromkeys(names))


def words_at(snapshot: Snapshot, relation: str | None, name: str) -> dict[int | None, str]:
    """The words of a column at a snapshot, by the key of the row; None is the item itself."""
    if relation is None:
        return {None: snapshot["fields"].get(name) or ""}
    rows = snapshot["rows"].get(relation, [])
    return {row["pk"]: words for row in rows if (words := row["fields"].get(name))}


def as_translated(item: Publishable, moment: datetime | None) -> Snapshot | None:
    """The item as it was when its English words were completed, or a translation was begun.

    Args:
        moment: when that was; None where it is not known.
    """
    if moment is None:
        return None
    live = Revision.objects.about(item).live()
    revision: Revision | None = live.filter(saved_at__lte=moment).first() or live.last()
    return revision.snapshot if revision else None
