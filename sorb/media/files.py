"""Files and the transaction: a failure leaves none, the replaced and deleted go after commit."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

logger = logging.getLogger(__name__)


@contextmanager
def removed_on_failure() -> Iterator[list[str]]:
    """A list for the names of files written inside the block; they go again when it fails."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        remove(written)
        raise


def store(name: str, content: "File[bytes]", written: list[str]) -> str:
    """Keeps the content under the name and notes it. Returns the name in the storage."""
    stored = default_storage.save(name, content)
    written.append(stored)
    return stored


def remove(names: Iterable[str]) -> None:
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            logger.exception("%s could not be removed", name)


def remove_after_commit(names: Iterable[str]) -> None:
    """A transaction that is rolled back keeps its files."""
    gone = sorted(set(filter(None, names)))
    if gone:
        transaction.on_commit(lambda: remove(gone))


def sha256(file: "File[bytes]") -> str:
    """The SHA-256 of a file as hexadecimal digits; the file is rewound."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
