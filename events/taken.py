"""What an event takes of people and of halls, and when: by its programme, where that says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sorb.dates import on_the_clock

if TYPE_CHECKING:
    from .models import ProgrammeItem

INSTANT = timedelta(microseconds=1)
BREAK = "break"


@dataclass(frozen=True)
class Slot:
    """A while; what takes no time takes an instant."""

    starts_at: datetime
    ends_at: datetime

    @property
    def until(self) -> datetime:
        return max(self.ends_at, self.starts_at + INSTANT)

    def meets(self, other: "Slot") -> bool:
        """Are both going on at some moment?"""
        return self.starts_at < other.until and other.starts_at < self.until

    def later(self, by: timedelta) -> "Slot":
        """The while that the clock shows so much later.

        Raises:
            SkippedTimeError: the clock is put forward over its start or its end.
        """
        starts_at = on_the_clock(self.starts_at, by)
        return Slot(starts_at, max(on_the_clock(self.ends_at, by), starts_at))


@dataclass(frozen=True)
class Person:
    """Somebody, by the key, who is needed for a while."""

    slot: Slot
    key: int


@dataclass(frozen=True)
class Hall:
    """A hall, by its Bulgarian name, that is taken for a while; "" is the whole place."""

    slot: Slot
    name: str

    def is_also_of(self, other: "Hall") -> bool:
        """Not two halls that are named and differ, at times that meet."""
        is_other_hall = self.name and other.name and self.name != other.name
        return not is_other_hall and self.slot.meets(other.slot)


def people(
    whole: Slot, parts: Iterable[tuple[int, int | None]], items: Iterable["ProgrammeItem"]
) -> tuple[Person, ...]:
    """When somebody is needed: while his items of the programme last, else all the time.

    Args:
        whole: the time of the event.
        parts: keys of people, each with that of an item or None.
        items: the programme, in the order of the clock.
    """
    slots = _slots(whole, list(items))
    return tuple(
        Person(whole if item is None else slots.get(item, whole), person) for person, item in parts
    )


def halls(whole: Slot, hall: str, items: Iterable["ProgrammeItem"]) -> tuple[Hall, ...]:
    """What is taken of the place: the hall of the event, and those that its programme names.

    Where no hall is named, it is the whole place; where only the programme names halls, it is
    theirs, and the whole place while something goes on that names none and is no break.
    """
    listed = list(items)
    slots, own = _slots(whole, listed), folded(hall)
    named = {item.pk: folded(item.hall_bg) for item in listed}  # type: ignore[attr-defined]
    if own or not any(named.values()):
        others = [item for item in listed if named[item.pk] not in ("", own)]
        return (Hall(whole, own), *(Hall(slots[item.pk], named[item.pk]) for item in others))
    counted = [item for item in listed if named[item.pk] or item.kind != BREAK]
    return tuple(Hall(slots[item.pk], named[item.pk]) for item in counted)


def folded(hall: str) -> str:
    """The name of a hall without what does not make another hall."""
    return " ".join(hall.casefold().split())


def _slots(whole: Slot, items: "list[ProgrammeItem]") -> dict[int, Slot]:
    """By the key of each item; one without an end lasts until the next begins."""
    return dict(_each_slot(whole, items))


def _each_slot(whole: Slot, items: "list[ProgrammeItem]") -> Iterator[tuple[int, Slot]]:
    starts = sorted({item.starts_at for item in items})
    following = dict(pairwise(starts))
    for item in items:
        until = item.ends_at or following.get(item.starts_at, whole.ends_at)
        yield item.pk, Slot(item.starts_at, until)
