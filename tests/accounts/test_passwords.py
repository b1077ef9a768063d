"""Which passwords are accepted, and where their rules are read."""

import gzip
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

POOR = [
    "Кратка-2026",
    "1234567890123456",
    "radka-petrova",
    "radka@example.org",
    "qwertyuiop123",
    "administrator",
]
GOOD = [
    "Проба-2026-тест",
    "три коня гледат мост",
    "correct horse battery staple",
    "ѣ" * 6 + "ѫ" * 6,
]


@pytest.fixture
def person() -> User:
    return User(
        username="radka", first_name="Радка", last_name="Petrova", email="radka@example.org"
    )


@pytest.mark.parametrize("password", POOR)
def test_poor_passwords_are_refused(person: User, password: str):
    with pytest.raises(ValidationError):
        password_validation.validate_password(password, person)


@pytest.mark.parametrize("password", GOOD)
def test_good_passwords_are_accepted(person: User, password: str):
    assert password_validation.validate_password(password, person) is None


def test_every_common_password_is_refused():
    source = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    common = gzip.decompress(source.read_bytes()).decode().split()

    accepted = []
    for password in common:
        try:
            password_validation.validate_password(password)
        except ValidationError:
            continue
        accepted.append(password)

    assert len(common) > 3000
    assert accepted == []


def test_the_rules_are_read_before_a_password_is_typed(editor: User):
    client = Client()
    client.force_login(editor)

    page = client.get("/admin/password_change/").content.decode()

    rules = password_validation.password_validators_help_texts()
    assert len(rules) == 4
    assert [page.index(rule) < page.index("id_new_password1") for rule in rules] == [True] * 4


def test_a_refused_password_says_why_and_changes_nothing(editor: User):
    client = Client()
    client.force_login(editor)
    form = {"old_password": "Проба-2026-тест", "new_password1": "12", "new_password2": "12"}

    page = client.post("/admin/password_change/", form)

    editor.refresh_from_db()
    assert page.context["form"].errors["new_password2"]
    assert editor.check_password("Проба-2026-тест") is True
