"""People who sign in by the form, and the apps on their phones."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from sorb.accounts import letters

PASSWORD = "Проба-2026-тест"
LOGIN = "/admin/login/?next=/admin/"


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything here is about rows."""


def try_password(client: Client, name: str, password: str = PASSWORD, **meta: str) -> HttpResponse:
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, **meta)


def code_of(device: TOTPDevice, *, later: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds later."""
    number = totp(bytes.fromhex(device.key), t0=device.t0 - later * 30)
    return f"{number:06d}"


def wrong_code(device: TOTPDevice) -> str:
    """A code that no step near now has."""
    near = {code_of(device, later=step) for step in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


@pytest.fixture
def editor() -> User:
    """May publish, by role."""
    user = User.objects.create_user(
        "radka", password=PASSWORD, email="radka@example.org", is_staff=True
    )
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def author() -> User:
    """May not publish."""
    user = User.objects.create_user(
        "avtor", password=PASSWORD, email="avtor@example.org", is_staff=True
    )
    user.groups.add(Group.objects.get(name="author"))
    return user


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("glaven", password=PASSWORD, email="glaven@example.org")


@pytest.fixture
def demanded(settings: object) -> None:
    """The second factor is on, as on a real host."""
    settings.SECOND_FACTOR = True


@pytest.fixture
def phone(editor: User) -> TOTPDevice:
    """The app of the editor, set up a while ago."""
    return TOTPDevice.objects.create(user=editor, name="app")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are written within the request, so that the test can read them."""

    def do(task: Callable[[], None]) -> None:
        task()

    monkeypatch.setattr(letters, "later", do)
