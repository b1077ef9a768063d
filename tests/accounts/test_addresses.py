"""Whose address is counted."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from sorb.accounts.addresses import client_address

PROXIES = [ip_network("10.0.0.0/24"), ip_network("2001:db8::/64")]


def asked(remote: str, forwarded: str | None = None) -> str | None:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **extra))


def test_without_a_proxy_nobody_chooses_an_address(settings):
    settings.TRUSTED_PROXIES = []

    assert asked("203.0.113.7", "198.51.100.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # not through the proxy
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the client sent the first
        ("10.0.0.5", "6.6.6.6, 198.51.100.1, 10.0.0.9", "198.51.100.1"),  # two proxies
        ("10.0.0.5", "6.6.6.6, nonsense", "10.0.0.5"),
        ("10.0.0.5", None, "10.0.0.5"),
        ("2001:db8::1", "2a01::7", "2a01::7"),
        ("10.0.0.5", "10.0.0.6", "10.0.0.6"),
        ("", "198.51.100.1", None),
    ],
)
def test_a_proxy_of_the_site_is_believed_about_whom_it_serves(settings, remote, forwarded, address):
    settings.TRUSTED_PROXIES = PROXIES

    assert asked(remote, forwarded) == address
