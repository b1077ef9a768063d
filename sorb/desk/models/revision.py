"""Revision: an item with all its rows as it was at one moment."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .about import About, AboutQuerySet


class RevisionQuerySet(AboutQuerySet):
    def live(self) -> Self:
        """Those that the item itself was, not only a working copy of it."""
        return self.exclude(verb=Revision.Verb.WORKING_COPY)

    def latest_of_each(self) -> Self:
        """The last revision of every item."""
        last = self.model.objects.filter(
            content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        ).order_by("-pk")
        return self.filter(pk=Subquery(last.values("pk")[:1]))


class Revision(About):
    class Verb(models.TextChoices):
        CREATED = "created", pgettext_lazy("revision", "Created")
        CHANGED = "changed", pgettext_lazy("revision", "Changed")
        SENT = "sent", pgettext_lazy("revision", "Sent for review")
        RETURNED = "returned", pgettext_lazy("revision", "Returned for correction")
        PUBLISHED = "published", pgettext_lazy("revision", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("revision", "Withdrawn")
        RESTORED = "restored", pgettext_lazy("revision", "Restored from an earlier revision")
        RECOVERED = "recovered", pgettext_lazy("revision", "Recovered after deletion")
        TRANSLATED = "translated", pgettext_lazy("revision", "Translated")
        MERGED = "merged", pgettext_lazy("revision", "Merged with another record")
        PARTED = "parted", pgettext_lazy("revision", "Merge undone")
        WORKING_COPY = "working_copy", pgettext_lazy("revision", "Working copy saved")
        DELETED = "deleted", pgettext_lazy("revision", "Deleted")
        FOUND = "found", pgettext_lazy("revision", "As it was before the first change on record")

    verb = models.CharField(_("what was done"), max_length=12, choices=Verb.choices)
    version = models.PositiveIntegerField(
        _("version"), help_text=_("Of the item: the one this revision is, or is based on.")
    )
    snapshot = models.JSONField(_("content"))
    changes = models.JSONField(
        _("changes"), default=list, help_text=_("Names of the fields and rows that differ.")
    )
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    author_name = models.CharField(_("name of the author"), max_length=310, blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    objects: ClassVar[Any] = RevisionQuerySet.as_manager()

    class Meta(About.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="desk_revision_of")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_verb_display()}"
