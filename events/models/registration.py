from datetime import datetime

from django.utils import timezone


class Registration:
    """When one can enrol: what an address and two moments say, and the event itself."""

    starts_at: datetime
    ends_at: datetime
    is_deadline: bool
    is_off: bool
    registration_address: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None

    @property
    def is_registration_open(self) -> bool:
        now = timezone.now()
        opens, closes = self.registration_opens_at, self.registration_closes_at or self._last_call
        return (
            bool(self.registration_address) and not self.is_off and (opens or now) <= now < closes
        )

    @property
    def _last_call(self) -> datetime:
        """When one can no longer enrol: a day that is a deadline counts to its end."""
        return self.ends_at if self.is_deadline else self.starts_at

    @property
    def is_registration_to_come(self) -> bool:
        opens = self.registration_opens_at
        return bool(opens and opens > timezone.now()) and not self.is_off
