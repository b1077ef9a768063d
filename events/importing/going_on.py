"""A confirmed import, carried out part by part, so that no answer keeps anybody waiting.

Each part is a transaction of its own and is planned anew: what has changed meanwhile is minded. An
import that was broken off goes on where it stopped.
"""

from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import Import

from .carrying_out import carried_out
from .limits import MOST_AT_ONCE, MOST_SECONDS_AT_ONCE
from .plan import Kind, Plan, planned
from .taking import Choices

KEPT = timedelta(days=7)


def begun(plan: Plan, user: Any) -> Import:
    """The import of what a plan would make and change; nothing of it is carried out yet.

    Args:
        plan: that was confirmed.
        user: who has confirmed it.
    """
    Import.objects.filter(begun_at__lt=timezone.now() - KEPT).delete()
    entries = [step.entry for step in plan.of(Kind.CREATE, Kind.CHANGE, Kind.COPY)]
    return Import.objects.create(
        user=user,
        source=plan.source,
        choices=vars(plan.choices),
        entries=entries,
        total=len(entries),
    )


@transaction.atomic
def go_on(number: int, user: Any) -> Import:
    """Carry out the next part of an import; two at once do not get in each other's way.

    Args:
        number: of the import.
        user: whose it must be.

    Raises:
        Import.DoesNotExist: the user has none of this number.
        RefusedError: the type of event that was chosen is gone.
    """
    run = Import.objects.select_for_update().get(pk=number, user=user)
    if not run.is_done:
        _carry_out_a_part(run, user)
    return run


def _carry_out_a_part(run: Import, user: Any) -> None:
    read = {"events": run.to_do()[:MOST_AT_ONCE], "skipped": [], "is_whole": False}
    plan = planned(read, run.source, Choices(**run.choices), user, for_update=True)
    ends_at = monotonic() + MOST_SECONDS_AT_ONCE
    for step in carried_out(plan, user):
        run.done += 1
        run.created += step.kind == Kind.CREATE
        run.changed += step.kind in (Kind.CHANGE, Kind.COPY)
        if monotonic() > ends_at:
            break
    told = ["done", "created", "changed"]
    if run.is_done:
        run.entries = []
        told.append("entries")
    run.save(update_fields=told)
