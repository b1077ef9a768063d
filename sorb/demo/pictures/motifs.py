"""The motifs by name: each is a cast of figures, one to fill a wall and others to repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sorb.demo.pictures.bands import repeated
from sorb.demo.pictures.figures import diamond, lone_star, rosette, star
from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import ACCENT, BARE, DARK, LIGHT, MAIN, SECOND
from sorb.demo.pictures.plants import bird, blossom, carnation, tree


@dataclass(frozen=True)
class Cast:
    """The figures of a motif.

    large: for the middle of a medallion.
    medium: to repeat in a lattice, with a partner that takes turns with it.
    small: for the corners around the large one.
    row: to stand in a row, the first of them in the middle.
    """

    large: Grid
    medium: Grid
    partner: Grid
    small: Grid
    row: tuple[Grid, ...]


def _rosette(short: int, random: Random) -> Cast:
    manners = random.sample(range(5), 3)
    petal = short * random.choice((18, 19)) // 100
    medium = random.choice((5, 6, 7))
    first, second = (rosette(medium, manner, corners=False) for manner in manners[1:])
    return Cast(
        rosette(petal, manners[0]),
        first,
        second,
        diamond(3, (SECOND, MAIN, ACCENT)),
        (rosette(9, manners[1]), diamond(9, (DARK, MAIN, LIGHT, SECOND, ACCENT))),
    )


def _diamond(short: int, random: Random) -> Cast:
    sequences = [
        (DARK, MAIN, MAIN, LIGHT, SECOND, SECOND, ACCENT),
        (DARK, SECOND, LIGHT, SECOND, ACCENT, MAIN, MAIN, LIGHT),
        (DARK, MAIN, LIGHT, MAIN, DARK, ACCENT, SECOND, ACCENT),
        (DARK, ACCENT, MAIN, MAIN, MAIN, LIGHT, SECOND),
    ]
    random.shuffle(sequences)
    step = random.choice((1, 2))
    reach = short * random.choice((38, 40, 42)) // 100
    large = diamond(reach, sequences[0], step, hooks=True)
    middle = large.width // 2
    inner = diamond(reach // 2 + 1, sequences[1], 1)
    large.stamp(inner.outlined(DARK), middle, middle)
    large.stamp(rosette(max(3, reach // 9), 3).outlined(LIGHT), middle, middle)
    seed = diamond(max(3, reach // 8), (LIGHT, DARK, ACCENT, MAIN))
    away = reach * 5 // 8
    for across, down in ((away, 0), (-away, 0), (0, away), (0, -away)):
        large.stamp(seed, middle + across, middle + down)
    size = random.choice((12, 14))
    first, second = diamond(size, sequences[1]), diamond(size, sequences[2])
    heart = rosette(2, 3).outlined(LIGHT)
    for figure in (first, second):
        figure.stamp(heart, size, size)
    row = (diamond(17, sequences[0], hooks=True), diamond(8, sequences[3]))
    row[0].stamp(rosette(4, 3).outlined(LIGHT), 23, 23)
    return Cast(large, first, second, diamond(9, sequences[2]), row)


def _star(short: int, random: Random) -> Cast:
    manners = random.sample(range(3), 3)
    size = random.choice((13, 15, 17))
    first, second = star(size, manners[1]), lone_star(size * 5 // 12, manners[2])
    return Cast(
        star(short * random.choice((41, 43)) // 100, manners[0]),
        first,
        second,
        lone_star(3, manners[1]),
        (star(19, manners[1]), lone_star(5, manners[2])),
    )


def _carnation(short: int, random: Random) -> Cast:
    flower = carnation(stem=True)
    heart = rosette(4, random.randrange(5), corners=False)
    away = heart.height // 2 + flower.height // 2 - 1
    reach = away + flower.height // 2
    large = Grid(2 * reach + 1, 2 * reach + 1)
    large.stamp(flower, reach, reach - away)
    large.stamp(flower.overturned(), reach, reach + away)
    large.stamp(flower.turned(), reach - away, reach)
    large.stamp(flower.turned().flipped(), reach + away, reach)
    large.stamp(heart, reach, reach)
    slant = heart.width // 2 + 12
    large.stamp_four(rosette(3, 3, corners=False), slant, slant)
    other = flower.recoloured({MAIN: SECOND, SECOND: MAIN})
    row = (flower, diamond(5, (DARK, ACCENT, MAIN, LIGHT)), other)
    return Cast(large, flower, other, blossom(), row)


def _tree(short: int, random: Random) -> Cast:
    height = short * random.choice((73, 75)) // 100
    trunk = tree(height, random)
    large = Grid(max(trunk.width, 89), height)
    large.stamp(trunk, large.width // 2, large.height // 2)
    left = bird()
    away, down = large.width // 2 - left.width // 2, left.height // 2
    if random.random() < 0.6:
        left = left.recoloured({MAIN: SECOND, SECOND: MAIN})
    large.stamp(left, large.width // 2 - away, down + 2)
    large.stamp(left.flipped(), large.width // 2 + away, down + 2)
    small = tree(46, random)
    row = (small, bird().flipped())
    return Cast(large, small, tree(44, random), blossom(), row)


def _bird(short: int, random: Random) -> Cast:
    first = bird()
    second = first.recoloured({MAIN: SECOND, SECOND: ACCENT, ACCENT: MAIN}).flipped()
    pair = Grid(99, 77)
    middle = tree(54, random, 13)
    pair.stamp(middle, 49, 27)
    for sheet, side in ((first, -1), (first.flipped(), 1)):
        pair.stamp(sheet.outlined(BARE, 2), 49 + side * 29, 40)
        pair.stamp(carnation(stem=False), 49 + side * 29, 13)
    hem = repeated([rosette(4, 3), blossom()], 93, 3)
    pair.stamp(hem, 49, 66)
    row = (carnation(), first.flipped(), tree(40, random), second.flipped())
    return Cast(pair, first, second, blossom(), row)


CASTS: dict[str, Callable[[int, Random], Cast]] = {
    "rosette": _rosette,
    "diamond": _diamond,
    "star": _star,
    "carnation": _carnation,
    "tree": _tree,
    "bird": _bird,
    "border": _rosette,
    "ladder": _star,
}
