"""A plan made true: new drafts, changed drafts, working copies of what readers see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from events.models import Event, EventType, Imported
from sorb.desk import history, working_copies
from sorb.desk.snapshot import taken
from sorb.publishing.models import Status, Topic

from .plan import Kind, Plan, Step
from .refusal import RefusedError
from .values import Values, folded

MOMENTS = ("starts_at", "ends_at")


class Labels:
    """Types and topics by their names in either language, read once."""

    def __init__(self) -> None:
        self.types = _by_name(EventType)
        self.topics = _by_name(Topic)

    def type_of(self, categories: list[str], else_type: int) -> int:
        found = (self.types.get(folded(name)) for name in categories)
        return next(filter(None, found), else_type)

    def topics_of(self, categories: list[str]) -> list[int]:
        found = (self.topics.get(folded(name)) for name in categories)
        return [key for key in found if key]


def _by_name(model: Any) -> dict[str, int]:
    rows = model.objects.values_list("pk", "name_bg", "name_en")
    return {folded(name): pk for pk, *names in rows for name in names if name}


@transaction.atomic
def carry_out(plan: Plan, user: Any) -> None:
    """Do all that a plan says, or nothing of it; the arguments are those of `carried_out`."""
    for _step in carried_out(plan, user):
        pass


def carried_out(plan: Plan, user: Any) -> Iterator[Step]:
    """Do step by step what a plan says, and give each step that is done.

    Args:
        plan: made with `for_update` in the transaction in which the steps are asked for.
        user: who imports; None is the command line.

    Raises:
        RefusedError: the type of event that was chosen is gone.
    """
    labels = Labels()
    if not EventType.objects.filter(pk=plan.choices.type_id).exists():
        raise RefusedError("type_gone")
    for step in plan.steps:
        if step.kind == Kind.CREATE:
            _create(step, plan, labels, user)
        elif step.kind == Kind.CHANGE:
            _change(step, user)
        elif step.kind == Kind.COPY:
            _copy(step, user)
        is_known = step.imported is not None and step.kind in (Kind.CHANGE, Kind.COPY, Kind.SAME)
        if is_known and step.imported and step.imported.values != step.values:
            step.imported.values = step.values
            step.imported.save()
        yield step


def _create(step: Step, plan: Plan, labels: Labels, user: Any) -> None:
    type_id = labels.type_of(step.categories, plan.choices.type_id)
    event = Event(status=Status.DRAFT, type_id=type_id, created_by=user, changed_by=user)
    _put(event, step.values)
    event.save()
    if topics := labels.topics_of(step.categories):
        event.topics.set(topics)
    event.refresh_from_db()
    Imported.objects.create(
        event=event,
        uid=step.uid,
        recurrence=step.recurrence,
        source=plan.source,
        values=step.values,
    )
    step.event = event
    history.record(event, user, history.Verb.CREATED)


def _change(step: Step, user: Any) -> None:
    event = step.event
    if event is None:
        raise ValueError(f"nothing to change for {step.uid}")
    history.note_as_found(event)
    _put(event, {name: step.values[name] for name in step.changed})
    event.changed_by = user
    event.save()
    event.refresh_from_db()
    history.record(event, user, history.Verb.CHANGED)


def _copy(step: Step, user: Any) -> None:
    event = step.event
    if event is None:
        raise ValueError(f"nothing to change for {step.uid}")
    snapshot = taken(event)
    for name in step.changed:
        snapshot["fields"][name.removesuffix("_id")] = step.values[name]
    working_copies.keep(event, None, snapshot, user)


def _put(event: Event, values: Values) -> None:
    for name, value in values.items():
        setattr(event, name, datetime.fromisoformat(value) if name in MOMENTS else value)
