"""Pictures beside the text: the cover and the gallery."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .finding import WARNING, Finding, excerpt

GALLERY = "gallery-group"


def of_cover(item: Any) -> Iterator[Finding]:
    if item.cover is not None:
        yield from lacking(item, [item.cover], "cover", item.cover)


def of_gallery(item: Any, rows: list[Any]) -> Iterator[Finding]:
    for row in rows:
        if not row.is_decorative:
            yield from lacking(item, [row, row.image], GALLERY, row.image)


def lacking(item: Any, sources: list[Any], field: str, image: Any) -> Iterator[Finding]:
    """What lacks when none of the sources has an alternative text in a language."""
    if not has_alternative(sources, "bg"):
        words = _("A picture has no alternative text: blind readers will not know what it shows.")
        yield Finding(WARNING, words, field, excerpt(str(image)))
    elif item.title_en and not has_alternative(sources, "en"):
        words = _("A picture has no alternative text in English.")
        yield Finding(WARNING, words, field, excerpt(str(image)))


def has_alternative(sources: list[Any], code: str) -> bool:
    return any(getattr(source, f"alternative_{code}").strip() for source in sources)
