import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.calendar_links import CalendarLink, calendar_links
from events.clashes import Plan, clashes, neighbours
from events.queryset import EventQuerySet
from events.structured_data import event_facts
from sorb.dates import day_of, last_day, midnight_after
from sorb.media.models import DocumentUse, ImageUse
from sorb.publishing.models import Publishable, Topic
from sorb.publishing.remarks import Remark

from .event_type import EventType
from .venue import Venue


class State(models.TextChoices):
    SCHEDULED = "scheduled", _("Takes place as planned")
    POSTPONED = "postponed", _("Postponed, new date to be announced")
    RESCHEDULED = "rescheduled", _("Moved to another date")
    CANCELLED = "cancelled", _("Cancelled")
    MOVED_ONLINE = "moved_online", _("Moved online")


class Attendance(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    BOTH = "both", _("On site and online")


class Event(Publishable):
    page = "events:event_detail"
    own_rows = ("programme", "appearances", "participations", "gallery", "documents")
    record = Publishable.record | {"uid", "sequence", "facts_changed_at"}

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
    FACTS = ("starts_at", "ends_at", "is_all_day", "venue_id", "hall_bg", "online_address", "state")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start.")})

    def changed_from(self, before: Self) -> None:
        super().changed_from(before)
        if any(getattr(before, fact) != getattr(self, fact) for fact in self.FACTS):
            self.sequence = before.sequence + 1
            self.facts_changed_at = timezone.now()
            if self.state == State.RESCHEDULED and before.starts_at != self.starts_at:
                self.previous_starts_at = self.previous_starts_at or before.starts_at

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.has_open_end:
            self.ends_at = midnight_after(self.starts_at)
        if not self.uid:
            self.uid = f"{uuid.uuid4()}@{settings.SITE_DOMAIN}"
        super().save(*args, **kwargs)

    @property
    def first_day(self) -> date:
        return day_of(self.starts_at)

    @property
    def last_day(self) -> date:
        """The last day that it occupies."""
        return last_day(self.starts_at, self.ends_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    def structured_data(self) -> dict[str, Any]:
        return event_facts(self)

    def remarks(self) -> list[Remark]:
        """Whom and what it meets at its time; nothing once it is over or off."""
        is_off = self.state in (State.CANCELLED, State.POSTPONED)
        if is_off or self.is_over or self.ends_at < self.starts_at:
            return []
        plan = Plan.of(self, self.appearances.values_list("speaker", flat=True))
        return clashes(plan, neighbours([plan], Event.objects.all()))

    @property
    def calendar_links(self) -> list[CalendarLink]:
        return calendar_links(self)

    @property
    def is_registration_open(self) -> bool:
        now = timezone.now()
        opens, closes = self.registration_opens_at, self.registration_closes_at or self.starts_at
        is_off = self.state in (State.CANCELLED, State.POSTPONED)
        return bool(self.registration_address) and not is_off and (opens or now) <= now < closes

    @property
    def is_registration_to_come(self) -> bool:
        is_off = self.state in (State.CANCELLED, State.POSTPONED)
        opens = self.registration_opens_at
        return bool(opens and opens > timezone.now()) and not is_off


class EventImage(ImageUse):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="gallery")

    class Meta(ImageUse.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("gallery")


class EventDocument(DocumentUse):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")

    class Meta(DocumentUse.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
