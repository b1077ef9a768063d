from typing import Any

from django.conf import settings
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
        indexes = [models.Index(fields=["source"], name="events_imported_source")]

    def __str__(self) -> str:
        return f"{self.uid} {self.recurrence}".strip()


class Import(models.Model):
    """A calendar that somebody has confirmed: what is still to be carried out, and what was."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who imports"), on_delete=models.CASCADE
    )
    source = models.CharField(_("source"), max_length=500)
    choices = models.JSONField(_("what was chosen"), default=dict)
    entries = models.JSONField(_("entries still to be carried out"), default=list)
    total = models.PositiveIntegerField(_("number of entries"), default=0)
    done = models.PositiveIntegerField(_("carried out"), default=0)
    created = models.PositiveIntegerField(_("drafts made"), default=0)
    changed = models.PositiveIntegerField(_("events changed"), default=0)
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-begun_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="events_import_done_of_total"
            )
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def is_done(self) -> bool:
        return self.done >= self.total

    @property
    def left_out(self) -> int:
        """Entries with which nothing could be done any more when their turn came."""
        return self.done - self.created - self.changed

    def to_do(self) -> list[dict[str, Any]]:
        """The entries that are still to be carried out, as `reading` tells them."""
        entries: list[dict[str, Any]] = self.entries
        return entries[self.done :]
