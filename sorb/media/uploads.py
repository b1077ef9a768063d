"""The way into the library: a file as a browser sent it becomes a row, or words say why not."""

from typing import TypeVar

from django.contrib.auth.models import User
from django.core.files import File
from django.db import connection, transaction

from . import checks, files
from .models import Document, Image

Kept = TypeVar("Kept", Image, Document)


def accept_image(file: "File[bytes]", user: User | None) -> Image:
    """Takes a picture into the library.

    Args:
        file: the upload; its name is noted and decides nothing else.
        user: who sent it.

    Returns:
        The saved image with its renditions. When the library has this very file already, that
        image, unchanged, with `was_known` set.

    Raises:
        ValidationError: with words for the editor. Nothing is stored then.
    """
    checks.check_image_arrival(file)
    return _kept(Image(file=file, uploaded_by=user), file)


def accept_document(file: "File[bytes]", user: User | None) -> Document:
    """Takes a document into the library; arguments, result and errors as in `accept_image`."""
    checks.check_document_arrival(file)
    return _kept(Document(file=file, uploaded_by=user), file)


def _kept(upload: Kept, file: "File[bytes]") -> Kept:
    content_hash = files.sha256(file)
    with transaction.atomic():
        _one_at_a_time(content_hash)
        return _found_or_saved(upload, file, content_hash)


def _one_at_a_time(content_hash: str) -> None:
    """The same file sent twice at once becomes one row; different files do not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [content_hash])


def _found_or_saved(upload: Kept, file: "File[bytes]", content_hash: str) -> Kept:
    known: Kept | None = type(upload).objects.same_as(content_hash).first()
    if known is None:
        upload.save()
        return upload
    if not known.file.storage.exists(known.file.name or ""):  # lost from the disk: it comes back
        known.file = file
        known.save()
    known.was_known = True
    return known
