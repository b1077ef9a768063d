"""Names of stored files: generated, so that nothing of what was sent decides where a file lies."""

import re
import secrets
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone

from . import checks

if TYPE_CHECKING:
    from .models import Document, Image

STORED = re.compile(
    r"(?P<folder>images|documents)/[0-9]{4}/[0-9]{2}/[A-Za-z0-9_-]{22,80}\.(?P<extension>[a-z]{3,4})"
)
# What the names of an original and of its renditions begin with; written into texts as well
STEM = re.compile(r"(?P<folder>images|documents)/[0-9]{4}/[0-9]{2}/[A-Za-z0-9_-]{22}")
RENDITION = re.compile(r"-(?P<shape>[a-z]+)-(?P<width>[0-9]{1,5})-[0-9a-f]{8}\.")
ORIGINALS = {
    "images": ("jpg", "png"),
    "documents": ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv"),
}


def stem(folder: str) -> str:
    """A new name without extension: folder, year, month, 22 characters of chance (128 bits)."""
    return f"{folder}/{timezone.localdate():%Y/%m}/{secrets.token_urlsafe(16)}"


def stem_of(path: str) -> str:
    """The stem of the name of an original or a rendition; "" of what is no name of ours."""
    match = STEM.match(path)
    return match[0] if match else ""


def originals(stem: str) -> list[str]:
    """The names that the original with this stem may have."""
    return [f"{stem}.{extension}" for extension in ORIGINALS.get(stem.partition("/")[0], ())]


def image_path(image: "Image", filename: str) -> str:
    return f"{stem('images')}.{PurePosixPath(filename).suffix.lstrip('.').lower()}"


def document_path(document: "Document", filename: str) -> str:
    return f"{stem('documents')}.{checks.extension_of_document(document.file)}"


def rendition_path(original: str, shape: str, width: int, batch: str, extension: str) -> str:
    """The name of a rendition. Renditions made anew get another batch: addresses never lie."""
    return f"{original.rpartition('.')[0]}-{shape}-{width}-{batch}.{extension}"


def sent_name(name: str) -> str:
    """The name as sent, without folders, control and direction characters, at most 255 long."""
    composed = unicodedata.normalize("NFC", name.replace("\\", "/"))
    shown = "".join(sign for sign in composed if unicodedata.category(sign)[0] != "C")
    return shown.rpartition("/")[2].strip()[-255:]


def title_of(name: str) -> str:
    """A title made of a file's name: „Покана_2020.pdf“ gives „Покана 2020“; "" of nothing."""
    words = PurePosixPath(sent_name(name)).stem
    return " ".join(re.sub(r"[_+]+|%20", " ", words).split()).strip(" .-")[:200]


def download_name(title: str, path: str) -> str:
    """A Content-Disposition that saves the file under its title (RFC 6266, RFC 8187)."""
    extension = path.rpartition(".")[2]
    shown = re.sub(r'[/\\:*?"<>|]+', " ", sent_name(title.replace("/", " ")))
    words = " ".join(shown.split())[:120].strip(" .") or "document"
    name = words if words.lower().endswith(f".{extension}") else f"{words}.{extension}"
    return f"attachment; filename=\"document.{extension}\"; filename*=UTF-8''{quote(name, safe='')}"
