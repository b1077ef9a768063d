"""A role is given to somebody."""

from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

from .walk import Walk


def giving_a_role(walk: Walk) -> None:
    window = walk.window
    first, last = walk.told("Весела Рангелова", "Vesela Rangelova").split()
    newcomer = User.objects.create_user(
        "vesela", password=PASSWORD, first_name=first, last_name=last
    )
    walk.sign_in(walk.person("administrator", "Детелина Чукурова", "Detelina Chukurova"))

    walk.press("All sections")
    walk.press("users", "#content")
    window.get_by_role("link", name="vesela").click()
    window.get_by_label(walk.word("staff status")).check()
    walk.word("groups")
    window.get_by_label(walk.told("Автор", "Author"), exact=True).check()
    rights = window.locator("fieldset", has=window.locator("[name=groups]"))
    expect(rights).to_contain_text(walk.word("Rights"))
    walk.show("roles", rights.last)
    walk.press("Save", ".submit-row")

    walk.expect_message()
    newcomer.refresh_from_db()
    assert newcomer.is_staff
    assert [group.name for group in newcomer.groups.all()] == ["author"]
