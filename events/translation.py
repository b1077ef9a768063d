"""Which words of events exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from sorb.translation import PublishableTranslation, words

from .models import (
    Appearance,
    Change,
    Event,
    EventDocument,
    EventImage,
    EventType,
    Organization,
    ProgrammeItem,
    Series,
    Speaker,
    Venue,
)


@register(EventType)
class EventTypeTranslation(TranslationOptions):
    fields = ("name",)
    field_options = words("name")
    required_languages = {"bg": ("name",)}


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name", "address", "town")
    field_options = words("name", "address", "town")
    required_languages = {"bg": ("name", "town")}


@register(Event)
class EventTranslation(PublishableTranslation):
    fields = ("state_note", "hall")
    field_options = words("state_note", "hall")


@register(Change)
class ChangeTranslation(TranslationOptions):
    fields = ("place", "note")
    field_options = words("place", "note")


@register(ProgrammeItem)
class ProgrammeItemTranslation(TranslationOptions):
    fields = ("title", "text", "hall")
    field_options = words("title", "text", "hall")
    required_languages = {"bg": ("title",)}


@register(EventImage)
class EventImageTranslation(TranslationOptions):
    fields = ("caption", "alternative")
    field_options = words("caption", "alternative")


@register(EventDocument)
class EventDocumentTranslation(TranslationOptions):
    fields = ("caption",)
    field_options = words("caption")


@register(Organization)
class OrganizationTranslation(TranslationOptions):
    fields = ("name", "slug", "short_name", "district", "region", "text", "sort_key")
    field_options = words("name", "slug", "short_name", "district", "region", "text", "sort_key")
    required_languages = {"bg": ("name",)}


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("name", "slug", "position", "biography", "sort_key")
    field_options = words("name", "slug", "position", "biography", "sort_key")
    required_languages = {"bg": ("name",)}


@register(Appearance)
class AppearanceTranslation(TranslationOptions):
    fields = ("position",)
    field_options = words("position")


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("title", "slug", "text")
    field_options = words("title", "slug", "text")
    required_languages = {"bg": ("title",)}
