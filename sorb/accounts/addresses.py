"""From which network address somebody asks: the one thing that a stranger cannot choose."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


def _is_proxy(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever asks; None when it is not known.

    `X-Forwarded-For` is read only when a proxy of the site asks, and from its end: a proxy appends
    whom it serves, everything before that was sent by the client itself.
    """
    asking = _address(request.META.get("REMOTE_ADDR") or "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while asking is not None and _is_proxy(asking) and forwarded:
        before = _address(forwarded.pop())
        if before is None:
            break
        asking = before
    return str(asking) if asking is not None else None
