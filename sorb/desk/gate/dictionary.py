"""Words of a language, and which of them somebody may have meant."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

SHORTEST = 5  # letters: a shorter word is near to too many others
LONGEST = 30
SHORTEST_STEM = 4
LONGEST_ENDING = 7
ACCENTS = re.compile("[\u0300\u0301]")


@dataclass(frozen=True)
class Spelling:
    """The letters of a language, and how its words change and are mistaken."""

    letters: str
    endings: frozenset[str]
    mistaken: tuple[str, ...]  # pairs of letters that are typed one for the other
    softened: dict[int, int]  # letters at the end of a stem that stand for others

    def words_in(self, lines: str) -> list[str]:
        """The lines that are one word of its letters."""
        return re.findall(f"^[{self.letters}]+$", lines, re.MULTILINE)


def parted(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SPELLINGS = {
    "bg": Spelling(
        letters="абвгдежзийклмнопрстуфхцчшщъьюяѝ",
        endings=frozenset(
            parted(
                "а е и о у ю я ъ й ия ии ие иите ията ието та то те ата ята ото ето ите ът ят "
                "ият ен на но ни ната ното ните ния ният ове еве овете евете ища ищата ване "
                "ването вания ванията не нето нията ане ането ания анията яне янето яния "
                "янията м ш т ме ат ва вам ваш ват ваме вате х ха хме хте ше л ла ло ли вал "
                "вала вало вали ащ ащи ащо ащата ащите ащия ащият ещ ещи ещо ещата ещите ещия "
                "ещият ящ ящи ящо ящата ящите ящия ящият ейки айки вайки"
            )
        ),
        mistaken=parted("шщ аъ оу ие дт вф зс бп жш гк ий ья ео чц"),
        softened=str.maketrans("цзс", "кгх"),
    ),
    "en": Spelling(
        letters="abcdefghijklmnopqrstuvwxyz",
        endings=frozenset(parted("s es d ed ing ings er ers or ors ly ally al ness y ies")),
        mistaken=parted("ae ei ao ou cs ck td"),
        softened={},
    ),
}


@dataclass(frozen=True)
class Dictionary:
    """The words of a package with the stems of their forms, and the words of the site."""

    spelling: Spelling
    words: Collection[str]
    stems: Collection[str]

    def knows(self, word: str) -> bool:
        return word in self.words or stem(word, self.spelling) in self.stems

    def meant(self, word: str, learned: Collection[str]) -> str:
        """A known word that differs by one mistake within; "" when there is none.

        A dictionary lacks many right words. Those are rarely so near to another word, and what is
        mistyped almost always is: only that is worth saying.
        """
        near = (each for each in neighbours(word, self.spelling) if len(each) >= SHORTEST)
        return next((each for each in near if each in self.words or each in learned), "")


@cache
def dictionary(language: str) -> Dictionary:
    """The dictionary of "bg" or "en": some 100,000 words, read when they are first asked for."""
    spelling = SPELLINGS[language]
    listed = DefaultDictionaryFactory().get_dictionary(language)
    words = frozenset(spelling.words_in(ACCENTS.sub("", "\n".join(listed).lower())))
    stems = frozenset(stem(word, spelling) for word in words if len(word) >= SHORTEST_STEM)
    return Dictionary(spelling, words, stems)


def stem(word: str, spelling: Spelling) -> str:
    """The word without its ending; only good for comparing with other stems."""
    for length in range(min(LONGEST_ENDING, len(word) - SHORTEST_STEM), 0, -1):
        if word[-length:] in spelling.endings:
            word = word[:-length]
            break
    if len(word) > SHORTEST_STEM and word[-1] == "н" and word[-2] not in "аеиоуъюя":
        word = word[:-1]  # „електронен“ and „електронна“
    return word[:-1] + word[-1:].translate(spelling.softened)


def neighbours(word: str, spelling: Spelling) -> Iterator[str]:
    """What the word may have been meant to be: letters changed places, one too many, one missing,
    one for another. Not at its end, where forms of right words differ."""
    inner = range(1, len(word) - 2)
    for at in inner:
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word) - 2):
        for pair in spelling.mistaken:
            if word[at] in pair:
                yield word[:at] + pair[1 - pair.index(word[at])] + word[at + 1 :]
    for at in inner:
        yield word[:at] + word[at + 1 :]
    for at in inner:
        yield from (word[:at] + letter + word[at:] for letter in spelling.letters)
