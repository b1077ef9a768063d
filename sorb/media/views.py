"""Files of the library, as far as anybody may have them."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from .models import Document, Image, Upload
from .names import STORED, download_name, stem_of

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Accept-Ranges": "bytes",
}
# Pictures stand in feeds and previews of other sites, and never change under their address; caches
# that many share ask again each minute, for what is withdrawn is withdrawn from them as well
IMAGE_HEADERS = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=31536000, s-maxage=60, immutable",
}
DOCUMENT_HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-cache"}
PRIVATE_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
LIBRARY: dict[str, Any] = {"images": Image, "documents": Document}

# Who else than the staff may have a file that the public may not: each is asked with the request
# and the upload. Whoever knows of other ways to see an item adds to it when the site starts.
passes: list[Callable[[HttpRequest, Upload], bool]] = []
RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII)


class Part:
    """Some bytes of an open file, to be read and closed as a file of its own."""

    def __init__(self, file: IO[bytes], first: int, length: int) -> None:
        file.seek(first)
        self.file = file
        self.left = length

    def read(self, size: int) -> bytes:
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.file.close()


@require_safe
def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of an upload that the public may have, or that this reader may; else it is not there.

    That is decided before anything is said about the file: nothing that a reader may have kept
    from earlier is confirmed. The former address of a replaced file leads to the present one.
    """
    name = STORED.fullmatch(path)
    if name is None or name["extension"] not in CONTENT_TYPES:
        raise Http404
    rows = LIBRARY[name["folder"]].objects.with_access()
    upload = rows.at(stem_of(path)).first()
    if upload is None or path not in upload.paths():
        return _moved(request, path, rows.formerly_at(stem_of(path)).first())
    headers = HEADERS | _access(request, upload)
    headers["Content-Type"] = CONTENT_TYPES[name["extension"]]
    headers["Content-Disposition"] = (
        download_name(upload.title_bg, path) if isinstance(upload, Document) else "inline"
    )
    return _file(request, path, headers)


def _access(request: HttpRequest, upload: Any) -> dict[str, str]:
    """How a file may be kept, and by whom. Raises Http404 for who may not have it."""
    if upload.is_public:
        return DOCUMENT_HEADERS if isinstance(upload, Document) else IMAGE_HEADERS
    user = request.user
    if (user.is_active and user.is_staff) or any(grants(request, upload) for grants in passes):
        return PRIVATE_HEADERS
    raise Http404


def _moved(request: HttpRequest, path: str, upload: Any) -> HttpResponse:
    """The way from a former address; not for ever, since a file may be replaced once more."""
    if upload is None:
        raise Http404
    access = _access(request, upload)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(upload.address_for(path) + (f"?{query}" if query else ""))
    kept = "public, max-age=60" if upload.is_public else access["Cache-Control"]
    response.headers["Cache-Control"] = kept
    return response


def _file(request: HttpRequest, path: str, headers: dict[str, str]) -> HttpResponseBase:
    try:
        file = (Path(settings.MEDIA_ROOT) / path).open("rb")
    except OSError as error:
        raise Http404 from error
    facts = os.fstat(file.fileno())
    headers["Last-Modified"] = http_date(facts.st_mtime)
    headers["ETag"] = quote_etag(f"{facts.st_mtime_ns:x}-{facts.st_size:x}")
    response = _answer(request, file, facts.st_size, int(facts.st_mtime), headers)
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _answer(
    request: HttpRequest, file: IO[bytes], size: int, changed_at: int, headers: dict[str, str]
) -> HttpResponseBase:
    """304, 206, 416 or the whole file; no body for HEAD (RFC 9110, sections 13 and 14)."""
    etag = headers["ETag"]
    response: HttpResponseBase | None = get_conditional_response(request, etag, changed_at)
    if response is not None:
        file.close()
        return response
    first, last = _range(request, size, etag) or (0, size - 1)
    if first > last:
        file.close()
        headers["Content-Range"] = f"bytes */{size}"
        return HttpResponse(status=416)
    is_part = last - first + 1 < size
    headers["Content-Length"] = str(last - first + 1)
    if is_part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if is_part else 200
    if request.method == "HEAD":
        file.close()
        return HttpResponse(status=status)
    return FileResponse(Part(file, first, last - first + 1), status=status)


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The first and last byte asked for; None for all of them, first > last for none there.

    Several ranges, or what is no range at all, are answered with the whole file.
    """
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match["first"], match["last"]
    if not first:
        return (max(0, size - int(last)), size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)
