"""Which words of news exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from sorb.translation import PublishableTranslation, words

from .models import Article, ArticleDocument, ArticleImage, Category


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "slug")
    field_options = words("name", "slug")
    required_languages = {"bg": ("name",)}


@register(Article)
class ArticleTranslation(PublishableTranslation):
    fields = ("byline",)
    field_options = words("byline")


@register(ArticleImage)
class ArticleImageTranslation(TranslationOptions):
    fields = ("caption", "alternative")
    field_options = words("caption", "alternative")


@register(ArticleDocument)
class ArticleDocumentTranslation(TranslationOptions):
    fields = ("caption",)
    field_options = words("caption")
