"""Change: what readers had been told of an event before it was changed, and when it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.queryset import OFF
from events.wording import whereabouts
from sorb.publishing.addresses import LANGUAGES

from .span import Span

if TYPE_CHECKING:
    from .event import Event


class Change(models.Model):
    """One change of a published event. The site writes it with every save that makes one.

    It keeps what stood before: the times and the place are filled only where they changed. The
    reason of the newest change is the event's own `state_note`; when another follows, it is kept
    here, with the change that it was about.
    """

    class Kind(models.TextChoices):
        RESCHEDULED = "rescheduled", _("Moved to another day or time")
        MOVED = "moved", _("Moved to another place")
        MOVED_ONLINE = "moved_online", _("Moved online")
        POSTPONED = "postponed", _("Postponed without a date")
        CANCELLED = "cancelled", _("Cancelled")
        BACK_ON = "back_on", _("Back on as announced")
        END = "end", _("Ends at another time")

    event = models.ForeignKey(
        "events.Event", verbose_name=_("event"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(
        pgettext_lazy("of an event", "change"), max_length=12, choices=Kind.choices
    )
    at = models.DateTimeField(_("changed at"))
    starts_at = models.DateTimeField(_("earlier start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("earlier end"), null=True, blank=True)
    is_all_day = models.BooleanField(_("all day"), default=False)
    has_open_end = models.BooleanField(_("end not known"), default=False)
    place = models.CharField(_("earlier place"), max_length=600, blank=True)
    note = models.CharField(_("note for readers"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of an event")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="events_change_both_moments_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def earlier(self) -> "Earlier | None":
        """The days and hours announced before, where they changed."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return Earlier(self.starts_at, self.ends_at, self.is_all_day, self.has_open_end)


@dataclass(frozen=True)
class Earlier(Span):
    """The times of an event as they were, to be told like those of the event itself."""

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    has_open_end: bool


TIMES = ("starts_at", "ends_at", "is_all_day", "has_open_end")


def kind_of(before: "Event", event: "Event") -> "Change.Kind | None":
    """What happened between two states of an event; None when readers need not be told.

    Mending the record of an event that is over is no change of it, unless it turns out that it
    did not take place; a place that was not announced before is news, not a move.
    """
    if event.state != before.state and event.state in (*OFF, "moved_online"):
        return Change.Kind(event.state)
    if before.starts_at != event.starts_at:
        return None if before.is_over else Change.Kind.RESCHEDULED
    is_called_back = event.state in ("scheduled", "rescheduled")
    if is_called_back and before.state in (*OFF, "moved_online"):
        return Change.Kind.BACK_ON
    if before.is_over or before.is_deadline != event.is_deadline:
        return None
    if has_moved(before, event) or (event.state == "moved" != before.state):
        return Change.Kind.MOVED
    if any(getattr(before, name) != getattr(event, name) for name in TIMES):
        return Change.Kind.END
    return None


def has_moved(before: "Event", event: "Event") -> bool:
    places = [(one.venue_id, one.hall_bg) for one in (before, event)]  # type: ignore[attr-defined]
    return bool(before.venue_id) and places[0] != places[1]


def change_between(before: "Event", event: "Event", kind: "Change.Kind") -> Change:
    """The row that keeps what stood before, not saved yet."""
    change = Change(event=event, kind=kind, at=event.facts_changed_at or timezone.now())
    if any(getattr(before, name) != getattr(event, name) for name in TIMES):
        for name in TIMES:
            setattr(change, name, getattr(before, name))
    if has_moved(before, event) or kind in (Change.Kind.MOVED, Change.Kind.MOVED_ONLINE):
        for code in LANGUAGES:
            with translation.override(code):
                setattr(change, f"place_{code}", whereabouts(before))
    return change
