"""Entry: a line of the site-wide log of who did what."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Entry(models.Model):
    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("log", "created")
        CHANGED = "changed", pgettext_lazy("log", "changed")
        SENT = "sent", pgettext_lazy("log", "sent for review")
        RETURNED = "returned", pgettext_lazy("log", "returned for correction")
        PUBLISHED = "published", pgettext_lazy("log", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("log", "withdrew")
        DELETED = "deleted", pgettext_lazy("log", "deleted")
        RECOVERED = "recovered", pgettext_lazy("log", "recovered")
        RESTORED = "restored", pgettext_lazy("log", "restored an earlier revision")
        TRANSLATED = "translated", pgettext_lazy("log", "translated")
        MERGED = "merged", pgettext_lazy("log", "merged with another record")
        PARTED = "parted", pgettext_lazy("log", "undid a merge")
        SHARED = "shared", pgettext_lazy("log", "made a link to the preview")
        RECALLED = "recalled", pgettext_lazy("log", "recalled a link to the preview")
        UPLOADED = "uploaded", pgettext_lazy("log", "uploaded")
        REPLACED = "replaced", pgettext_lazy("log", "replaced the file")
        SIGNED_IN = "signed_in", pgettext_lazy("log", "signed in")
        SIGNED_OUT = "signed_out", pgettext_lazy("log", "signed out")
        SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("log", "failed to sign in")
        LOCKED_OUT = "locked_out", pgettext_lazy("log", "was refused after repeated failure")
        PASSWORD_CHANGED = "password_changed", pgettext_lazy("log", "changed a password")
        SECOND_FACTOR = "second_factor", pgettext_lazy("log", "changed a second factor")

    action = models.CharField(_("what was done"), max_length=16, choices=Action.choices)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    user_name = models.CharField(_("who"), max_length=310, blank=True)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("object id"), null=True)
    name = models.CharField(_("of what"), max_length=300, blank=True)
    words = models.CharField(_("details"), max_length=500, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at"], name="desk_entry_at"),
            models.Index(fields=["content_type", "object_id"], name="desk_entry_of"),
        ]

    def __str__(self) -> str:
        return f"{self.user_name} {self.get_action_display()} {self.name}".strip()
