"""TranslationDraft: a translation that is not finished; readers see nothing of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .about import About


class TranslationDraft(About):
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.JSONField(
        _("words"), default=dict, help_text=_("By the names of the fields of the form.")
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
        verbose_name = _("unfinished translation")
        verbose_name_plural = _("unfinished translations")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"],
                name="desk_translationdraft_one_of_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} {self.language}"
