"""A rich text as the gate reads it: its tree walked once, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sorb.richtext.document import Block, Element, Line, Paragraph


@dataclass
class Link:
    href: str
    words: str = ""


@dataclass
class Reading:
    """What stands in a text, each kind in the order of the page."""

    headings: list[tuple[int, str]] = field(default_factory=list)  # level and words
    links: list[Link] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)  # of the pictures
    tables: list[bool] = field(default_factory=list)  # has it header cells?
    lines: list[str] = field(default_factory=list)  # all words, line by line
    loose: list[list[str]] = field(default_factory=list)  # lines of each run outside lists


def reading_of(root: Block) -> Reading:
    found = Reading()
    links: dict[Element, Link] = {}
    run: Block | None = None
    for block, node in in_page_order(root):
        if isinstance(node, Block):
            if node.tag == "table":
                found.tables.append(False)
            elif node.tag == "th" and found.tables:
                found.tables[-1] = True
            continue
        lines = [line_of(line, found, links) for line in node.lines]
        found.lines += lines
        if node.tag in {"h2", "h3", "h4"}:
            found.headings.append((int(node.tag[1]), " ".join(lines)))
        elif block.tag != "li":
            # Cells stand for themselves; the paragraphs of a text may go on one after another
            if run is None or block is not run:
                found.loose.append([])
                run = block
            found.loose[-1] += lines
    found.links = [*links.values()]
    return found


def in_page_order(root: Block) -> Iterator[tuple[Block, Block | Paragraph]]:
    """Every block and paragraph with the block it stands in; depth costs no recursion."""
    todo = [(root, iter(root.children))]
    while todo:
        block, children = todo[-1]
        node = next(children, None)
        if node is None:
            todo.pop()
        elif isinstance(node, Paragraph):
            yield block, node
        elif isinstance(node, Block):
            yield block, node
            todo.append((node, iter(node.children)))


def line_of(line: Line, found: Reading, links: dict[Element, Link]) -> str:
    """The words of a line; its links and pictures are noted."""
    words = []
    for piece in line:
        told = piece.text
        if piece.picture is not None:
            told = dict(piece.picture.attributes).get("alt", "").strip()
            found.alternatives.append(told)
        else:
            words.append(told)
        for element in piece.path:
            if element.tag == "a":
                href = dict(element.attributes).get("href", "")
                links.setdefault(element, Link(href)).words += told
    return "".join(words)
