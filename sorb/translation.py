"""Which words exist in both languages, for the models of the ground rooms.

The apps register their own models in their `translation` modules, with `words`.
"""

from typing import Any

from modeltranslation.translator import TranslationOptions, register

from sorb.media.models import Document, Image
from sorb.publishing.models import Topic

NOT_NULL = {"bg": {"null": False}, "en": {"null": False, "default": "", "blank": True}}
SLUG = {"bg": {"null": False}}


def words(*names: str) -> dict[str, Any]:
    """Options of text columns: '' where a translation is missing, NULL only for slugs."""
    return {name: SLUG if name == "slug" else NOT_NULL for name in names}


class PublishableTranslation(TranslationOptions):
    fields: tuple[str, ...] = ("title", "slug", "lead", "body")
    field_options = words("title", "slug", "lead", "body")
    required_languages = {"bg": ("title",)}


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "slug")
    field_options = words("name", "slug")
    required_languages = {"bg": ("name",)}


@register(Image)
class ImageTranslation(TranslationOptions):
    fields = ("title", "alternative", "caption")
    field_options = words("title", "alternative", "caption")


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title", "alternative", "caption")
    field_options = words("title", "alternative", "caption")
