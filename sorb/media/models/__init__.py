"""The library: one row a file, used by articles, events, people and organizations."""

from .document import Document
from .image import Image
from .upload import Upload, UploadQuerySet
from .use import DocumentUse, ImageUse

__all__ = ["Document", "DocumentUse", "Image", "ImageUse", "Upload", "UploadQuerySet"]
