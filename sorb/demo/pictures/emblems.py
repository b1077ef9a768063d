"""Signs for people and organisations: an embroidered medallion, and a flat emblem."""

from random import Random

from PIL import Image

from sorb.demo.pictures import bands
from sorb.demo.pictures.figures import diamond, lone_star, rosette, star
from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.letters import word
from sorb.demo.pictures.palette import ACCENT, DARK, LIGHT, MAIN, NONE, SECOND, Scheme, schemes
from sorb.demo.pictures.stitches import stitch

_PORTRAIT = (800, 800)
_LOGO = (600, 600)
_PAPER = (253, 252, 248)


def portrait(initials: str, palette: str, seed: int) -> Image.Image:
    """A medallion of 800 by 800 pixels: initials on calm ground in an embroidered frame.

    initials: one to three letters of any case.
    palette, seed: as for ``draw``.
    """
    random = Random(f"portrait {initials} {palette} {seed}")  # noqa: S311 - patterns, not secrets
    scheme = schemes(palette)[seed % 4]
    reach = 40
    sheet = Grid(2 * reach + 3, 2 * reach + 3)
    middle = reach + 1
    pointed = random.random() < 0.5
    sheet.stamp(_frame(reach, pointed, random), middle, middle)
    corner = random.choice((rosette(3, 3), lone_star(3, 1), diamond(5, (DARK, ACCENT, MAIN))))
    sheet.stamp_four(corner, reach - 7, reach - 7)
    room, scale = (40 if pointed else 50), 4 if len(initials) < 2 else 3
    while (text := word(initials, scale)).width > room and scale > 1:
        scale -= 1
    sheet.stamp(text, middle, middle)
    under = bands.repeated([diamond(2, (ACCENT, SECOND))], 29, 1)
    for side in (-1, 1):
        sheet.stamp(under, middle, middle + side * (text.height // 2 + 5))
    return stitch(sheet, scheme, 10, _PORTRAIT, random)


def _frame(reach: int, pointed: bool, random: Random) -> Grid:
    """Rings around the middle, octagonal or eight-pointed, left empty inside."""
    contours = random.choice(
        (
            (DARK, MAIN, MAIN, ACCENT, MAIN, MAIN, DARK, NONE, SECOND),
            (DARK, SECOND, LIGHT, SECOND, DARK, NONE, MAIN, ACCENT, MAIN),
            (MAIN, NONE, DARK, SECOND, ACCENT, SECOND, DARK, NONE, MAIN),
        )
    )

    def rule(across: int, down: int) -> int:
        far, near = max(across, down), min(across, down)
        length = min(far * 1.36, far + near) if pointed else max(far, (far + near) * 0.72)
        depth = int(reach - 0.5 - length)
        if not 0 <= depth < len(contours):
            return NONE
        beaded = contours[depth] == ACCENT and (across + down) % 4 < 2
        return MAIN if beaded else contours[depth]

    return Grid.from_rule(reach, reach, rule)


def logo(initials: str, palette: str, seed: int) -> Image.Image:
    """A flat emblem of 600 by 600 pixels on near-white ground.

    initials: letters below the sign; an empty text leaves the sign alone.
    palette, seed: as for ``draw``.
    """
    random = Random(f"logo {initials} {palette} {seed}")  # noqa: S311 - patterns, not secrets
    scheme = schemes(palette)[0]
    sign = _sign(seed, random)
    text = word(initials, 2 if len(initials) < 5 else 1)
    room = 6 + text.height if initials else 0
    side = max(sign.width, sign.height + room, text.width) + 10
    side += 1 - side % 2
    sheet = Grid(side, side)
    top = (side - sign.height - room) // 2
    sheet.stamp(sign, side // 2, top + sign.height // 2)
    if initials:
        lettering = text.recoloured({MAIN: DARK})
        sheet.stamp(lettering, side // 2, side - top - text.height + text.height // 2)
    return _flat(sheet, scheme, _LOGO)


def _sign(seed: int, random: Random) -> Grid:
    """One of six geometric signs in two or three flat threads."""
    kind = seed % 6
    if kind == 0:
        return rosette(9, 3, corners=False)
    if kind == 1:
        return star(18, random.randrange(3))
    if kind == 2:
        return diamond(18, (MAIN, MAIN, MAIN, NONE, SECOND, SECOND, NONE, ACCENT, ACCENT, ACCENT))
    if kind == 3:
        return lone_star(9, random.choice((0, 2)))
    if kind == 4:
        four = Grid(37, 37)
        leaf = diamond(8, (MAIN, MAIN, MAIN, NONE, ACCENT))
        other = diamond(8, (SECOND, SECOND, SECOND, NONE, ACCENT))
        for across, down, tile in ((0, -9, leaf), (0, 9, leaf), (-9, 0, other), (9, 0, other)):
            four.stamp(tile, 18 + across, 18 + down)
        return four
    ground = diamond(20, (MAIN,), 2)
    flower = rosette(5, 0, corners=False)
    pale = {DARK: LIGHT, MAIN: LIGHT, SECOND: LIGHT, ACCENT: LIGHT}
    ground.stamp(flower.recoloured(pale), ground.width // 2, ground.height // 2)
    return ground


def _flat(grid: Grid, scheme: Scheme, size: tuple[int, int]) -> Image.Image:
    """The grid in plain squares, as large as fits the size, without stitches."""
    pixels = bytearray()
    for row in grid.rows:
        for part in row:
            pixels += bytes(scheme.thread(part) if part else _PAPER)
    small = Image.frombytes("RGB", (grid.width, grid.height), bytes(pixels))
    cell = min(size[0] // grid.width, size[1] // grid.height)
    large = small.resize((grid.width * cell, grid.height * cell), Image.Resampling.NEAREST)
    picture = Image.new("RGB", size, _PAPER)
    picture.paste(large, ((size[0] - large.width) // 2, (size[1] - large.height) // 2))
    return picture
