"""The stitched alphabet: capitals seven cells high, so that no typeface is needed."""

from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import MAIN

HEIGHT = 7

# Seven rows from the top down; Д, Ц and Щ give up a row of their body for the tail.
_DRAWINGS = """
А .###. #...# #...# ##### #...# #...# #...#
Б ##### #.... #.... ####. #...# #...# ####.
В ####. #...# #...# ####. #...# #...# ####.
Г ##### #.... #.... #.... #.... #.... #....
Д ..###. .#..#. .#..#. .#..#. .#..#. ###### #....#
Е ##### #.... #.... ####. #.... #.... #####
Ж #..#..# #..#..# .#.#.#. ..###.. .#.#.#. #..#..# #..#..#
З .###. #...# ....# ..##. ....# #...# .###.
И #...# #...# #..## #.#.# ##..# #...# #...#
Й .#.#. ..#.. #...# #..## #.#.# ##..# #...#
К #...# #..#. #.#.. ##... #.#.. #..#. #...#
Л ..### .#..# .#..# .#..# .#..# .#..# #...#
М #.....# ##...## #.#.#.# #..#..# #.....# #.....# #.....#
Н #...# #...# #...# ##### #...# #...# #...#
О .###. #...# #...# #...# #...# #...# .###.
П ##### #...# #...# #...# #...# #...# #...#
Р ####. #...# #...# ####. #.... #.... #....
С .###. #...# #.... #.... #.... #...# .###.
Т ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
У #...# #...# #...# .#### ....# #...# .###.
Ф ...#... .#####. #..#..# #..#..# .#####. ...#... ...#...
Х #...# #...# .#.#. ..#.. .#.#. #...# #...#
Ц #...#. #...#. #...#. #...#. #...#. ###### .....#
Ч #...# #...# #...# .#### ....# ....# ....#
Ш #..#..# #..#..# #..#..# #..#..# #..#..# #..#..# #######
Щ #..#..#. #..#..#. #..#..#. #..#..#. #..#..#. ######## .......#
Ъ ##.... .#.... .#.... .####. .#...# .#...# .####.
Ы #.....# #.....# #.....# ####..# #...#.# #...#.# ####..#
Ь #.... #.... #.... ####. #...# #...# ####.
Э .###. #...# ....# ..### ....# #...# .###.
Ю #..###. #.#...# #.#...# ###...# #.#...# #.#...# #..###.
Я .#### #...# #...# .#### ..#.# .#..# #...#
D ####. #...# #...# #...# #...# #...# ####.
F ##### #.... #.... ####. #.... #.... #....
G .###. #...# #.... #.### #...# #...# .###.
I ### .#. .#. .#. .#. .#. ###
J ..### ...#. ...#. ...#. ...#. #..#. .##..
L #.... #.... #.... #.... #.... #.... #####
N #...# ##..# #.#.# #..## #...# #...# #...#
Q .###. #...# #...# #...# #.#.# #..#. .##.#
R ####. #...# #...# ####. #.#.. #..#. #...#
S .#### #.... #.... .###. ....# ....# ####.
U #...# #...# #...# #...# #...# #...# .###.
V #...# #...# #...# #...# .#.#. .#.#. ..#..
W #.....# #.....# #.....# #..#..# #.#.#.# ##...## #.....#
Y #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
Z ##### ....# ...#. ..#.. .#... #.... #####
"""

# Latin capitals that look exactly like Cyrillic ones share their drawing.
_TWINS = dict(zip("ABCEHKMOPTX", "АВСЕНКМОРТХ", strict=True))


def _read(drawings: str) -> dict[str, tuple[str, ...]]:
    lines = (line.split() for line in drawings.strip().splitlines())
    return {letter: tuple(rows) for letter, *rows in lines}


_ALPHABET = _read(_DRAWINGS)
_ALPHABET.update({latin: _ALPHABET[cyrillic] for latin, cyrillic in _TWINS.items()})

LETTERS = frozenset(_ALPHABET)


def letter(sign: str) -> Grid:
    """One capital, seven cells high; a ValueError for a sign the alphabet does not have."""
    if sign not in _ALPHABET:
        raise ValueError(f"The stitched alphabet has no letter “{sign}”.")
    return Grid.from_text([row.replace("#", "m") for row in _ALPHABET[sign]])


def word(text: str, scale: int = 1) -> Grid:
    """Capitals in a row, a cell apart; small letters become capitals, other signs are left out.

    scale: cells for the side of one cell of the drawing.
    """
    signs = [letter(sign) for sign in text.upper() if sign in LETTERS]
    width = sum(sign.width + 1 for sign in signs) - 1 if signs else 1
    sheet = Grid(width * scale, HEIGHT * scale)
    left = 0
    for sign in signs:
        for down, row in enumerate(sign.rows):
            for across, part in enumerate(row):
                if part:
                    _enlarge(sheet, sign, (across, down), (left + across) * scale, scale)
        left += sign.width + 1
    return sheet


def _enlarge(sheet: Grid, sign: Grid, cell: tuple[int, int], start: int, scale: int) -> None:
    """Work one cell of a sign as a square, and step the corners where it meets one aslant."""
    across, down = cell
    for line in sheet.rows[down * scale : (down + 1) * scale]:
        line[start : start + scale] = bytes([MAIN]) * scale
    if down + 1 == sign.height:
        return
    below = sign.rows[down + 1]
    for side in (-1, 1):
        beside = across + side
        if not 0 <= beside < sign.width or not below[beside]:
            continue
        if sign.rows[down][beside] or below[across]:
            continue
        edge = start + scale if side > 0 else start
        for x in range(scale - 1):
            for y in range(scale - 1 - x):
                right, left = (edge + x, edge - 1 - x) if side > 0 else (edge - 1 - x, edge + x)
                sheet.rows[(down + 1) * scale - 1 - y][right] = MAIN
                sheet.rows[(down + 1) * scale + y][left] = MAIN
