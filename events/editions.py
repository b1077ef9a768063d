"""The events of a series: made of one event, and changed together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from sorb.dates import clock_at, last_day, midnight_after, moment, on_the_clock
from sorb.desk import gate, history
from sorb.desk.models import Revision, WorkingCopy
from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import Status

from .announcements import announced
from .copies import Piece, copied
from .models import Event, ProgrammeItem, Series, State, Venue
from .wording import is_online, place

Verb = Revision.Verb


class BackwardsError(ValueError):
    """The end would be before the start."""


class ImpossibleError(ValueError):
    """What has become of the event does not allow it; says so in words."""


def series_for(event: Event, titles: dict[str, str], user: Any) -> Series:
    """The series of an event; one with these titles is made of it where it has none."""
    if event.series is not None:
        return event.series
    series = Series(**{f"title_{code}": title for code, title in titles.items()})
    series.save()
    history.record(series, user, Verb.CREATED)
    history.note_as_found(event)
    before = event.version
    event.series, event.changed_by = series, user
    event.save()
    history.record(event, user, Verb.CHANGED)
    for copy in WorkingCopy.objects.about(event):
        # Publishing it must not take the event out of its series
        copy.snapshot["fields"]["series"] = series.pk
        copy.based_on = event.version if copy.based_on == before else copy.based_on
        copy.version += 1
        copy.save()
    return series


def repeated(event: Event, days: Iterable[date], user: Any) -> list[Event]:
    """Save the event once more on each of the days, as drafts with everything that it has.

    Raises:
        SkippedTimeError: the clock is put forward over one of its times.
    """
    titles = {code: event.heading_in(code) for code in LANGUAGES}
    return [copied(event, day, list(Piece), titles, user) for day in days]


def published(events: list[Event], user: Any) -> list[gate.Finding]:
    """Publish events that have the same words.

    Returns:
        What the gate says of the first: the words of all are the same, and what each meets at its
        time is told beside its day.
    """
    for event in events:
        event.status = Status.PUBLISHED
        event.save()
        history.record(event, user, Verb.PUBLISHED)
    first = Event.objects.get(pk=events[0].pk)
    return gate.findings(first)


@dataclass(frozen=True)
class Change:
    """What becomes of editions; None and "" leave it as it is."""

    start_time: time | None = None
    end_time: time | None = None
    venue: Venue | None = None
    words: dict[str, str] = field(default_factory=dict)  # by the names of fields
    notes: dict[str, str] = field(default_factory=dict)  # for readers, by the names of fields
    is_cancelled: bool = False

    @property
    def is_of_time(self) -> bool:
        return self.start_time is not None or self.end_time is not None

    @property
    def is_of_place(self) -> bool:
        return self.venue is not None or any(self.words.get(f"hall_{code}") for code in LANGUAGES)

    @property
    def is_told(self) -> bool:
        """Must those who counted with it learn why?"""
        return self.is_cancelled or self.is_of_time or self.is_of_place

    def apply(self, event: Event, items: Iterable[ProgrammeItem] = ()) -> None:
        """Change an event and its programme without saving them.

        Raises:
            ImpossibleError: its state does not allow it.
            SkippedTimeError: the clock is put forward over one of its new times.
            BackwardsError: its end would be before its start.
        """
        self._demand_possible(event)
        if self.is_of_time and not event.is_all_day:
            self._move(event, items)
        if self.venue is not None:
            event.venue = self.venue
        for name, words in (self.words | self.notes).items():
            setattr(event, name, words)
        if self.is_cancelled:
            event.state = State.CANCELLED

    def _demand_possible(self, event: Event) -> None:
        if self.is_told and event.state == State.CANCELLED:
            raise ImpossibleError(_("It is cancelled already."))
        if self.is_of_place and event.is_deadline:
            raise ImpossibleError(_("It is a deadline: nobody meets anywhere."))
        if self.is_of_place and is_online(event):
            raise ImpossibleError(_("It takes place online. “What has changed?” moves it."))

    def _move(self, event: Event, items: Iterable[ProgrammeItem]) -> None:
        ends_on = last_day(event.starts_at, event.ends_at)
        if self.start_time is not None:
            was = event.starts_at
            event.starts_at = moment(event.first_day, self.start_time)
            by = clock_at(event.starts_at) - clock_at(was)
            if not event.has_open_end:
                event.ends_at = on_the_clock(event.ends_at, by)
            for item in items:
                item.starts_at = on_the_clock(item.starts_at, by)
                item.ends_at = item.ends_at and on_the_clock(item.ends_at, by)
        if self.end_time is not None and not event.is_deadline:
            event.has_open_end = False
            event.ends_at = _end(ends_on, self.end_time)
        if event.ends_at < event.starts_at:
            raise BackwardsError


def _end(day: date, clock: time) -> datetime:
    """The end at a time of a day; 00:00 is the midnight at which the day ends."""
    return midnight_after(moment(day, clock)) if clock == time() else moment(day, clock)


def changed(event: Event, change: Change, user: Any) -> None:
    """Change an event with its programme, as „Какво се промени?“ does it.

    Args:
        event: locked, and as the database has it.

    Raises:
        ImpossibleError, SkippedTimeError, BackwardsError: as `Change.apply`.
    """
    items = list(event.programme.all())
    change.apply(event, items)
    event.changed_by = user

    def save() -> None:
        event.save()
        for item in items if change.start_time is not None else ():
            item.save()

    announced(event.pk, user, save)


def told(event: Event) -> list[str]:
    """An event in the words that a change may change."""
    starts, ends = clock_at(event.starts_at), clock_at(event.ends_at)
    hours = f"{starts:%d.%m.%Y}"
    if not event.is_all_day:
        hours = f"{starts:%d.%m.%Y, %H:%M}"
        if not event.has_open_end:
            is_same_day = starts.date() == ends.date()
            hours += f"–{ends:%H:%M}" if is_same_day else f" – {ends:%d.%m.%Y, %H:%M}"
    where = place(event) or _("no place")
    return [event.title, hours, where, str(State(event.state).label), event.state_note]
