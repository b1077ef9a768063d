"""What events and news have in common, as JSON."""

from datetime import datetime
from typing import Any

from sorb.dates import SOFIA
from sorb.media.models import DocumentUse, Image, ImageUse
from sorb.outside import absolute, clean, picture
from sorb.publishing.addresses import Addressed, page_language
from sorb.publishing.models import Publishable
from sorb.richtext.document import read
from sorb.richtext.sanitiser import sanitised
from sorb.richtext.words import lines_of

Facts = dict[str, Any]


def moment(at: datetime) -> str:
    """A moment by the clocks of Sofia, with their offset (RFC 3339)."""
    return at.astimezone(SOFIA).isoformat(timespec="seconds")


def named(thing: Addressed) -> Facts:
    """The name of a thing and its page, and the slug that the filters take."""
    return {
        "name": clean(str(thing)),
        "slug": thing.slug_in(page_language()),
        "url": absolute(thing.get_absolute_url()),
    }


def text_lines(html: str) -> str:
    """The words of a rich text, one line for each paragraph, cell and item of a list."""
    return clean("\n".join(line for line in lines_of(read(sanitised(html))) if line.strip()))


def picture_facts(image: Image | None) -> Facts | None:
    """The picture as other sites may show it: sizes are in pixels."""
    if image is None:
        return None
    shown = picture(image)
    return {
        "url": shown.address,
        "width": shown.width,
        "height": shown.height,
        "alternative": shown.alternative,
        "credit": clean(image.credit),
    }


def described(use: ImageUse) -> Facts:
    """A picture of a gallery, with the words of this use where it has any."""
    facts = picture_facts(use.image) or {}
    alternative = "" if use.is_decorative else use.alternative or use.image.alternative
    words = {"alternative": clean(alternative), "caption": clean(use.caption or use.image.caption)}
    return facts | words


def documents(item: Publishable) -> list[Facts]:
    """The documents of an item, called as its page calls them; sizes are in bytes."""
    uses: list[DocumentUse] = list(item.documents.all())  # type: ignore[attr-defined]
    return [
        {
            "name": clean(use.caption or use.document.title or use.document.original_name),
            "url": absolute(use.document.file.url),
            "kind": use.document.kind,
            "size": use.document.size,
        }
        for use in uses
    ]
