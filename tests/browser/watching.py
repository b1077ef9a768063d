"""What a page does, and what it holds, that our templates would never make it do or hold."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

from tests.hostile.words import told, torn
from tests.richtext.payloads import EVIL

# Elements that neither our templates nor what a rich text may hold have: a page with one of them
# has it of somebody's words
FOREIGN = ", ".join(
    [
        *("annotation-xml", "applet", "audio", "base", "bgsound", "blink", "discard", "embed"),
        *("font", "foreignObject", "frame", "frameset", "iframe", "image", "isindex", "keygen"),
        *("marquee", "maction", "math", "mglyph", "noembed", "noframes", "object", "oembed"),
        *("plaintext", "set", "slot", "video", "x", "xmp"),
        "body:not(html > body)",
        "source:not(picture > source)",
        "style:not(head > style)",
        "title:not(head > title, svg title)",
    ]
)

READ = """
({strange, way, argument}) => {
    const OWN = [location.origin, 'data:image/', 'blob:'];
    const ADDRESSES = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'background',
        'srcset', 'cite', 'ping', 'lowsrc', 'dynsrc', 'xlink:href'];
    const LOADING = ['img', 'script', 'link', 'source', 'input', 'form', 'use'];
    const DATA = ['application/ld+json', 'application/json'];
    const found = {foreign: [], words: [], data: []};

    const isOfEditor = (element) =>
        element.closest('.cke, .cke_dialog_container, .cke_panel, .cke_screen_reader_only') &&
        !element.closest('.cke_wysiwyg_div');
    const judgeAttribute = (element, {name, value}) => {
        const bare = value.replace(/[\\u0000-\\u0020]+/g, '').toLowerCase();
        if (name.startsWith('on')) {
            return !(isOfEditor(element) && /^(return)?(false|ckeditor\\.tools)/.test(bare));
        }
        if (name === 'style') {
            return /expression|image-set|\\\\/.test(bare) ||
                [...bare.matchAll(/url\\(["']?/g)].some(
                    ({0: start, index}) => !bare.startsWith(location.origin, index + start.length),
                );
        }
        if (name === 'srcdoc' || name === 'formaction' || name === 'ping') {
            return true;
        }
        if (!ADDRESSES.includes(name)) {
            return false;
        }
        if (/^(java|vb)script:/.test(bare)) {
            return !(isOfEditor(element) && bare.startsWith('javascript:void('));
        }
        if (/^data:/.test(bare)) {
            return !bare.startsWith('data:image/') || element.localName === 'a';
        }
        return false;
    };
    const loadsFromElsewhere = (element) => {
        if (!LOADING.includes(element.localName) || /canonical|alternate/.test(element.rel || '')) {
            return false;
        }
        return ['src', 'href', 'action'].map((name) => element.getAttribute(name))
            .filter((value) => value)
            .map((value) => URL.parse(value, location.href)?.href)
            .some((address) => !OWN.some((own) => address?.startsWith(own)));
    };
    const judge = (element) => {
        const {localName} = element;
        const wrong = [...element.attributes].filter((one) => judgeAttribute(element, one));
        const isCode = localName === 'script' && !element.src && !DATA.includes(element.type);
        const isRefresh = localName === 'meta' && element.httpEquiv;
        if (wrong.length || isCode || isRefresh || loadsFromElsewhere(element) ||
                element.matches(strange)) {
            found.foreign.push(element.outerHTML.slice(0, 200)); // a clone would load anew
        }
    };
    const read = (root) => {
        for (const element of root.querySelectorAll('*')) {
            judge(element);
            // What is chosen from is said to addresses by slugs, where no word stands as typed
            const isSlug = (value) => element.localName === 'option' && /^[a-z0-9-]+$/.test(value);
            for (const {name, value} of element.attributes) {
                if (!ADDRESSES.includes(name) && !isSlug(value)) {
                    found.words.push(value);
                }
            }
            if (element.localName === 'template') {
                read(element.content);
            }
            if (['input', 'textarea'].includes(element.localName)) {
                found.words.push(element.value);
            }
            if (element.localName === 'script') {
                found.data.push(...DATA.includes(element.type) ? [element.textContent] : []);
            }
        }
    };
    const text = (node) => node.nodeType === Node.TEXT_NODE ? node.data :
        ['script', 'style'].includes(node.localName) ? ' ' :
        [...node.childNodes].map(text).join('');
    const whole = (page) => {
        read(page);
        found.words.push(text(page.documentElement));
        return found;
    };
    const parsed = (html) => whole(new DOMParser().parseFromString(html, 'text/html'));
    const fetched = async (address) => {
        const answer = await fetch(address);
        return {status: answer.status, ...parsed(await answer.text())};
    };
    const inTurn = async (addresses) => {
        const pages = [];
        for (const address of addresses) {
            pages.push(await fetched(address));
            Object.assign(found, {foreign: [], words: [], data: []});
        }
        return pages;
    };
    return {whole: () => whole(document), parsed, inTurn}[way](argument);
}
"""


@dataclass
class Seen:
    """A page as it was read: elements that are none of ours, all its words, its data blocks."""

    address: str
    foreign: list[str]
    words: list[str]
    data: list[str]
    status: int = 200

    @property
    def troubles(self) -> list[str]:
        """Elements that are none of ours, and words that are not as they were typed."""
        strings = [text for block in self.data for text in strings_of(json.loads(block))]
        # What is asked for stands in addresses as well, in their own way of writing
        words = [unquote(text) if text.startswith("/") else text for text in self.words]
        wrong = [*self.foreign, *torn(*words, *strings)]
        if self.status != 200:
            wrong.append(f"answers {self.status}")
        return [f"{self.address}: {each}" for each in wrong]

    @property
    def told(self) -> set[int]:
        return told(*self.words)

    @property
    def framed(self) -> set[int]:
        """The payloads whose rich texts it shows."""
        return {int(n) for text in self.words for n in re.findall(r"qr(\d+)qr", text)}


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_of(each)


class Watch:
    """Notes what runs in a page and what it asks of other hosts, which it does not get."""

    def __init__(self, page: Page, own: str) -> None:
        self.page, self.own = page, own
        self.ran: list[str] = []
        self.asked: list[str] = []
        self.refused: list[str] = []
        page.on("dialog", self._note_dialog)
        page.on("console", self._note_refusal)
        page.on("pageerror", lambda error: self.ran.append(str(error)))
        page.on("request", self._note_request)
        # Not by a route: with one the browser forgets what it has read already
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": [f"{EVIL}*", "https://*"]})

    def _note_dialog(self, dialog: Dialog) -> None:
        self.ran.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _note_refusal(self, message: ConsoleMessage) -> None:
        """What only the policy of content kept from running or loading is a hole all the same."""
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.own, "data:", "blob:", "about:")):
            self.asked.append(request.url)

    @property
    def noted(self) -> list[str]:
        return [*self.ran, *self.asked, *self.refused]

    def open(self, address: str) -> Seen:
        """Go to a page as people do, and read it when everything in it is loaded."""
        answer = self.page.goto(address)
        return self.look(answer.status if answer else 0)

    def look(self, status: int = 200) -> Seen:
        return Seen(self.page.url, **self._read("whole"), status=status)

    def parse(self, html: str, name: str) -> Seen:
        """The tree that the browser makes of a page which somebody else was sent."""
        return Seen(name, **self._read("parsed", html))

    def fetch(self, addresses: Iterable[str]) -> list[Seen]:
        """The trees that the browser makes of pages, without showing them."""
        asked = list(addresses)
        return [
            Seen(address, **page)
            for address, page in zip(asked, self._read("inTurn", asked), strict=True)
        ]

    def _read(self, way: str, argument: Any = None) -> Any:
        return self.page.evaluate(READ, {"strange": FOREIGN, "way": way, "argument": argument})
