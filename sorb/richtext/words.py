"""The bare words of a text, for search, teasers and descriptions."""

from .document import Block, Paragraph, read
from .sanitiser import sanitised

ELLIPSIS = "…"


def text_of(html: str, length: int | None = None) -> str:
    """The words of an HTML text, parted by single spaces.

    With a length (in characters) the text is cut after a word and ends with „…“, and is never
    longer than that. Takes any HTML, raises nothing.
    """
    words = " ".join(" ".join(lines_of(read(sanitised(html)))).split())
    if length is None or len(words) <= length:
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
