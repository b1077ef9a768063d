"""Two texts as pieces: what is the same, what was removed, what was added; word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

Piece = tuple[str, str]  # ("same" | "removed" | "added", text)

SAME, REMOVED, ADDED = "same", "removed", "added"
# A text is compared by lines, what differs of it by sentences, what differs of these by words
LEVELS = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r"[^\n]+?[.!?…](?:[^\S\n]+|\n|\Z)|[^\n]*\n|[^\n]+"),
    re.compile(r"\n|[^\S\n]*\S+[^\S\n]*|[^\S\n]+"),
)
# Comparing takes about the product of both lengths; more than this is shown as a whole
MOST_TOKENS = (20_000, 6_000, 3_000)
MOST_PAIRS = 60_000
SHORT = 12_000  # characters of a changed stretch that is compared as one, not token by token
REACH = 8  # how many tokens further on the counterpart of one is looked for
ALIKE = 0.3  # of the letters must be the same for words to be compared one by one
FAR = 600  # characters of sameness that are shown whole
NEAR = 200  # characters kept beside a change when there are more


def pieces(before: str, after: str) -> list[Piece]:
    """The way from one text to another.

    Args:
        before, after: plain texts; lines are paragraphs.

    Returns:
        Pieces in the order of the page. The added and the same ones together are `after`, the
        removed and the same ones are `before`, apart from white space. Texts that have little in
        common, or are too long to be compared in good time (500,000 characters take less than
        two seconds), are removed and added by sentences, lines, or as a whole.
    """
    return _merged(_compared(before, after, 0))


def _compared(before: str, after: str, level: int) -> list[Piece]:
    if before == after:
        return [(SAME, after)]
    if not before or not after or level == len(LEVELS):
        return _replaced(before, after)
    old, new = (LEVELS[level].findall(text) for text in (before, after))
    start, end = _common_ends(old, new)
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end], level)
    return [(SAME, "".join(new[:start])), *middle, (SAME, "".join(new[len(new) - end :]))]


def _common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many tokens at the start, and at the end, are the same."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i].strip(" ") != new[i].strip(" ")), most)
    most -= start
    end = next((i for i in range(most) if old[-1 - i].strip(" ") != new[-1 - i].strip(" ")), most)
    return start, end


def _middle(old: list[str], new: list[str], level: int) -> list[Piece]:
    if not old or not new or not _is_affordable(old, new, level):
        return _replaced("".join(old), "".join(new))
    is_last = level == len(LEVELS) - 1
    found: list[Piece] = []
    kept = 0
    was, now = ([token.strip(" ") for token in tokens] for tokens in (old, new))
    for tag, i, j, m, n in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((SAME, "".join(new[m:n])))
            kept += len(found[-1][1])
        else:
            for one, other in _counterparts(old[i:j], new[m:n]):
                found += _compared(one, other, level + 1)
    if is_last and kept < ALIKE * max(len("".join(old)), len("".join(new))):
        return _replaced("".join(old), "".join(new))
    return found


def _counterparts(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """What is compared with what: one by one, or, where lines were split or joined, as one."""
    fewer = min(len(old), len(new))
    whole = [("".join(old), "".join(new))]
    if fewer < 2:
        return whole
    pairs = list(_pairs(old, new))
    is_short = len(whole[0][0]) + len(whole[0][1]) <= SHORT
    return whole if is_short and sum(bool(a and b) for a, b in pairs) < fewer else pairs


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Each token with the one that it probably became; "" for one that has no counterpart."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    words = [set(token.split()) for token in new]
    place = 0
    for token in old:
        known = set(token.split())
        within = range(place, min(place + REACH, len(new)))
        alike = [len(known & words[i]) / (len(known | words[i]) or 1) for i in within]
        if not alike or max(alike) < ALIKE:
            yield token, ""
            continue
        found = place + alike.index(max(alike))
        yield "", "".join(new[place:found])
        yield token, new[found]
        place = found + 1
    yield "", "".join(new[place:])


def _is_affordable(old: list[str], new: list[str], level: int) -> bool:
    if len(old) + len(new) > MOST_TOKENS[level]:
        return False
    counts, others = Counter(old), Counter(new)
    return sum(count * others[token] for token, count in counts.items()) <= MOST_PAIRS


def _replaced(before: str, after: str) -> list[Piece]:
    return [(REMOVED, before), (ADDED, after)]


def _merged(found: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; within a change the removed before the added."""
    merged: list[Piece] = []
    removed = added = ""
    for kind, text in found:
        if kind == REMOVED:
            removed += text
        elif kind == ADDED:
            added += text
        elif text.strip(" ") or not (removed or added):
            merged += [(REMOVED, removed), (ADDED, added), (SAME, text)]
            removed = added = ""
        else:  # a space between two changed words
            removed, added = removed + text, added + text
    merged += [(REMOVED, removed), (ADDED, added)]
    return _joined([piece for piece in merged if piece[1]])


def _joined(found: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for kind, text in found:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined


def shortened(found: list[Piece]) -> list[Piece]:
    """The pieces with „[…]“ for long stretches of sameness."""
    last = len(found) - 1
    return [
        (kind, _near(text, place > 0, place < last) if kind == SAME else text)
        for place, (kind, text) in enumerate(found)
    ]


def _near(text: str, has_before: bool, has_after: bool) -> str:
    if len(text) <= FAR:
        return text
    head = text[:NEAR].rpartition(" ")[0] if has_before else ""
    tail = text[-NEAR:].partition(" ")[2] if has_after else ""
    if not head and not tail:
        head = text[:NEAR]
    return " […] ".join((head, tail))
