"""A real Chromium against the real site. What goes wrong in a page fails its test."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

# Playwright's own loop runs in this thread; the ORM calls between its steps are ordinary ones
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of a page
PASSWORD = "Проба-2026-тест"
CONTENT = ("news", "events", "media", "publishing")


def chromium() -> str | None:
    """The browser on PATH, else Playwright's own, else none.

    First the one without an interface of its own: it is the same engine, and a page of it opens
    in a third of the time.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no Chromium: under CI the browser tests must run.")
        pytest.skip("There is no Chromium on this machine: the browser tests are left out.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def quiet_site(live_server: object) -> Iterator[None]:
    """Let the site end what pages asked of it, farewells of closed forms among it: the tables are
    emptied after the test, and whoever still reads or writes would lock itself with that."""
    yield
    quiet = 0
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        if quiet == 4:
            return
        time.sleep(0.04)


@pytest.fixture
def page(browser: Browser, live_server: object, quiet_site: None) -> Iterator[Page]:
    """A page at 1280 by 900 pixels; errors in its console, CSP violations among them, and
    requests to other hosts fail the test."""
    context = browser.new_context(
        base_url=live_server.url, locale="bg-BG", viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            troubles.append(message.text)

    opened.on("console", note)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda request: _foreign(request.url, live_server.url, troubles))
    under_way: set[Request] = set()
    opened.on("request", lambda request: under_way.add(request))
    for end in ("requestfinished", "requestfailed"):
        opened.on(end, lambda request: under_way.discard(request))
    opened.set_default_timeout(20_000)
    yield opened
    _settle(opened, under_way)
    context.close()
    assert troubles == []


def _settle(opened: Page, under_way: set[Request]) -> None:
    """Let the site answer what was asked: the tables are emptied after the test, and a read that
    is still going on, of a picture for example, would lock itself with that."""
    for _attempt in range(40):
        if not under_way or opened.is_closed():
            return
        opened.wait_for_timeout(50)


def _foreign(url: str, own: str, troubles: list[str]) -> None:
    if not url.startswith((own, "data:", "blob:", "about:")):
        troubles.append(f"a request to {url}")


@pytest.fixture
def staff(transactional_db: None) -> User:
    """An editor: may do everything with content, nothing with accounts."""
    user = User.objects.create_user("redaktor", password=PASSWORD, is_staff=True)
    content = Permission.objects.filter(content_type__app_label__in=CONTENT)
    user.user_permissions.set(content)
    return user


@pytest.fixture
def signed_in(page: Page, staff: User) -> Page:
    """The page, signed in to the admin as the editor."""
    page.goto("/admin/login/?next=/admin/")
    page.fill("[name=username]", staff.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page
