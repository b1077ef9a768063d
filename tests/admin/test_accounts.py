"""Who may give rights to whom."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from .conftest import make_user, signed_in
from .filling import filled

RIGHTS = ("view_user", "change_user", "add_user", "delete_user", "change_group", "view_group")


@pytest.fixture
def manager(db: None) -> User:
    """Keeps accounts, without being a superuser."""
    return make_user("otdel", *RIGHTS)


def test_a_keeper_of_accounts_raises_nobody(manager: User) -> None:
    client = signed_in(manager)
    group = Group.objects.create(name="Редактори")
    other = User.objects.create_user("kolega")
    for user in (manager, other):
        address = f"/admin/auth/user/{user.pk}/change/"
        form = filled(client.get(address), is_superuser="on", is_staff="on", first_name="Иван")
        permission = Permission.objects.get(codename="add_article")

        client.post(address, {**form, "groups": [group.pk], "user_permissions": [permission.pk]})

        user.refresh_from_db()
        assert (user.first_name, user.is_superuser) == ("Иван", False)
        assert (user.groups.count(), permission in user.user_permissions.all()) == (0, False)
    assert other.is_staff is False


def test_a_keeper_of_accounts_does_not_touch_superusers(manager: User) -> None:
    client = signed_in(manager)
    chief = User.objects.create_superuser("glaven", first_name="Петър")
    address = f"/admin/auth/user/{chief.pk}/"

    client.post(f"{address}change/", {"username": "glaven", "first_name": "Друг"})
    deleted = client.post(f"{address}delete/", {"post": "yes"})
    password = client.post(f"{address}password/", {"password1": "x", "password2": "x"})

    chief.refresh_from_db()
    assert chief.first_name == "Петър"
    assert (deleted.status_code, password.status_code) == (403, 403)


def test_a_keeper_of_accounts_does_not_change_groups(manager: User) -> None:
    group = Group.objects.create(name="Редактори")

    answer = signed_in(manager).post(f"/admin/auth/group/{group.pk}/change/", {"name": "Други"})

    group.refresh_from_db()
    assert (answer.status_code, group.name) == (403, "Редактори")


def test_who_may_only_look_is_not_shown_passwords() -> None:
    looker = signed_in(make_user("gledach", "view_user"))
    user = User.objects.create_user("kolega", password="Проба-2026-тест")

    page = looker.get(f"/admin/auth/user/{user.pk}/change/").content.decode()

    assert "kolega" in page
    assert user.password not in page
    assert user.password.split("$")[-1][:6] not in page


def test_looking_at_users_is_no_way_to_passwords() -> None:
    looker = signed_in(make_user("gledach", "view_user"))

    answer = looker.get("/admin/auth/user/", {"password__startswith": "md5"})

    assert answer.status_code == 400


def test_superusers_give_rights(chief: Client) -> None:
    user = User.objects.create_user("kolega")
    group = Group.objects.create(name="Редактори")
    address = f"/admin/auth/user/{user.pk}/change/"

    chief.post(address, filled(chief.get(address), is_staff="on", groups=[group.pk]))

    user.refresh_from_db()
    assert (user.is_staff, list(user.groups.all())) == (True, [group])
