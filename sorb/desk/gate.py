"""The publishing gate: what a reader would stumble over, asked before something is published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sorb.publishing.addresses import LANGUAGES
from sorb.richtext.cleaning import tree
from sorb.richtext.document import Block, Node, Paragraph, walk

ERROR, WARNING = "error", "warning"
LONGEST_TITLE = 120  # characters
SAYS_NOTHING = {"тук", "тука", "виж тук", "линк", "here", "click here", "link", "more", "повече"}
SIGNS_OF_LIST = set("•·▪‣")
WORD = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile("[A-Za-z]"), re.compile("[А-Яа-яЁёЪъЬьЭэІіЈј]")
ROMAN = re.compile("[IVXLCDMХСМІ]+")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: an error is to be mended, a warning to be confirmed.

    `field` is the name of the form's field, or of its rows; `excerpt` the words in question.
    """

    level: str
    words: str
    field: str
    excerpt: str = ""

    @property
    def anchor(self) -> str:
        is_rows = self.field in ("gallery", "documents", "programme")
        return f"{self.field}-group" if is_rows else f"id_{self.field}"


def findings(item: Any) -> list[Finding]:
    """What is to be said of an item as the database has it; errors first.

    Two reads at most: the gallery with its pictures, and the cover.
    """
    found = [
        *facts(item),
        *titles(item),
        *pictures(item),
        *(each for code in LANGUAGES for each in text(item, code)),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.level != ERROR)


def blocks(found: Iterable[Finding]) -> bool:
    return any(finding.level == ERROR for finding in found)


def asks(found: Iterable[Finding]) -> bool:
    return any(finding.level == WARNING for finding in found)


def facts(item: Any) -> Iterator[Finding]:
    now = timezone.now()
    starts_at = getattr(item, "starts_at", None)
    if not item.lead_bg and not item.body_bg and not starts_at:  # a day and a place can be read
        words = _("There is nothing to read: neither a lead nor a text.")
        yield Finding(ERROR, words, "lead_bg")
    if item.withdrawn_at and item.withdrawn_at <= now:
        words = _("“Withdrawn at” has passed: readers would not see it.")
        yield Finding(ERROR, words, "withdrawn_at_0")
    if starts_at and starts_at < now:
        yield Finding(WARNING, _("It has begun already, or its date is wrong."), "start_day")
    if not item.title_en:
        words = _("There is no English title: English lists will not show it.")
        yield Finding(WARNING, words, "title_en")
    elif item.body_bg and not item.body_en:
        yield Finding(WARNING, _("There is an English title, but no English text."), "body_en")


def titles(item: Any) -> Iterator[Finding]:
    for code in LANGUAGES:
        for name in (f"title_{code}", f"lead_{code}"):
            yield from look_alikes(getattr(item, name), name)
        if len(getattr(item, f"title_{code}")) > LONGEST_TITLE:
            words = _("The title has more than 120 characters: lists will cut it.")
            yield Finding(WARNING, words, f"title_{code}")


def look_alikes(words: str, field: str) -> Iterator[Finding]:
    """Words with letters of both alphabets, „Oбщина“ with a Latin O; COVID-19 is two words."""
    for word in dict.fromkeys(WORD.findall(words)):
        if LATIN.search(word) and CYRILLIC.search(word) and not ROMAN.fullmatch(word):
            text = _("Letters of two alphabets in one word; search will not find it.")
            yield Finding(WARNING, text, field, word)


def pictures(item: Any) -> Iterator[Finding]:
    words = _("A picture has no alternative text: nobody can read it aloud.")
    if item.cover is not None and not item.cover.alternative_bg:
        yield Finding(WARNING, words, "cover", str(item.cover))
    for row in item.gallery.select_related("image"):
        is_told = row.is_decorative or row.alternative_bg or row.image.alternative_bg
        if not is_told:
            yield Finding(WARNING, words, "gallery", str(row.image))


def text(item: Any, code: str) -> Iterator[Finding]:
    field = f"body_{code}"
    root = tree(getattr(item, field))
    level = 1
    lines: list[str] = []
    for block in walk(root):
        yield from tables(block, field)
        for child in block.children:
            if isinstance(child, Paragraph):
                if child.tag in ("h2", "h3", "h4"):
                    depth = int(child.tag[1])
                    if depth > level + 1:
                        words = _("A heading skips a level.")
                        yield Finding(WARNING, words, field, shown(child))
                    level = depth
                yield from links(child, field)
                lines += ["".join(piece.text for piece in line) for line in child.lines]
    if any(line.lstrip()[:1] in SIGNS_OF_LIST and line.strip() for line in lines):
        yield Finding(WARNING, _("A list is typed by hand with “•”: make it a list."), field)
    yield from look_alikes(" ".join(lines), field)


def tables(block: Node, field: str) -> Iterator[Finding]:
    if not isinstance(block, Block) or block.tag != "table":
        return
    if not any(isinstance(node, Block) and node.tag == "th" for node in walk(block)):
        words = _("A table has no header cells: nobody hears what its columns are.")
        yield Finding(WARNING, words, field)


def links(paragraph: Paragraph, field: str) -> Iterator[Finding]:
    texts: dict[Any, str] = {}
    for line in paragraph.lines:
        for piece in line:
            for element in piece.path:
                if element.tag == "a":
                    told = "picture" if piece.picture else piece.text
                    texts[element] = texts.get(element, "") + told
            if piece.picture and not dict(piece.picture.attributes).get("alt"):
                words = _("A picture in the text has no alternative text.")
                yield Finding(WARNING, words, field)
    for told in texts.values():
        if not told.strip():
            yield Finding(WARNING, _("A link has no words."), field)
        elif told.strip().strip(".:>»").strip().lower() in SAYS_NOTHING:
            words = _("A link does not say where it leads.")
            yield Finding(WARNING, words, field, told.strip())


def shown(paragraph: Paragraph) -> str:
    return " ".join("".join(piece.text for piece in line) for line in paragraph.lines)[:80]
