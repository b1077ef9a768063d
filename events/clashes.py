"""What an event meets at its time: people and halls that are taken, other events, holidays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sorb.dates import SOFIA, day_of, last_day
from sorb.publishing.remarks import Remark

from .holidays_of_bulgaria import holidays_between
from .taken import Hall, Person, Slot, halls, people
from .wording import is_online

if TYPE_CHECKING:
    from .models import Event, ProgrammeItem
    from .queryset import EventQuerySet

MOST_READ = 2000  # events of others that are looked at
MOST_HOLIDAYS = 5  # that are told


@dataclass(frozen=True)
class Plan:
    """What may clash of an event, saved or only typed."""

    slot: Slot
    venue: int | None = None
    halls: tuple[Hall, ...] = ()
    people: tuple[Person, ...] = ()
    pk: int | None = None
    is_deadline: bool = False

    @classmethod
    def of(
        cls,
        event: "Event",
        parts: Iterable[tuple[int, int | None]] = (),
        items: Iterable["ProgrammeItem"] = (),
    ) -> Self:
        """The plan of an event.

        What takes place online only needs no hall; a deadline takes nobody's time.

        Args:
            parts: the keys of its people, each with that of an item of the programme or None.
            items: its programme, in the order of the clock.
        """
        slot, programme = Slot(event.starts_at, event.ends_at), list(items)
        if event.is_deadline:
            return cls(slot, pk=event.pk, is_deadline=True)
        venue = None if is_online(event) else event.venue_id
        taken = halls(slot, event.hall_bg, programme) if venue else ()  # type: ignore[attr-defined]
        return cls(slot, venue, taken, people(slot, parts, programme), event.pk)

    def later(self, by: timedelta) -> Self:
        """The same so much later on the clock, as the plan of an event that is not saved.

        Raises:
            SkippedTimeError: the clock is put forward over one of its times.
        """
        return replace(
            self,
            slot=self.slot.later(by),
            halls=tuple(replace(hall, slot=hall.slot.later(by)) for hall in self.halls),
            people=tuple(replace(person, slot=person.slot.later(by)) for person in self.people),
            pk=None,
        )

    def meets(self, other: Self) -> bool:
        """Are both going on at some moment?"""
        is_other = other.pk is None or other.pk != self.pk
        return is_other and self.slot.meets(other.slot)

    def is_in_hall_of(self, other: Self) -> bool:
        if self.venue is None or other.venue != self.venue:
            return False
        return any(own.is_also_of(theirs) for own in self.halls for theirs in other.halls)

    def shares(self, other: Self) -> list[int]:
        """The keys of people who are needed by both at once."""
        both = {
            own.key
            for own in self.people
            for theirs in other.people
            if own.key == theirs.key and own.slot.meets(theirs.slot)
        }
        return list(dict.fromkeys(own.key for own in self.people if own.key in both))


def neighbours(plans: Iterable[Plan], events: "EventQuerySet") -> "list[Event]":
    """The events that some of the plans may meet, with what they take of the same people and
    places; three reads.

    Args:
        plans: whose time is looked at; deadlines meet nothing.
        events: those that the asking user may know of.
    """
    wanted = [plan for plan in plans if not plan.is_deadline]
    if not wanted:
        return []
    keys = {person.key for plan in wanted for person in plan.people}
    venues = {plan.venue for plan in wanted if plan.venue is not None}
    first = min(plan.slot.starts_at for plan in wanted)
    last = max(plan.slot.until for plan in wanted)
    found = events.to_take_place().between(first, last).defer("body", "body_bg", "body_en")
    return list(found.with_what_is_taken(keys, venues)[:MOST_READ])


def clashes(plan: Plan, others: "Iterable[Event]") -> list[Remark]:
    """What is to be said of a plan, in words, the gravest first.

    Args:
        plan: of what is asked about.
        others: what `neighbours` read, for this plan or for several.

    Returns:
        The same speaker, the same hall, any other event at that time, official holidays. An event
        that is told for its speaker or its hall is not told once more for its time.
    """
    if plan.slot.ends_at < plan.slot.starts_at:
        return [Remark(_("The end is before the start."), "end_day")]
    meeting = [] if plan.is_deadline else list(_meeting(plan, others))
    same = [remark for other, theirs in meeting for remark in _same_people(plan, other, theirs)]
    in_hall = [other for other, theirs in meeting if plan.is_in_hall_of(theirs)]
    told = {remark.address for remark in same} | {_address(other) for other in in_hall}
    words_of_hall = _("The same place is taken at that time by")
    words_of_time = _("At that time we have another event")
    return [
        *same,
        *(_about(words_of_hall, "venue", other) for other in in_hall),
        *(
            _about(words_of_time, "start_day", other)
            for other, _theirs in meeting
            if _address(other) not in told
        ),
        *_holidays(plan),
    ]


def parts_of(event: "Event") -> list[tuple[int, int | None]]:
    """The keys of the people of an event, as they were read, and of the items that they are in."""
    return [(part.speaker_id, part.item_id) for part in event.appearances.all()]


def _meeting(plan: Plan, others: "Iterable[Event]") -> "Iterator[tuple[Event, Plan]]":
    for other in others:
        if plan.slot.meets(Slot(other.starts_at, other.ends_at)):
            theirs = Plan.of(other, parts_of(other), other.programme.all())
            if plan.meets(theirs):
                yield other, theirs


def past(plan: Plan) -> list[Remark]:
    """Words for a start that has passed already."""
    has_passed = plan.slot.starts_at < timezone.now()
    return [Remark(_("The start is in the past."), "start_day")] if has_passed else []


def _same_people(plan: Plan, other: "Event", theirs: Plan) -> Iterator[Remark]:
    names = {part.speaker_id: part.speaker for part in other.appearances.all()}
    for key in plan.shares(theirs):
        words = _("%(person)s takes part at that time in") % {"person": names[key]}
        yield _about(words, "appearances-group", other)


def _holidays(plan: Plan) -> Iterator[Remark]:
    first, last = day_of(plan.slot.starts_at), last_day(plan.slot.starts_at, plan.slot.ends_at)
    for day, name in islice(holidays_between(first, last), MOST_HOLIDAYS):
        shown = {"day": date_format(day)}
        yield Remark(_("%(day)s is an official holiday:") % shown, "start_day", name)


def _about(words: str, field: str, other: "Event") -> Remark:
    return Remark(words, field, f"{other.title}, {_when(other)}", _address(other))


def _when(event: "Event") -> str:
    starts_at = event.starts_at.astimezone(SOFIA)
    return f"{starts_at:%d.%m.%Y}" if event.is_all_day else f"{starts_at:%d.%m.%Y, %H:%M}"


def _address(event: "Event") -> str:
    return reverse("admin:events_event_change", args=[event.pk])
