"""Walk: somebody at the desk who does what a page of the handbook says, and takes its pictures."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.translation import gettext, override
from PIL import Image as Picture
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from tests.browser.conftest import PASSWORD
from tests.handbook.pages import LANGUAGES, PICTURES, Page

LARGEST = 60_000  # bytes of a picture
MARGIN = 12  # pixels around what is shown
WORDS = """
(place) => {
    const seen = (button) => button.checkVisibility({visibilityProperty: true});
    const inside = [...place.querySelectorAll('input[type=submit]')].filter(seen);
    return [place.innerText, ...inside.map((button) => button.value)].join('\\n');
}
"""


def is_rewriting() -> bool:
    """`make pictures`: what is taken becomes the handbook's."""
    return os.environ.get("HANDBOOK_PICTURES") == "write"


def shown() -> dict[str, dict[str, list[str]]]:
    """The words that are to be read in each picture, by language and name."""
    path = PICTURES / "shown.json"
    return json.loads(path.read_text()) if path.exists() else {code: {} for code in LANGUAGES}


@dataclass
class Camera:
    """Takes the pictures of one task in one language."""

    language: str
    folder: Path
    words: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, *places: Locator) -> None:
        """One picture that holds all the places, and the words in them."""
        window = places[0].page
        for place in places:
            expect(place).to_be_visible()
        window.wait_for_load_state()  # scripts of lists put some words in another way after it
        told = "\n".join(place.evaluate(WORDS) for place in places)
        lines = (" ".join(line.split()) for line in told.splitlines())
        self.words[name] = [line for line in lines if line]
        png = window.screenshot(
            full_page=True, clip=around(places), animations="disabled", caret="hide"
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.webp").write_bytes(small(png))


def small(png: bytes) -> bytes:
    """The same as WebP, as good as it can be within the limit."""
    picture = Picture.open(BytesIO(png)).convert("RGB")
    for quality in (80, 70, 60, 50):
        data = BytesIO()
        picture.save(data, "WEBP", quality=quality)
        if data.tell() <= LARGEST:
            break
    return data.getvalue()


def around(places: tuple[Locator, ...]) -> Any:
    """The rectangle that holds the places, in pixels of the whole page."""
    window = places[0].page
    across, down = window.evaluate("[window.scrollX, window.scrollY]")
    boxes = [box for place in places if (box := place.bounding_box())]
    left = max(min(box["x"] for box in boxes) + across - MARGIN, 0)
    top = max(min(box["y"] for box in boxes) + down - MARGIN, 0)
    right = max(box["x"] + box["width"] for box in boxes) + across + MARGIN
    bottom = max(box["y"] + box["height"] for box in boxes) + down + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


@dataclass
class Walk:
    window: Window
    base: str  # address of the site
    guide: Page  # what tells the task
    camera: Camera
    clock: time_machine.Traveller

    @property
    def language(self) -> str:
        return self.guide.language

    def told(self, bulgarian: str, english: str) -> str:
        """Of two texts the one in the language of this walk."""
        return bulgarian if self.language == "bg" else english

    def word(self, msgid: str, **gaps: str) -> str:
        """A word of the interface that the page of the handbook names."""
        with override(self.language):
            said = gettext(msgid) % gaps if gaps else gettext(msgid)
        named = {label.casefold() for label in self.guide.labels}
        assert said.casefold() in named, f"“{said}” is not named in {self.guide.path.name}"
        return said

    def press(self, msgid: str, within: str = "body", **gaps: str) -> None:
        """Press a button or follow a link by the words that the page of the handbook gives it."""
        self.find(self.word(msgid, **gaps), within).click()

    def find(self, words: str, within: str = "body") -> Locator:
        """The first button, link, summary or label that begins with these words."""
        place = self.window.locator(within).first
        begins = re.compile(rf"^[\s+]*{re.escape(words)}(?![a-zа-я])", re.IGNORECASE)
        found = place.get_by_role("button", name=begins)
        for other in (
            place.get_by_role("link", name=begins),
            place.locator("summary", has_text=begins),
            place.locator("label", has_text=begins),
        ):
            found = found.or_(other)
        return found.first

    def publish(self, msgid: str = "Publish") -> None:
        """Publish, and confirm what is asked about, when something is."""
        self.press(msgid, ".submit-row")
        anyway = self.window.locator("[name=_publish_anyway]")
        expect(anyway.or_(self.window.locator(".messagelist .success")).first).to_be_visible()
        if anyway.count():
            anyway.click()
        self.expect_message()

    def show(self, name: str, *places: str | Locator) -> None:
        window = self.window
        found = [window.locator(each).first if isinstance(each, str) else each for each in places]
        self.camera.take(name, *found)

    def sign_in(self, user: User, address: str = "/admin/") -> None:
        """In the place of whoever sat here before, and open an address."""
        visitor = Client()
        visitor.force_login(user)
        session = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, "django_language": self.language}
        self.window.context.clear_cookies()
        self.window.context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in cookies.items()]
        )
        self.window.goto(address)

    def person(self, role: str, bulgarian: str, english: str) -> User:
        """Staff in a role, with a first and a last name in the language of this walk."""
        first, last = self.told(bulgarian, english).split()
        name = english.split()[0].lower()
        user = User.objects.create_user(
            name, password=PASSWORD, is_staff=True, first_name=first, last_name=last
        )
        user.groups.add(Group.objects.get(name=role))
        return user

    def expect_message(self) -> None:
        expect(self.window.locator(".messagelist .success").first).to_be_visible()


@dataclass(frozen=True)
class Task:
    """A task of the handbook: the English name of its page, the pictures that are taken while it
    is done, and how it is done."""

    page: str
    pictures: tuple[str, ...]
    do: Callable[[Walk], None]


def rewrite(language: str, words: dict[str, list[str]], known: set[str]) -> None:
    """Keep the words of pictures that were taken anew, and forget those of pictures no more."""
    everything = shown()
    everything[language] = {
        name: lines
        for name, lines in sorted((everything[language] | words).items())
        if name in known
    }
    text = json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True)
    (PICTURES / "shown.json").write_text(f"{text}\n")
