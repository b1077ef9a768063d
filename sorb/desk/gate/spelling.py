"""Likely misspellings: a hint, never a question."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .dictionary import LONGEST, SHORTEST, Dictionary, dictionary
from .finding import HINT, Finding
from .learned import learned

MOST = 10  # words shown
MOST_UNKNOWN = 200  # words for which another is looked for
# A word with a digit, a letter of an address or a sign of a name beside it is none to check
WORD = re.compile(r"(?<![\w@/.&-])[^\W\d_]+(?![\w@/&-]|\.\w)")
END_OF_SENTENCE = re.compile(r"(?:\A|[.!?…:;•\n])[\s\u00a0„“\"'(«–—-]*\Z")
BEFORE = 8  # characters looked at to see whether a sentence begins


def of_texts(item: Any, texts: dict[str, str], language: str) -> Iterator[Finding]:
    """The words of the texts, given by their fields, that are near to another and unknown."""
    known = dictionary(language)
    own_names = {name for text in texts.values() for name in names_in(text)}
    unknown: dict[str, str] = {}
    for field, text in texts.items():
        for word in words_in(text, known):
            if word.lower() not in own_names and not known.knows(word.lower()):
                unknown.setdefault(word, field)
    if not unknown:
        return
    of_site = learned(type(item), language)
    candidates = [word for word in unknown if word.lower() not in of_site][:MOST_UNKNOWN]
    meant = {word: known.meant(word.lower(), of_site) for word in candidates}
    for word in [word for word, other in meant.items() if other][:MOST]:
        words = _("Perhaps misspelt; similar to “%(word)s”.") % {"word": meant[word]}
        yield Finding(HINT, words, unknown[word], word)


def words_in(text: str, known: Dictionary) -> Iterator[str]:
    """The words to be checked: of the language's letters, long enough, and not in capitals."""
    letters = frozenset(known.spelling.letters)
    for word in WORD.findall(text):
        is_checked = SHORTEST <= len(word) <= LONGEST and not word[1:].isupper()
        if is_checked and letters.issuperset(word.lower()):
            yield word


def names_in(text: str) -> Iterator[str]:
    """Words, in small letters, that have a capital within a sentence."""
    for match in WORD.finditer(text):
        if match[0][0].isupper():
            before = text[max(0, match.start() - BEFORE) : match.start()]
            if not END_OF_SENTENCE.search(before):
                yield match[0].lower()
