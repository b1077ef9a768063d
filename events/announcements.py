"""Saving what becomes of an event, so that readers, its history and its working copy know."""

from collections.abc import Callable
from typing import Any

from sorb.desk import history, working_copies
from sorb.desk.models import Revision
from sorb.desk.snapshot import taken

from .models import Change, Event


def announced(pk: int, user: Any, save: Callable[[], Any]) -> Event:
    """Save a change of an event; a revision, a line of the log, and its working copy follow.

    Args:
        pk: of the event, locked, which is still in the database as it was.
        user: who changes it.
        save: saves the event and its programme.

    Returns:
        The event as it is now.
    """
    before = Event._base_manager.get(pk=pk)
    history.note_as_found(before)
    snapshot, version = taken(before), before.version
    last = Change.objects.filter(event=pk).last()
    save()
    event = Event._base_manager.get(pk=pk)
    history.record(event, user, Revision.Verb.CHANGED, note=_note(before, event, last))
    working_copies.carry_over(event, snapshot, taken(event), version)
    return event


def _note(before: Event, event: Event, last: Change | None) -> str:
    """What happened and why, for the history; "" when readers are told nothing."""
    change = Change.objects.filter(event=event).last()
    is_new = change is not None and change != last
    what = change.get_kind_display() if change and is_new else ""
    said = [one.state_note_bg for one in (before, event)]  # type: ignore[attr-defined]
    why = said[1] if is_new or said[0] != said[1] else ""
    return ". ".join(filter(None, (what, why)))
