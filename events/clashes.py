"""What an event meets at its time: people and halls that are taken, other events, holidays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sorb.dates import SOFIA, day_of, last_day
from sorb.publishing.remarks import Remark

from .holidays_of_bulgaria import holidays_between
from .wording import is_online

if TYPE_CHECKING:
    from .models import Event
    from .queryset import EventQuerySet

MOST_READ = 2000  # events of others that are looked at
MOST_HOLIDAYS = 5  # that are told
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Plan:
    """What may clash of an event, saved or only typed. `hall` is the Bulgarian name."""

    starts_at: datetime
    ends_at: datetime
    venue: int | None = None
    hall: str = ""
    speakers: frozenset[int] = frozenset()
    pk: int | None = None

    @classmethod
    def of(cls, event: "Event", speakers: Iterable[int] = ()) -> Self:
        """The plan of an event. What takes place online only needs no hall."""
        venue, hall = event.venue_id, event.hall_bg  # type: ignore[attr-defined]
        if is_online(event):
            venue, hall = None, ""
        return cls(event.starts_at, event.ends_at, venue, hall, frozenset(speakers), event.pk)

    @property
    def until(self) -> datetime:
        """Its end; what takes no time takes an instant."""
        return max(self.ends_at, self.starts_at + INSTANT)

    def meets(self, other: "Event") -> bool:
        """Are both going on at some moment?"""
        other_until = max(other.ends_at, other.starts_at + INSTANT)
        is_other = other.pk is None or other.pk != self.pk
        return is_other and self.starts_at < other_until and other.starts_at < self.until

    def is_in_hall_of(self, other: "Event") -> bool:
        """The same venue, and not two halls of it that are named and differ."""
        if self.venue is None or other.venue_id != self.venue or is_online(other):
            return False
        own, theirs = _folded(self.hall), _folded(other.hall_bg)  # type: ignore[attr-defined]
        return not own or not theirs or own == theirs


def neighbours(plans: Iterable[Plan], events: "EventQuerySet") -> "list[Event]":
    """The events that some of the plans may meet, with the speakers in question; two reads.

    Args:
        plans: whose time is looked at.
        events: those that the asking user may know of.
    """
    wanted = list(plans)
    if not wanted:
        return []
    people = {speaker for plan in wanted for speaker in plan.speakers}
    first = min(plan.starts_at for plan in wanted)
    last = max(plan.until for plan in wanted)
    found = events.to_take_place().between(first, last).defer("body", "body_bg", "body_en")
    return list(found.with_appearances_of(people)[:MOST_READ])


def clashes(plan: Plan, others: "Iterable[Event]") -> list[Remark]:
    """What is to be said of a plan, in words, the gravest first.

    Args:
        plan: of what is asked about.
        others: what `neighbours` read, for this plan or for several.

    Returns:
        The same speaker, the same hall, any other event at that time, official holidays. An event
        that is told for its speaker or its hall is not told once more for its time.
    """
    if plan.ends_at < plan.starts_at:
        return [Remark(_("The end is before the start."), "end_day")]
    meeting = [other for other in others if plan.meets(other)]
    people = [remark for other in meeting for remark in _same_speakers(plan, other)]
    in_hall = [other for other in meeting if plan.is_in_hall_of(other)]
    told = {remark.address for remark in people} | {_address(other) for other in in_hall}
    words_of_hall = _("The same place is taken at that time by")
    words_of_time = _("At that time we have another event")
    return [
        *people,
        *(_about(words_of_hall, "venue", other) for other in in_hall),
        *(
            _about(words_of_time, "start_day", other)
            for other in meeting
            if _address(other) not in told
        ),
        *_holidays(plan),
    ]


def past(plan: Plan) -> list[Remark]:
    """Words for a start that has passed already."""
    has_passed = plan.starts_at < timezone.now()
    return [Remark(_("The start is in the past."), "start_day")] if has_passed else []


def _same_speakers(plan: Plan, other: "Event") -> Iterator[Remark]:
    people = {
        appearance.speaker_id: appearance.speaker
        for appearance in other.appearances.all()
        if appearance.speaker_id in plan.speakers
    }
    for person in people.values():
        words = _("%(person)s takes part at that time in") % {"person": person}
        yield _about(words, "appearances-group", other)


def _holidays(plan: Plan) -> Iterator[Remark]:
    first, last = day_of(plan.starts_at), last_day(plan.starts_at, plan.ends_at)
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


def _folded(hall: str) -> str:
    return " ".join(hall.casefold().split())
