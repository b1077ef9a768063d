"""Finding: one thing at which a reader would stumble."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import ngettext

from sorb.publishing.addresses import LANGUAGES

ERROR, WARNING, HINT = "error", "warning", "hint"
LEVELS = (ERROR, WARNING, HINT)
MOST_ALIKE = 5  # of the same words at the same field; the rest is only counted
LONGEST_EXCERPT = 80  # characters
# Where the element that can be reached by a link has another id than Django gives the field
ANCHORS = {"withdrawn_at": "id_withdrawn_at_0", "cover": "id_cover-file"}


@dataclass(frozen=True)
class Finding:
    """An error is to be mended, a warning to be confirmed, a hint only to be read.

    `field` is the name of the form's field, or the id of the fieldset of its rows
    ("gallery-group"); `excerpt` the words in question, `address` what they lead to.
    """

    level: str
    words: str
    field: str
    excerpt: str = ""
    address: str = ""

    @property
    def anchor(self) -> str:
        """The id of the element of the form that it is about."""
        if self.field.endswith("-group"):
            return self.field
        return ANCHORS.get(self.field, f"id_{self.field}")

    @property
    def language(self) -> str:
        """The language of the field, "" for one that has none."""
        code = self.field.rpartition("_")[2]
        return code if code in LANGUAGES else ""


def excerpt(words: str) -> str:
    """The words on one line, cut where they grow long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_EXCERPT else f"{line[: LONGEST_EXCERPT - 1].rstrip()}…"


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Each once, errors first; of many that say the same, the first few and a count."""
    kept: list[Finding] = []
    by_words = attrgetter("level", "words", "field")
    places: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in dict.fromkeys(found):
        places.setdefault(by_words(finding), []).append(finding)
    for alike in places.values():
        kept += alike[:MOST_ALIKE]
        if (count := len(alike) - MOST_ALIKE) > 0:
            words = ngettext("And in %(count)d more place.", "And in %(count)d more places.", count)
            kept.append(Finding(alike[0].level, words % {"count": count}, alike[0].field))
    return sorted(kept, key=lambda finding: LEVELS.index(finding.level))
