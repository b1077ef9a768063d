"""News in the admin."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from sorb.admin.content import Part
from sorb.admin.filters import LacksEnglishFilter, StatusFilter
from sorb.admin.named import NamedAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS, MOMENTS_WORDS, RECORD, PublishableAdmin
from sorb.admin.rows import DocumentRows, ImageRows

from .models import Article, ArticleDocument, ArticleImage, Category


class ArticleGallery(ImageRows):
    model = ArticleImage


class ArticleDocuments(DocumentRows):
    model = ArticleDocument


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    menu_place = 1
    parts = (
        Part(_("Words"), (pair("title"), pair("lead"), pair("body"), "cover")),
        ArticleGallery,
        ArticleDocuments,
        Part(_("About an event"), (("event", "event_relation"),)),
        Part(
            _("Where it belongs"),
            ("category", "topics", "municipalities", pair("byline")),
        ),
        Part(
            _("Publishing"),
            (("published_at", "withdrawn_at"), "pinned_until"),
            description=MOMENTS_WORDS,
        ),
        ADDRESS,
        RECORD,
    )
    autocomplete_fields = ("event", "municipalities")
    list_display = (
        "picture",
        "heading",
        "status_badge",
        "category",
        "published",
        "languages_present",
    )
    list_filter = (StatusFilter, "category", "topics", LacksEnglishFilter)
    list_select_related = ("cover", "category")
    date_hierarchy = "published_at"
    ordering = (models.F("published_at").desc(nulls_first=True), "-pk")


@admin.register(Category)
class CategoryAdmin(NamedAdmin):
    parts = (Part(_("Category"), (pair("name"), "order")), ADDRESS)
    list_display = ("heading", "order", "languages_present")
