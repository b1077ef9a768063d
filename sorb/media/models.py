"""The library: one row a file, used by articles, events, people and organizations."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import checks, names, renditions


class Upload(models.Model):
    """A file of the library: checked when it arrives, kept under a name that cannot be guessed."""

    title = models.CharField(_("title"), max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=255, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False, help_text=_("Bytes."))
    content_hash = models.CharField(
        _("content hash"), max_length=64, editable=False, help_text=_("SHA-256 of the upload.")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["content_hash"], name="%(app_label)s_%(class)s_content_hash")
        ]

    def __str__(self) -> str:
        return self.title or self.original_name


class Image(Upload):
    file = models.ImageField(
        _("picture"),
        upload_to=names.image_path,
        validators=[checks.check_image],
        width_field="width",
        height_field="height",
        max_length=200,
    )
    width = models.PositiveIntegerField(_("width"), editable=False, help_text=_("Pixels."))
    height = models.PositiveIntegerField(_("height"), editable=False, help_text=_("Pixels."))
    alternative = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for people who do not see the picture."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(
        _("credit"), max_length=150, blank=True, help_text=_("Photographer or owner of the rights.")
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent of the width. What must stay in sight when the picture is cut."),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent of the height."),
    )
    renditions = models.JSONField(
        _("renditions"),
        default=dict,
        editable=False,
        help_text=_("Shape, then format: a list of [width, height, path]."),
    )

    class Meta(Upload.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100), name="media_image_focal_inside"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        renditions.prepare(self)
        super().save(*args, **kwargs)


class Document(Upload):
    file = models.FileField(
        _("file"), upload_to=names.document_path, validators=[checks.check_document], max_length=200
    )
    alternative = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What the document is, when its title does not say it."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=150, blank=True)

    class Meta(Upload.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        names.describe(self)
        super().save(*args, **kwargs)

    @property
    def kind(self) -> str:
        """The type as readers know it: "PDF", "DOCX"."""
        return Path(self.file.name).suffix.lstrip(".").upper()


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
