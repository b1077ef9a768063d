"""News: articles in categories, tied to the events they announce or report on."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Organization, Speaker
from news.structured_data import article_facts
from sorb.dates import SOFIA, midnight
from sorb.media.models import DocumentUse, ImageUse
from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import (
    Addressed,
    AddressedQuerySet,
    Publishable,
    PublishableQuerySet,
    Topic,
)
from sorb.publishing.pages import links_to

TEXTS = [f"{text}_{code}" for text in ("title", "lead", "body") for code in LANGUAGES]


class Category(Addressed):
    heading = "name"
    page = "news:category_detail"

    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AddressedQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "name_bg"]
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(condition=~Q(name_bg=""), name="news_category_name_bg_present"),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(PublishableQuerySet):
    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def pinned_first(self) -> Self:
        """The pinned ones, then all by date."""
        is_pinned = models.Case(models.When(pinned_until__gt=timezone.now(), then=1), default=0)
        return self.order_by(is_pinned.desc(), "-published_at", "-pk")

    def published_in(self, year: int, month: int | None = None) -> Self:
        """Those of a year, or of a month of it, by the days of Sofia."""
        starts_on = date(year, month or 1, 1)
        ends_on = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
        return self.filter(
            published_at__gte=midnight(starts_on), published_at__lt=midnight(ends_on)
        )

    def languages(self) -> list[str]:
        """The languages in which at least one of them has words."""
        has = {code: models.Count("pk", filter=~Q(**{f"title_{code}": ""})) for code in LANGUAGES}
        return [code for code, count in self.order_by().aggregate(**has).items() if count]

    def months(self) -> list[date]:
        """The months that have news, the latest first, each by its first day."""
        month = TruncMonth("published_at", tzinfo=SOFIA)
        rows = self.order_by().values_list(month, flat=True).distinct()
        return sorted((moment.date() for moment in rows), reverse=True)

    def for_cards(self) -> Self:
        """With what a card in a list shows."""
        return self.select_related("category", "cover").defer("body", "body_bg", "body_en")

    def with_page(self) -> Self:
        """With everything the article's page shows, in a fixed number of reads."""
        of_this = {"articles": models.OuterRef("pk")}
        links = {
            "topic_links": links_to(Topic.objects.filter(**of_this)),
            "municipality_links": links_to(Organization.objects.filter(**of_this)),
        }
        row = self.annotate(**links).select_related(
            "category", "cover", "event__type", "event__venue"
        )
        return row.prefetch_related(
            Prefetch("gallery", ArticleImage.objects.select_related("image")),
            Prefetch("documents", ArticleDocument.objects.select_related("document")),
        )


class Article(Publishable):
    class EventRelation(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("announces it")
        REPORT = "report", _("reports on it")

    page = "news:article_detail"
    has_new_words = True  # whether what was saved last differs in its texts
    own_rows = ("gallery", "documents")

    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="articles"
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="articles"
    )
    byline = models.CharField(
        _("byline"),
        max_length=150,
        blank=True,
        help_text=_("Who wrote it, when readers should know."),
    )
    pinned_until = models.DateTimeField(
        _("pinned until"), null=True, blank=True, help_text=_("Stands first until then.")
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
    )
    event_relation = models.CharField(
        _("what it does for the event"),
        max_length=12,
        choices=EventRelation.choices,
        default=EventRelation.ANNOUNCEMENT,
    )
    municipalities = models.ManyToManyField(
        Organization,
        verbose_name=_("municipalities concerned"),
        blank=True,
        related_name="articles",
        limit_choices_to={"kind": "municipality"},
    )

    objects = ArticleQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Publishable.Meta):
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(event_relation__in=["announcement", "report"]),
                name="news_article_event_relation_known",
            ),
        ]

    def changed_from(self, before: Self) -> None:
        super().changed_from(before)
        self.has_new_words = any(getattr(self, text) != getattr(before, text) for text in TEXTS)

    def structured_data(self) -> dict[str, Any]:
        return article_facts(self)

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > timezone.now()


class ArticleImage(ImageUse):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="gallery")

    class Meta(ImageUse.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("gallery")


class ArticleDocument(DocumentUse):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="documents")

    class Meta(DocumentUse.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class MentionQuerySet(models.QuerySet[Any]):
    def articles(self) -> ArticleQuerySet:
        """The articles that are noted here."""
        return Article.objects.filter(pk__in=self.values("article"))


class Mention(models.Model):
    """An article names a person or an organization; noted by `news.mentions`, never typed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, null=True, related_name="mentions"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, related_name="mentions"
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "speaker"], name="news_mention_of_speaker_unique"
            ),
            models.UniqueConstraint(
                fields=["article", "organization"], name="news_mention_of_organization_unique"
            ),
            models.CheckConstraint(
                condition=Q(speaker=None, organization__isnull=False)
                | Q(speaker__isnull=False, organization=None),
                name="news_mention_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)
