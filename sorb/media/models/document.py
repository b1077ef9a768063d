"""Documents of the library, kept as they were sent and always served as downloads."""

from pathlib import PurePosixPath
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from sorb.media import checks, files, names

from .upload import Upload, replaced

MADE_OF_FILE = frozenset({"size", "original_name", "content_hash", "title", "title_bg", "former"})


class Document(Upload):
    file = models.FileField(
        _("file"),
        upload_to=names.document_path,
        validators=[checks.check_document],
        max_length=200,
        help_text=_("PDF, DOCX, XLSX, PPTX, ODT, ODS or CSV, at most 30 MB."),
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
        """Checks and stores a new file. Raises ValidationError, and stores nothing, when the file
        is not acceptable."""
        named = set(kwargs.get("update_fields") or {"file"})
        if "file" not in named:
            super().save(*args, **kwargs)
            return
        with transaction.atomic(), files.removed_on_failure() as written:
            before = self.stored_values("file", "former")
            is_replaced = False
            if self.has_new_file(before.get("file")):
                self._take_in(written)
                is_replaced = self.note_former(before)
                files.remove_after_commit([before.get("file", "")])
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = named | MADE_OF_FILE
            super().save(*args, **kwargs)
            if is_replaced:
                replaced.send(Document, upload=self)

    def _take_in(self, written: list[str]) -> None:
        with self.sent_file() as sent:
            checks.prove_document(sent)
            self.describe(sent)
            path = names.document_path(self, self.original_name)
            self.file = files.store(path, sent, written)

    @property
    def kind(self) -> str:
        """The type as readers know it: "PDF", "DOCX"."""
        return PurePosixPath(self.file.name or "").suffix.lstrip(".").upper()


@receiver(post_delete, sender=Document)
def remove_file(instance: Document, **kwargs: Any) -> None:
    files.remove_after_commit([instance.file.name or ""])
