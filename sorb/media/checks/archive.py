"""The list of contents of a ZIP archive (APPNOTE 6.3, sections 4.3.12 to 4.3.16), judged unread.

An archive can lie about its contents; it is never unpacked here, so that only its list can do
harm: by its length, and by names and sizes that would hurt whoever unpacks it.
"""

import struct
import zipfile
from collections.abc import Iterable

from .arrival import Upload

MAX_ENTRIES = 10_000
MAX_DIRECTORY = 2 * 1024 * 1024  # bytes
MAX_UNPACKED = 1024 * 1024 * 1024  # bytes, all parts together
MAX_RATIO = 200  # unpacked to packed, of parts over RATIO_FROM
RATIO_FROM = 5 * 1024 * 1024  # bytes

END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")


def directory_problem(file: Upload) -> str:
    """Why the directory must not be read, "" when it may.

    It must be small, and described by the last bytes of the file with no comment behind them:
    so written by every office program, and leaving one single way to understand the file.
    """
    size = file.size or 0
    file.seek(max(0, size - END.size))
    end = file.read(END.size)
    if len(end) < END.size:
        return "too short"
    mark, disk, _first, _here, entries, length, _offset, comment = END.unpack(end)
    if mark != b"PK\x05\x06" or comment or disk:
        return "no end record at the end"
    file.seek(max(0, size - END.size - LOCATOR_64.size - END_64.size))
    wide_end, locator = file.read(END_64.size), file.read(LOCATOR_64.size)
    if locator.startswith(b"PK\x06\x07"):
        if not wide_end.startswith(b"PK\x06\x06"):
            return "a misplaced ZIP64 record"
        entries, length = END_64.unpack(wide_end)[7:9]
    return "too long a directory" if entries > MAX_ENTRIES or length > MAX_DIRECTORY else ""


def entry_problem(entries: Iterable[zipfile.ZipInfo]) -> str:
    """What is wrong with a part, "" when all are as in an office document."""
    seen: set[str] = set()
    unpacked = 0
    for entry in entries:
        unpacked += entry.file_size
        if _leads_outside(entry.orig_filename) or entry.orig_filename in seen:
            return "a name that leads outside, or twice the same"
        if entry.flag_bits & 0x1 or entry.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            return "encrypted, or packed in another way"
        if entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size):
            return "packed too tightly"
        seen.add(entry.orig_filename)
    return "too large when unpacked" if unpacked > MAX_UNPACKED else ""


def _leads_outside(name: str) -> bool:
    is_odd = not name or any(sign in name for sign in ("\\", ":", "\0"))
    return is_odd or name.startswith("/") or ".." in name.split("/")
