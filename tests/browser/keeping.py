"""What the tests of unsaved work share: a browser that can be killed, and what it has kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from .conftest import ARGUMENTS, PASSWORD, chromium

ADD = "/admin/news/article/add/"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('sorb.kept.'))"
NOTICE = "[data-keeping-notice]"
RESTORE = "[data-keeping-restore]"
DISCARD = "[data-keeping-discard]"
BACK = "[data-keeping-back]"


def kept(page: Page) -> list[str]:
    return page.evaluate(KEPT)


def nothing_kept(page: Page) -> bool:
    """Is everything gone, once the page that says so has started?"""
    for _ in range(50):
        if not kept(page):
            return True
        page.wait_for_timeout(100)
    return False


def wait_until_kept(page: Page, words: str) -> None:
    """A second after the last change; these words are in what was kept."""
    there = f"({KEPT}).some((key) => localStorage[key].includes({words!r}))"
    for _ in range(60):
        if page.evaluate(there):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {words}")


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/?next=/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


def open_form(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".cke_wysiwyg_div").first).to_be_attached()


def type_text(page: Page, language: str, words: str) -> None:
    """Into the text editor, as it would come from the keyboard."""
    page.locator(f".field-body_{language} .cke_wysiwyg_div").click()
    page.keyboard.type(words)


def text(page: Page, language: str = "bg") -> str:
    return page.locator(f".field-body_{language} .cke_wysiwyg_div").inner_text().strip()


def save(page: Page) -> None:
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


@contextmanager
def own_browser(kind: BrowserType, folder: Path, url: str) -> Iterator[BrowserContext]:
    """A browser of its own whose profile stays in a folder."""
    context = kind.launch_persistent_context(
        str(folder),
        executable_path=chromium(),
        args=ARGUMENTS,
        base_url=url,
        locale="bg-BG",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()
