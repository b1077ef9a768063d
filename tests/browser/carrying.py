"""Files carried to a page, as from a folder."""

import base64

from playwright.sync_api import Page

DROP = """
([zone, files]) => {
    const carried = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, {type: 'image/jpeg'}));
    }
    for (const kind of ['dragenter', 'dragover', 'drop']) {
        zone.dispatchEvent(
            new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true})
        );
    }
}
"""


def carry(page: Page, place: str, files: list[tuple[str, bytes]]) -> None:
    """Drop files on a place of the page, all at once."""
    encoded = [[name, base64.b64encode(content).decode()] for name, content in files]
    page.evaluate(DROP, [page.locator(place).element_handle(), encoded])
