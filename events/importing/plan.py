"""What would follow from an import: what comes to be, what changes, what stays, and why."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from events.models import Event, Imported
from sorb.desk import workflow
from sorb.desk.models import WorkingCopy
from sorb.publishing.models import Status

from .refusal import SkippedError
from .taking import Choices
from .values import Places, Values, values_now, values_of
from .words import NOTES, reason


class Kind(models.TextChoices):
    CREATE = "create"
    CHANGE = "change"
    COPY = "copy"  # readers see it: the change becomes a working copy
    SAME = "same"
    SKIP = "skip"
    GONE = "gone"  # imported from there before, and no longer there


@dataclass
class Step:
    """What happens with one entry."""

    kind: Kind
    title: str
    uid: str
    recurrence: str = ""
    values: Values = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    why: str = ""
    event: Event | None = None
    imported: Imported | None = None
    entry: Values = field(default_factory=dict)  # as it was read

    @property
    def noted(self) -> list[str]:
        return [str(NOTES[note]) for note in self.notes]

    @property
    def labels(self) -> list[str]:
        """What the form calls the fields that change."""
        return list(dict.fromkeys(label(name) for name in self.changed))

    @property
    def moments(self) -> Event | None:
        """When it takes place, as an event that is not stored; None where that was not read."""
        if not self.values:
            return None
        return Event(
            starts_at=datetime.fromisoformat(self.values["starts_at"]),
            ends_at=datetime.fromisoformat(self.values["ends_at"]),
            is_all_day=self.values["is_all_day"],
            has_open_end=self.values["has_open_end"],
        )


@dataclass
class Plan:
    source: str
    choices: Choices
    steps: list[Step]

    def of(self, *kinds: Kind) -> list[Step]:
        return [step for step in self.steps if step.kind in kinds]

    @property
    def digest(self) -> str:
        """The same for two plans that would do the same."""
        told = [
            (step.kind, step.uid, step.recurrence, step.changed, step.values)
            for step in self.of(Kind.CREATE, Kind.CHANGE, Kind.COPY)
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def planned(
    read: dict[str, Any], source: str, choices: Choices, user: Any, *, for_update: bool = False
) -> Plan:
    """The plan for what was read from a calendar: a few reads, however many events it has.

    Args:
        read: what `taking.entries` gives.
        source: the address or the name of the calendar.
        choices: what was chosen for all of it.
        user: who imports; None may do everything, as the command line does.
        for_update: whether the events stay locked until the transaction is over.
    """
    planner = Planner(read["events"], source, choices, user, for_update=for_update)
    steps = [planner.step(entry) for entry in read["events"]]
    steps += [
        Step(
            Kind.SKIP,
            skipped["title"],
            skipped["uid"],
            why=reason(skipped["why"], skipped["facts"]),
        )
        for skipped in read["skipped"]
    ]
    if read["is_whole"]:
        steps += gone(read, source, planner.now)
    return Plan(source, choices, steps)


def gone(read: dict[str, Any], source: str, now: datetime) -> Iterator[Step]:
    """Events to come that were imported from a calendar and that it no longer has: one read.

    Nothing happens to them; whoever imports is told.
    """
    there = {(entry["uid"], entry["recurrence"]) for entry in read["events"]}
    left_out = {entry["uid"] for entry in read["skipped"]}
    rows = Imported.objects.filter(source=source, event__ends_at__gt=now)
    for row in rows.select_related("event").order_by("event__starts_at", "pk"):
        if (row.uid, row.recurrence) in there or row.uid in left_out:
            continue
        event: Any = row.event
        yield Step(Kind.GONE, event.title, row.uid, row.recurrence, values_now(event), event=event)


class Planner:
    def __init__(
        self,
        entries: Iterable[Values],
        source: str,
        choices: Choices,
        user: Any,
        *,
        for_update: bool,
    ) -> None:
        self.source, self.choices, self.user = source, choices, user
        self.places, self.now = Places(), timezone.now()
        uids = {entry["uid"] for entry in entries}
        rows = Imported.objects.filter(uid__in=uids)
        if for_update:
            rows = rows.select_for_update()
        self.known = {(row.uid, row.recurrence): row for row in rows}
        wanted = [row.event_id for row in self.known.values() if row.event_id]
        events = Event.objects.filter(pk__in=wanted)
        if for_update:
            events = events.select_for_update()
        self.events = {event.pk: event for event in events}
        self.ours = set(Event.objects.filter(uid__in=uids).values_list("uid", flat=True))
        kind = ContentType.objects.get_for_model(Event)
        copies = WorkingCopy.objects.filter(content_type=kind, object_id__in=wanted)
        self.copied = set(copies.values_list("object_id", flat=True))

    def step(self, entry: Values) -> Step:
        values, notes = values_of(entry, self.choices.language, self.places)
        step = Step(
            Kind.SKIP,
            values["title_bg"],
            entry["uid"],
            entry["recurrence"],
            values=values,
            categories=entry["categories"],
            notes=notes,
            entry=entry,
        )
        try:
            step.kind = self._kind(step)
        except SkippedError as skipped:
            step.why = reason(skipped.why, skipped.facts)
        return step

    def _kind(self, step: Step) -> Kind:
        """What to do with an entry.

        Raises:
            SkippedError: nothing, for a reason.
        """
        if step.uid in self.ours:
            raise SkippedError("ours")
        is_over = datetime.fromisoformat(step.values["ends_at"]) <= self.now
        if is_over and not self.choices.with_past:
            raise SkippedError("over")
        step.imported = self.known.get((step.uid, step.recurrence))
        if step.imported is None:
            if step.values["state"] == "cancelled":
                raise SkippedError("off")
            return Kind.CREATE
        step.event = self.events.get(step.imported.event_id or 0)
        if step.event is None:
            raise SkippedError("deleted")
        if step.imported.source != self.source:
            raise SkippedError("other_source", source=step.imported.source)
        return self._change(step, step.event, step.imported.values)

    def _change(self, step: Step, event: Event, before: Values) -> Kind:
        now = values_now(event)
        there = [name for name, value in step.values.items() if before.get(name) != value]
        step.changed = [name for name in there if not _same(now[name], step.values[name])]
        if not step.changed:
            return Kind.SAME
        both = [name for name in step.changed if not _same(now[name], before.get(name))]
        if both:
            labels = dict.fromkeys(label(name) for name in both)
            raise SkippedError("conflict", fields=", ".join(labels))
        if event.status == Status.WITHDRAWN:
            raise SkippedError("withdrawn")
        if not self._may_change(event):
            raise SkippedError("not_allowed")
        if event.status != Status.PUBLISHED:
            return Kind.CHANGE
        if event.pk in self.copied:
            raise SkippedError("has_copy")
        step.notes = [*step.notes, "to_working_copy"]
        return Kind.COPY

    def _may_change(self, event: Event) -> bool:
        if self.user is None:
            return True
        may = self.user.has_perm(workflow.permission("change", Event))
        return bool(may and workflow.may_change(self.user, event))


def _same(one: Any, other: Any) -> bool:
    """Equal, moments as instants whatever zone they are written in."""
    if one == other:
        return True
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return False


def label(name: str) -> str:
    """What the form calls a field."""
    column: Any = Event._meta.get_field(name.removesuffix("_id"))
    return str(getattr(column, "translated_field", column).verbose_name)
