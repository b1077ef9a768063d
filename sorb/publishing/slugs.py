"""Addresses in Latin letters, by the Bulgarian Transliteration Act (State Gazette 19/2009)."""

import re
import unicodedata

MAX_LENGTH = 80

LETTERS = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sht",
            "a",
            "y",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
# Letters of neighbouring alphabets that occur in names, and marks that would otherwise vanish
LETTERS |= {"ѝ": "i", "ы": "y", "э": "e", "ё": "yo", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c"}
LETTERS |= {"ђ": "dj", "џ": "dzh", "є": "ye", "і": "i", "ї": "yi", "ß": "ss", "ł": "l", "ø": "o"}
LETTERS |= {"æ": "ae", "œ": "oe", "đ": "d", "&": " and ", "№": " no "}

# Х, С, М and І typed on a Bulgarian keyboard where a Roman numeral is meant: ХХVІІ
LOOKALIKES = str.maketrans("ХСМІ", "XCMI")
ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
WORD = re.compile(r"[^\W_]+")


def transliterate(text: str) -> str:
    """The text in Latin letters, lower case.

    Args:
        text: any text; Bulgarian letters follow the Transliteration Act, a final „ия“ becomes
            "ia", „България“ is "bulgaria" (art. 8), Roman numerals typed with Cyrillic
            look-alikes stay Roman numerals, accents of other Latin alphabets are dropped.
    """
    return WORD.sub(lambda match: _word(match.group()), unicodedata.normalize("NFC", text)).lower()


def _word(word: str) -> str:
    numeral = word.translate(LOOKALIKES)
    if numeral.isascii() and ROMAN.fullmatch(numeral) and (len(word) > 1 or word.isascii()):
        return numeral
    word = word.lower()
    if word.startswith("българия"):
        return "bulgaria" + _word(word.removeprefix("българия"))
    if word.endswith("ия"):
        return "".join(map(_letter, word[:-2])) + "ia"
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    if letter in LETTERS:
        return LETTERS[letter]
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))


def slugify(text: str) -> str:
    """The address made from a title: Latin letters, digits and hyphens, cut at a word.

    Args:
        text: a title in either language.

    Returns:
        At most 80 characters; "page" when the title has nothing that can be written in Latin.
    """
    latin = transliterate(text).replace("'", "").replace("’", "")
    for sign in "&№":
        latin = latin.replace(sign, LETTERS[sign])
    slug = "-".join(re.findall("[a-z0-9]+", latin))
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug or "page"


def with_number(slug: str, number: int) -> str:
    """The slug followed by a number ("forum-2"), still within 80 characters."""
    ending = f"-{number}"
    return slug[: MAX_LENGTH - len(ending)].rstrip("-") + ending
