"""What is asked of every upload before its content is looked at."""

from pathlib import PurePosixPath
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

Upload: TypeAlias = "File[bytes]"


def is_stored(file: Upload) -> bool:
    """Is it in the storage already? A form saved again shows its validators the file of the row."""
    return isinstance(file, FieldFile) and bool(getattr(file, "_committed", True))


def extension(file: Upload) -> str:
    """What stands after the last dot of the name, in small letters: "jpg"; "" without one."""
    name = (file.name or "").replace("\\", "/").rstrip(". ")
    return PurePosixPath(name).suffix.lstrip(".").lower()


def check_size(file: Upload, limit: int) -> None:
    """Neither empty nor over the limit (bytes)."""
    if not file.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if file.size > limit:
        raise ValidationError(
            _("The file is %(size)s. At most %(limit)s are accepted."),
            code="too_large",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
        )


def head(file: Upload, length: int) -> bytes:
    """The first bytes."""
    file.seek(0)
    start: bytes = file.read(length)
    return start
