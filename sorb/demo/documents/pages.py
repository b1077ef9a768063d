"""How a document lies on A4 pages: a title, paragraphs broken into lines, page numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sorb.demo.documents.strokes import measure

WIDTH, HEIGHT, MARGIN = 595, 842, 68
TITLE, TEXT, SMALL = 20.0, 10.5, 8.5


@dataclass(frozen=True)
class Line:
    """A line of text, its letter size, and its place from the lower left corner, in points."""

    text: str
    size: float
    x: float
    y: float


def pages(title: str, paragraphs: Sequence[str]) -> Iterator[list[Line]]:
    """The lines of every page."""
    room = WIDTH - 2 * MARGIN
    page: list[Line] = []
    height, number = float(HEIGHT - 100), 1
    lines = [(text, TITLE, 27.0) for text in _wrapped(title, TITLE, room)]
    for paragraph in paragraphs:
        for index, text in enumerate(_wrapped(paragraph, TEXT, room)):
            lines.append((text, TEXT, 16.5 if index else 26.0))
    for text, size, leading in lines:
        if height - leading < MARGIN + 12:
            yield [*page, _numbered(number)]
            page, height, number = [], float(HEIGHT - 84), number + 1
        height -= leading
        page.append(Line(text, size, MARGIN, height))
    yield [*page, _numbered(number)]


def _numbered(number: int) -> Line:
    return Line(str(number), SMALL, (WIDTH - measure(str(number), SMALL)) / 2, 40.0)


def _wrapped(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and measure(longer, size) > room:
            yield line
            line = word
        else:
            line = longer
    yield line
