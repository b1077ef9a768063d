"""The publishing gate: what a reader would stumble over, asked before something is published."""

from collections.abc import Iterable, Iterator
from typing import Any

from sorb.publishing.addresses import LANGUAGES, SOURCE
from sorb.publishing.models import Publishable
from sorb.richtext.cleaning import tree

from . import facts, inside, letters, pictures, spelling, texts
from .finding import ERROR, HINT, WARNING, Finding, in_order
from .reading import Reading, reading_of

__all__ = ["ERROR", "HINT", "WARNING", "Finding", "asks", "blocks", "findings"]


def findings(item: Publishable) -> list[Finding]:
    """What is to be said of an item as the database has it; errors first, hints last.

    Args:
        item: just read from the database, within the transaction that may publish it.

    Returns:
        Each finding once. The number of reads does not depend on how much the item holds; links
        inside the site add two for each kind of page, and one for each kind of file.
    """
    return in_order(found_in(item))


def blocks(found: Iterable[Finding]) -> bool:
    return any(finding.level == ERROR for finding in found)


def asks(found: Iterable[Finding]) -> bool:
    return any(finding.level == WARNING for finding in found)


def found_in(item: Any) -> Iterator[Finding]:
    gallery = rows_of(item, "gallery", "image")
    programme = rows_of(item, "programme")
    trees = {code: tree(getattr(item, f"body_{code}")) for code in LANGUAGES}
    bodies = {f"body_{code}": reading_of(root) for code, root in trees.items()}
    yield from facts.moments_of(item, programme)
    yield from facts.remarks_of(item)
    yield from facts.words_of(item, trees[SOURCE])
    yield from pictures.of_cover(item)
    yield from pictures.of_gallery(item, gallery)
    for field, text in bodies.items():
        yield from texts.of_text(text, field)
    yield from inside.of_texts(item, bodies)
    for row in programme:
        for code in LANGUAGES:
            yield from letters.of_words(getattr(row, f"title_{code}"), "programme-group", code)
    for code in LANGUAGES:
        yield from of_language(item, bodies[f"body_{code}"], code)


def of_language(item: Any, body: Reading, code: str) -> Iterator[Finding]:
    """What is to be said of the words in a language, letter by letter."""
    words = {f"{name}_{code}": getattr(item, f"{name}_{code}") for name in ("title", "lead")}
    words[f"body_{code}"] = "\n".join(body.lines)
    for field, text in words.items():
        yield from letters.of_words(text, field, code)
    if code == "en":
        yield from letters.untranslated_title(words["title_en"], "title_en")
        yield from letters.untranslated(words["lead_en"], "lead_en")
        yield from letters.untranslated(words["body_en"], "body_en")
    yield from spelling.of_texts(item, words, code)


def rows_of(item: Any, name: str, *related: str) -> list[Any]:
    """The rows of one of its relations, read once; none when it has no such relation."""
    rows = getattr(item, name, None)
    if rows is None:
        return []
    return [*(rows.select_related(*related) if related else rows.all())]
