"""Small pictures in lists, galleries and pickers of the admin."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sorb.media.models import Image

CODECS = ("webp", "jpeg")


def thumbnail_address(image: Image, shape: str = "square") -> str:
    """The address of the narrowest rendition of a shape, of the picture itself without one."""
    for codec in CODECS:
        if sizes := image.of_shape(shape, codec):
            return str(image.file.storage.url(sizes[0].path))
    return str(image.file.url)


def thumbnail(image: Image | None) -> SafeString:
    """The picture for a list, without words: the row names what it belongs to."""
    if image is None:
        return format_html('<span class="{}"></span>', "thumbnail thumbnail-none")
    return format_html(
        '<img class="thumbnail" src="{}" alt="" width="56" height="56" loading="lazy">',
        thumbnail_address(image),
    )
