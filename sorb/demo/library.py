"""The pictures and documents of the demo: made here, put into the media library once."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile

from sorb.media.models import Document, Image

from . import documents, pictures
from .content import read, words

Say = Callable[[str], None]

SIZES = {"wide": (1600, 1067), "tall": (1067, 1600), "square": (1200, 1200)}
PALETTES = ("rhodope", "danube", "thrace", "sredets")


def images(say: Say) -> dict[str, Image]:
    """Every picture of the demo by its key, drawn unless the library has it already."""
    drawings = dict(_drawings())
    made = {}
    for number, (key, (draw, fields)) in enumerate(drawings.items(), start=1):
        made[key] = _kept(Image, pictures.jpeg(draw()), f"{key}.jpg", fields)
        if number % 20 == 0 or number == len(drawings):
            say(f"  pictures: {number} of {len(drawings)}")
    return made


def _drawings() -> Iterator[tuple[str, tuple[Callable[[], Any], dict[str, str]]]]:
    for item in read("picture"):
        fields = words(item, "title", "caption")
        fields |= {f"alternative_{code}": item[f"alt_{code}"] for code in ("bg", "en")}
        yield (
            item["key"],
            (_drawing_of(item), fields | {"credit": item.get("credit", "")}),
        )
    for number, person in enumerate(read("speaker")):
        names = {
            code: f"{person[f'given_name_{code}']} {person[f'family_name_{code}']}"
            for code in ("bg", "en")
        }
        initials = person["given_name_bg"][0] + person["family_name_bg"][0]
        yield (
            f"portrait-{person['key']}",
            (
                _emblem(pictures.portrait, initials, number),
                _named(names, "Портрет: ", "Portrait: "),
            ),
        )
    for number, body in enumerate(read("organization")):
        names = {code: body[f"name_{code}"] for code in ("bg", "en")}
        short = body.get("short_name_bg") or "".join(word[0] for word in body["name_bg"].split())
        initials = "".join(letter for letter in short.upper() if letter.isalpha())[:3]
        yield (
            f"logo-{body['key']}",
            (_emblem(pictures.logo, initials, number), _named(names, "Лого: ", "Logo: ")),
        )


def _drawing_of(item: dict[str, Any]) -> Callable[[], Any]:
    return lambda: pictures.draw(item["motif"], item["palette"], item["seed"], SIZES[item["shape"]])


def _emblem(draw: Callable[..., Any], initials: str, number: int) -> Callable[[], Any]:
    return lambda: draw(initials, PALETTES[number % len(PALETTES)], number)


def _named(names: dict[str, str], before_bg: str, before_en: str) -> dict[str, str]:
    return {
        "title_bg": names["bg"],
        "title_en": names["en"],
        "alternative_bg": before_bg + names["bg"],
        "alternative_en": before_en + names["en"],
    }


def files() -> dict[str, Document]:
    """Every document of the demo by its key."""
    made = {}
    for item in read("document"):
        data = documents.make(item["kind"], item["title_bg"], item["paragraphs_bg"])
        made[item["key"]] = _kept(
            Document, data, f"{item['key']}.{item['kind']}", words(item, "title")
        )
    return made


def _kept(model: Any, data: bytes, name: str, fields: dict[str, str]) -> Any:
    """The library's row for this file: the one it has, else a new one."""
    content_hash = hashlib.sha256(data).hexdigest()
    row = model.objects.same_as(content_hash).first()
    return row or model.objects.create(file=ContentFile(data, name=name), **fields)


def content_hashes() -> tuple[set[str], set[str]]:
    """The hashes of the demo's images and documents, to find them again."""
    drawn = {hashlib.sha256(pictures.jpeg(draw())).hexdigest() for _key, (draw, _f) in _drawings()}
    written = {
        hashlib.sha256(documents.make(i["kind"], i["title_bg"], i["paragraphs_bg"])).hexdigest()
        for i in read("document")
    }
    return drawn, written
