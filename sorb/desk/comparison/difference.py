"""Difference: one field, link or kind of rows that two snapshots have otherwise."""

from dataclasses import dataclass, field

from .pieces import Piece, shortened


@dataclass(frozen=True)
class RowChange:
    """What became of one row: "added", "removed", "changed" or "moved"."""

    kind: str
    name: str
    differences: "list[Difference]" = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    name: str  # the column ("title_bg"), or the name of the link or relation
    label: str  # in words of the page's language
    language: str  # "bg" or "en" of its words; "" where they have none of their own
    before: str
    after: str
    pieces: list[Piece]
    rows: list[RowChange] = field(default_factory=list)

    @property
    def is_in_looks_only(self) -> bool:
        """The words are the same: what differs is their form, or a picture among them."""
        return self.before == self.after and not self.rows

    @property
    def shown(self) -> list[Piece]:
        """The pieces without what is the same far from any change."""
        return shortened(self.pieces)
