"""Forms that are open somewhere, and forms that were sent: nothing is saved twice or lost."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .about import About, AboutQuerySet

SEEN = timedelta(seconds=75)  # a form that is open says so three times a minute
KEPT = timedelta(days=7)


class SentForm(models.Model):
    """A form that was saved: sent once more, it leads to what it made."""

    token = models.UUIDField(_("token"), unique=True)
    digest = models.CharField(_("digest of what was sent"), max_length=64)
    address = models.CharField(_("where it led"), max_length=300)
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)


class OpenFormQuerySet(AboutQuerySet):
    def seen(self) -> Self:
        """Those whose page has said lately that it is still open, the earliest first."""
        return self.filter(seen_at__gt=timezone.now() - SEEN).order_by("opened_at")


class OpenForm(About):
    """Somebody has an item's form open."""

    token = models.UUIDField(_("token"), unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("seen at"), auto_now=True)

    objects: ClassVar[Any] = OpenFormQuerySet.as_manager()

    class Meta(About.Meta):
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        indexes = [models.Index(fields=["content_type", "object_id"], name="desk_openform_of")]

    def __str__(self) -> str:
        return str(self.token)
