"""People who use the admin, each signed in."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

CONTENT = ("news", "events", "media", "publishing")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "bg"
    return client


def make_user(name: str, *codenames: str, **fields: object) -> User:
    user = User.objects.create_user(name, is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything here is about rows."""


@pytest.fixture
def editor() -> User:
    """May do everything with content, nothing with accounts."""
    user = User.objects.create_user(
        "redaktor", is_staff=True, first_name="Мария", last_name="Петрова"
    )
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=CONTENT))
    return user


@pytest.fixture
def desk(editor: User) -> Client:
    """The admin in Bulgarian, as the editor sees it."""
    return signed_in(editor)


@pytest.fixture
def reader() -> Client:
    """May look at content and change nothing."""
    verbs = ["article", "event", "image", "speaker", "organization"]
    return signed_in(make_user("chitatel", *[f"view_{name}" for name in verbs]))


@pytest.fixture
def stranger() -> Client:
    """Staff without any permission."""
    return signed_in(make_user("stazhant"))


@pytest.fixture
def chief() -> Client:
    return signed_in(User.objects.create_superuser("glaven"))


def in_role(role: str, name: str) -> User:
    """Staff in one of the roles that the set-up made."""
    user = User.objects.create_user(name, is_staff=True, first_name=name.title())
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author() -> User:
    return in_role("author", "avtor")


@pytest.fixture
def authors_desk(author: User) -> Client:
    return signed_in(author)


@pytest.fixture
def editors_desk() -> Client:
    """An editor by role, not by single permissions."""
    return signed_in(in_role("editor", "radka"))
