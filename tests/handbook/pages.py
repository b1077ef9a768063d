"""The pages of the handbook: what they link to, show, and call by name."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HANDBOOK = Path(__file__).resolve().parents[2] / "docs/handbook"
PICTURES = HANDBOOK / "pictures"
LANGUAGES = ("bg", "en")

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Page:
    path: Path

    @property
    def language(self) -> str:
        return self.path.parent.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def labels(self) -> set[str]:
        """What the interface itself says, so that readers find it: all that is bold. A bold
        sentence that opens a paragraph ends with its own full stop, and is none."""
        bold = (" ".join(words.split()) for words in BOLD.findall(self.text))
        return {words for words in bold if words[-1] not in ".?!:"}

    @cached_property
    def links(self) -> list[str]:
        return [target for sign, _words, target in LINK.findall(self.text) if not sign]

    @cached_property
    def pictures(self) -> dict[str, str]:
        """The pictures of the page: target, and what is said of it to who does not see it."""
        found = LINK.findall(self.text)
        return {target: " ".join(words.split()) for sign, words, target in found if sign}

    @cached_property
    def picture_names(self) -> set[str]:
        return {Path(target).stem for target in self.pictures}

    @cached_property
    def counterparts(self) -> list["Page"]:
        """The same page in the other language, as this one links to it."""
        here = self.path.parent
        linked = [(here / link).resolve() for link in self.links if link.startswith("../")]
        return [Page(path) for path in linked if path.suffix == ".md"]


def pages(language: str) -> list[Page]:
    return [Page(path) for path in sorted((HANDBOOK / language).glob("*.md"))]


def page_of(name: str, language: str) -> Page:
    """A page by the name of its English file, in a language."""
    english = Page(HANDBOOK / "en" / f"{name}.md")
    return english if language == "en" else english.counterparts[0]
