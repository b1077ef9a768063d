"""What an image and a document have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.files import File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.dispatch import Signal
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sorb.media import checks, files, names
from sorb.versions import Versioned

from . import ways

replaced = Signal()  # sent by a model with `upload`, within the transaction that replaces its file


class UploadQuerySet(models.QuerySet[Any]):
    def same_as(self, content_hash: str) -> Self:
        """Those whose file, as it was sent, has this SHA-256; the oldest first."""
        return self.filter(content_hash=content_hash).order_by("pk")

    def at(self, stem: str) -> Self:
        """The one whose file, and renditions, have names that begin so."""
        return self.filter(file__in=names.originals(stem))

    def formerly_at(self, stem: str) -> Self:
        """The one whose replaced file had names that begin so."""
        return self.filter(former__contains=[stem])

    def used(self) -> Self:
        """Those that something uses, whether the public sees it or not."""
        return self.filter(ways.is_used(self.model))

    def unused(self) -> Self:
        return self.exclude(ways.is_used(self.model))

    def public(self) -> Self:
        """Those used by something that the public sees at this moment."""
        return self.filter(ways.is_public(self.model))

    def only_in_drafts(self) -> Self:
        """Those that are used, but by nothing that the public sees."""
        return self.used().exclude(ways.is_public(self.model))

    def with_access(self) -> Self:
        """Each with `is_public`, read within the same read."""
        is_public = models.ExpressionWrapper(ways.is_public(self.model), models.BooleanField())
        return self.annotate(is_public=is_public)

    def with_standing(self) -> Self:
        """Each with `is_public` and `is_used`, read within the same read."""
        is_used = models.ExpressionWrapper(ways.is_used(self.model), models.BooleanField())
        return self.with_access().annotate(is_used=is_used)


class Upload(Versioned):
    """A file of the library: checked when it arrives, kept under a name that cannot be guessed."""

    # What the library keeps by itself: no words of an editor
    record = frozenset(
        {
            *("version", "original_name", "size", "content_hash", "uploaded_at", "uploaded_by"),
            *("former", "width", "height", "renditions"),
        }
    )

    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("For the library. Left empty, it is made of the name of the file."),
    )
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

    former = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("former addresses"),
        default=list,
        editable=False,
        help_text=_(
            "Stems of the files that were replaced: their addresses lead to the present one."
        ),
    )

    file: Any
    title_bg: str
    title_en: str
    was_known = False  # set by sorb.media.uploads: the library had this very file already

    objects = UploadQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["content_hash"], name="%(app_label)s_%(class)s_content_hash"),
            models.Index(fields=["file"], name="%(app_label)s_%(class)s_file"),
            GinIndex(fields=["former"], name="%(app_label)s_%(class)s_former"),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name

    def has_new_file(self, before: str | None) -> bool:
        """Is the file another one than the row has (by its stored name; None for a new row)?"""
        file: FieldFile = self.file
        return bool(file) and (not checks.is_stored(file) or file.name != before)

    def paths(self) -> list[str]:
        """The names of its files in the storage."""
        return [self.file.name or ""]

    def address_for(self, former_path: str) -> str:
        """The address of what stands in the place of a file that was replaced."""
        return str(self.file.url)

    def note_former(self, before: dict[str, Any]) -> bool:
        """Remember where the replaced file was: its address leads here now. False for a new row."""
        stem = names.stem_of(before.get("file", ""))
        if stem:
            self.former = [*before["former"], stem]
        return bool(before)

    def describe(self, sent: "File[bytes]") -> None:
        """Notes what is known of a file as it was sent, and gives a title where there is none."""
        self.original_name = names.sent_name(sent.name or "")
        self.size = sent.size
        self.content_hash = files.sha256(sent)
        if not self.title_bg:
            with override("bg"):
                self.title_bg = names.title_of(self.original_name) or gettext("Untitled")

    @contextmanager
    def sent_file(self) -> Iterator[FieldFile]:
        """The new file. One that lies in the storage already was opened for us: it is closed."""
        sent: FieldFile = self.file
        try:
            yield sent
        finally:
            if checks.is_stored(sent):
                sent.close()

    def stored_values(self, *fields: str) -> dict[str, Any]:
        """These columns as the database has them, locked until commit; {} for a new row.

        Rows that come to use it meanwhile are not kept waiting, nor do they wait for each other.
        """
        if self.pk is None:
            return {}
        rows = type(self)._default_manager.filter(pk=self.pk).select_for_update(no_key=True)
        return rows.values(*fields).first() or {}
