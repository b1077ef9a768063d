"""Letters of one alphabet where the other is meant: they look alike, and search is misled."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .finding import HINT, WARNING, Finding, excerpt

WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile("[A-Za-z]")
CYRILLIC = re.compile("[\u0400-\u045f]")
# Letters that have a look-alike in the other alphabet, as Bulgarian and English are written
LATIN_ALIKE = "aeopcxykmthbiABEKMHOPCTXYI"
CYRILLIC_ALIKE = "аеорсхукмтнвіАВЕКМНОРСТХУІ"
ALIKE = frozenset(LATIN_ALIKE + CYRILLIC_ALIKE)
AS_ROMAN = str.maketrans("ХІСМ", "XICM")
ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
CYRILLIC_NUMERAL = re.compile("[ХІ]{2,}")
ACRONYM_WITH_ENDING = re.compile(r"(?=[A-Z]*[DFGLNQRUVWZ])[A-Z]{2,}[а-я]{1,4}")
# A Latin letter that stands for a Bulgarian word between two of them
LONE = re.compile(r"(?<=[а-я][ \u00a0])(?:[aceoy]|ce|ca)(?=[ \u00a0][а-я])")
# Bulgarian words one after another: in an English text a name may stay, a phrase was forgotten
PHRASE = re.compile(r"\b[а-яѝ]+(?:[\s\u00a0,.;:„“–-]+[а-яѝ]+){2,}", re.IGNORECASE)
BULGARIAN_WORD = re.compile(r"\b[а-яѝ]{2,}\b", re.IGNORECASE)


def of_words(text: str, field: str, language: str) -> Iterator[Finding]:
    """Words of both alphabets, and Roman numerals with a Cyrillic letter."""
    for word in dict.fromkeys(WORD.findall(text)):
        has_cyrillic = CYRILLIC.search(word)
        if has_cyrillic and is_numeral(word):
            told = _("A Roman numeral has a Cyrillic letter: type it with Latin ones.")
            yield Finding(HINT, told, field, excerpt(word))
        elif has_cyrillic and LATIN.search(word) and (letter := intruder(word, language)):
            told = alike(letter) % {"letter": letter}
            yield Finding(WARNING, told, field, excerpt(word))
    if language == "bg":
        for letter in dict.fromkeys(LONE.findall(text)):
            yield Finding(WARNING, alike(letter) % {"letter": letter}, field)


def alike(letter: str) -> str:
    if LATIN.match(letter):
        return _("A Latin “%(letter)s” stands for the Cyrillic one: search will not find the word.")
    return _("A Cyrillic “%(letter)s” stands for the Latin one: search will not find the word.")


def is_numeral(word: str) -> bool:
    """Is it a Roman numeral, though not all of its letters are Latin?"""
    if not LATIN.search(word) and not CYRILLIC_NUMERAL.fullmatch(word):
        return False
    return ROMAN.fullmatch(word.translate(AS_ROMAN)) is not None


def intruder(word: str, language: str) -> str:
    """The first letter of the wrong alphabet in a word of both; "" when the mix is meant.

    „PDFът“ and „iPhone-ът“ are meant: of neither alphabet do all letters have a look-alike.
    """
    latin, cyrillic = LATIN.findall(word), CYRILLIC.findall(word)
    if ACRONYM_WITH_ENDING.fullmatch(word):
        return ""
    wrong = [letters for letters in (latin, cyrillic) if ALIKE.issuperset(letters)]
    if not wrong:
        return ""
    own = cyrillic if language == "bg" else latin
    return str(min(wrong, key=lambda letters: (len(letters), letters is own))[0])


def untranslated(text: str, field: str) -> Iterator[Finding]:
    """Bulgarian phrases in an English text."""
    if found := PHRASE.search(text):
        words = _("Bulgarian words stand in the English text.")
        yield Finding(WARNING, words, field, excerpt(found[0]))


def untranslated_title(title: str, field: str) -> Iterator[Finding]:
    for word in BULGARIAN_WORD.findall(title):
        words = _("Bulgarian words stand in the English title.")
        yield Finding(WARNING, words, field, excerpt(word))
        return
