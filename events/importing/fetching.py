"""A calendar by its address; run by `apart`. Only public addresses of http and https are asked.

A name is resolved once, every address it has must be public, and that very address is connected
to; each redirect is looked at in the same way. So no name can lead into the network of the server.
"""

import base64
import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from .apart import answer
from .limits import MOST_BYTES, MOST_REDIRECTS, MOST_SECONDS
from .refusal import RefusedError

NAT64 = IPv6Network("64:ff9b::/96")
SPECIAL = IPv4Network("192.0.0.0/24")  # RFC 6890; Python calls parts of it global
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
ADDRESS_LENGTH = 2000
HEADERS = {
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "identity",  # what is packed could unpack without end
    "User-Agent": "Sorb calendar import",
    "Connection": "close",
}


@dataclass(frozen=True)
class Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """As the Host header says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def fetch(address: str) -> bytes:
    """The file at an address.

    Raises:
        RefusedError: the address is not public, or does not give a file of the size allowed.
    """
    is_safe = False
    for _hop in range(MOST_REDIRECTS + 1):
        target = target_of(address)
        if is_safe and target.scheme == "http":
            raise RefusedError("address_unsafe")
        is_safe = target.scheme == "https"
        data, further = asked(target)
        if further is None:
            return data
        address = urljoin(address, further)
    raise RefusedError("too_many_redirects", most=MOST_REDIRECTS)


def target_of(address: str) -> Target:
    """What to ask whom for; webcal means https.

    Raises:
        RefusedError: it is no address of http or https, or holds a name and a password.
    """
    if len(address) > ADDRESS_LENGTH or not address.isprintable() or " " in address:
        raise RefusedError("address_bad")
    try:
        parts = urlsplit(address)
        scheme = "https" if parts.scheme in ("webcal", "webcals") else parts.scheme
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or PORTS.get(scheme, 0)
    except ValueError as error:  # a bad port, brackets or name
        raise RefusedError("address_bad") from error
    if scheme not in PORTS or not host:
        raise RefusedError("address_bad")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("address_signed")
    query = f"?{parts.query}" if parts.query else ""
    path = quote((parts.path or "/") + query, safe="/%?&=+,;:@!$'()*~-._")
    return Target(scheme, host, port, path)


def public_addresses(target: Target) -> list[tuple[Any, ...]]:
    """The network addresses of a host: (family, address to connect to).

    Raises:
        RefusedError: it has none, or one of them is not public.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError("host_unknown", host=target.host) from error
    if not all(is_public(str(where[0])) for *_kind, where in found):
        raise RefusedError("address_private", host=target.host)
    return [(family, where) for family, _type, _protocol, _name, where in found]


def is_public(text: str) -> bool:
    """Is it an address of the whole Internet, and no other way to one that is not?"""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return is_public(str(ip_address(int(address) & 0xFFFFFFFF)))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None or address.is_site_local:
            return False
    if address.version == 4 and address in SPECIAL:
        return False
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    is_near = address.is_loopback or address.is_link_local or address.is_private
    return address.is_global and not is_special and not is_near


def asked(target: Target) -> tuple[bytes, str | None]:
    """The file, or where it is said to be instead."""
    try:
        connection = connected(target)
        try:
            connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": target.named, **HEADERS}.items():
                connection.putheader(name, value)
            connection.endheaders()
            with connection.getresponse() as response:
                return _answer(response)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise RefusedError("host_silent", host=target.host) from error


def connected(target: Target) -> http.client.HTTPConnection:
    """A connection to the very address that was looked at."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=MOST_SECONDS)
    family, where = public_addresses(target)[0]
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.settimeout(MOST_SECONDS)
    try:
        opened.connect(where)
        if target.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=target.host)
    except OSError:
        opened.close()
        raise
    connection.sock = opened
    return connection


def _answer(response: http.client.HTTPResponse) -> tuple[bytes, str | None]:
    if response.status in REDIRECTS and (further := response.getheader("Location")):
        return b"", further
    if response.status != 200:
        raise RefusedError("host_refuses", status=response.status)
    if response.getheader("Content-Encoding", "identity") != "identity":
        raise RefusedError("packed")
    data = response.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RefusedError("too_large", most=MOST_BYTES // 1_000_000)
    return data, None


def told(address: bytes) -> dict[str, Any]:
    return {"data": base64.b64encode(fetch(address.decode())).decode()}


if __name__ == "__main__":
    answer(told)
