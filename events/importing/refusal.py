"""What is not taken, and why: a code and what belongs into its words (see `words`)."""

from typing import Any


class RefusedError(Exception):
    """The whole file or address is refused."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why, facts)
        self.why = why
        self.facts = facts


class SkippedError(RefusedError):
    """One entry of a file is left out."""
