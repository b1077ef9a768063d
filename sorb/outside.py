"""What leaves the site for other programs: absolute addresses, clean text, facts of pictures."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import parse_http_date_safe, quote_etag
from django.utils.translation import gettext as _

from sorb.publishing.models import Topic
from sorb.publishing.pages import linked_names

if TYPE_CHECKING:
    from sorb.media.models import Image

LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
# Control characters (C0 and C1, without tab and line feed), lone surrogates and noncharacters,
# which iCalendar and XML 1.0 forbid, and the byte order mark, which readers drop
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
SPACE = re.compile(r"\s+")
SHARE_SIZE = (1200, 630)  # of sorb/icons/share.png


def absolute(address: str) -> str:
    """A path of ours as a whole address, by SITE_URL and never by the Host header.

    Args:
        address: a path from the root, "/bg/"; a whole address is returned as it is.
    """
    return iri_to_uri(f"{settings.SITE_URL}{address}" if address.startswith("/") else address)


def web_address(typed: str) -> str:
    """An address that an editor typed, safe to hand on; '' unless it is http or https."""
    address = SPACE.sub("", FORBIDDEN.sub("", typed))
    is_web = address.lower().startswith(("http://", "https://"))
    return iri_to_uri(address) if is_web else ""


def clean(text: str) -> str:
    """The text without what calendars and XML forbid; every kind of line end becomes LF."""
    return FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))


@dataclass(frozen=True)
class Picture:
    """A file of the library as other sites show it. Sizes are in pixels."""

    address: str
    width: int
    height: int
    kind: str
    alternative: str


def kind_of(path: str) -> str:
    """The media type of a picture of the library, by the ending that it gave the name."""
    return mimetypes.guess_type(path)[0] or "image/jpeg"


def picture(image: "Image") -> Picture:
    """What the library shares of an image: its largest JPEG cut to 16:9, else the file itself."""
    width, height, path = image.share_picture() or image.original
    kind = kind_of(path)
    address = absolute(image.file.storage.url(path))
    return Picture(address, width, height, kind, clean(image.alternative))


def share_picture() -> Picture:
    """What is shared of a page that has no picture of its own: the emblem of the association."""
    address = absolute(static("sorb/icons/share.png"))
    words = _("The emblem of the association between two bands of embroidery")
    return Picture(address, *SHARE_SIZE, kind_of(address), words)


def topic_names(item: Any) -> list[str]:
    """The names of an article's or event's topics, from what its page has read already."""
    rows = getattr(item, "topic_links", None)
    names = map(str, item.topics.all()) if rows is None else linked_names(Topic, rows)
    return [clean(name) for name in names]


def publisher() -> dict[str, Any]:
    """The association as schema.org knows it (https://schema.org/Organization)."""
    return {
        "@type": "Organization",
        "@id": absolute("/#organization"),
        "name": str(settings.SITE_NAME),
        "alternateName": str(settings.SITE_SHORT_NAME),
        "url": absolute("/"),
        "logo": absolute(static("sorb/icons/emblem-180.png")),
    }


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with an ETag of its bytes, or 304 when the asker has them already (RFC 9110)."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    response["ETag"] = etag
    answer = get_conditional_response(request, etag, changed, response)
    return cast(HttpResponse, answer)
