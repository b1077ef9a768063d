"""A calendar over real HTTPS: certificates are checked, and the guard stands before that."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from http.server import ThreadingHTTPServer

import pytest

from events.importing import fetching, taking
from events.importing.fetching import fetch, is_public
from events.importing.refusal import RefusedError
from tests.events.importing.test_fetching import FILE, Handler

NAME = "calendar.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of our own for one name, and its key: made anew, nothing secret is kept."""
    openssl = shutil.which("openssl")
    if openssl is None:
        missing = "There is no openssl on this machine to make a certificate with."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("certificate")
    files = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-out", files[0], "-keyout", files[1]),
        ],
        check=True,
        capture_output=True,
    )
    return files


@pytest.fixture
def partner(certificate):
    handler = type("Handler", (Handler,), {"answers": {}, "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_asked: None  # who does not trust it breaks off
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(monkeypatch, certificate):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


@pytest.fixture
def named(monkeypatch):
    """The name leads to this machine, as a hostile name server would have it."""
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        return real("127.0.0.1" if host.endswith("example.org") else host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def public(monkeypatch):
    """The server of the test counts as public; what is private else stays so."""
    monkeypatch.setattr(
        fetching, "is_public", lambda text, real=is_public: text == "127.0.0.1" or real(text)
    )


def at(server, path, status=200, body=FILE, name=NAME, **headers):
    server.RequestHandlerClass.answers[path] = (status, headers, body)
    return f"https://{name}:{server.server_port}{path}"


def why(fetch_it, address):
    with pytest.raises(RefusedError) as refused:
        fetch_it(address)
    return refused.value.why


def test_a_calendar_is_fetched_from_a_server_that_is_who_it_says(partner, named, public, trusted):
    address = at(partner, "/a.ics")

    assert fetch(address) == fetch(address.replace("https:", "webcal:")) == FILE


def test_a_certificate_that_nobody_knows_is_refused(partner, named, public):
    assert why(fetch, at(partner, "/a.ics")) == "host_silent"
    assert partner.RequestHandlerClass.seen == []


def test_a_certificate_for_another_name_is_refused(partner, named, public, trusted):
    assert why(fetch, at(partner, "/a.ics", name="other.example.org")) == "host_silent"
    assert partner.RequestHandlerClass.seen == []


def test_a_name_that_leads_to_this_machine_is_refused_before_a_byte_is_sent(
    partner, named, trusted
):
    assert why(fetch, at(partner, "/a.ics")) == "address_private"
    assert partner.RequestHandlerClass.seen == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_the_site_refuses_this_machine_by_every_name_it_has(partner, trusted, host):
    """By the process of its own, as the site does it: nothing of the guard is replaced."""
    assert why(taking.fetched, at(partner, "/a.ics", name=host)) == "address_private"
    assert partner.RequestHandlerClass.seen == []


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://10.0.0.1/", "address_private"),
        ("https://[::1]/", "address_private"),
        ("https://169.254.169.254/latest/meta-data/", "address_private"),
        ("http://calendar.example.org/", "address_unsafe"),
        ("file:///etc/passwd", "address_bad"),
    ],
)
def test_a_public_server_cannot_lead_elsewhere(partner, named, public, trusted, location, expected):
    address = at(partner, "/moved", 302, b"", Location=location)

    assert why(fetch, address) == expected
    assert [path for path, _headers in partner.RequestHandlerClass.seen] == ["/moved"]
