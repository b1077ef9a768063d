"""Two people at one form see each other, and what one saves the other is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from sorb.desk.models import OpenForm
from tests.browser.accessibility import violations
from tests.factories import make_article

from .conftest import PASSWORD
from .keeping import open_form, save, sign_in

OTHERS = "[data-presence-others] li"


@pytest.fixture
def colleague(browser: Browser, live_server: object, staff: User) -> Iterator[Page]:
    """Another person in another browser."""
    user = User.objects.create_user(
        "maria", password=PASSWORD, is_staff=True, first_name="Мария", last_name="Петрова"
    )
    user.user_permissions.set(staff.user_permissions.all())
    context = browser.new_context(base_url=live_server.url, locale="bg-BG")
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, "maria")
    yield page
    context.close()


def test_who_else_has_the_form_open_is_shown_since_when_and_no_longer_when_it_is_left(
    signed_in: Page, colleague: Page
):
    page, address = signed_in, f"/admin/news/article/{make_article().pk}/change/"
    with colleague.expect_response("**/desk/presence/"):
        open_form(colleague, address)
    OpenForm.objects.update(opened_at=timezone.now() - timedelta(minutes=12, seconds=5))

    open_form(page, address)

    expect(page.locator(OTHERS)).to_have_count(1)
    expect(page.locator(OTHERS)).to_contain_text("Мария Петрова")
    expect(page.locator(OTHERS)).to_contain_text("12 ")
    expect(page.locator("[data-presence-said]")).to_contain_text("Мария Петрова")
    colleague.goto("/admin/")
    expect(colleague.locator("h1")).to_be_visible()
    for _ in range(50):
        if OpenForm.objects.count() == 1:
            break
        page.wait_for_timeout(100)
    page.reload()
    expect(page.locator("[data-presence]")).to_have_class("presence is-empty")
    expect(page.locator(OTHERS)).to_have_count(0)
    assert OpenForm.objects.filter(user__username="maria").count() == 0


def test_a_save_by_another_is_told_while_one_writes(signed_in: Page, colleague: Page):
    page, address = signed_in, f"/admin/news/article/{make_article().pk}/change/"
    page.clock.install()
    open_form(page, address)
    expect(page.locator("[data-presence]")).to_have_class("presence is-empty")
    open_form(colleague, address)
    colleague.fill("[name=title_bg]", "Друго заглавие")
    save(colleague)

    page.clock.run_for(21_000)

    saved = page.locator("[data-presence-saved]")
    expect(saved).to_contain_text("Мария Петрова")
    expect(page.locator("[data-presence-said]")).to_contain_text("Мария Петрова")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_line_is_accessible_and_fits(signed_in: Page, colleague: Page, scheme: str, width: int):
    page, address = signed_in, f"/admin/news/article/{make_article().pk}/change/"
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    with colleague.expect_response("**/desk/presence/"):
        open_form(colleague, address)

    open_form(page, address)
    expect(page.locator(OTHERS)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(page, "[data-presence]")
    assert [violation["id"] for violation in found] == []
