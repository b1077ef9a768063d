"""What a text may consist of. The sanitiser and the editor both read it from here."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings

MAX_LENGTH = 500_000  # characters: some 250 pages

ATTRIBUTES: dict[str, set[str]] = {
    "p": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "a": {"href", "title"},
    "strong": set(),
    "em": set(),
    "sub": set(),
    "sup": set(),
    "blockquote": set(),
    "table": set(),
    "caption": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "figure": set(),
    "figcaption": set(),
    "img": {"src", "alt", "width", "height"},
    "br": set(),
    "hr": set(),
}
CHOICES = {
    "a": {"target": {"_blank"}, "rel": {"noopener"}},
    "th": {"scope": {"col", "row", "colgroup", "rowgroup"}},
}
TAGS = set(ATTRIBUTES)
INLINE = {"a", "strong", "em", "sub", "sup"}
SCHEMES = {"http", "https", "mailto", "tel"}

# What other programs write for the same thing
SAME = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "tfoot": "tbody"}
# Blocks that mean no more to a reader than that a new paragraph begins
PARTING = {
    *("div", "section", "article", "header", "footer", "main", "aside", "nav", "address"),
    *("center", "pre", "form", "fieldset", "legend", "details", "summary", "dl", "dt", "dd"),
}

NUMBER = re.compile(r"[1-9][0-9]{0,3}\Z")
NUMBERS = {"colspan", "rowspan", "width", "height"}
SCHEME = re.compile(r"([^/?#:]*):")
NOT_OF_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")


def permitted(tag: str, name: str, value: str) -> str | None:
    """The value of an allowed attribute, or None where it is not one of ours."""
    if name in NUMBERS:
        return value if NUMBER.match(value) else None
    if name == "src":
        return own_picture(value)
    if name == "href" and (scheme := SCHEME.match(value)):
        return value if scheme[1].strip().lower() in SCHEMES else None
    return value


def own_picture(address: str) -> str | None:
    """The address within the media library, without the host of this very site; else None."""
    address = address.strip().removeprefix(settings.SITE_URL)
    if not address.startswith(settings.MEDIA_URL) or NOT_OF_AN_ADDRESS.search(address):
        return None
    steps = unquote(urlsplit(address).path).replace("\\", "/").split("/")
    return None if {".", ".."} & set(steps) else address
