"""The counted grid: a sheet of cells, each empty or worked in one part of a scheme."""

from collections.abc import Callable, Sequence

from sorb.demo.pictures.palette import BARE, NONE, PARTS

Rule = Callable[[int, int], int]


class Grid:
    """A rectangle of cells, counted from the upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows = [bytearray(width) for _ in range(height)]

    @classmethod
    def from_text(cls, lines: Sequence[str], mirrored: bool = False) -> "Grid":
        """A grid from a drawing in letters.

        lines: rows of equal length, in the letters of ``palette.PARTS``.
        mirrored: the drawing is the left half, its last column the axis.
        """
        whole = [line + line[-2::-1] if mirrored else line for line in lines]
        grid = cls(len(whole[0]), len(whole))
        for row, line in zip(grid.rows, whole, strict=True):
            row[:] = bytes(PARTS[letter] for letter in line)
        return grid

    @classmethod
    def from_rule(cls, reach_x: int, reach_y: int, rule: Rule) -> "Grid":
        """A grid with two axes of symmetry.

        rule: gives the part for the distances, in cells, from the upright and the level axis.
        """
        grid = cls(2 * reach_x + 1, 2 * reach_y + 1)
        for down in range(reach_y + 1):
            half = bytes(rule(across, down) for across in range(reach_x + 1))
            row = half[:0:-1] + half
            grid.rows[reach_y - down][:] = row
            grid.rows[reach_y + down][:] = row
        return grid

    def stamp(self, other: "Grid", across: int, down: int) -> None:
        """Work another grid over this one, its middle cell at the given cell."""
        left, top = across - other.width // 2, down - other.height // 2
        for offset, row in enumerate(other.rows):
            target_row = top + offset
            if not 0 <= target_row < self.height:
                continue
            target = self.rows[target_row]
            for column, part in enumerate(row, left):
                if part != NONE and 0 <= column < self.width:
                    target[column] = NONE if part == BARE else part

    def stamp_four(self, other: "Grid", across: int, down: int) -> None:
        """Work another grid four times, mirrored in both axes of this one.

        across, down: distances in cells from the middle of this grid.
        """
        middle_x, middle_y = self.width // 2, self.height // 2
        for sheet, side in ((other, -1), (other.flipped(), 1)):
            self.stamp(sheet, middle_x + side * across, middle_y - down)
            self.stamp(sheet.overturned(), middle_x + side * across, middle_y + down)

    def flipped(self) -> "Grid":
        """The grid with left and right exchanged."""
        return self._with_rows([row[::-1] for row in self.rows])

    def overturned(self) -> "Grid":
        """The grid upside down."""
        return self._with_rows([row[:] for row in reversed(self.rows)])

    def turned(self) -> "Grid":
        """The grid turned a quarter, rows becoming columns."""
        return self._with_rows([bytearray(column) for column in zip(*self.rows, strict=True)])

    def recoloured(self, changes: dict[int, int]) -> "Grid":
        """The grid with parts exchanged for others."""
        table = bytes(changes.get(part, part) for part in range(256))
        return self._with_rows([row.translate(table) for row in self.rows])

    def outlined(self, part: int, thickness: int = 1) -> "Grid":
        """The grid, grown on every side, with empty cells beside a worked cell worked in part."""
        grown = Grid(self.width + 2 * thickness, self.height + 2 * thickness)
        grown.stamp(self, grown.width // 2, grown.height // 2)
        for _ in range(thickness):
            before = [bytes(row) for row in grown.rows]
            for down, row in enumerate(before):
                above = before[down - 1] if down else bytes(grown.width)
                below = before[down + 1] if down + 1 < grown.height else bytes(grown.width)
                for across, value in enumerate(row):
                    if value == NONE and (
                        above[across]
                        or below[across]
                        or (across and row[across - 1])
                        or (across + 1 < grown.width and row[across + 1])
                    ):
                        grown.rows[down][across] = part
        return grown

    def _with_rows(self, rows: list[bytearray]) -> "Grid":
        grid = Grid(len(rows[0]), len(rows))
        grid.rows = rows
        return grid
