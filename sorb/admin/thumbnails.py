"""Small pictures in lists, galleries and pickers of the admin."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sorb.media.models import Image

LEAST_WIDTH = 240  # pixels: sharp at 120 on a screen of double density
FORMATS = ("webp", "jpeg")


def thumbnail_address(image: Image, shape: str = "square") -> str:
    """The address of the smallest rendition that is still sharp in a list; the file without one."""
    formats = image.renditions.get(shape, {})
    for name in FORMATS:
        if sizes := sorted(formats.get(name, [])):
            path = next((path for width, _, path in sizes if width >= LEAST_WIDTH), sizes[-1][2])
            return str(image.file.storage.url(path))
    return str(image.file.url)


def thumbnail(image: Image | None) -> SafeString:
    """The picture for a list, without words: the row names what it belongs to."""
    if image is None:
        return format_html('<span class="thumbnail thumbnail-none"></span>')
    return format_html(
        '<img class="thumbnail" src="{}" alt="" width="56" height="56" loading="lazy">',
        thumbnail_address(image),
    )
