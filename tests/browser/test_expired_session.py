"""The session ends, the network goes, the database is away: the form stays, the save goes on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Error, Page, Route, expect

from news.models import Article
from sorb.media.models import Image
from tests.browser.accessibility import violations
from tests.factories import make_article, make_category, photo

from .carrying import carry
from .conftest import PASSWORD
from .keeping import (
    ADD,
    RESTORE,
    nothing_kept,
    open_form,
    own_browser,
    save,
    sign_in,
    wait_until_kept,
)

DIALOG = "dialog.sign-in-again"
WORDS = "[data-sending-words]"


def begin(page: Page, title: str = "Изтекла сесия") -> None:
    make_category()
    open_form(page, ADD)
    page.fill("[name=title_bg]", title)
    page.select_option("[name=category]", index=1)


def answer_with(page: Page, password: str) -> None:
    expect(page.locator(f"{DIALOG} [type=password]")).to_be_focused()
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.fixture
def unwatched(browser: Browser, live_server: object, staff: User) -> Iterator[Page]:
    """A signed in page whose console may speak of failed requests."""
    context = browser.new_context(base_url=live_server.url, locale="bg-BG")
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, staff.username)
    yield page
    context.close()


def test_an_expired_session_asks_for_the_password_in_place_and_the_save_goes_on(signed_in: Page):
    page = signed_in
    begin(page)
    Session.objects.all().delete()

    page.locator("[name=_save]").click()
    expect(page.locator(f"{DIALOG} strong")).to_have_text("redaktor")
    answer_with(page, "не е тази")
    expect(page.locator("[data-sign-in-error]")).not_to_be_empty()
    answer_with(page, PASSWORD)

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().title_bg == "Изтекла сесия"
    assert nothing_kept(page)


def test_an_expired_session_asked_for_and_refused_saves_nothing_and_loses_nothing(
    signed_in: Page,
):
    page = signed_in
    begin(page)
    Session.objects.all().delete()

    page.locator("[name=_save]").click()
    page.locator("[data-sign-in-cancel]").click()

    expect(page.locator(WORDS)).not_to_be_empty()
    expect(page.locator("[name=title_bg]")).to_have_value("Изтекла сесия")
    assert Article.objects.count() == 0
    page.locator("[name=_save]").click()
    answer_with(page, PASSWORD)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.count() == 1


def test_an_upload_after_the_session_asks_for_the_password_and_goes_on(signed_in: Page):
    page = signed_in
    begin(page)
    Session.objects.all().delete()

    files = [(f"снимка-{n}.jpg", photo((640, 420), seed=n)) for n in (81, 82)]
    carry(page, "#gallery-group [data-drop]", files)
    answer_with(page, PASSWORD)

    expect(page.locator("#gallery-group [data-row]")).to_have_count(2)
    assert Image.objects.count() == 2
    save(page)
    assert Article.objects.get().gallery.count() == 2


def test_after_signing_in_in_another_tab_the_form_is_simply_saved(signed_in: Page, staff: User):
    page = signed_in
    begin(page)
    Session.objects.all().delete()
    other = page.context.new_page()
    sign_in(other, staff.username)

    save(page)

    assert Article.objects.count() == 1


def test_somebody_elses_sign_in_is_not_used_for_the_save(signed_in: Page):
    page = signed_in
    User.objects.create_superuser("drug", password=PASSWORD)
    begin(page)
    other = page.context.new_page()
    page.context.clear_cookies()
    sign_in(other, "drug")

    page.locator("[name=_save]").click()

    expect(page.locator(WORDS)).not_to_be_empty()
    assert Article.objects.count() == 0


def test_too_many_attempts_are_said_with_the_time_to_wait(unwatched: Page):
    page = unwatched
    begin(page)
    Session.objects.all().delete()

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=429, headers={"Retry-After": "900"}, body="")
        else:
            route.continue_()

    page.route("**/admin/login/**", refuse)
    page.locator("[name=_save]").click()
    answer_with(page, PASSWORD)

    expect(page.locator("[data-sign-in-error]")).to_contain_text("15")
    assert Article.objects.count() == 0


def test_a_second_factor_is_asked_for_after_the_password(
    signed_in: Page, staff: User, settings: object
):
    page = signed_in
    begin(page)
    device = TOTPDevice.objects.create(user=staff, confirmed=True)
    settings.SECOND_FACTOR = True
    Session.objects.all().delete()

    page.locator("[name=_save]").click()
    answer_with(page, PASSWORD)
    code = page.locator(f"{DIALOG} [name=code]")
    expect(code).to_be_focused()
    totp = TOTP(device.bin_key)
    page.keyboard.type(f"{totp.token():06d}")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.count() == 1


def test_a_second_factor_that_must_first_be_set_up_is_for_another_tab(
    signed_in: Page, settings: object
):
    page = signed_in
    begin(page)
    settings.SECOND_FACTOR = True
    Session.objects.all().delete()

    page.locator("[name=_save]").click()
    answer_with(page, PASSWORD)

    expect(page.locator("[data-sign-in-error]")).not_to_be_empty()
    assert Article.objects.count() == 0
    page.locator("[data-sign-in-cancel]").click()
    expect(page.locator("[name=title_bg]")).to_have_value("Изтекла сесия")


def test_without_a_network_nothing_is_sent_or_lost_and_its_return_is_said(unwatched: Page):
    page = unwatched
    begin(page, "Без мрежа")
    page.context.set_offline(True)

    page.locator("[name=_save]").click()
    expect(page.locator(WORDS)).not_to_be_empty()
    lost = page.locator(WORDS).inner_text()
    wait_until_kept(page, "Без мрежа")
    page.context.set_offline(False)

    expect(page.locator(WORDS)).not_to_have_text(lost)
    save(page)
    assert Article.objects.get().title_bg == "Без мрежа"


@contextmanager
def database_away() -> Iterator[None]:
    """Nobody can connect to the database of the site, and whoever was connected no longer is."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_while_the_database_is_away_nothing_is_sent_and_nothing_typed_is_lost(unwatched: Page):
    page = unwatched
    begin(page, "Базата е далече")

    with database_away():
        page.locator("[name=_save]").click()

        expect(page.locator(WORDS)).not_to_be_empty()
        expect(page.locator("[name=title_bg]")).to_have_value("Базата е далече")
    save(page)
    assert Article.objects.count() == 1


