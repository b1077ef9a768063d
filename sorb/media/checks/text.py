"""CSV: text in UTF-8 or windows-1251, without control characters and markup."""

import codecs
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .arrival import Upload

ENCODINGS = ("utf-8-sig", "windows-1251")
CHUNK = 1024 * 1024  # bytes
OVERLAP = 64  # characters; longer than any tag name that matters

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MARKUP = re.compile(r"<(?:[!?]|/?[a-z][a-z0-9]{0,20}[\s/>])", re.IGNORECASE)


def check_csv(file: Upload) -> None:
    for encoding in ENCODINGS:
        try:
            _check_words(_decoded(file, encoding))
        except UnicodeDecodeError:
            continue
        return
    raise ValidationError(
        _("The CSV file is not text in UTF-8 or windows-1251. Save it as “CSV UTF-8”."),
        code="content",
    )


def _decoded(file: Upload, encoding: str) -> Iterator[str]:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _check_words(parts: Iterator[str]) -> None:
    end = ""
    for part in parts:
        text = end + part
        if CONTROLS.search(text):
            raise ValidationError(
                _("The CSV file holds characters that are not text."), code="content"
            )
        if MARKUP.search(text):
            raise ValidationError(
                _("The CSV file holds HTML. Only plain text is accepted in it."), code="content"
            )
        end = text[-OVERLAP:]
