"""What an editor would put right by hand: space, empty paragraphs, lists typed as lines."""

import re
from typing import TypeGuard

from .document import WHITE, Block, Line, Node, Paragraph, Space, is_space, is_unseen, walk
from .lists import listed, without_bullet, without_empty

RUN = re.compile(f"[{WHITE}]+")
SPARE = re.compile(rf"\A[{WHITE}]|[{WHITE}]{{2}}|[{WHITE}]\Z")
PICTURE = "\ufffc"  # stands for a picture where a line is looked at as text
MAY_BE_EMPTY = {"td", "th", "hr"}
# In a table or an item of a list, signs at the start of lines are left as typed
MAY_GET_LISTS = {"", "blockquote"}


def tidy(root: Block) -> None:
    """Puts the tree right, in place; a tidy tree stays as it is."""
    for block in walk(root):
        for child in block.children:
            if isinstance(child, Paragraph):
                child.lines = tidy_lines(child.lines)
        block.children = [
            kept
            for child in block.children
            if not is_empty(child)
            for kept in (words_of_figure(child) or [child])
        ]
        if block.tag == "li":
            strip_bullet(block)
        if block.tag in MAY_GET_LISTS:
            block.children = listed(block.children)
        part_paragraphs(block)
        block.children = tidy_space(block.children)
    root.children = without_outer_space(root.children)


def is_empty(node: Node) -> bool:
    if isinstance(node, Paragraph):
        return not node.lines
    return isinstance(node, Block) and node.tag not in MAY_BE_EMPTY and node.last() is None


def words_of_figure(node: Node) -> list[Node]:
    """The words under a picture that is gone, as paragraphs."""
    if not isinstance(node, Block) or node.tag != "figure":
        return []
    words: list[Node] = []
    for child in node.children:
        if isinstance(child, Block) and child.tag == "figcaption":
            words += child.children
        elif not is_space(child):
            return []
    for child in words:
        if is_bare(child):
            child.tag = "p"
    return words


def tidy_lines(lines: list[Line]) -> list[Line]:
    """Lines without needless space; empty ones only within, one at a time."""
    kept: list[Line] = []
    for line in lines:
        line = [] if is_unseen(line) else tidy_line(line)
        if line or (kept and kept[-1]):
            kept.append(line)
    if kept and not kept[-1]:
        kept.pop()
    return kept


def tidy_line(line: Line) -> Line:
    """A run of white space becomes one space, none stays at the ends.

    A single no-break space between words was meant ("2019 г.") and stays.
    """
    text = "".join(PICTURE if piece.picture else piece.text for piece in line)
    if not SPARE.search(text):
        return without_empty(line)
    letters = [*text]
    for run in RUN.finditer(text):
        length = run.end() - run.start()
        is_outer = run.start() == 0 or run.end() == len(letters)
        if is_outer:
            letters[run.start() : run.end()] = [""] * length
        elif length > 1:
            letters[run.start() : run.end()] = [" ", *[""] * (length - 1)]
    start = 0
    for piece in line:
        if piece.picture:
            start += 1
        else:
            end = start + len(piece.text)
            piece.text = "".join(letters[start:end])
            start = end
    return without_empty(line)


def strip_bullet(item: Block) -> None:
    """An item of a real list needs no sign of its own."""
    first = next((child for child in item.children if not is_space(child)), None)
    if isinstance(first, Paragraph) and first.lines:
        first.lines[0] = without_bullet(first.lines[0])


def part_paragraphs(block: Block) -> None:
    """Two runs of bare text side by side would flow into one: the later becomes a paragraph."""
    before: Node | None = None
    for child in block.children:
        if is_bare(child) and is_bare(before):
            child.tag = "p"
        if not is_space(child):
            before = child


def is_bare(node: Node | None) -> TypeGuard[Paragraph]:
    return isinstance(node, Paragraph) and not node.tag


def tidy_space(children: list[Node]) -> list[Node]:
    """One space between two blocks; beside bare text only a line break is one of its own."""
    kept: list[Node] = []
    for child in children:
        before = kept[-1] if kept else None
        if isinstance(child, Space) and (isinstance(before, Space) or flows_into(before, child)):
            continue
        if isinstance(before, Space) and flows_into(child, before):
            kept.pop()
        kept.append(child)
    return kept


def flows_into(node: Node | None, space: Space) -> bool:
    return is_bare(node) and "\n" not in space.text


def without_outer_space(children: list[Node]) -> list[Node]:
    while children and is_space(children[0]):
        children = children[1:]
    while children and is_space(children[-1]):
        children = children[:-1]
    return children
