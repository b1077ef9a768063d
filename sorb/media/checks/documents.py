"""Documents: the type is proved by the name and by the content, and nothing is ever unpacked."""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .arrival import Upload, check_size, extension, head, is_stored
from .office import check_odf, check_ooxml
from .text import check_csv

DOCUMENT_LIMIT = 30 * 1024 * 1024  # bytes
PDF_TAIL = 64 * 1024  # bytes; the part of a PDF in which its end mark must stand


class Instead(NamedTuple):
    """What to send in place of a type that is not taken."""

    extensions: tuple[str, ...]
    wanted: str


INSTEAD = (
    Instead(("doc", "docm", "dot", "dotx", "dotm", "rtf", "pages"), "DOCX"),
    Instead(("xls", "xlsm", "xlsb", "xlt", "xltx", "xltm", "numbers"), "XLSX"),
    Instead(("ppt", "pptm", "pps", "ppsx", "ppsm", "pot", "potx", "key"), "PPTX"),
    Instead(("zip", "rar", "7z", "gz", "tar"), "PDF"),
    Instead(("txt", "htm", "html", "mht", "mhtml", "xml", "odp", "djvu", "xps"), "PDF"),
)
PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "avif", "tif", "tiff", "heic", "svg", "bmp")


def check_pdf(file: Upload) -> None:
    """`%PDF-` at the very beginning, `%%EOF` at the end, and behind it nothing.

    Readers of PDF are lenient about both; a file that is also HTML or an archive lives on that.
    """
    if not re.match(rb"%PDF-[12]\.[0-9]", head(file, 8)):
        raise ValidationError(_("The content is not that of a PDF file."), code="content")
    file.seek(max(0, (file.size or 0) - PDF_TAIL))
    _body, mark, rest = file.read(PDF_TAIL).rpartition(b"%%EOF")
    if not mark or rest.strip(b"\0\t\r\n\f \x1a"):
        raise ValidationError(
            _("The PDF file is incomplete or has something added to it. Export it anew."),
            code="content",
        )


CHECKS: dict[str, Callable[[Upload], None]] = {
    "pdf": check_pdf,
    "docx": lambda file: check_ooxml(file, "docx"),
    "xlsx": lambda file: check_ooxml(file, "xlsx"),
    "pptx": lambda file: check_ooxml(file, "pptx"),
    "odt": lambda file: check_odf(file, "odt"),
    "ods": lambda file: check_odf(file, "ods"),
    "csv": check_csv,
}
ACCEPTED = ", ".join(CHECKS).upper()


def check_document(file: Upload) -> None:
    """Raises ValidationError, in the editor's words, unless the document is acceptable."""
    if not is_stored(file):
        prove_document(file)


def prove_document(file: Upload) -> None:
    """The same, whatever the library may know of the file."""
    check_document_arrival(file)
    try:
        CHECKS[extension(file)](file)
    finally:
        file.seek(0)


def check_document_arrival(file: Upload) -> None:
    """Size and name: all that can be said without reading."""
    check_size(file, DOCUMENT_LIMIT)
    sent = extension(file)
    if sent in PICTURES:
        raise ValidationError(
            _("This is a picture: add it to the pictures, not to the documents."), code="format"
        )
    for names, wanted in INSTEAD:
        if sent in names:
            raise ValidationError(
                _("%(format)s is not accepted: save the document as %(wanted)s."),
                code="format",
                params={"format": sent.upper(), "wanted": wanted},
            )
    if sent not in CHECKS:
        raise ValidationError(
            _("Files of this type are not accepted. Accepted are %(accepted)s."),
            code="format",
            params={"accepted": ACCEPTED},
        )


def extension_of_document(file: Upload) -> str:
    """The extension under which a checked document is stored."""
    return extension(file)
