"""What is stored, and what is shown, of a text that somebody wrote or pasted."""

import re

from .document import Block, read
from .policy import MAX_LENGTH
from .sanitiser import sanitised, strict
from .tidying import tidy
from .writing import write

MARKUP = re.compile(r"<[a-zA-Z/!?]")


def clean(html: str) -> str:
    """The text with nothing but allowed elements, tidied.

    Takes any string: HTML of whatever source, or plain text, whose lines become paragraphs.
    Returns well-formed HTML (WHATWG) that is safe to show; `clean(clean(x)) == clean(x)`.
    Raises nothing. A text of ten pages takes some milliseconds, the longest that the field
    takes (MAX_LENGTH) about a second.
    """
    return strict.clean(write(tree(html)))


def editable(text: str) -> str:
    """The text as the editor may have it: not every row was stored by the field.

    One that the form refused for its size comes back without being tidied, in good time.
    """
    return clean(text) if len(text) <= MAX_LENGTH else strict.clean(sanitised(text))


def tree(html: str) -> Block:
    """The tidied tree of any text."""
    if not MARKUP.search(html):
        lines = (line.strip() for line in html.splitlines())
        html = "\n".join(f"<p>{line}</p>" for line in lines if line)
    root = read(sanitised(html))
    tidy(root)
    return root