def test_after_a_save_that_failed_on_the_server_the_work_is_offered_again(unwatched: Page):
    page = unwatched
    begin(page, "Паднал сървър")

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=500, body="<h1>500</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/admin/news/article/add/", fail)
    page.locator("[name=_save]").click()
    expect(page.locator("h1")).to_have_text("500")
    page.unroute("**/admin/news/article/add/")
    open_form(page, ADD)

    page.click(RESTORE)
    save(page)
    assert Article.objects.get().title_bg == "Паднал сървър"


def test_a_save_whose_answer_was_lost_is_not_saved_twice(unwatched: Page):
    page = unwatched
    begin(page, "Изгубен отговор")

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.fulfill(status=502, body="<h1>502</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/admin/news/article/add/", lose)
    page.locator("[name=_save]").click()
    expect(page.locator("h1")).to_have_text("502")
    page.unroute("**/admin/news/article/add/")
    page.context.clear_cookies(name="messages")
    open_form(page, ADD)
    page.click(RESTORE)
    page.locator("[name=_save]").click()

    expect(page.locator(".messagelist")).to_be_visible()
    assert Article.objects.count() == 1
    assert nothing_kept(page)


def crash(page: Page) -> None:
    """The page's process dies without a word to the page."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)


def test_work_survives_a_crash_of_the_page_and_of_the_browser(
    browser: Browser, live_server: object, staff: User, tmp_path: Path
):
    kind = browser.browser_type
    make_category()
    with own_browser(kind, tmp_path / "profile", live_server.url) as context:
        page = context.new_page()
        sign_in(page, staff.username)
        open_form(page, ADD)
        page.fill("[name=title_bg]", "Преди срива")
        wait_until_kept(page, "Преди срива")
        crash(page)
        again = context.new_page()
        open_form(again, ADD)
        again.click(RESTORE)
        expect(again.locator("[name=title_bg]")).to_have_value("Преди срива")

    with own_browser(kind, tmp_path / "profile", live_server.url) as context:
        page = context.new_page()
        open_form(page, ADD)

        page.click(RESTORE)

        expect(page.locator("[name=title_bg]")).to_have_value("Преди срива")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_dialog_is_accessible_and_fits(signed_in: Page, scheme: str, width: int):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    article = make_article()
    open_form(page, f"/admin/news/article/{article.pk}/change/")
    Session.objects.all().delete()

    page.locator("[name=_save]").click()
    answer_with(page, "не е тази")
    expect(page.locator("[data-sign-in-error]")).not_to_be_empty()

    box = page.locator(DIALOG).bounding_box()
    assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True)
    found = violations(page, DIALOG)
    assert [violation["id"] for violation in found] == []
