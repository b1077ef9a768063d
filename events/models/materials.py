"""Pictures and documents of an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sorb.media.models import DocumentUse, ImageUse

from .event import Event


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
