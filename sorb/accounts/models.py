"""ResetRequest: somebody asked for a new password; counted, so that nobody is flooded."""

from datetime import timedelta
from math import ceil
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

WINDOW = timedelta(hours=1)
ADDRESS_LIMIT = 10  # requests from one network address in the window
LETTER_LIMIT = 5  # letters to one e-mail address in the window


def fingerprint(email: str) -> str:
    """What stands for an e-mail address here: enough to count, too little to read."""
    return salted_hmac("sorb.accounts.reset", email.lower(), algorithm="sha256").hexdigest()


class ResetRequestQuerySet(models.QuerySet["ResetRequest"]):
    def recent(self) -> Self:
        return self.filter(at__gt=timezone.now() - WINDOW)

    def over(self) -> Self:
        return self.filter(at__lte=timezone.now() - WINDOW)

    def seconds_to_wait(self, address: str | None) -> int:
        """Until an address may ask again; 0 when it may now."""
        asked = list(
            self.recent().filter(address=address).order_by("-at").values_list("at", flat=True)
        )
        if len(asked) < ADDRESS_LIMIT:
            return 0
        free = asked[ADDRESS_LIMIT - 1] + WINDOW
        return max(1, ceil((free - timezone.now()).total_seconds()))

    def may_write_to(self, email: str) -> bool:
        """Whether the latest request for this e-mail address may still cause a letter."""
        return self.recent().filter(email=fingerprint(email)).count() <= LETTER_LIMIT


class ResetRequest(models.Model):
    address = models.GenericIPAddressField(_("network address"), null=True)
    email = models.CharField(_("e-mail address, as a fingerprint"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ResetRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")
        default_permissions = ()
        indexes = [
            models.Index(fields=["address", "at"], name="accounts_reset_address"),
            models.Index(fields=["email", "at"], name="accounts_reset_email"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
