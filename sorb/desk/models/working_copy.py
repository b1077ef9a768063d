"""WorkingCopy: changes of a published item that the public does not see yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .about import About


class WorkingCopy(About):
    snapshot = models.JSONField(_("content"))
    based_on = models.PositiveIntegerField(
        _("based on"), help_text=_("The version of the item that it was made from.")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta(About.Meta):
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="desk_workingcopy_one_of_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"
