"""PreviewLink: the way for people without an account to see one item before it is published."""

import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .about import About, AboutQuerySet

LIFE = timedelta(days=7)


def new_token() -> str:
    """A word that cannot be guessed: 192 bits of chance."""
    return secrets.token_urlsafe(24)


def in_a_week() -> datetime:
    return timezone.now() + LIFE


class PreviewLinkQuerySet(AboutQuerySet):
    def open(self) -> Self:
        """Those that still lead somewhere."""
        return self.filter(recalled_at=None, expires_at__gt=timezone.now())


class PreviewLink(About):
    token = models.CharField(_("token"), max_length=40, unique=True, default=new_token)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=in_a_week)
    recalled_at = models.DateTimeField(_("recalled at"), null=True)

    objects: ClassVar[Any] = PreviewLinkQuerySet.as_manager()

    class Meta(About.Meta):
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")
        indexes = [models.Index(fields=["content_type", "object_id"], name="desk_previewlink_of")]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"
