"""Signing in by password: what it tells, what it sets, where it leads."""

import re
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import User
from django.test import Client

from .conftest import LOGIN, PASSWORD, try_password

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "http://testserver@evil.example/",
    "\x00//evil.example",
]


def masked(html: str, name: str) -> str:
    """The page without what differs in any two answers."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", html).replace(name, "NAME")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(editor: User):
    User.objects.create_user("bezdz", password=PASSWORD, is_staff=False)
    User.objects.create_user("speno", password=PASSWORD, is_staff=True, is_active=False)
    tries = [
        ("radka", "не е тази"),
        ("nikoi", "не е тази"),
        ("bezdz", PASSWORD),
        ("speno", PASSWORD),
    ]

    pages = [
        masked(try_password(Client(), name, password).content.decode(), name)
        for name, password in tries
    ]

    assert len(set(pages)) == 1
    assert "errornote" in pages[0]


@pytest.mark.parametrize("name", ["radka", "nikoi", "bezparola", "speno"])
def test_the_password_is_hashed_exactly_once_whoever_is_named(editor: User, name: str):
    User.objects.create_user("bezparola", is_staff=True)
    User.objects.create_user("speno", password=PASSWORD, is_staff=True, is_active=False)
    hasher = type(get_hasher())

    with patch.object(hasher, "encode", autospec=True, side_effect=hasher.encode) as encode:
        try_password(Client(), name, "не е тази")

    assert encode.call_count == 1


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("radka", "п" * 500_000),
        ("и" * 10_000, "x"),
        ("radka\x00", "x"),
        ("radka", "x\x00"),
        ("ﬁ" * 150, "x"),
    ],
)
def test_odd_names_and_passwords_are_refused_in_words(editor: User, name: str, password: str):
    answer = try_password(Client(), name, password)

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()


def test_twins_by_normal_form_are_one_name_and_count_as_one(editor: User):
    client = Client()
    names = ["radka", "ｒadka", "rａdka", "raｄka", "radｋa"]

    answers = [try_password(client, name, "не е").status_code for name in names]

    assert answers == [200, 200, 200, 200, 429]


def test_signing_in_makes_a_new_session_and_ends_the_one_before(editor: User):
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    try_password(client, "radka")

    assert client.session.session_key != before
    assert client.session.exists(before) is False


def test_the_cookie_of_the_session_is_for_the_server_alone(editor: User):
    client = Client()

    try_password(client, "radka")

    cookie = client.cookies["sorb"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 8 * 3600)


@pytest.mark.parametrize("address", ["/bg/", "/en/news/", "/bg/kalendar/", "/robots.txt"])
def test_public_pages_set_no_cookie_and_do_not_depend_on_one(address: str):
    answer = Client().get(address)

    assert answer.status_code == 200
    assert dict(answer.cookies) == {}
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("following", ELSEWHERE)
def test_signing_in_leads_to_this_site_alone(editor: User, following: str):
    form = {"username": "radka", "password": PASSWORD, "next": following}

    answer = Client().post("/admin/login/", form)

    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_a_line_break_in_the_way_on_begins_no_header(editor: User):
    form = {"username": "radka", "password": PASSWORD, "next": "/admin/\r\nLocation: https://e.e"}

    answer = Client().post("/admin/login/", form)

    assert answer.headers["Location"] == "/admin/%0D%0ALocation:%20https://e.e"


def test_signing_in_leads_to_where_the_reader_was_going(editor: User):
    form = {"username": "radka", "password": PASSWORD, "next": "/admin/news/article/?q=1"}

    answer = Client().post("/admin/login/", form)

    assert answer.url == "/admin/news/article/?q=1"


def test_a_form_of_another_site_signs_nobody_in(editor: User):
    client = Client(enforce_csrf_checks=True)
    client.get(LOGIN)
    token = client.cookies["sorb-csrf"].value
    form = {"username": "radka", "password": PASSWORD, "next": "/admin/"}
    tries = [
        (form, {}),
        ({**form, "csrfmiddlewaretoken": "x" * 64}, {}),
        ({**form, "csrfmiddlewaretoken": token}, {"origin": "https://evil.example"}),
    ]

    answers = [client.post(LOGIN, data, headers=headers) for data, headers in tries]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "<h1>" in answers[0].content.decode()
    assert "_auth_user_id" not in client.session


def test_the_page_tells_what_to_do_about_a_forgotten_password(settings):
    offered = Client().get(LOGIN).content.decode()
    settings.HAS_MAIL = False
    missing = Client().get(LOGIN).content.decode()

    assert 'href="/admin/password-reset/"' in offered
    assert 'href="/admin/password-reset/"' not in missing
