"""A programme as it is read: by day, and what goes on at the same time side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Appearance, EventDocument, ProgrammeItem

HOSTS = ("chair", "moderator")


@dataclass(frozen=True)
class Session:
    """An item of the programme with its people and its materials."""

    item: "ProgrammeItem"
    hosts: "list[Appearance]"
    people: "list[Appearance]"
    documents: "list[EventDocument]"


@dataclass
class Block:
    """What follows one upon another, or goes on in several halls at once."""

    sessions: list[Session] = field(default_factory=list)

    @property
    def halls(self) -> list[tuple[str, list[Session]]]:
        """Each hall with what goes on in it, when there is more than one; in order of names."""
        by_hall: dict[str, list[Session]] = {}
        for session in self.sessions:
            by_hall.setdefault(session.item.hall_bg, []).append(session)  # type: ignore[attr-defined]
        return sorted(by_hall.items()) if len(by_hall) > 1 else []

    @property
    def ends_at(self) -> datetime:
        return max(each.item.ends_at or each.item.starts_at for each in self.sessions)

    def takes(self, item: "ProgrammeItem") -> bool:
        """Does the item begin while this goes on, in a hall of its own?"""
        begins_within = item.starts_at < self.ends_at or (
            item.starts_at == self.sessions[0].item.starts_at
        )
        halls = [item.hall_bg, *(each.item.hall_bg for each in self.sessions)]  # type: ignore[attr-defined]
        return begins_within and all(halls)


@dataclass(frozen=True)
class Day:
    day: date
    blocks: list[Block]


def timetable(
    items: Iterable["ProgrammeItem"],
    appearances: Iterable["Appearance"] = (),
    documents: Iterable["EventDocument"] = (),
) -> list[Day]:
    """The days of a programme.

    Args:
        items: in the order of the clock.
        appearances: of the event in protocol order, which is kept within a session: first those
            who chair and moderate it, then all others.
        documents: of the event in their order; those of no item are left out.
    """
    people, papers = _by_item(appearances), _by_item(documents)
    days: dict[date, list[Block]] = {}
    for item in items:
        here = people.get(item.pk, [])
        session = Session(
            item,
            [each for each in here if each.role in HOSTS],
            [each for each in here if each.role not in HOSTS],
            papers.get(item.pk, []),
        )
        blocks = days.setdefault(item.day, [])
        if blocks and blocks[-1].takes(item):
            blocks[-1].sessions.append(session)
        else:
            blocks.append(Block([session]))
    return [Day(day, blocks) for day, blocks in days.items()]


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        if row.item_id is not None:
            found.setdefault(row.item_id, []).append(row)
    return found
