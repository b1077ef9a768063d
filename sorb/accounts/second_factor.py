"""The second factor: a code of an app (TOTP, RFC 6238), or a recovery code, beside the password."""

import secrets
import time
from binascii import unhexlify
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import django_otp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

DUE = "second_factor_is_due"
APP_DIGITS, RECOVERY_DIGITS = 6, 12
RECOVERY_CODES = 8
TOLERANCE = 1  # steps of 30 seconds by which a clock may differ


@dataclass(frozen=True)
class Checked:
    """What a code came to: the device that accepts it, or the seconds until the next try."""

    device: Device | None = None
    wait: int = 0


def is_demanded(user: Any) -> bool:
    """Whether this user may do too much for a password alone."""
    if not settings.SECOND_FACTOR:
        return False
    return bool(user.is_superuser) or any(
        name.split(".", 1)[1].startswith("publish_") for name in user.get_all_permissions()
    )


def is_kept(user: Any) -> bool:
    """Whether this user has set a second factor up."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def is_due(request: HttpRequest, user: Any) -> bool:
    """Whether the session has the password of a user, and lacks the second factor."""
    if not user.is_authenticated:
        return False
    verified = request.session.get(django_otp.DEVICE_ID_SESSION_KEY)
    device = Device.from_persistent_id(verified) if verified else None
    if device is not None and device.user_id == user.pk and device.confirmed:
        return False
    return bool(request.session.get(DUE)) or is_demanded(user)


def admit(request: HttpRequest, device: Device) -> None:
    """The session of this request has the second factor now, under a fresh id."""
    request.session.cycle_key()
    request.session[django_otp.DEVICE_ID_SESSION_KEY] = device.persistent_id


def check(user: Any, code: str) -> Checked:
    """Whether a code is one of the user's; each is accepted once, and failing slows down.

    Args:
        code: digits, of the app or of a recovery code.
    """
    is_recovery = len(code) == RECOVERY_DIGITS
    kind = StaticDevice if is_recovery else TOTPDevice
    token = digest(user, code) if is_recovery else code
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return Checked()
        is_allowed, why = device.verify_is_allowed()
        if not is_allowed:
            return Checked(wait=seconds_until(why["locked_until"]))
        return Checked(device if device.verify_token(token) else None)


def seconds_until(moment: datetime) -> int:
    return max(1, ceil((moment - timezone.now()).total_seconds()))


def new_key() -> str:
    """A secret of 160 bits, as RFC 4226 recommends, in hexadecimal digits."""
    return secrets.token_hex(20)


def set_up(user: Any, key: str, code: str) -> TOTPDevice | None:
    """The app with this key becomes the second factor, if the code is its code now."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not totp.verify(int(code), TOLERANCE):
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        return TOTPDevice.objects.create(
            user=user, name="app", key=key, drift=totp.drift, last_t=totp.t()
        )


def take_away(user: Any) -> None:
    """The user has no second factor from now on."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def digest(user: Any, code: str) -> str:
    """What is stored of a recovery code: who reads the database cannot use it."""
    text = f"{user.pk}:{code}"
    return salted_hmac("sorb.accounts.recovery", text, algorithm="sha256").hexdigest()[:16]


def new_recovery_codes(user: Any) -> list[str]:
    """Codes for the day when the phone is lost; the earlier ones are void."""
    codes = [
        f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}d}"
        for _number in range(RECOVERY_CODES)
    ]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=digest(user, code)) for code in codes
        )
    return codes


def recovery_codes_left(user: Any) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())
