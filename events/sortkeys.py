"""Names in alphabetical order: a stored key, compared byte by byte (`db_collation="C"`)."""

import re
import unicodedata

BULGARIAN = "абвгдежзийклмнопрстуфхцчшщъьюя"
DIGITS = re.compile("[0-9]+")
NOT_WORDS = re.compile(r"[^\w\s]|_")
MUNICIPALITY = re.compile(r"(?:Община|Municipality of)\s+(?=\S)", re.IGNORECASE)
OTHER = "#"  # stands over names that begin with no letter


def sort_key(name: str) -> str:
    """The key that puts names in Bulgarian order, Cyrillic before Latin.

    Args:
        name: what is sorted; quotes and dashes do not count, numbers sort by value.

    Returns:
        Text whose bytes in UTF-8 sort as the names do: digits, then Cyrillic, then Latin.
    """
    folded = unicodedata.normalize("NFC", name).casefold().replace("ѝ", "и")
    words = NOT_WORDS.sub(" ", folded).split()
    padded = DIGITS.sub(lambda match: match.group().zfill(6), " ".join(words))
    return "".join(map(_rank, padded))[:200]


def _rank(letter: str) -> str:
    if letter in BULGARIAN:
        return chr(ord("A") + BULGARIAN.index(letter))
    return letter  # a digit sorts before "A", a Latin small letter after "^"


def family_name_first(name: str) -> str:
    """„Мария Петрова-Иванова“ as „Петрова-Иванова Мария“: people are sorted by family name."""
    *given, family = name.split() or [""]
    return " ".join([family, *given])


def place_first(name: str) -> str:
    """„Община Габрово“ as „Габрово“: municipalities are sorted by the name of the place."""
    return MUNICIPALITY.sub("", name.strip(), count=1) if MUNICIPALITY.match(name.strip()) else name


def letter_of(key: str) -> str:
    """The letter under which a name with this sort key stands: „А“, "B", or "#" for a digit."""
    first = key[:1]
    place = ord(first or "\0") - ord("A")
    if 0 <= place < len(BULGARIAN):
        return BULGARIAN[place].upper()
    return first.upper() if first.isalpha() else OTHER
