from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event


class Imported(models.Model):
    """From which entry of whose calendar an event came, and what that entry said last.

    It stays when the event is deleted: what somebody has thrown away is not made again.
    """

    event = models.OneToOneField(
        Event,
        verbose_name=_("event"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="imported",
    )
    uid = models.CharField(_("identifier there"), max_length=255, help_text=_("UID of RFC 5545."))
    recurrence = models.CharField(
        _("date there"),
        max_length=16,
        blank=True,
        help_text=_("RECURRENCE-ID of RFC 5545, of an event that repeats."),
    )
    source = models.CharField(_("source"), max_length=500)
    values = models.JSONField(_("what it said last"), default=dict)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported event")
        verbose_name_plural = _("imported events")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["uid", "recurrence"], name="events_imported_uid_unique")
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.recurrence}".strip()
