"""The library: one row a file, used by articles, events, people and organizations."""

from .document import Document
from .image import Image
from .upload import Upload, UploadQuerySet, replaced
from .use import DocumentUse, ImageUse, TextDocument, TextPicture, TextUse

__all__ = [
    "Document",
    "DocumentUse",
    "Image",
    "ImageUse",
    "TextDocument",
    "TextPicture",
    "TextUse",
    "Upload",
    "UploadQuerySet",
    "replaced",
]
