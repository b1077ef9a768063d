"""What was announced of an event, and what has become of it since."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.queryset import OFF
from sorb.publishing.addresses import LANGUAGES

from .change import Change, change_between, has_moved, kind_of

if TYPE_CHECKING:
    from .event import Event


class State(models.TextChoices):
    SCHEDULED = "scheduled", _("Takes place as planned")
    POSTPONED = "postponed", _("Postponed, new date to be announced")
    RESCHEDULED = "rescheduled", _("Moved to another date")
    CANCELLED = "cancelled", _("Cancelled")
    MOVED_ONLINE = "moved_online", _("Moved online")
    MOVED = "moved", _("Moved to another place")


class Attendance(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    BOTH = "both", _("On site and online")


# What readers and their calendars must be told when it changes
FACTS = (
    "is_deadline",
    "starts_at",
    "ends_at",
    "is_all_day",
    "has_open_end",
    "attendance",
    "venue_id",
    "hall_bg",
    "online_address",
    "state",
)


class Announcement:
    """What readers are told of how it stands with an event."""

    ends_at: datetime
    is_deadline: bool
    state: str
    previous_starts_at: datetime | None
    get_state_display: Callable[[], str]
    changes: Any

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    def state_when_on(self) -> State:
        """Its state when nothing stands in its way: a date that was moved stays moved."""
        return State.RESCHEDULED if self.previous_starts_at else State.SCHEDULED

    @property
    def is_off(self) -> bool:
        """Does nobody meet on the day that was announced?"""
        return self.state in OFF

    @property
    def state_name(self) -> str:
        """What has become of it, in words."""
        if self.is_deadline and self.state == State.RESCHEDULED:
            return gettext("New deadline")
        return self.get_state_display()

    @property
    def is_rescheduled(self) -> bool:
        """Moved to another date, and perhaps elsewhere or online as well."""
        is_moved = self.state in (State.MOVED, State.MOVED_ONLINE)
        return self.state == State.RESCHEDULED or bool(is_moved and self.previous_starts_at)

    @property
    def change_in_words(self) -> str:
        """What stands above the page: what has become of it; "" when there is nothing to say.

        Of an event that is over only that it did not take place matters still.
        """
        if self.is_over:
            if self.is_deadline:
                return self.state_name if self.is_off else ""
            return gettext("It did not take place") if self.is_off else ""
        if self.state != State.SCHEDULED:
            return self.state_name
        last = list(self.changes.all())[-1:]
        return last[0].get_kind_display() if last else ""


def announce(before: "Event", event: "Event") -> None:
    """Tell of an event that is about to be saved what has become of it since it was read."""
    if all(getattr(before, fact) == getattr(event, fact) for fact in FACTS):
        return
    event.sequence = before.sequence + 1
    event.facts_changed_at = timezone.now()
    if before.was_public():
        _follow(before, event)
    if event.state == State.RESCHEDULED and before.starts_at != event.starts_at:
        _keep_first_start(before, event)
    if before.was_public() and (kind := kind_of(before, event)):
        _tell(before, event, kind)


def _follow(before: "Event", event: "Event") -> None:
    """What was edited without saying what happened says it by itself."""
    if event.state != before.state or before.is_over:
        return
    if event.attendance == Attendance.ONLINE != before.attendance:
        event.state = State.MOVED_ONLINE
    elif before.attendance == Attendance.ONLINE != event.attendance:
        event.state = event.state_when_on() if event.state == State.MOVED_ONLINE else event.state
    elif event.starts_at != before.starts_at:
        if event.state in (State.SCHEDULED, State.POSTPONED, State.MOVED):
            event.state = State.RESCHEDULED
        elif event.state == State.MOVED_ONLINE:
            _keep_first_start(before, event)
    elif event.state in (State.SCHEDULED, State.RESCHEDULED) and has_moved(before, event):
        event.state = State.MOVED


def _keep_first_start(before: "Event", event: "Event") -> None:
    """The start announced first; none when it is the present one again."""
    first = event.previous_starts_at or before.starts_at
    event.previous_starts_at = first if first != event.starts_at else None


def _tell(before: "Event", event: "Event", kind: Change.Kind) -> None:
    """Keep what stood before; the reason that was given for it goes with its own change."""
    last = Change.objects.filter(event=event).last()
    notes = [(f"note_{code}", f"state_note_{code}") for code in LANGUAGES]
    if last and any(getattr(before, own) != getattr(event, own) for _note, own in notes):
        for note, own in notes:
            setattr(last, note, getattr(before, own))
        last.save()
    change_between(before, event, kind).save()
