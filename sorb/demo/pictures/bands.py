"""Bands: patterns that repeat along a line, for borders, sleeves and hems."""

from collections.abc import Sequence

from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import ACCENT, BARE, DARK, FILL, LIGHT, MAIN, SECOND

# On worked ground a figure changes threads, or it would vanish.
ON_FILLED = {MAIN: LIGHT, SECOND: ACCENT, LIGHT: SECOND, ACCENT: BARE}

# One repeat of each band. Every repeat is drawn so that its middle column is an axis of
# symmetry: a band laid out from the middle of a cloth then ends alike on both sides.
_REPEATS: dict[str, tuple[str, ...]] = {
    "teeth": (
        "...#....",
        "..#m#...",
        ".#msm#..",
        "#msasm#.",
        "########",
    ),
    "rail": ("########", "mmmmmmmm", "########"),
    "line": ("mmmmmmmm",),
    "dots": ("........", "...a....", "..aaa...", "...a....", "........"),
    "crosses": (
        "s...s...",
        "ms.sm...",
        ".mam..l.",
        "ms.sm...",
        "s...s...",
    ),
    "diamonds": (
        "#...m...#...",
        "...msm......",
        "a.mslsm.a...",
        ".mslalsm.aaa",
        "a.mslsm.a...",
        "...msm......",
        "#...m...#...",
    ),
    "ladder": (
        "############",
        "m...#m#...mm",
        "mm.#mmm#.mmm",
        "mmm#mam#mmmm",
        "mm.#mmm#.mmm",
        "m...#m#...mm",
        "############",
    ),
    "hooks": (
        "m......m......",
        "m.mmm..m..mmm.",
        "m.m.m..m..m.m.",
        "m...m..m..m...",
        "mmmmm.sas.mmmm",
        ".....sasas....",
        "ssssssssssssss",
    ),
    "wave": (
        ".......a........",
        "......aaa.......",
        "...#...a...#....",
        "..#m#.....#m#...",
        ".#msm#...#msm#..",
        "#msasm#.#msasm#.",
        "msa.asm#msa.asm#",
        "sa...asmsa...asm",
        "a..l..asa..l..as",
    ),
}


def names() -> tuple[str, ...]:
    """The names of the bands."""
    return tuple(_REPEATS)


def band(name: str, length: int) -> Grid:
    """A level band of the given length in cells, symmetrical about its middle."""
    lines = _REPEATS[name]
    beat = len(lines[0])
    axis = next(column for column in range(beat) if _is_axis(lines, column))
    start = axis - length // 2
    return Grid.from_text(
        ["".join(line[(start + across) % beat] for across in range(length)) for line in lines]
    )


def _is_axis(lines: Sequence[str], column: int) -> bool:
    beat = len(lines[0])
    return all(
        line[(column + away) % beat] == line[(column - away) % beat]
        for line in lines
        for away in range(beat)
    )


def repeated(tiles: Sequence[Grid], length: int, gap: int = 0) -> Grid:
    """Grids set beside one another in turn, the first in the middle, the left side mirrored.

    length: cells from end to end.
    gap: empty cells between neighbours.
    """
    sheet = Grid(length, max(tile.height for tile in tiles))
    middle, level = length // 2, sheet.height // 2
    away, number = 0, 0
    while away < middle + tiles[number % len(tiles)].width:
        tile = tiles[number % len(tiles)]
        sheet.stamp(tile, middle + away, level)
        if number:
            sheet.stamp(tile.flipped(), middle - away, level)
        number += 1
        away += gap + (tile.width + tiles[number % len(tiles)].width + 1) // 2
    return sheet


def stack(layers: Sequence[Grid | int]) -> Grid:
    """Bands laid under one another; a number stands for that many empty rows."""
    height = sum(layer if isinstance(layer, int) else layer.height for layer in layers)
    width = max(layer.width for layer in layers if not isinstance(layer, int))
    sheet = Grid(width, height)
    down = 0
    for layer in layers:
        if isinstance(layer, int):
            down += layer
        else:
            sheet.stamp(layer, width // 2, down + layer.height // 2)
            down += layer.height
    return sheet


def ribbon(length: int, parts: Sequence[int] = (DARK, MAIN, SECOND, MAIN, DARK)) -> Grid:
    """Plain stripes, one row a part."""
    sheet = Grid(length, len(parts))
    for row, part in zip(sheet.rows, parts, strict=True):
        row[:] = bytes([part]) * length
    return sheet


def filled(grid: Grid) -> Grid:
    """The grid with its empty cells worked, and its threads exchanged so that it still shows."""
    sheet = Grid(grid.width, grid.height)
    for row in sheet.rows:
        row[:] = bytes([FILL]) * grid.width
    sheet.stamp(grid.recoloured(ON_FILLED), grid.width // 2, grid.height // 2)
    return sheet


def garland(length: int, flower: Grid) -> Grid:
    """A zigzag stem, as high as the flower that stands or hangs in each of its bays."""
    beat = flower.width // 2 + 7
    swing = beat - 3
    sheet = Grid(length, swing + flower.height + 4)
    crest = (sheet.height - swing) // 2
    for across in range(length):
        phase = abs(across - length // 2) % (2 * beat)
        level = crest + swing * min(phase, 2 * beat - phase) // beat
        for row, part in enumerate((DARK, MAIN, SECOND, SECOND, DARK), level - 2):
            sheet.rows[row][across] = part
    for number in range(-length // (2 * beat) - 1, length // (2 * beat) + 2):
        for tile, shift, level in (
            (flower, 0, sheet.height - 1 - flower.height // 2),
            (flower.overturned(), beat, flower.height // 2),
        ):
            sheet.stamp(tile, length // 2 + number * 2 * beat + shift, level)
    return sheet


def chain(length: int, first: Grid, second: Grid, between: Grid) -> Grid:
    """Two diamonds in turn, corner to corner, with a filling above and below every joint."""
    sheet = Grid(length, first.height)
    beat, middle = first.width - 1, length // 2
    for number in range(-length // beat - 1, length // beat + 2):
        sheet.stamp(second if number % 2 else first, middle + number * beat, sheet.height // 2)
        joint = middle + number * beat + beat // 2
        sheet.stamp(between, joint, between.height // 2)
        sheet.stamp(between.overturned(), joint, sheet.height - 1 - between.height // 2)
    return sheet


def ladder(length: int, fillings: Sequence[Grid]) -> Grid:
    """Two rails, rungs between them, and a filling in every bay."""
    inside = max(filling.height for filling in fillings) + 4
    beat = max(filling.width for filling in fillings) + 7
    rail = ribbon(length)
    sheet = stack([rail, inside, rail])
    for across in range(length):
        from_rung = (across - length // 2 + beat // 2) % beat
        if from_rung in (0, 1, 2):
            part = (DARK, ACCENT, DARK)[from_rung]
            for row in sheet.rows[rail.height : rail.height + inside]:
                row[across] = part
    inner = [filling_in(filling, beat, filling.height) for filling in fillings]
    for number in range(-length // beat - 1, length // beat + 2):
        tile = inner[number % len(inner)]
        sheet.stamp(tile, length // 2 + number * beat + 1, sheet.height // 2)
    return sheet


def filling_in(figure: Grid, width: int, height: int) -> Grid:
    """The figure in the middle of an empty sheet of the given size in cells."""
    sheet = Grid(width, height)
    sheet.stamp(figure, width // 2, height // 2)
    return sheet
