"""Pictures of the library, kept in a normal form and served in renditions."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture

from sorb.media import checks, files, names, pictures, renditions
from sorb.media.renditions import Rendition

from .upload import Upload, replaced

logger = logging.getLogger(__name__)

FILE = frozenset({"file"})
FOCAL_POINT = frozenset({"focal_x", "focal_y"})
MADE_OF_FILE = frozenset(
    {
        *("width", "height", "size", "original_name", "content_hash", "renditions", "former"),
        *("title", "title_bg"),
    }
)


class Image(Upload):
    file = models.FileField(
        _("picture"),
        upload_to=names.image_path,
        validators=[checks.check_image],
        max_length=200,
        help_text=_("JPEG, PNG, WebP or GIF, at most 25 MB and 50 megapixels."),
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

    alternative_bg: str
    alternative_en: str

    class Meta(Upload.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100), name="media_image_focal_inside"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Puts a new file into its normal form and makes the renditions; cuts anew around a moved
        focal point. Raises ValidationError, and stores nothing, when the file is not acceptable.
        """
        named = set(kwargs.get("update_fields") or FILE | FOCAL_POINT)
        if not named & (FILE | FOCAL_POINT):
            super().save(*args, **kwargs)
            return
        with transaction.atomic(), files.removed_on_failure() as written:
            before = self.stored_values("file", "focal_x", "focal_y", "renditions", "former")
            is_replaced = False
            if named & FILE and self.has_new_file(before.get("file")):
                gone = self._take_in(before, written)
                is_replaced = self.note_former(before)
                named |= MADE_OF_FILE
            else:
                gone = self._cut_anew(before, written)
                named |= {"renditions"}
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = named
            super().save(*args, **kwargs)
            files.remove_after_commit(gone)
            if is_replaced:
                replaced.send(Image, upload=self)

    def make_renditions_anew(self) -> bool:
        """Makes every rendition again from the original. False when that cannot be read."""
        with transaction.atomic(), files.removed_on_failure() as written:
            before = self.stored_values("file", "focal_x", "focal_y", "renditions")
            picture = self._stored_picture() if before else None
            if picture is None:
                return False
            focal = (before["focal_x"], before["focal_y"])
            made = renditions.make(picture, before["file"], focal, written)
            type(self).objects.filter(pk=self.pk).update(renditions=made)
            self.renditions = made
            files.remove_after_commit(renditions.paths(before["renditions"]))
        return True

    def of_shape(self, shape: str, codec: str) -> list[Rendition]:
        """The renditions of a shape ("full", "wide", "square") in a codec ("avif", "webp",
        "jpeg"), narrow ones first; none when they are missing."""
        return renditions.listed(self.renditions, shape, codec)

    def paths(self) -> list[str]:
        return [*super().paths(), *renditions.paths(self.renditions)]

    def address_for(self, former_path: str) -> str:
        """The rendition of the same shape and codec, as large as the former one at least, as far
        as there is one; else the original."""
        sought = names.RENDITION.search(former_path)
        if sought is None:
            return super().address_for(former_path)
        codec = pictures.CODECS.get(former_path.rpartition(".")[2], "")
        sizes = self.of_shape(sought["shape"], codec) or self.of_shape(sought["shape"], "jpeg")
        enough = [size for size in sizes if size.width >= int(sought["width"])]
        chosen = (enough[:1] or sizes[-1:] or [self.original])[0]
        return str(self.file.storage.url(chosen.path))

    @property
    def original(self) -> Rendition:
        return Rendition(self.width, self.height, self.file.name or "")

    def share_picture(self) -> Rendition | None:
        """What Open Graph shows: the largest wide JPEG, else the original; None without a file."""
        wide = self.of_shape("wide", "jpeg")
        if wide:
            return wide[-1]
        return self.original if self.file else None

    def _take_in(self, before: dict[str, Any], written: list[str]) -> list[str]:
        """Checks, normalises and stores the file. Returns the names of the files it replaces."""
        with self.sent_file() as sent:
            picture = pictures.normal(checks.read_image(sent))
            self.describe(sent)
        content, extension = pictures.encoded(picture)
        path = names.image_path(self, f"picture.{extension}")
        self.file = files.store(path, ContentFile(content), written)
        self.width, self.height = picture.size
        self.renditions = renditions.make(picture, path, (self.focal_x, self.focal_y), written)
        return [before["file"], *renditions.paths(before["renditions"])] if before else []

    def _cut_anew(self, before: dict[str, Any], written: list[str]) -> list[str]:
        """Makes the cut shapes again when the focal point has moved. Returns what they replace."""
        focal = (self.focal_x, self.focal_y)
        if not before or focal == (before["focal_x"], before["focal_y"]):
            return []
        picture = self._stored_picture()
        if picture is None:
            return []
        cut = renditions.make(picture, before["file"], focal, written, renditions.CUT_SHAPES)
        self.renditions = {**before["renditions"], **cut}
        return renditions.paths(before["renditions"], renditions.CUT_SHAPES)

    def _stored_picture(self) -> Picture.Image | None:
        """The original again; None, and a word in the log, when it is lost or was tampered with."""
        try:
            with self.file.open() as file:
                return pictures.normal(checks.decode(file))
        except (OSError, ValidationError):
            logger.exception("The original of image %s cannot be read", self.pk)
            return None


@receiver(post_delete, sender=Image)
def remove_files(instance: Image, **kwargs: Any) -> None:
    files.remove_after_commit([instance.file.name or "", *renditions.paths(instance.renditions)])
