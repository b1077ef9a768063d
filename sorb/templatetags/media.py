"""{% picture %}: an image of the library, in sizes and formats for the browser to choose from."""

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sorb.media.models import Image
from sorb.media.renditions import Rendition

register = template.Library()

SOURCES = {"avif": "image/avif", "webp": "image/webp"}
EAGER = mark_safe(' fetchpriority="high" decoding="async"')
LAZY = mark_safe(' loading="lazy" decoding="async"')
IN_BULGARIAN = mark_safe(' lang="bg"')


@register.simple_tag
def picture(
    image: Image | None,
    shape: str = "full",
    sizes: str = "100vw",
    alt: str | None = None,
    lazy: bool = True,
    css: str = "",
) -> SafeString:
    """The `<picture>` of an image, "" without one.

    Args:
        shape: "full", "wide" (16:9) or "square", the last two cut around the focal point.
        sizes: how wide it will stand, for the browser's choice (HTML, the `sizes` attribute).
        alt: the words for who does not see it; None for those of the library, "" when decorative.
        lazy: False for the picture that readers see first.
        css: classes of the `<img>`.

    Without renditions the original is shown; a file that is lost leaves the words. Nothing is
    read from the disk or the database.
    """
    if image is None:
        return SafeString("")
    words = image.alternative if alt is None else alt
    if not image.file:
        return format_html("<span>{}</span>", words) if words else SafeString("")
    jpegs = image.of_shape(shape, "jpeg")
    largest = jpegs[-1] if jpegs else image.original
    return format_html(
        '<picture>{}<img src="{}"{} width="{}" height="{}" alt="{}"{}{}{}></picture>',
        _sources(image, shape, sizes),
        address(largest),
        format_html(' srcset="{}" sizes="{}"', srcset(jpegs), sizes) if jpegs else "",
        largest.width,
        largest.height,
        words,
        _language(image) if alt is None else "",
        format_html(' class="{}"', css) if css else "",
        LAZY if lazy else EAGER,
    )


@register.filter
def large_address(image: Image) -> str:
    """The address of the picture as large as it is shown anywhere; of the original without it."""
    jpegs = image.of_shape("full", "jpeg")
    return address(jpegs[-1] if jpegs else image.original)


def address(rendition: Rendition) -> str:
    """Below MEDIA_URL; the library's names need no escaping."""
    return f"{settings.MEDIA_URL}{rendition.path}"


def srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{address(rendition)} {rendition.width}w" for rendition in renditions)


def _sources(image: Image, shape: str, sizes: str) -> SafeString:
    made = ((image.of_shape(shape, codec), kind) for codec, kind in SOURCES.items())
    return format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((kind, srcset(renditions), sizes) for renditions, kind in made if renditions),
    )


def _language(image: Image) -> SafeString | str:
    """A lang attribute when the library's words are in Bulgarian on an English page."""
    is_foreign = get_language() == "en" and image.alternative and not image.alternative_en
    return IN_BULGARIAN if is_foreign else ""
