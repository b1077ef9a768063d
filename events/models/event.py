import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.calendar_links import CalendarLink, calendar_links
from events.clashes import Plan, clashes, neighbours, parts_of
from events.queryset import EventQuerySet
from events.structured_data import event_facts
from events.timetable import Day, timetable
from sorb.dates import midnight_after
from sorb.media.models import DocumentUse, ImageUse
from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import Publishable, Topic
from sorb.publishing.remarks import Remark

from .change import Change, change_between, has_moved, kind_of
from .event_type import EventType
from .span import Span
from .venue import Venue


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


class Event(Span, Publishable):
    page = "events:event_detail"
    own_rows = ("programme", "appearances", "participations", "gallery", "documents", "changes")
    record = Publishable.record | {"uid", "sequence", "facts_changed_at", "changes"}

    type = models.ForeignKey(
        EventType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="events"
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="events"
    )
    series = models.ForeignKey(
        "events.Series",
        verbose_name=_("series of events"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text=_("What it is an edition of; the page of the series leads to it."),
    )
    is_deadline = models.BooleanField(
        _("a deadline"),
        default=False,
        help_text=_(
            "By when one applies, nominates, sends an opinion: a day, or a moment of it. Nobody "
            "meets anywhere."
        ),
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(
        _("end"), help_text=_("Excluded: what ends at midnight does not occupy the next day.")
    )
    is_all_day = models.BooleanField(_("all day"), default=False)
    has_open_end = models.BooleanField(_("end not known"), default=False)
    span = models.GeneratedField(
        expression=Func(F("starts_at"), F("ends_at"), Value("[]"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    state = models.CharField(
        _("what has become of it"), max_length=12, choices=State.choices, default=State.SCHEDULED
    )
    state_note = models.CharField(
        _("note for readers"),
        max_length=300,
        blank=True,
        help_text=_("Why it was moved or cancelled, and what those who are enrolled should do."),
    )
    previous_starts_at = models.DateTimeField(
        _("earlier start"), null=True, blank=True, help_text=_("The one announced before.")
    )
    attendance = models.CharField(
        _("attendance"),
        max_length=7,
        choices=Attendance.choices,
        default=Attendance.ON_SITE,
    )
    online_address = models.URLField(
        _("online address"), blank=True, help_text=_("Where one joins: https://…")
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    hall = models.CharField(_("hall"), max_length=100, blank=True)
    registration_address = models.URLField(
        _("registration address"), blank=True, help_text=_("The form to enrol: https://…")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("languages it is held in"),
        default=list,
        blank=True,
    )
    uid = models.CharField(
        _("calendar identifier"),
        max_length=200,
        editable=False,
        help_text=_("UID of RFC 5545: never changes."),
    )
    sequence = models.PositiveIntegerField(_("calendar sequence"), default=0, editable=False)
    facts_changed_at = models.DateTimeField(
        _("time or place changed at"), null=True, blank=True, editable=False
    )

    objects = EventQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="events_event_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(is_deadline=False)
                | Q(has_open_end=False, is_all_day=True)
                | Q(has_open_end=False, ends_at=F("starts_at")),
                name="events_event_deadline_is_a_day_or_a_moment",
                violation_error_message=_("A deadline is a day or a moment: it has no end."),
            ),
            models.UniqueConstraint(fields=["uid"], name="events_event_uid_unique"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="events_event_state_known"
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=Attendance.values), name="events_event_attendance_known"
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="events_event_registration_closes_after_opening",
                violation_error_message=_("Registration closes before it opens."),
            ),
        ]
        indexes = [
            *Publishable.Meta.indexes,
            GistIndex(fields=["span"], name="events_event_span"),
            models.Index(fields=["starts_at"], name="events_event_starts_at"),
        ]

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

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start.")})

    def changed_from(self, before: Self) -> None:
        super().changed_from(before)
        if all(getattr(before, fact) == getattr(self, fact) for fact in self.FACTS):
            return
        self.sequence = before.sequence + 1
        self.facts_changed_at = timezone.now()
        if before.was_public():
            self._follow(before)
        if self.state == State.RESCHEDULED and before.starts_at != self.starts_at:
            self._keep_first_start(before)
        if before.was_public() and (kind := kind_of(before, self)):
            self._tell(before, kind)

    def _follow(self, before: Self) -> None:
        """What was edited without saying what happened says it by itself."""
        if self.state != before.state or before.is_over:
            return
        if self.attendance == Attendance.ONLINE != before.attendance:
            self.state = State.MOVED_ONLINE
        elif before.attendance == Attendance.ONLINE != self.attendance:
            self.state = self.state_when_on() if self.state == State.MOVED_ONLINE else self.state
        elif self.starts_at != before.starts_at:
            if self.state in (State.SCHEDULED, State.POSTPONED, State.MOVED):
                self.state = State.RESCHEDULED
            elif self.state == State.MOVED_ONLINE:
                self._keep_first_start(before)
        elif self.state in (State.SCHEDULED, State.RESCHEDULED) and has_moved(before, self):
            self.state = State.MOVED

    def state_when_on(self) -> State:
        """Its state when nothing stands in its way: a date that was moved stays moved."""
        return State.RESCHEDULED if self.previous_starts_at else State.SCHEDULED

    def _keep_first_start(self, before: Self) -> None:
        """The start announced first; none when it is the present one again."""
        first = self.previous_starts_at or before.starts_at
        self.previous_starts_at = first if first != self.starts_at else None

    def _tell(self, before: Self, kind: Change.Kind) -> None:
        """Keep what stood before; the reason that was given for it goes with its own change."""
        last = Change.objects.filter(event=self).last()
        notes = [(f"note_{code}", f"state_note_{code}") for code in LANGUAGES]
        if last and any(getattr(before, own) != getattr(self, own) for _note, own in notes):
            for note, own in notes:
                setattr(last, note, getattr(before, own))
            last.save()
        change_between(before, self, kind).save()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_deadline:
            self.has_open_end = False
            self.ends_at = midnight_after(self.starts_at) if self.is_all_day else self.starts_at
        if self.has_open_end:
            self.ends_at = midnight_after(self.starts_at)
        if not self.uid:
            self.uid = f"{uuid.uuid4()}@{settings.SITE_DOMAIN}"
        super().save(*args, **kwargs)

    @property
    def is_off(self) -> bool:
        """Does nobody meet on the day that was announced?"""
        return self.state in (State.CANCELLED, State.POSTPONED)

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

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def timetable(self) -> list[Day]:
        """The programme by day, with people and materials of each session; nothing is read."""
        if self.is_deadline:
            return []
        return timetable(self.programme.all(), self.appearances.all(), self.documents.all())

    def programme_address(self, language: str) -> str:
        """The page with the programme to print, in a language."""
        with translation.override(language):
            return reverse("events:event_programme", args=[self.slug_in(language)])

    @property
    def shown_documents(self) -> "list[EventDocument]":
        """Those that stand by themselves: in a record all, before it what no session has."""
        documents = list(self.documents.all())
        if self.is_over or self.is_deadline:
            return documents
        return [each for each in documents if each.item_id is None]

    def structured_data(self) -> dict[str, Any]:
        return event_facts(self)

    def remarks(self) -> list[Remark]:
        """Whom and what it meets at its time; nothing once it is over or off."""
        is_off = self.state in (State.CANCELLED, State.POSTPONED)
        if is_off or self.is_over or self.ends_at < self.starts_at:
            return []
        plan = Plan.of(self, parts_of(self), self.programme.all())
        return clashes(plan, neighbours([plan], Event.objects.all()))

    @property
    def calendar_links(self) -> list[CalendarLink]:
        return calendar_links(self)

    @property
    def is_registration_open(self) -> bool:
        now = timezone.now()
        opens, closes = self.registration_opens_at, self.registration_closes_at or self._last_call
        return (
            bool(self.registration_address) and not self.is_off and (opens or now) <= now < closes
        )

    @property
    def _last_call(self) -> datetime:
        """When one can no longer enrol: a day that is a deadline counts to its end."""
        return self.ends_at if self.is_deadline else self.starts_at

    @property
    def is_registration_to_come(self) -> bool:
        opens = self.registration_opens_at
        return bool(opens and opens > timezone.now()) and not self.is_off


class EventImage(ImageUse):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="gallery")

    class Meta(ImageUse.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("gallery")


class EventDocument(DocumentUse):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")
    item = models.ForeignKey(
        "events.ProgrammeItem",
        verbose_name=_("programme item"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
    )

    class Meta(DocumentUse.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
