"""How figures are laid out on a cloth: a medallion, a lattice, a frieze, stripes."""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from sorb.demo.pictures import bands
from sorb.demo.pictures.bands import band, ribbon, stack
from sorb.demo.pictures.figures import diamond, rosette, sprig
from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.motifs import Cast
from sorb.demo.pictures.palette import ACCENT, DARK, LIGHT, MAIN, SECOND
from sorb.demo.pictures.plants import blossom, carnation

Layout = Callable[[int, int, Cast, Random], Grid]

_SWAPPED = {MAIN: SECOND, SECOND: MAIN}


def medallion(width: int, height: int, cast: Cast, random: Random) -> Grid:
    """One large figure in the middle, bands at the far ends, the ground strewn with sprigs."""
    sheet = Grid(width, height)
    short = min(width, height)
    sheet.stamp(cast.large, width // 2, height // 2)
    room = (max(width, height) - short) // 2
    if room >= 12:
        length = short + 2
        edge = _edge(length, room, random)
        away = max(width, height) // 2 - edge.height // 2
        if width > height:
            upright = edge.turned()
            sheet.stamp(upright, width // 2 - away, height // 2)
            sheet.stamp(upright.flipped(), width // 2 + away, height // 2)
        else:
            sheet.stamp(edge, width // 2, height // 2 - away)
            sheet.stamp(edge.overturned(), width // 2, height // 2 + away)
    away = short * 2 // 5
    if random.random() < 0.7:
        _strew_at(sheet, cast.small, away, away)
    _strew(sheet, sprig(random.randrange(2)), random.choice((8, 10)))
    return sheet


def _edge(length: int, room: int, random: Random) -> Grid:
    """Bands from the outer edge inwards, about as deep as the room there is."""
    layers: list[Grid | int] = [ribbon(length, (MAIN, MAIN, DARK)), 1]
    broad = random.sample(("diamonds", "ladder", "crosses", "hooks", "wave"), 2)
    layers += [band(broad[0], length), 1]
    # A second band only where it leaves the figure in the middle its air.
    layers += [band(broad[1], length)] if room >= 24 else [ribbon(length, (DARK, SECOND, DARK))]
    teeth = band("teeth", length)
    layers += [teeth.overturned()]
    return stack(layers)


def _strew_at(sheet: Grid, figure: Grid, across: int, down: int) -> None:
    middle_x, middle_y = sheet.width // 2, sheet.height // 2
    for side in (-1, 1):
        for rise in (-1, 1):
            x, y = middle_x + side * across, middle_y + rise * down
            if _is_free(sheet, x, y, figure.width // 2 + 1, figure.height // 2 + 1):
                sheet.stamp(figure, x, y)


def _strew(sheet: Grid, figure: Grid, beat: int) -> None:
    """Sow a small figure, half-drop, wherever the cloth is still empty around it."""
    middle_x, middle_y = sheet.width // 2, sheet.height // 2
    for line in range(-middle_y // beat, middle_y // beat + 1):
        shift = beat if line % 2 else 0
        for number in range(-middle_x // (2 * beat) - 1, middle_x // (2 * beat) + 2):
            x, y = middle_x + number * 2 * beat + shift, middle_y + line * beat
            if _is_free(sheet, x, y, figure.width // 2 + 2, figure.height // 2 + 2):
                sheet.stamp(figure, x, y)


def _is_free(sheet: Grid, across: int, down: int, reach_x: int, reach_y: int) -> bool:
    left, right = max(0, across - reach_x), across + reach_x + 1
    rows = sheet.rows[max(0, down - reach_y) : down + reach_y + 1]
    return not any(any(row[left:right]) for row in rows)


def lattice(width: int, height: int, cast: Cast, random: Random) -> Grid:
    """Slanted lines over the whole cloth, a figure in every mesh."""
    sheet = Grid(width, height)
    figures = (cast.medium, cast.partner)
    reach = max(_slant(figure) for figure in figures) + 4
    line = random.choice(((DARK, MAIN, DARK), (MAIN, MAIN), (DARK, ACCENT, SECOND)))
    middle_x, middle_y = width // 2, height // 2
    for down, row in enumerate(sheet.rows):
        y = down - middle_y
        for across in range(width):
            x = across - middle_x
            first, second = (x + y + reach) % (2 * reach), (x - y + reach) % (2 * reach)
            near = min(first, 2 * reach - first, second, 2 * reach - second)
            if near < len(line):
                row[across] = line[-1 - near] if len(line) == 2 else (line[1], line[0])[near > 0]
    knot = diamond(4, (DARK, ACCENT, LIGHT, MAIN, ACCENT))
    for line_number in range(-middle_y // reach - 1, middle_y // reach + 2):
        for number in range(-middle_x // reach - 1, middle_x // reach + 2):
            x, y = middle_x + number * reach, middle_y + line_number * reach
            if (number + line_number) % 2:
                sheet.stamp(knot, x, y)
            else:
                sheet.stamp(figures[line_number % 2], x, y)
    return sheet


def _slant(figure: Grid) -> int:
    """How far a figure reaches, counted in slanted lines from its middle."""
    x, y = figure.width // 2, figure.height // 2
    return max(
        abs(across - x) + abs(down - y)
        for down, row in enumerate(figure.rows)
        for across, part in enumerate(row)
        if part
    )


def patchwork(width: int, height: int, cast: Cast, random: Random) -> Grid:
    """Squares, every other one filled with thread, a figure in each."""
    sheet = Grid(width, height)
    side = max(cast.medium.width, cast.medium.height, cast.partner.width) + 4
    side += 1 - side % 2
    figures = (
        bands.filling_in(cast.medium, side, side),
        bands.filled(bands.filling_in(cast.partner, side, side)),
    )
    for line in range(-height // side // 2 - 1, height // side // 2 + 2):
        for number in range(-width // side // 2 - 1, width // side // 2 + 2):
            x, y = width // 2 + number * side, height // 2 + line * side
            odd = (line + number) % 2
            sheet.stamp(figures[odd], x, y)
            for corner in (-1, 1):
                if odd:
                    continue
                sheet.stamp(sprig(0), x + corner * (side // 2 - 3), y - side // 2 + 3)
                sheet.stamp(sprig(0), x + corner * (side // 2 - 3), y + side // 2 - 3)
    return sheet


def frieze(width: int, height: int, cast: Cast, random: Random) -> Grid:
    """A row of figures through the middle, bands and smaller rows above and below."""
    row = bands.repeated(cast.row, width, gap=random.choice((2, 4)))
    if random.random() < 0.4:
        row = bands.filled(stack([2, row, 2]))
    return _outwards(width, height, row, _surroundings(width, row, cast, random))


def stripes(kind: int, width: int, height: int, cast: Cast, random: Random) -> Grid:
    """Bands from edge to edge around one that is broader than the others.

    kind: which of four patterns the broad one has.
    """
    if kind == 0:
        heart = bands.garland(width, carnation(stem=False))
    elif kind == 1:
        heart = bands.filled(stack([3, bands.repeated(cast.row, width, 2), 3]))
    elif kind == 2:
        first = diamond(20, (DARK, MAIN, MAIN, LIGHT, SECOND, SECOND, ACCENT))
        first.stamp(cast.medium.outlined(LIGHT), 20, 20)
        second = diamond(20, (DARK, SECOND, ACCENT, SECOND, MAIN, MAIN, LIGHT))
        second.stamp(rosette(4, 3).outlined(LIGHT), 20, 20)
        heart = bands.chain(width, first, second, blossom().overturned())
    else:
        heart = bands.garland(width, rosette(4, 3, corners=False).outlined(DARK))
    return _outwards(width, height, heart, _surroundings(width, heart, cast, random))


def ladders(kind: int, width: int, height: int, cast: Cast, random: Random) -> Grid:
    """Upright ladders as on a sleeve.

    kind: one broad ladder on linen or on worked ground, or three with the broadest between.
    """
    heart = bands.ladder(
        height, [cast.medium, rosette(cast.medium.height // 4, random.randrange(5))]
    )
    if kind % 2:
        heart = bands.filled(heart)
    if kind >= 2:
        narrow = bands.ladder(height, [rosette(3, 3), diamond(6, (DARK, ACCENT, MAIN, LIGHT))])
        wave = band(random.choice(("wave", "diamonds", "hooks")), height)
        heart = stack([narrow, 1, wave, 2, heart, 2, wave.overturned(), 1, narrow])
    around = _surroundings(height, heart, cast, random)
    return _outwards(height, width, heart, around).turned()


def _surroundings(length: int, heart: Grid, cast: Cast, random: Random) -> Iterator[Grid | int]:
    """The layers above the middle row, from the inside outwards, without end."""
    names = ["diamonds", "ladder", "hooks", "wave", "crosses"]
    random.shuffle(names)
    small = bands.repeated([blossom().overturned(), diamond(3, (DARK, ACCENT, MAIN))], length, 3)
    turn = 0
    while True:
        yield 2
        yield ribbon(length, (DARK, MAIN, DARK) if turn % 2 else (DARK, SECOND, SECOND, DARK))
        yield band("teeth", length)
        yield 2
        yield band(names[turn % 5], length)
        yield 2
        yield ribbon(length, (MAIN, ACCENT, MAIN))
        yield 2
        if turn % 2 == 0:
            yield small.overturned()
        else:
            yield heart.recoloured(_SWAPPED)
        turn += 1


def _outwards(width: int, height: int, heart: Grid, around: Iterator[Grid | int]) -> Grid:
    """Layers set around a middle one, above and mirrored below, until the cloth is full."""
    sheet = Grid(width, height)
    middle = height // 2
    sheet.stamp(heart, width // 2, middle)
    above, below = middle - heart.height // 2, middle + (heart.height + 1) // 2
    while above > 0:
        layer = next(around)
        depth = layer if isinstance(layer, int) else layer.height
        if not isinstance(layer, int):
            sheet.stamp(layer, width // 2, above - depth + depth // 2)
            sheet.stamp(layer.overturned(), width // 2, below + depth // 2)
        above -= depth
        below += depth
    return sheet


LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "rosette": (medallion, lattice, patchwork, frieze),
    "diamond": (medallion, lattice, patchwork, frieze),
    "star": (medallion, lattice, patchwork, frieze),
    "carnation": (medallion, patchwork, frieze),
    "tree": (medallion, frieze),
    "bird": (medallion, patchwork, frieze),
    "border": tuple(partial(stripes, kind) for kind in range(4)),
    "ladder": tuple(partial(ladders, kind) for kind in range(4)),
}
