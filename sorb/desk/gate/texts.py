"""What is asked of a rich text: headings, pictures, tables, lists typed by hand, words of links."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .finding import WARNING, Finding, excerpt
from .reading import Reading

BULLET = re.compile(r"\s*[•●▪◦‣·][\s\u00a0]*\w")
DASH = re.compile(r"\s*[-–—][\s\u00a0]+\w")
NUMBER = re.compile(r"\s*([0-9]{1,2})[.)][\s\u00a0]+\w")
FEWEST = 2  # one line with a dash may be somebody's words, one with a number a date
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
ROUND_WORDS = " \t\n\u00a0.,:;!?…„“”\"'«»‹›<>()[]→➔►"
SAYS_NOTHING = frozenset(
    {
        *("тук", "тука", "оттук", "от тук", "ето тук", "виж тук", "вижте тук", "вж. тук"),
        *("прочети тук", "прочетете тук", "кликни тук", "кликнете тук", "натисни тук"),
        *("натиснете тук", "изтегли тук", "изтеглете тук", "линк", "линка", "линкът"),
        *("този линк", "на този линк", "следния линк", "връзка", "тази връзка", "този адрес"),
        *("още", "виж", "вижте", "виж още", "вижте още", "повече", "виж повече"),
        *("вижте повече", "прочети", "прочети още", "прочети повече", "прочетете повече"),
        *("научи повече", "научете повече"),
        *("here", "click", "click here", "see here", "read here", "press here", "link"),
        *("this link", "the link", "this page", "more", "read more", "see more", "learn more"),
        *("find out more", "more here", "download here"),
    }
)


def of_text(text: Reading, field: str) -> Iterator[Finding]:
    yield from headings(text, field)
    yield from links(text, field)
    if "" in text.alternatives:
        words = _("A picture in the text has no alternative text.")
        yield Finding(WARNING, words, field)
    if False in text.tables:
        words = _("A table has no header cells: nobody hears what its columns mean.")
        yield Finding(WARNING, words, field)
    for lines in text.loose:
        if typed := typed_list(lines):
            words = _("A list is typed by hand: make it a real one with the button of the editor.")
            yield Finding(WARNING, words, field, excerpt(typed))


def headings(text: Reading, field: str) -> Iterator[Finding]:
    level = 1  # the title of the page
    for depth, words in text.headings:
        if depth > level + 1:
            told = _("A heading skips a level: it must not be more than one level deeper.")
            yield Finding(WARNING, told, field, excerpt(words))
        level = depth


def links(text: Reading, field: str) -> Iterator[Finding]:
    for link in text.links:
        shown = link.words.strip()
        bare = shown.strip(ROUND_WORDS).lower()
        if not shown:
            yield Finding(WARNING, _("A link has no words."), field, excerpt(link.href))
        elif not bare or bare in SAYS_NOTHING:
            words = _("The link “%(link)s” does not say where it leads.")
            yield Finding(WARNING, words % {"link": excerpt(shown)}, field)
        elif BARE_ADDRESS.fullmatch(shown):
            words = _("A link shows its bare address: say in words where it leads.")
            yield Finding(WARNING, words, field, excerpt(shown))


def typed_list(lines: list[str]) -> str:
    """The first line of a list that somebody typed; "" when there is none."""
    bullets = [line for line in lines if BULLET.match(line)]
    dashes = [line for line in lines if DASH.match(line)]
    numbers = [(int(match[1]), line) for line in lines if (match := NUMBER.match(line))]
    counted = [line for at, (number, line) in enumerate(numbers, 1) if number == at]
    for found, fewest in ((bullets, 1), (dashes, FEWEST), (counted, FEWEST)):
        if len(found) >= fewest:
            return found[0]
    return ""
