"""A file that was chosen in a form is there still after a save that was refused."""

from playwright.sync_api import Page, expect

from sorb.media.models import Image
from tests.factories import photo

STORED = """
async () => {
    const open = indexedDB.open('sorb-files', 1);
    await new Promise((resolve) => { open.onsuccess = resolve; });
    const keys = open.result.transaction('files').objectStore('files').getAllKeys();
    await new Promise((resolve) => { keys.onsuccess = resolve; });
    return keys.result.length;
}
"""
CHOSEN = "([name]) => Array.from(document.querySelector(`[name=${name}]`).files, (f) => f.name)"
ADD = "/admin/media/image/add/"


def stored(page: Page, count: int) -> bool:
    """Does the browser come to keep so many files?"""
    for _ in range(50):
        if page.evaluate(STORED) == count:
            return True
        page.wait_for_timeout(100)
    return False


def choose_and_fail(page: Page) -> None:
    page.goto(ADD)
    file = {"name": "zala.png", "mimeType": "image/png", "buffer": photo((64, 48), kind="PNG")}
    page.set_input_files("[name=file]", file)
    page.fill("[name=alternative_bg]", "Залата")
    page.fill("[name=focal_x]", "500")
    assert stored(page, 1)
    page.locator("[name=_save]").click()
    expect(page.locator(".errorlist").first).to_be_visible()


def test_a_refused_save_keeps_the_file_and_the_next_one_stores_it(signed_in: Page):
    page = signed_in
    choose_and_fail(page)

    expect(page.locator("[name=alternative_bg]")).to_have_value("Залата")
    for _ in range(50):
        if page.evaluate(CHOSEN, ["file"]) == ["zala.png"]:
            break
        page.wait_for_timeout(100)
    page.fill("[name=focal_x]", "50")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    image = Image.objects.get()
    assert (image.original_name, image.alternative_bg) == ("zala.png", "Залата")
    assert stored(page, 0)


def test_no_file_stays_in_the_browser_after_signing_out(signed_in: Page):
    page = signed_in
    choose_and_fail(page)
    page.on("dialog", lambda dialog: dialog.accept())

    page.locator("#user-tools summary").click()
    page.locator("#logout-form [type=submit]").click()
    page.goto("/admin/login/")

    assert stored(page, 0)
