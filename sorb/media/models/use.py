"""The use of an image or a document by something that is published."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .document import Document
from .image import Image


class RowOfOwner(models.Model):
    """A row that stands between an upload and what it is a part of."""

    upload_field = ""

    class Meta:
        abstract = True

    @classmethod
    def owner_field(cls) -> "models.ForeignKey[Any, Any]":
        """The field that names what it is a part of: its other foreign key."""
        owners = [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.name != cls.upload_field
        ]
        return owners[0]


class ImageUse(RowOfOwner):
    """An image in the gallery of something: its place, and words for this use alone."""

    upload_field = "image"

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


class DocumentUse(RowOfOwner):
    """A document attached to something: its place, and a caption for this use alone."""

    upload_field = "document"

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


class TextUse(models.Model):
    """An upload that a rich text or a working copy holds, noted by `sorb.media.texts`."""

    upload_field = ""

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("content type"), on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("object id"))

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"


class TextPicture(TextUse):
    upload_field = "image"

    image = models.ForeignKey(
        Image, verbose_name=_("image"), on_delete=models.PROTECT, related_name="in_texts"
    )

    class Meta(TextUse.Meta):
        verbose_name = _("picture in a text")
        verbose_name_plural = _("pictures in texts")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "image"], name="media_textpicture_unique"
            )
        ]


class TextDocument(TextUse):
    upload_field = "document"

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="in_texts"
    )

    class Meta(TextUse.Meta):
        verbose_name = _("document in a text")
        verbose_name_plural = _("documents in texts")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "document"], name="media_textdocument_unique"
            )
        ]
