"""The bare words of a text, for search, teasers and descriptions."""

from .document import Block, Paragraph, read
from .sanitiser import sanitised

ELLIPSIS = "…"


def text_of(html: str, length: int | None = None) -> str:
    """The words of an HTML text, parted by single spaces.

    With a length the text is `shortened`. Takes any HTML, raises nothing.
    """
    words = " ".join(lines_of(read(sanitised(html))))
    return " ".join(words.split()) if length is None else shortened(words, length)


def shortened(text: str, length: int) -> str:
    """A plain text on one line, cut after a word so that with its „…“ it is never longer.

    Args:
        text: with line ends and paragraphs or without.
        length: in characters.
    """
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    kept = words[: max(0, length - 1)]
    if words[len(kept)].isalnum() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:–—-(„") + ELLIPSIS


def lines_of(root: Block) -> list[str]:
    """The text of each line, in the order of the page."""
    found: list[str] = []
    todo = [root.children[::-1]]
    while todo:
        if not todo[-1]:
            todo.pop()
            continue
        node = todo[-1].pop()
        if isinstance(node, Paragraph):
            found += ["".join(piece.text for piece in line) for line in node.lines]
        elif isinstance(node, Block):
            todo.append(node.children[::-1])
    return found
