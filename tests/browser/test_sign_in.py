"""Signing in with a second factor: a phone, a recovery code, a new password."""

import base64
import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from sorb.accounts import second_factor
from tests.browser.accessibility import violations

from .conftest import PASSWORD

LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


@pytest.fixture
def editor(transactional_db: None, settings: object) -> Iterator[User]:
    """Whoever may publish must have a second factor."""
    settings.SECOND_FACTOR = True
    user = User.objects.create_user(
        "radka", password=PASSWORD, email="radka@example.org", is_staff=True
    )
    user.groups.add(Group.objects.get_or_create(name="editor")[0])
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def phone(editor: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=editor, name="app")


def code_of(key: bytes) -> str:
    """What an app with this key shows; not in the last seconds of a code."""
    if time.time() % 30 > 26:
        time.sleep(5)
    return f"{totp(key):06d}"


def give_password(page: Page) -> None:
    page.goto("/admin/login/?next=/admin/news/article/")
    page.fill("[name=username]", "radka")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def give_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")


def is_well_made(page: Page) -> bool:
    """No finding of axe, and nothing that sticks out sideways."""
    found = violations(page)
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_second_factor_is_set_up_at_the_first_sign_in(page: Page, editor: User):
    give_password(page)
    key = page.locator(".key").inner_text().replace(" ", "")
    assert page.locator(".qr").evaluate("image => image.complete && image.naturalWidth > 0")

    give_code(page, code_of(base64.b32decode(key)))

    expect(page.locator(".codes li")).to_have_count(8)
    page.locator("a.button").click()
    page.wait_for_url("**/admin/news/article/")


def test_signing_in_asks_for_the_code_of_the_phone(page: Page, phone: TOTPDevice):
    give_password(page)
    expect(page.locator("[name=code]")).to_be_focused()

    give_code(page, "12345")
    expect(page.locator(".errorlist")).to_be_visible()
    give_code(page, code_of(bytes.fromhex(phone.key)))

    page.wait_for_url("**/admin/news/article/")


def test_a_recovery_code_stands_in_for_the_phone(page: Page, phone: TOTPDevice, editor: User):
    code = second_factor.new_recovery_codes(editor)[0]
    give_password(page)

    give_code(page, f"{code[:4]} {code[4:8]} {code[8:]}")

    page.wait_for_url("**/admin/news/article/")
    assert second_factor.recovery_codes_left(editor) == 7


def test_a_forgotten_password_is_chosen_anew(page: Page, editor: User):
    page.goto("/admin/login/")
    page.locator(".sign-in-aside a").click()
    page.fill("[name=email]", "radka@example.org")
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/admin/password-reset/sent/")
    for _wait in range(50):
        if mail.outbox:
            break
        page.wait_for_timeout(100)
    address = next(word for word in mail.outbox[0].body.split() if "/admin/" in word)

    page.goto("/" + address.split("/", 3)[3])
    page.fill("[name=new_password1]", "Съвсем-друга-2026")
    page.fill("[name=new_password2]", "Съвсем-друга-2026")
    page.press("[name=new_password2]", "Enter")

    expect(page.locator(".messagelist .success")).to_be_visible()
    editor.refresh_from_db()
    assert editor.check_password("Съвсем-друга-2026") is True


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    page: Page, editor: User, width: int, scheme: str, settings: object
):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/login/")
    assert is_well_made(page)
    page.goto("/admin/password-reset/")
    assert is_well_made(page)
    page.goto("/admin/password-reset/sent/")
    assert is_well_made(page)
    page.goto("/admin/password-reset/MQ/a-b/")
    assert is_well_made(page)
    give_password(page)
    assert is_well_made(page)
    key = base64.b32decode(page.locator(".key").inner_text().replace(" ", ""))
    give_code(page, code_of(key))
    expect(page.locator(".codes")).to_be_visible()
    assert is_well_made(page)
    page.goto("/admin/second-factor/keep/")
    assert is_well_made(page)
    page.goto("/admin/password_change/")
    assert is_well_made(page)
    page.context.clear_cookies()
    give_password(page)
    give_code(page, "1")
    assert is_well_made(page)


def test_the_refusal_after_repeated_failure_is_accessible(page: Page, editor: User):
    for _number in range(5):
        page.goto("/admin/login/")
        page.fill("[name=username]", "radka")
        page.fill("[name=password]", "не е тази")
        with page.expect_navigation() as navigation:
            page.press("[name=password]", "Enter")

    assert navigation.value.status == 429
    assert is_well_made(page)
