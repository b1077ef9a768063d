"""Living things: the carnation, the bird and the tree of life."""

from random import Random

from sorb.demo.pictures.figures import diamond, rosette
from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import ACCENT, DARK, LIGHT, MAIN, SECOND

_CARNATION_HEAD = (
    ".............m",
    "........m...mm",
    "...m....mm..mm",
    "...mm..mmmm.ml",
    "m..mmm.mmlm.ml",
    "mm.mlm.mllmmml",
    "mmmmllmmmllmml",
    ".mllmllmmmlmml",
    ".mmllmllmmlmss",
    "..mmllmmlmmsss",
    "...mmmlmmmssaa",
    "....mmmmmssaaa",
    "......mmmssaas",
    ".........##aa#",
    ".........#ss##",
    ".........#ss#s",
    "..........#s#s",
    "...........###",
)
_CARNATION_STEM = (
    ".............#",
    "...ss........#",
    "..ssss.......#",
    ".ss..ss......#",
    ".s..s.ss.....#",
    ".ss.s..ss....#",
    "..sss...ss...#",
    ".........ss..#",
    "..........ss.#",
    "...........ss#",
    ".............#",
    ".............#",
)
_BLOSSOM = (
    "......m",
    "..m..mm",
    "mmm.mml",
    "mlmmmll",
    ".mllmla",
    "..mmmaa",
    "....#aa",
    ".....##",
    "......#",
)
_BIRD = (
    ".........................a.a.a.",
    "..........................aaa..",
    ".........................#####.",
    "........................#mmmmm#",
    "..a.a...................#mmlmmmaa",
    ".amama..................#mmmmmaa",
    ".mmsmm#.................#mmmmm#",
    "#mmsmmm#...............#mmmmm#",
    "#msmsmmm#..............#aaaaa#",
    ".#mmsmsmm#............#llllll#",
    ".#mmmsmsmm#..........#mmmmmmm#",
    "..#mmmsmsmm#........#mmmsmmmmm#",
    "...#mmmsmsmm########mmmsssmmmm#",
    "....#mmmsmsmmllllllmmmssasssmm#",
    ".....#mmmsmmmmmmmmmmmssaaasssm#",
    "......#mmmmsssssssssssaaaaassm#",
    ".......#mmsslslslslslssaaassmm#",
    "........#mmsslslslslssssasssm#",
    ".........#mmssssssssssssssmmm#",
    "..........##mmmmmmmmmmmmmmm##",
    "............###mmmmmmmmm###",
    "...............#########",
    ".................a..a",
    ".................a..a",
    "................aaaaaaa",
)


def carnation(stem: bool = True) -> Grid:
    """A carnation seen from the side, upright, with or without its leaves."""
    return Grid.from_text(_CARNATION_HEAD + (_CARNATION_STEM if stem else ()), mirrored=True)


def blossom() -> Grid:
    """The small carnation that fills borders and corners."""
    return Grid.from_text(_BLOSSOM, mirrored=True)


def bird() -> Grid:
    """A crested bird that looks to the right."""
    width = max(len(line) for line in _BIRD)
    return Grid.from_text([line.ljust(width, ".") for line in _BIRD])


def tree(height: int, random: Random, reach: int = 0) -> Grid:
    """The tree of life: a stepped mound, a trunk, leafy branches, a rosette for a crown.

    height: cells from the foot of the mound to the top of the crown.
    reach: cells from the trunk to the longest branch's end; by default in proportion.
    """
    slope = random.choice((2, 3))
    crown = rosette(3 if height < 50 else 5, random.randrange(5), corners=False)
    mound = max(5, height // 10)
    reach = reach or max(15, height * (46 if height > 60 else 40) // 100)
    half = Grid(reach + 1, height)
    foot, top = height - mound, crown.height - 2
    leaf = 3 if height > 60 else 2
    beat = 2 * leaf + 4
    count = max(2, (foot - top - 4) // beat)
    ends: list[tuple[int, int]] = []
    for number in range(count):
        base = foot - 1 - number * beat
        length = reach - 5 - number * max(1, (reach - 14) // count)
        ends.append((length, _branch(half, base, length, slope, leaf)))
    for down in range(top, foot + 1):
        trunk = (ACCENT, MAIN, LIGHT, MAIN)[down % 4], (MAIN, ACCENT)[down % 4 == 2], DARK
        half.rows[down][:3] = bytes(trunk)
    for down in range(mound):
        width = min(reach, 3 * down + 4)
        for across in range(width + 1):
            depth = min((width - across) // 2, mound - 1 - down)
            half.rows[foot + down][across] = (DARK, MAIN, SECOND, ACCENT)[min(depth, 3)]
    whole = Grid(2 * reach + 1, height)
    for row, side in zip(whole.rows, half.rows, strict=True):
        row[:] = side[:0:-1] + side
    flowers = _flowers(random)
    for number, (length, tip) in enumerate(ends):
        flower = flowers[number % len(flowers)]
        whole.stamp(flower, reach - length, tip)
        whole.stamp(flower.flipped(), reach + length, tip)
    whole.stamp(crown, reach, crown.height // 2)
    return whole


def _branch(half: Grid, base: int, length: int, slope: int, leaf: int) -> int:
    """A branch with slanted leaves on the right half; returns the row its flower sits on.

    slope: cells across for every cell of rise.
    leaf: length of a leaf in cells.
    """
    for across in range(2, length + 1):
        level = base - across // slope
        for step in (0, 1):
            _cell(half, across, level + step, DARK)
        if across % 4 == 2 and 4 < across < length - 2:
            for step, part in ((3, SECOND), (2, MAIN), (1, MAIN))[-leaf:]:
                for wide in (0, 1):
                    _cell(half, across + step + wide - 1, level - step, part)
                    _cell(half, across + step + wide - 1, level + 1 + step, part)
    return base - length // slope - 3


def _cell(half: Grid, across: int, down: int, part: int) -> None:
    if 0 <= across < half.width and 0 <= down < half.height:
        half.rows[down][across] = part


def _flowers(random: Random) -> list[Grid]:
    flowers = [
        diamond(4, (DARK, MAIN, MAIN, LIGHT, ACCENT)),
        diamond(4, (DARK, ACCENT, ACCENT, MAIN, LIGHT)),
        diamond(4, (MAIN, MAIN, LIGHT, SECOND, ACCENT)),
        blossom(),
    ]
    random.shuffle(flowers)
    return flowers[:3]
