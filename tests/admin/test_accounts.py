"""Who may give rights to whom."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from .conftest import in_role, make_user, signed_in
from .filling import filled

PASSWORD = "Проба-2026-тест"
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


@pytest.fixture
def keeper() -> User:
    """An administrator by role."""
    return in_role("administrator", "otgovornik")


def test_administrators_make_accounts_and_give_roles(keeper: User) -> None:
    client = signed_in(keeper)
    role = Group.objects.get(name="editor")
    new = {"username": "nov", "password1": PASSWORD, "password2": PASSWORD}

    made = client.post("/admin/auth/user/add/", {**new, "usable_password": "true"})
    user = User.objects.get(username="nov")
    address = f"/admin/auth/user/{user.pk}/change/"
    client.post(address, filled(client.get(address), is_staff="on", groups=[role.pk]))

    user.refresh_from_db()
    assert (made.status_code, made.url) == (302, address)
    assert (user.is_staff, [*user.groups.all()]) == (True, [role])


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("bg", ["Администратор", "Автор", "Редактор", "Преводач"]),
        ("en", ["Administrator", "Author", "Editor", "Translator"]),
    ],
)
def test_roles_are_called_by_their_names_in_both_languages(
    keeper: User, chief: Client, language: str, names: list[str]
) -> None:
    other = User.objects.create_user("kolega")
    client = signed_in(keeper)
    client.cookies["django_language"] = chief.cookies["django_language"] = language

    form = client.get(f"/admin/auth/user/{other.pk}/change/").context["adminform"].form
    own = client.get(f"/admin/auth/user/{keeper.pk}/change/").content.decode()
    accounts = client.get("/admin/auth/user/").content.decode()
    groups = chief.get("/admin/auth/group/").content.decode()

    assert [label for _key, label in form.fields["groups"].choices] == names
    assert f'<div class="readonly">{names[0]}</div>' in own
    assert [name for name in names if name not in accounts or name not in groups] == []
    assert [page for page in (own, accounts, groups) if ">administrator<" in page] == []


def test_administrators_make_no_superusers_and_give_no_single_permissions(keeper: User) -> None:
    client = signed_in(keeper)
    user = User.objects.create_user("kolega")
    address = f"/admin/auth/user/{user.pk}/change/"
    permission = Permission.objects.get(codename="publish_article")
    form = filled(client.get(address), first_name="Иван", is_superuser="on")

    client.post(address, {**form, "user_permissions": [permission.pk]})

    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("Иван", False)
    assert user.user_permissions.count() == 0


def test_administrators_do_not_change_their_own_rights(keeper: User) -> None:
    client = signed_in(keeper)
    address = f"/admin/auth/user/{keeper.pk}/change/"
    editor = Group.objects.get(name="editor")
    form = filled(client.get(address), first_name="Иван")

    client.post(address, {**form, "groups": [editor.pk], "is_superuser": "on"})

    keeper.refresh_from_db()
    assert (keeper.first_name, keeper.is_superuser, keeper.is_active) == ("Иван", False, True)
    assert [group.name for group in keeper.groups.all()] == ["administrator"]


def test_administrators_do_not_touch_superusers(keeper: User) -> None:
    client = signed_in(keeper)
    chief = User.objects.create_superuser("glaven", first_name="Петър", email="g@example.org")
    address = f"/admin/auth/user/{chief.pk}"
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    tries = [
        client.post(f"{address}/change/", {"username": "glaven", "email": "moy@example.org"}),
        client.post(f"{address}/password/", new),
        client.post(f"{address}/delete/", {"post": "yes"}),
        client.post(f"{address}/second-factor/"),
    ]

    chief.refresh_from_db()
    assert [answer.status_code for answer in tries] == [403] * 4
    assert (chief.email, chief.has_usable_password()) == ("g@example.org", False)


def test_administrators_do_not_change_what_a_role_may(keeper: User) -> None:
    group = Group.objects.get(name="author")
    before = group.permissions.count()

    answer = signed_in(keeper).post(f"/admin/auth/group/{group.pk}/change/", {"name": "author"})

    assert (answer.status_code, group.permissions.count()) == (403, before)


def test_the_form_says_whether_a_second_factor_is_set_up(chief: Client, keeper: User) -> None:
    user = User.objects.create_user("kolega")
    TOTPDevice.objects.create(user=user, name="app")
    address = f"/admin/auth/user/{user.pk}"

    by_chief = chief.get(f"{address}/change/").content.decode()
    by_keeper = signed_in(keeper).get(f"{address}/change/").content.decode()

    assert f'href="{address}/second-factor/"' in by_chief
    assert f'href="{address}/second-factor/"' not in by_keeper
    assert "kolega" in by_keeper
