"""Files to upload, made on the spot."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Picture

OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = '<?xml version="1.0"?><Types><Override ContentType="{}"/></Types>'
WORD = f"{OOXML}.wordprocessingml.document.main+xml"
SHEET = f"{OOXML}.spreadsheetml.sheet.main+xml"
SLIDES = f"{OOXML}.presentationml.presentation.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(content: bytes, name: str) -> ContentFile:
    return ContentFile(content, name=name)


def saved(picture: Picture.Image, codec: str = "JPEG", **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, codec, **options)
    return data.getvalue()


def plain(
    size: tuple[int, int] = (64, 48), colour: Any = "teal", mode: str = "RGB"
) -> Picture.Image:
    return Picture.new(mode, size, colour)


def leaves(size: tuple[int, int] = (700, 500)) -> bytes:
    """A JPEG with the detail of a photograph, of which every codec makes something smaller."""
    grain = Picture.effect_noise((size[0] // 10, size[1] // 10), 90)
    return saved(grain.resize(size).convert("RGB"))


def quarters(size: tuple[int, int]) -> Picture.Image:
    """Red and green above, blue and yellow below."""
    small = Picture.new("RGB", (2, 2))
    small.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)])
    return small.resize(size, Picture.Resampling.NEAREST)


def png_of(width: int, height: int) -> bytes:
    """A PNG that only claims its size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def archive(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
        packed.comment = comment
    return data.getvalue()


def docx(**more: str | bytes) -> bytes:
    return archive({"[Content_Types].xml": TYPES.format(WORD), "word/document.xml": "<w/>", **more})


def odt(**more: str | bytes) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", **more})


def stored_files() -> set[str]:
    """Everything under MEDIA_ROOT, by its path there."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def opened(path: str) -> Picture.Image:
    """A stored picture, decoded."""
    with Picture.open(Path(settings.MEDIA_ROOT) / path) as picture:
        picture.load()
        return picture
