"""The content lines of an iCalendar file (RFC 5545, section 3.1)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sorb.outside import clean

LONGEST = 75  # octets, without the line break
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# What a parameter cannot hold between its quotes (RFC 6868, 3.1)
CARETS = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})
BARE = str.maketrans("", "", "-:")  # dates have no marks between their numbers


def text(words: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11), without what no file may hold."""
    return clean(words).translate(ESCAPED)


def parameter(words: str) -> str:
    """The quoted value of a parameter (RFC 5545, 3.2)."""
    return f'"{clean(words).translate(CARETS)}"'


def utc(moment: datetime) -> str:
    """A moment in UTC (RFC 5545, 3.3.5, form 2)."""
    return f"{clock(moment.astimezone(UTC))}Z"


def clock(moment: datetime) -> str:
    """A moment by its own clock (RFC 5545, 3.3.5)."""
    return moment.replace(tzinfo=None, microsecond=0).isoformat().translate(BARE)


def day(date: date) -> str:
    """A date (RFC 5545, 3.3.4)."""
    return date.isoformat().translate(BARE)


def folded(lines: Iterable[str]) -> bytes:
    """The file of these lines.

    Args:
        lines: "NAME:value", without line breaks.

    Returns:
        UTF-8 with CRLF, lines of at most 75 octets. A long line goes on after a space, and is
        never broken within a letter.
    """
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    parts = []
    start, end = 0, LONGEST
    while end < len(line):
        while line[end] & 0xC0 == 0x80:  # within a letter of UTF-8 (RFC 3629, section 3)
            end -= 1
        parts.append(line[start:end])
        start, end = end, end + LONGEST - 1
    parts.append(line[start:])
    return b"\r\n ".join(parts) + b"\r\n"
