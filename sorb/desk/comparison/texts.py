"""A rich text as lines of words: what a reader sees of it, without any markup."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sorb.richtext.document import Block, Line, Node, Paragraph, Piece, Space, read
from sorb.richtext.sanitiser import sanitised

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}


def lines(html: str) -> list[str]:
    """The text line by line.

    Args:
        html: any HTML.

    Returns:
        A line for each paragraph, heading, item of a list (with „•“ or its number), row of a
        table; links with their addresses in brackets, pictures as „[picture: …]“.
    """
    found: list[str] = []
    todo: list[tuple[Node, str]] = [(read(sanitised(html)), "")]
    while todo:
        node, mark = todo.pop()
        if isinstance(node, Space):
            continue
        if isinstance(node, Paragraph):
            found += [line for line in _paragraph(node, mark) if line]
        elif node.tag == "hr":
            found.append("———")
        elif node.tag == "tr":
            found.append(" | ".join(_cells(node)))
        else:
            todo += reversed(list(_marked(node, mark)))
    return found


def _marked(block: Block, mark: str) -> Iterator[tuple[Node, str]]:
    """The children of a block, each with what its first line begins with."""
    number = 0
    for child in block.children:
        if isinstance(child, Space):
            continue
        if isinstance(child, Block) and child.tag == "li":
            number += 1
            mark = f"{number}. " if block.tag == "ol" else "• "
            yield child, mark
        elif isinstance(child, Block) and child.tag == "blockquote":
            yield child, _("[quotation]") + " "
        else:
            yield child, mark
            mark = "" if block.tag == "li" else mark


def _cells(row: Block) -> list[str]:
    return [
        " ".join(
            line
            for node in cell.children
            if isinstance(node, Paragraph)
            for line in _paragraph(node, "")
        )
        for cell in row.children
        if isinstance(cell, Block)
    ]


def _paragraph(paragraph: Paragraph, mark: str) -> list[str]:
    if (level := HEADINGS.get(paragraph.tag)) is not None:
        mark += _("[heading %(level)s]") % {"level": level} + " "
    told = [_words(line) for line in paragraph.lines]
    return [mark + words if place == 0 and words else words for place, words in enumerate(told)]


def _words(line: Line) -> str:
    """The words of a line; the address of a link stands after the last of its words."""
    told = ""
    address = ""
    for piece in line:
        leads_to = _address(piece)
        if address and leads_to != address:
            told = f"{told.rstrip()} ({address}){' ' if told.endswith(' ') else ''}"
        address = leads_to
        told += _picture(piece) if piece.picture else piece.text
    if address:
        told = f"{told.rstrip()} ({address})"
    return " ".join(told.split())


def _address(piece: Piece) -> str:
    links = [dict(element.attributes) for element in piece.path if element.tag == "a"]
    return links[-1].get("href", "") if links else ""


def _picture(piece: Piece) -> str:
    attributes = dict(piece.picture.attributes) if piece.picture else {}
    words = attributes.get("alt") or attributes.get("src", "").rpartition("/")[2]
    return " " + _("[picture: %(words)s]") % {"words": words} + " "
