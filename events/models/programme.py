from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sorb.dates import day_of

from .event import Event


class ProgrammeItem(models.Model):
    class Kind(models.TextChoices):
        SESSION = "session", pgettext_lazy("programme", "Session")
        BREAK = "break", pgettext_lazy("programme", "Break")
        CEREMONY = "ceremony", pgettext_lazy("programme", "Ceremony")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="programme"
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SESSION)
    title = models.CharField(_("title"), max_length=200)
    hall = models.CharField(
        _("hall"),
        max_length=100,
        blank=True,
        help_text=_("Where several go on at the same time."),
    )
    text = models.CharField(_("text"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="events_programmeitem_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=~Q(title_bg=""), name="events_programmeitem_title_bg_present"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["session", "break", "ceremony"]),
                name="events_programmeitem_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where it stands on the page: an address that links may rely on."""
        return f"session-{self.pk}"

    @property
    def day(self) -> date:
        """The day in Sofia on which it begins."""
        return day_of(self.starts_at)
