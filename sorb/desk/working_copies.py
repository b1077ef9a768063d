"""The working copy of a published item: put in its place for a moment, kept, taken up again."""

from typing import Any

from .history import record, with_free_addresses
from .models import Revision, WorkingCopy
from .snapshot import Snapshot, put_back

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
    record(item, user, Revision.Verb.WORKING_COPY, snapshot=snapshot)
    return copy
