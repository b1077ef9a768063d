import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from events.calendar_links import CalendarLink, calendar_links
from events.clashes import Plan, clashes, neighbours, parts_of
from events.queryset import EventQuerySet
from events.structured_data import event_facts
from events.timetable import Day, timetable
from sorb.dates import midnight_after
from sorb.publishing.models import Publishable, Topic
from sorb.publishing.remarks import Remark

from .announcement import Announcement, Attendance, State, announce
from .event_type import EventType
from .registration import Registration
from .span import Span
from .venue import Venue

if TYPE_CHECKING:
    from .materials import EventDocument


class Event(Registration, Announcement, Span, Publishable):
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

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start.")})

    def changed_from(self, before: Self) -> None:
        super().changed_from(before)
        announce(before, self)

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
        if self.is_off or self.is_over or self.ends_at < self.starts_at:
            return []
        plan = Plan.of(self, parts_of(self), self.programme.all())
        return clashes(plan, neighbours([plan], Event.objects.all()))

    @property
    def calendar_links(self) -> list[CalendarLink]:
        return calendar_links(self)
