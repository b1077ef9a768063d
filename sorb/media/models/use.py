"""The use of an image or a document by something that is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .document import Document
from .image import Image


class ImageUse(models.Model):
    """An image in the gallery of something: its place, and words for this use alone."""

    image = models.ForeignKey(
        Image, verbose_name=_("image"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("For this use. Left empty, the caption of the library is shown."),
    )
    alternative = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("For this use. Left empty, the text of the library is read."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not say.")
    )

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.image)


class DocumentUse(models.Model):
    """A document attached to something: its place, and a caption for this use alone."""

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("For this use. Left empty, the title of the library is shown."),
    )

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.document)
