"""Failures of signing in: counted for a name at an address, and for an address over all names."""

from datetime import datetime
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

ADDRESS_LIMIT = 30  # failures of one address in AXES_COOLOFF_TIME, whatever the names


def recent(address: str | None) -> Any:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=since)


def is_over_limit(address: str | None) -> bool:
    """Whether somebody tries many names from one address."""
    total = recent(address).aggregate(total=Sum("failures_since_start"))["total"]
    return (total or 0) >= ADDRESS_LIMIT


def seconds_to_wait(address: str | None, name: str) -> int:
    """Until a refused name, or a refused address, may try again; at least 1."""
    attempts = recent(address)
    if not is_over_limit(address):
        attempts = attempts.filter(username=name)
    last: datetime | None = attempts.aggregate(last=Max("attempt_time"))["last"]
    end = (last or timezone.now()) + settings.AXES_COOLOFF_TIME
    return max(1, ceil((end - timezone.now()).total_seconds()))


class FailureHandler(AxesDatabaseHandler):
    """Refuses an address that fails for many names, beside a name that fails at one address."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or is_over_limit(
            request.axes_ip_address  # type: ignore[attr-defined]
        )
