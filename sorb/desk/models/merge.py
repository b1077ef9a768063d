"""Merge: two records of the same person or organization became one; what it takes to part them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .about import About, AboutQuerySet


class MergeQuerySet(AboutQuerySet):
    def standing(self) -> Self:
        """Those that were not undone, the latest first."""
        return self.filter(undone_at=None).order_by("-pk")

    def successor(self, model: type[models.Model], pk: int) -> int | None:
        """The key of the record that a merged one lives on in; None when it was never merged."""
        kind = ContentType.objects.get_for_model(model)
        found = self.standing().filter(content_type=kind, merged_id=pk).first()
        if found is None:
            return None
        return self.successor(model, found.object_id) or int(found.object_id)


class Merge(About):
    """About the record that was kept."""

    merged_id = models.PositiveBigIntegerField(_("key of the merged record"))
    merged_name = models.CharField(_("name of the merged record"), max_length=200)
    snapshot = models.JSONField(_("content of the merged record"))
    filled = models.JSONField(
        _("filled"), help_text=_("Fields of the kept record: what stood there, what stands now.")
    )
    moved = models.JSONField(_("moved"), help_text=_("Keys of rows, by the way that they point."))
    dropped = models.JSONField(_("dropped"), help_text=_("Rows that the kept record had already."))
    old_addresses = models.JSONField(_("old addresses"), help_text=_("Keys of those that moved."))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_by_name = models.CharField(_("name of who made it"), max_length=310, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    class Meta(About.Meta):
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="desk_merge_of"),
            models.Index(fields=["content_type", "merged_id"], name="desk_merge_merged"),
        ]

    def __str__(self) -> str:
        return self.merged_name

    @property
    def links(self) -> int:
        """How many links it brought to the record that was kept."""
        return sum(map(len, self.moved.values())) + sum(map(len, self.dropped.values()))

    @classmethod
    def row(cls, kept: models.Model, other: models.Model, **facts: Any) -> Self:
        return cls(**cls.of(kept), merged_id=other.pk, merged_name=str(other)[:200], **facts)
