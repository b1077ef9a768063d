"""Why a save was stopped: nothing of it was stored, and the form comes back with what was typed."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sorb.desk.snapshot import Snapshot


@dataclass
class StoppedError(Exception):
    """Raised inside the transaction of a save; `words` stand above the form that comes back."""

    words: str
    status: int = 200
    context: dict[str, Any] = field(default_factory=dict)


class ConflictError(StoppedError):
    """Somebody saved the same item meanwhile: both versions are shown (409)."""

    def __init__(
        self, theirs: Snapshot, mine: Snapshot, base: Snapshot | None, names: list[str]
    ) -> None:
        words = _(
            "While you were writing, somebody else saved this. Theirs stands; yours is kept in "
            "the form below. Choose for each difference, then save again."
        )
        super().__init__(words, status=409)
        self.theirs, self.mine, self.base, self.names = theirs, mine, base, names


class GateError(StoppedError):
    """The publishing gate found what readers would stumble over."""

    def __init__(self, findings: list[Any], can_confirm: bool) -> None:
        words = (
            _("Not published yet: please look at the list below.")
            if can_confirm
            else _("It cannot be published like this: please mend what the list below says.")
        )
        super().__init__(words, context={"findings": findings, "can_confirm": can_confirm})
