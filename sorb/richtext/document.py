"""A cleaned text as a tree of blocks, each paragraph a list of lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from . import policy

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An inline element: two that look alike are still two."""

    tag: str
    attributes: Attributes = ()


Path = tuple[Element, ...]  # the inline elements around a piece, the outermost first


@dataclass(slots=True)
class Piece:
    """Words, or a picture, with the inline elements around it."""

    path: Path
    text: str = ""
    picture: Element | None = None


Line = list[Piece]


@dataclass(slots=True)
class Paragraph:
    """Lines parted by <br>, in an element of their own or (tag "") straight in their block."""

    tag: str
    lines: list[Line]


@dataclass(slots=True)
class Space:
    """White space between blocks, kept as it was typed."""

    text: str


@dataclass(slots=True)
class Block:
    tag: str
    attributes: Attributes = ()
    children: list["Node"] = field(default_factory=list)

    def last(self) -> "Node | None":
        """The last child that is not white space."""
        return next((child for child in reversed(self.children) if not is_space(child)), None)


Node = Block | Paragraph | Space


def is_space(node: Node) -> bool:
    return isinstance(node, Space)


WHITE = " \t\n\r\f\u00a0"
UNSEEN = WHITE + "\u200b\ufeff"
LINES = {"p", "h2", "h3", "h4"}
LISTS = {"ul", "ol"}
# What XML cannot carry: texts are also sent as feeds
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def read(html: str) -> Block:
    """The tree of a sanitised text."""
    reader = Reader()
    reader.feed(CONTROL.sub("", html))
    reader.close()
    reader.end_paragraph()
    return reader.root


class Reader(HTMLParser):
    """Sanitised HTML is well-formed: every start has its end, so that stacks suffice."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Block("")
        # For each open element: what its lines become, and the block that they go to
        self.open: list[tuple[str, Block]] = [("p", self.root)]
        self.paths: list[Path] = [()]
        self.lines: list[Line] = [[]]

    @property
    def block(self) -> Block:
        return self.open[-1][1]

    @property
    def is_in_paragraph(self) -> bool:
        return len(self.open) > 1 and self.open[-2][1] is self.block

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = policy.SAME.get(tag, tag)
        attributes = tuple((name, value or "") for name, value in attrs)
        if tag in policy.INLINE:
            self.paths.append(self.path_within(tag, attributes))
        elif tag == "br":
            self.lines.append([])
        elif tag == "img":
            self.add_picture(attributes)
        else:
            self.end_paragraph()
            self.start_block(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        tag = policy.SAME.get(tag, tag)
        if tag in policy.INLINE:
            self.paths.pop()
        elif tag not in {"br", "img", "hr"}:
            self.end_paragraph()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(Piece(self.paths[-1], data))

    def path_within(self, tag: str, attributes: Attributes) -> Path:
        """The path with one more element, unless it says nothing new."""
        path = self.paths[-1]
        if any(element.tag == tag for element in path):
            return path
        if tag == "a":
            attributes = link(attributes)
            if not attributes:
                return path
        return (*path, Element(tag, attributes))

    def add_picture(self, attributes: Attributes) -> None:
        names = dict(attributes)
        if "src" in names:
            if "alt" not in names:
                attributes = (*attributes, ("alt", ""))
            picture = Element("img", attributes)
            self.lines[-1].append(Piece(self.paths[-1], picture=picture))

    def start_block(self, tag: str, attributes: Attributes) -> None:
        if tag in LINES:
            self.open.append((tag, self.block))
        elif tag in policy.PARTING or (tag == "figcaption" and self.block.tag != "figure"):
            self.open.append((self.open[-1][0] or "p", self.block))
        else:
            block = Block(tag, attributes)
            self.home(tag).children.append(block)
            if tag != "hr":
                self.open.append(("", block))

    def home(self, tag: str) -> Block:
        """Where a block belongs: only items stand in a list, and items only there."""
        block = self.block
        if tag == "li" and block.tag not in LISTS:
            return last_or_new(block, "ul")
        if tag != "li" and block.tag in LISTS:
            return last_or_new(block, "li")
        return block

    def end_paragraph(self) -> None:
        """What was read since the last block becomes a paragraph, or space between blocks."""
        lines, self.lines = self.lines, [[]]
        if len(lines) == 1 and is_unseen(lines[0]):
            if not self.is_in_paragraph:
                add_space(self.block, "".join(piece.text for piece in lines[0]))
            return
        tag = self.open[-1][0]
        home = self.home("p")
        if tag:
            home.children.append(Paragraph(tag, lines))
        else:
            add_space(home, leading_space(lines[0]))
            home.children.append(Paragraph(tag, lines))
            add_space(home, trailing_space(lines[-1]))


def link(attributes: Attributes) -> Attributes:
    """A link's attributes; one that opens a new window says noopener, no other says rel."""
    names = dict(attributes)
    if not names.get("href"):
        return ()
    if "target" not in names:
        return tuple(pair for pair in attributes if pair[0] != "rel")
    return attributes if "rel" in names else (*attributes, ("rel", "noopener"))


def last_or_new(block: Block, tag: str) -> Block:
    last = block.last()
    if isinstance(last, Block) and last.tag == tag:
        return last
    made = Block(tag)
    block.children.append(made)
    return made


def is_unseen(line: Line) -> bool:
    return not any(piece.picture or piece.text.strip(UNSEEN) for piece in line)


def leading_space(line: Line) -> str:
    text = line[0].text if line else ""
    space = text[: len(text) - len(text.lstrip(WHITE))]
    return space if "\n" in space else ""


def trailing_space(line: Line) -> str:
    text = line[-1].text if line else ""
    space = text[len(text.rstrip(WHITE)) :]
    return space if "\n" in space else ""


def add_space(block: Block, text: str) -> None:
    if text and not text.strip(" \t\n") and not (block.children and is_space(block.children[-1])):
        block.children.append(Space(text))


def walk(root: Block) -> Iterator[Block]:
    """Every block, each after all that it holds."""
    found = [root]
    for block in found:
        found.extend(child for child in block.children if isinstance(child, Block))
    return reversed(found)
