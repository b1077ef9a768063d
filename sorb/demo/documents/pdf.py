"""A small PDF writer: text on A4 pages that can be read, searched and copied anywhere.

The letters are a Type 3 font of pen strokes with a map to Unicode, so that Bulgarian shows
and can be selected although no typeface is embedded or installed.
"""

from collections.abc import Sequence

from sorb.demo.documents.pages import HEIGHT, MARGIN, TITLE, WIDTH, Line, pages
from sorb.demo.documents.strokes import EM, Point, Stroke, sign
from sorb.demo.pictures.bands import band
from sorb.demo.pictures.palette import PALETTES

_INK, _HEADING = "0.09 0.13 0.12", "0.12 0.36 0.31"
# How far the handles of a Bezier curve reach towards the corner of a quarter of a circle.
_ROUND = 0.55


class _File:
    """The numbered objects of a PDF file."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    def add(self, body: str = "") -> int:
        """Append an object and return its number; an empty one is to be filled in later."""
        self.bodies.append(body)
        return len(self.bodies)

    def add_stream(self, content: str) -> int:
        return self.add(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")

    def fill(self, number: int, body: str) -> None:
        self.bodies[number - 1] = body

    def to_bytes(self, root: int, info: int) -> bytes:
        # The second line tells programs that copy files that this one is not text.
        data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(self.bodies, 1):
            offsets.append(len(data))
            data += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
        start, size = len(data), len(self.bodies) + 1
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        data += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode("ascii")
        data += f"trailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R >>\n".encode("ascii")
        return bytes(data + f"startxref\n{start}\n%%EOF\n".encode("ascii"))


def write(title: str, paragraphs: Sequence[str]) -> bytes:
    """The bytes of a PDF 1.7 file; the same text always gives the same bytes."""
    laid_out = list(pages(title, paragraphs))
    shown = {character for page in laid_out for line in page for character in line.text}
    # A simple font has 255 codes; characters beyond them are shown as boxes.
    codes = {character: code for code, character in enumerate(["□", *sorted(shown)][:255], 1)}
    file = _File()
    root, tree = file.add(), file.add()
    info = file.add(f"<< /Title <feff{_utf16(title)}> >>")
    unicode_map = file.add_stream(_to_unicode(codes))
    text, heading = (_font(file, codes, weight, unicode_map) for weight in (0.95, 1.3))
    kids = []
    for page in laid_out:
        content = file.add_stream(_content(page, codes))
        kids.append(
            file.add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Resources << /Font << /Text {text} 0 R /Title {heading} 0 R >> >> "
                f"/Contents {content} 0 R >>"
            )
        )
    references = " ".join(f"{kid} 0 R" for kid in kids)
    file.fill(tree, f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>")
    file.fill(
        root,
        f"<< /Type /Catalog /Pages {tree} 0 R /Lang (bg-BG) "
        "/ViewerPreferences << /DisplayDocTitle true >> >>",
    )
    return file.to_bytes(root, info)


def _content(page: Sequence[Line], codes: dict[str, int]) -> str:
    parts = [_ornament()]
    for line in page:
        name, ink = ("/Title", _HEADING) if line.size == TITLE else ("/Text", _INK)
        box = codes["□"]
        hexadecimal = "".join(f"{codes.get(character, box):02x}" for character in line.text)
        parts.append(
            f"BT {ink} rg {ink} RG {name} {line.size:g} Tf "
            f"{line.x:.2f} {line.y:.2f} Td <{hexadecimal}> Tj ET"
        )
    return "\n".join(parts)


def _ornament() -> str:
    """An embroidered band across the head of the page, a small square for every stitch."""
    cell, scheme = 3.0, PALETTES["sredets"][0]
    count = int((WIDTH - 2 * MARGIN) / cell)
    grid = band("diamonds", count - 1 + count % 2)
    squares: dict[int, list[str]] = {}
    for down, row in enumerate(grid.rows):
        for across, part in enumerate(row):
            if part:
                x, y = MARGIN + across * cell, HEIGHT - 62 - down * cell
                squares.setdefault(part, []).append(f"{x:g} {y:g} 2.6 2.6 re")
    parts = ["/Artifact BMC"]
    for part, drawn in sorted(squares.items()):
        colour = " ".join(f"{channel / 255:.3f}" for channel in scheme.thread(part))
        parts += [f"{colour} rg", *drawn, "f"]
    return "\n".join([*parts, "EMC"])


def _font(file: _File, codes: dict[str, int], weight: float, unicode_map: int) -> int:
    """A Type 3 font: every character is a small drawing of its own.

    weight: thickness of the pen in units of the alphabet's grid.
    """
    drawings = " ".join(
        f"/c{code} {file.add_stream(_drawing(character, weight))} 0 R"
        for character, code in codes.items()
    )
    names = " ".join(f"/c{code}" for code in codes.values())
    widths = " ".join(f"{sign(character).width:g}" for character in codes)
    scale = f"{1 / EM:.6f}"
    return file.add(
        "<< /Type /Font /Subtype /Type3 /FontBBox [-1 -4 12 14] "
        f"/FontMatrix [{scale} 0 0 {scale} 0 0] /Resources << >> "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> "
        f"/FirstChar 1 /LastChar {len(codes)} /Widths [{widths}] "
        f"/ToUnicode {unicode_map} 0 R /CharProcs << {drawings} >> >>"
    )


def _drawing(character: str, weight: float) -> str:
    shape = sign(character)
    # d1 says that the drawing takes the colour of the text around it.
    parts = [f"{shape.width:g} 0 -1 -4 {shape.width + 1:g} 14 d1"]
    if shape.strokes:
        # Half of the pen lies outside the line, so everything moves a pen's width inwards.
        parts.append(f"{weight:g} w 1 J 1 j 1 0 0 1 1.2 0 cm")
        for stroke in shape.strokes:
            is_dot = stroke.points[0] == stroke.points[-1]
            # A dot as thin as a line would be lost in print.
            parts.append(f"q {weight * 1.6:g} w {_path(stroke)} Q" if is_dot else _path(stroke))
    return "\n".join(parts)


def _path(stroke: Stroke) -> str:
    points = stroke.points
    if not stroke.is_round:
        lines = [_to(point, "l") for point in points[1:]]
        return " ".join([_to(points[0], "m"), *lines, "s" if stroke.is_closed else "S"])
    if stroke.is_closed:
        # Begin in the middle of a side, so that all corners are alike.
        middle = _between(points[-1], points[0], 0.5)
        points = (middle, *points, middle)
    parts = [_to(points[0], "m")]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        first, second = _between(start, corner, _ROUND), _between(end, corner, _ROUND)
        parts += [_to(start, "l"), _to(first, ""), _to(second, ""), _to(end, "c")]
    return " ".join([*parts, _to(points[-1], "l"), "s" if stroke.is_closed else "S"])


def _to(point: Point, operator: str) -> str:
    return f"{point[0]:.4g} {point[1]:.4g} {operator}".rstrip()


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _towards(corner: Point, other: Point) -> Point:
    """Where the rounding of a corner ends on the way to another point."""
    length = ((other[0] - corner[0]) ** 2 + (other[1] - corner[1]) ** 2) ** 0.5
    return _between(corner, other, min(2.6, length / 2) / length)


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _to_unicode(codes: dict[str, int]) -> str:
    """The map from codes to characters, by which text is searched and copied."""
    pairs = [f"<{code:02x}> <{_utf16(character)}>" for character, code in codes.items()]
    blocks = []
    # A block may hold no more than a hundred lines.
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Sorb def /CMapType 2 def",
            "1 begincodespacerange <00> <ff> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )
