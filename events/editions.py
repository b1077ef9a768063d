"""The events of a series: made of one event, and changed together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sorb.dates import SOFIA, last_day, midnight_after, moment
from sorb.desk import gate, history
from sorb.desk.models import Revision, WorkingCopy
from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import Status

from .copies import Piece, copied
from .models import Event, Series, State, Venue
from .wording import place

Verb = Revision.Verb


class BackwardsError(ValueError):
    """The end would be before the start."""


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
    is_cancelled: bool = False

    def apply(self, event: Event) -> timedelta:
        """Change an event without saving it.

        Returns:
            By how much its programme moves on the clock.

        Raises:
            SkippedTimeError: the clock is put forward over its new time.
            BackwardsError: its end would be before its start.
        """
        moved = timedelta() if event.is_all_day else self._move(event)
        if self.venue is not None:
            event.venue = self.venue
        for name, words in self.words.items():
            setattr(event, name, words)
        if self.is_cancelled:
            event.state = State.CANCELLED
        return moved

    def _move(self, event: Event) -> timedelta:
        moved, ends_on = timedelta(), last_day(event.starts_at, event.ends_at)
        if self.start_time is not None:
            was = event.starts_at
            event.starts_at = moment(event.first_day, self.start_time)
            moved = _clock(event.starts_at) - _clock(was)
            if not event.has_open_end:
                event.ends_at = on_the_clock(event.ends_at, moved)
        if self.end_time == time():
            event.ends_at = midnight_after(moment(ends_on, time()))
        elif self.end_time is not None:
            event.ends_at = moment(ends_on, self.end_time)
        if event.ends_at < event.starts_at:
            raise BackwardsError
        return moved


def changed(event: Event, change: Change, user: Any) -> None:
    """Change an event with its programme, and keep a revision.

    Raises:
        SkippedTimeError, BackwardsError: as `Change.apply`.
    """
    history.note_as_found(event)
    moved = change.apply(event)
    event.changed_by = user
    event.save()
    if moved:
        for item in event.programme.all():
            item.starts_at = on_the_clock(item.starts_at, moved)
            item.ends_at = item.ends_at and on_the_clock(item.ends_at, moved)
            item.save()
    history.record(event, user, Verb.CHANGED)


def on_the_clock(at: datetime, by: timedelta) -> datetime:
    """The moment at which the clock shows so much more.

    Raises:
        SkippedTimeError: it never shows that.
    """
    local = _clock(at) + by
    return moment(local.date(), local.time())


def _clock(at: datetime) -> datetime:
    """What the clock in Sofia shows at a moment."""
    return at.astimezone(SOFIA).replace(tzinfo=None)


def told(event: Event) -> list[str]:
    """An event in the words that a change may change."""
    starts, ends = _clock(event.starts_at), _clock(event.ends_at)
    hours = f"{starts:%d.%m.%Y}"
    if not event.is_all_day:
        hours = f"{starts:%d.%m.%Y, %H:%M}"
        if not event.has_open_end:
            is_same_day = starts.date() == ends.date()
            hours += f"–{ends:%H:%M}" if is_same_day else f" – {ends:%d.%m.%Y, %H:%M}"
    where = place(event) or _("no place")
    return [event.title, hours, where, str(State(event.state).label), event.state_note]
