"""What may be uploaded, proved by content."""

from .arrival import is_stored
from .documents import (
    DOCUMENT_LIMIT,
    check_document,
    check_document_arrival,
    extension_of_document,
    prove_document,
)
from .images import (
    IMAGE_LIMIT,
    MAX_PIXELS,
    check_image,
    check_image_arrival,
    decode,
    read_image,
)

__all__ = [
    "DOCUMENT_LIMIT",
    "IMAGE_LIMIT",
    "MAX_PIXELS",
    "check_document",
    "check_document_arrival",
    "check_image",
    "check_image_arrival",
    "decode",
    "extension_of_document",
    "is_stored",
    "prove_document",
    "read_image",
]
