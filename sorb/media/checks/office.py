"""Office documents: archives of which only the list of contents and one small part are read."""

import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .archive import directory_problem, entry_problem
from .arrival import Upload, head

PART_LIMIT = 1024 * 1024  # bytes read of one part

OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "docx": OOXML + "wordprocessingml.document.main+xml",
    "xlsx": OOXML + "spreadsheetml.sheet.main+xml",
    "pptx": OOXML + "presentationml.presentation.main+xml",
}
MIMETYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MACRO_PARTS = ("vbaproject.bin", "vbaprojectsignature.bin", "vbadata.xml")
MACRO_TYPES = (b"macroenabled", b"vnd.ms-office.vbaproject")
MACRO_FOLDERS = ("basic/", "scripts/")


def check_ooxml(file: Upload, kind: str) -> None:
    """A DOCX, XLSX or PPTX (ECMA-376) without macros."""
    with _opened(file) as archive:
        names = [name.lower() for name in archive.namelist()]
        if any(name.rpartition("/")[2] in MACRO_PARTS for name in names):
            raise _has_macros()
        types = _part(archive, "[Content_Types].xml").lower()
    if any(word in types for word in MACRO_TYPES):
        raise _has_macros()
    # Content types need no entities; with them the words looked for could be spelt otherwise
    if MAIN_PARTS[kind].lower().encode() not in types or b"<!" in types or b"&#" in types:
        raise _not_what_it_says(kind)


def check_odf(file: Upload, kind: str) -> None:
    """An ODT or ODS (ISO/IEC 26300) without macros and scripts."""
    with _opened(file) as archive:
        if any(name.lower().startswith(MACRO_FOLDERS) for name in archive.namelist()):
            raise _has_macros()
        if _part(archive, "mimetype").strip() != MIMETYPES[kind].encode():
            raise _not_what_it_says(kind)


def _opened(file: Upload) -> zipfile.ZipFile:
    """The archive with its directory read, once it is known to be small and sound."""
    if not head(file, 4).startswith(b"PK\x03\x04") or directory_problem(file):
        raise _damaged()
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged() from error
    if entry_problem(archive.infolist()):
        archive.close()
        raise _damaged()
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of a part, b"" when it is absent or larger than any honest one."""
    try:
        with archive.open(name) as part:
            content = part.read(PART_LIMIT + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise _damaged() from error
    return content if len(content) <= PART_LIMIT else b""


def _has_macros() -> ValidationError:
    return ValidationError(
        _("The document holds macros. Save it without them, or as PDF."), code="macros"
    )


def _not_what_it_says(kind: str) -> ValidationError:
    return ValidationError(
        _("The content is not that of a %(format)s file."),
        code="content",
        params={"format": kind.upper()},
    )


def _damaged() -> ValidationError:
    return ValidationError(
        _("The document is damaged or built in an unusual way. Save it anew, or as PDF."),
        code="damaged",
    )
