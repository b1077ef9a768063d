"""Figures by rule: rosettes, stars and stepped diamonds, symmetrical in four or eight ways."""

from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import ACCENT, DARK, LIGHT, MAIN, NONE, SECOND

_RINGS = (
    (DARK, MAIN, MAIN, LIGHT, SECOND, SECOND, ACCENT),
    (DARK, SECOND, SECOND, ACCENT, MAIN, MAIN, LIGHT),
    (DARK, MAIN, ACCENT, MAIN, SECOND, LIGHT, SECOND),
)


def diamond(reach: int, rings: tuple[int, ...], step: int = 1, hooks: bool = False) -> Grid:
    """A stepped diamond of nested rings.

    reach: cells from the middle to a corner, hooks not counted.
    rings: the parts from the edge inwards, repeated as needed.
    step: height of a step of the edge in cells.
    hooks: whether the edge carries the turned hooks of the carpets.
    """
    reach -= reach % step
    margin = 6 if hooks else 0

    def rule(across: int, down: int) -> int:
        length = (across + step // 2) // step + (down + step // 2) // step
        depth = reach // step - length
        if depth >= 0:
            return rings[depth % len(rings)]
        if not hooks:
            return NONE
        for far, near in ((across, down), (down, across)):
            if far > near and _on_hook(far, near, reach):
                return MAIN
        return NONE

    return Grid.from_rule(reach + margin, reach + margin, rule)


def _on_hook(far: int, near: int, reach: int) -> bool:
    """Whether a cell is on a hook: a stem that turns and curls back over itself."""
    beat, stem = 7, 5
    row = near - near % beat
    tip = reach - row + stem
    if row == 0:
        return near == 0 and reach < far <= tip - 1
    if reach - row < 8:
        return False
    turn = near - row
    return (
        (turn == 0 and reach - row < far <= tip)
        or (turn in (1, 2) and far == tip)
        or (turn == 3 and tip - 2 <= far <= tip)
    )


def rosette(petal: int, manner: int = 0, corners: bool = True) -> Grid:
    """The eight-petalled rosette, one slanted petal to every eighth of the circle.

    petal: width of a petal in cells; the rosette reaches twice as far from its middle.
    manner: which of the fillings the petals have.
    corners: whether flowers in the corners make the rosette a square.
    """
    rings = _RINGS[manner % 3]

    def rule(across: int, down: int) -> int:
        far, near = max(across, down), min(across, down)
        along, aside = near, far - near
        if 1 <= along <= petal and 1 <= aside <= petal:
            depth = min(along - 1, petal - along, aside - 1, petal - aside)
            if depth == 0 and petal > 4:
                return DARK
            if manner >= 3 or petal <= 4:
                facets = (SECOND, ACCENT) if manner == 4 else (MAIN, SECOND)
                return LIGHT if along == aside and petal > 6 else facets[along > aside]
            return rings[min(depth, len(rings) - 1)]
        if far == near == 0:
            return ACCENT
        return _between_petals(far, near, petal, corners)

    return Grid.from_rule(2 * petal, 2 * petal, rule)


def _between_petals(far: int, near: int, petal: int, corners: bool) -> int:
    """What fills the notches of a rosette: a bud on the axes, a flower on the diagonals."""
    bud = (petal - 2) // 3
    off_axis = abs(far - petal - 2 - bud) + near
    if bud > 0 and off_axis <= bud:
        return (SECOND, ACCENT)[off_axis == 0] if bud < 3 else (ACCENT, MAIN, SECOND)[off_axis % 3]
    centre = petal + 2 + (petal - 2) // 2
    across, down = abs(far - centre), abs(near - centre)
    size = (petal - 3) // 2
    if corners and size >= 1 and far <= 2 * petal and across <= size and down <= size:
        if across == 0 and down == 0:
            return ACCENT
        if across == down or across + down == size:
            return MAIN
        return SECOND if size > 3 and across + down < size and min(across, down) == 0 else NONE
    return NONE


def star(reach: int, manner: int = 0) -> Grid:
    """The eight-pointed star of two squares laid over each other, in contours.

    reach: cells from the middle to a point on the axis.
    manner: which sequence of contours, and whether its heart is a rosette or rays.
    """
    contours = (
        (DARK, MAIN, MAIN, MAIN, LIGHT, DARK, SECOND, SECOND, NONE, NONE),
        (DARK, SECOND, SECOND, DARK, LIGHT, ACCENT, LIGHT, DARK, MAIN, MAIN),
        (DARK, MAIN, SECOND, MAIN, DARK, NONE, NONE, ACCENT, NONE, NONE),
    )[manner % 3]
    heart = reach * 9 // 20

    def rule(across: int, down: int) -> int:
        far, near = max(across, down), min(across, down)
        length = min(far * 1.42, far + near)
        depth = int(reach - length)
        if depth < 0:
            return NONE
        if length < heart:
            return NONE
        return contours[depth % len(contours)]

    grid = Grid.from_rule(reach, reach, rule)
    grid.stamp(lone_star(heart // 2 + 1, manner), reach, reach)
    return grid


def lone_star(petal: int, manner: int = 0) -> Grid:
    """Eight rhombs from one middle, coloured in rays; the filling of the pieced stars."""
    rays = (
        (ACCENT, MAIN, MAIN, LIGHT, SECOND, SECOND),
        (SECOND, SECOND, LIGHT, MAIN, MAIN, ACCENT),
        (MAIN, LIGHT, MAIN, SECOND, ACCENT, SECOND),
    )[manner % 3]

    def rule(across: int, down: int) -> int:
        far, near = max(across, down), min(across, down)
        along, aside = near, far - near
        if along > petal or aside > petal:
            return NONE
        if petal in (along, aside) or (petal > 6 and 0 in (along, aside)):
            return DARK
        return (
            rays[max(along, aside) % len(rays)]
            if manner % 2
            else rays[(along + aside) // 2 % len(rays)]
        )

    return Grid.from_rule(2 * petal, 2 * petal, rule)


def sprig(size: int = 1) -> Grid:
    """The smallest filling: a cross with a bright heart, or a ring of dots around it."""
    drawing = (
        (".s.", "sas", ".s."),
        ("..m..", ".msm.", "msasm", ".msm.", "..m.."),
        ("m..m..m", ".m.s.m.", "..sas..", "msalasm", "..sas..", ".m.s.m.", "m..m..m"),
    )[size]
    return Grid.from_text(drawing)
