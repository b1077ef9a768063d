"""A stored text as a page shows it."""

from itertools import count
from typing import TypeGuard
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .cleaning import tree
from .document import Block, Element, Node, Paragraph, walk
from .sanitiser import dressed
from .words import lines_of
from .writing import write


def render(html: str) -> str:
    """The text cleaned once more, since not every row was stored by the field, and dressed.

    Tables scroll sideways by themselves and can be reached by keyboard, links to other hosts say
    noopener, pictures wait until they are near. Returns HTML that is safe to show; raises nothing.
    """
    root = tree(html)
    numbers = count(1)
    for block in reversed([*walk(root)]):
        for child in block.children:
            if isinstance(child, Paragraph):
                dress(child)
        block.children = [
            scrolling(child, next(numbers)) if is_table(child) else child
            for child in block.children
        ]
    return dressed.clean(write(root))


def is_table(node: Node) -> TypeGuard[Block]:
    return isinstance(node, Block) and node.tag == "table"


def scrolling(table: Block, number: int) -> Block:
    """The table in a region that scrolls: reached by Tab, so it needs a role and a name."""
    captions = [
        node for node in table.children if isinstance(node, Block) and node.tag == "caption"
    ]
    name = " ".join(" ".join(line for node in captions for line in lines_of(node)).split())
    attributes = (
        ("class", "table-scroll"),
        ("role", "region"),
        ("tabindex", "0"),
        ("aria-label", name or _("Table %(number)d") % {"number": number}),
    )
    return Block("div", attributes, [table])


def dress(paragraph: Paragraph) -> None:
    links: dict[Element, Element] = {}
    for line in paragraph.lines:
        for piece in line:
            piece.path = tuple(
                links.setdefault(element, dressed_link(element)) for element in piece.path
            )
            if piece.picture:
                piece.picture = Element("img", (*piece.picture.attributes, ("loading", "lazy")))


def dressed_link(element: Element) -> Element:
    if element.tag != "a" or not is_elsewhere(dict(element.attributes)["href"]):
        return element
    attributes = tuple(pair for pair in element.attributes if pair[0] != "rel")
    return Element("a", (*attributes, ("rel", "noopener")))


def is_elsewhere(address: str) -> bool:
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return True
    return bool(host) and host != urlsplit(settings.SITE_URL).netloc
