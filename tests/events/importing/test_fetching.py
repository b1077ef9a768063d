"""A calendar by its address: public addresses only, whatever way leads elsewhere."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from events.importing import apart, fetching, taking
from events.importing.fetching import fetch, is_public, target_of
from events.importing.limits import MOST_BYTES
from events.importing.refusal import RefusedError

FILE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Handler(BaseHTTPRequestHandler):
    """A partner's server: what it answers is said by the test."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
    seen: list[tuple[str, dict[str, str]]] = []

    def do_GET(self):
        self.seen.append((self.path, dict(self.headers)))
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def partner():
    handler = type("Handler", (Handler,), {"answers": {}, "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def allowed(monkeypatch):
    """The server of the test counts as public; nothing else does."""
    monkeypatch.setattr(fetching, "is_public", lambda text: text == "127.0.0.1")


def answer(server, path, status=200, body=FILE, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    server.RequestHandlerClass.answers[path] = (status, named, body)
    return f"http://127.0.0.1:{server.server_port}{path}"


def why(address):
    with pytest.raises(RefusedError) as refused:
        fetch(address)
    return refused.value.why


def test_a_file_is_fetched_with_its_host_and_nothing_of_ours(partner, allowed):
    address = answer(partner, "/calendar.ics?a=%D1%8F")

    assert fetch(address) == FILE
    ((path, headers),) = partner.RequestHandlerClass.seen
    assert path == "/calendar.ics?a=%D1%8F"
    assert headers["Host"] == f"127.0.0.1:{partner.server_port}"
    assert headers["Accept-Encoding"] == "identity"
    assert {"Cookie", "Authorization", "Referer"} & set(headers) == set()


@pytest.mark.parametrize(
    "text",
    [
        *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *(
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
        ),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "240.0.0.1"),
    ],
)
def test_these_are_not_public(text):
    assert is_public(text) is False


@pytest.mark.parametrize(
    "text", ["193.110.2.10", "8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"]
)
def test_these_are_public(text):
    assert is_public(text) is True


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"),
        *("[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.1.2.3", "[fe80::1]"),
    ],
)
def test_no_spelling_of_an_address_near_us_is_asked(partner, host):
    assert why(f"http://{host}:{partner.server_port}/x.ics") == "address_private"
    assert partner.RequestHandlerClass.seen == []


def resolving(monkeypatch, *found):
    def getaddrinfo(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_that_leads_near_us_is_refused(monkeypatch, partner):
    resolving(monkeypatch, "127.0.0.1")

    assert why(f"http://calendar.example.org:{partner.server_port}/x.ics") == "address_private"
    assert partner.RequestHandlerClass.seen == []


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    resolving(monkeypatch, "193.110.2.10", "10.0.0.1")

    assert why("http://calendar.example.org/x.ics") == "address_private"


def test_a_name_is_resolved_once_and_that_address_is_connected_to(monkeypatch, partner, allowed):
    asked = []

    def getaddrinfo(host, port, **kwargs):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    answer(partner, "/x.ics")
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    assert fetch(f"http://calendar.example.org:{partner.server_port}/x.ics") == FILE
    assert asked == ["calendar.example.org"]


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/", "http://[::1]/", "//169.254.169.254/latest/", "http://localhost./"],
)
def test_a_redirect_to_an_address_near_us_is_refused(monkeypatch, partner, location):
    monkeypatch.setattr(
        fetching, "is_public", lambda text, real=is_public: text == "127.0.0.1" or real(text)
    )
    resolving_of = socket.getaddrinfo

    def getaddrinfo(host, port, **kwargs):
        if host == "localhost.":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", port))]
        return resolving_of(host, port, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    address = answer(partner, "/moved", 302, b"", Location=location)

    assert why(address) == "address_private"


def test_redirects_are_followed_a_few_times(partner, allowed):
    first = answer(partner, "/1", 301, b"", Location="/2")
    answer(partner, "/2", 302, b"", Location="3")
    answer(partner, "/3")
    again = answer(partner, "/again", 302, b"", Location="/again")

    assert fetch(first) == FILE
    assert why(again) == "too_many_redirects"
    assert why(answer(partner, "/file", 302, b"", Location="file:///etc/passwd")) == "address_bad"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "address_bad"),
        ("calendar.ics", "address_bad"),
        ("file:///etc/passwd", "address_bad"),
        ("ftp://example.org/", "address_bad"),
        ("gopher://example.org/", "address_bad"),
        ("http://", "address_bad"),
        ("http://[::1/", "address_bad"),
        ("http://a:99999/", "address_bad"),
        ("http://example.org/a b", "address_bad"),
        ("http://example.org/\r\nHost: inner", "address_bad"),
        ("http://" + "a" * 3000 + "/", "address_bad"),
        ("https://me:secret@example.org/", "address_signed"),
        ("https://me@example.org/", "address_signed"),
        ("http://nothing.invalid/", "host_unknown"),
    ],
)
def test_bad_addresses_are_refused(address, expected):
    assert why(address) == expected


def test_webcal_is_https_and_names_may_be_bulgarian():
    assert target_of("webcal://example.org/a.ics").scheme == "https"
    assert target_of("https://община.бг/събития.ics").host == "xn--80abvuc1e.xn--90ae"


def test_what_is_too_large_packed_or_refused_is_told(partner, allowed):
    large = answer(partner, "/large", body=b"x" * (MOST_BYTES + 1))
    packed = answer(partner, "/packed", Content_Encoding="gzip")
    missing = answer(partner, "/missing", 404)

    assert [why(address) for address in (large, packed, missing)] == [
        "too_large",
        "packed",
        "host_refuses",
    ]


def test_a_host_that_is_not_there_or_says_nonsense_is_told(allowed):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def nonsense():
        accepted, _where = listener.accept()
        accepted.recv(1000)
        accepted.sendall(b"SSH-2.0-OpenSSH\r\n")
        accepted.close()
        listener.close()

    thread = threading.Thread(target=nonsense)
    thread.start()
    first = why(f"http://127.0.0.1:{port}/")
    thread.join()

    assert (first, why(f"http://127.0.0.1:{port}/")) == ("host_silent", "host_silent")


def test_from_the_site_it_is_the_same(partner):
    address = answer(partner, "/x.ics")

    with pytest.raises(RefusedError) as refused:
        taking.fetched(address)

    assert (refused.value.why, refused.value.facts) == ("address_private", {"host": "127.0.0.1"})
    assert partner.RequestHandlerClass.seen == []


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.01)

    with pytest.raises(RefusedError) as refused:
        taking.fetched("https://nothing.invalid/")

    assert refused.value.why == "too_slow"


def test_no_secret_of_the_site_goes_along(monkeypatch, partner):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise apart.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(RefusedError):
        taking.entries(b"")

    assert set(seen) <= {"PYTHONUTF8", *apart.KEPT}
