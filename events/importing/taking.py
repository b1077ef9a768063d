"""From a calendar to what can be planned: a file or an address, read within the limits."""

import base64
from dataclasses import dataclass
from typing import Any

from django.core import signing

from . import apart

SALT = "events.importing"
KEPT_SECONDS = 2 * 3600


@dataclass(frozen=True)
class Choices:
    """What whoever imports has chosen for all events of a calendar."""

    type_id: int
    language: str = "bg"
    with_past: bool = False


@dataclass(frozen=True)
class Taken:
    """A calendar that was taken, as it was sent."""

    data: bytes
    source: str
    choices: Choices

    def kept(self) -> str:
        """All of it as a signed text that a form can carry to the next step."""
        told = {
            "data": base64.b64encode(self.data).decode(),
            "source": self.source,
            "choices": vars(self.choices),
        }
        return signing.dumps(told, salt=SALT, compress=True)


def unkept(text: str) -> Taken:
    """What `kept` has kept.

    Raises:
        django.core.signing.BadSignature: it is none of ours, or older than two hours.
    """
    told = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
    data = base64.b64decode(told["data"])
    return Taken(data, told["source"], Choices(**told["choices"]))


def fetched(address: str) -> bytes:
    """The file at an address; see `fetching`.

    Raises:
        RefusedError: the address is not public, too slow, or gives no such file.
    """
    return base64.b64decode(apart.run("fetching", address.encode())["data"])


def entries(data: bytes) -> dict[str, Any]:
    """The events of a file; see `reading`.

    Raises:
        RefusedError: it is no calendar, or holds too much.
    """
    return apart.run("reading", data)
