"""The latest news that has words in the language of the address, as Atom and as RSS."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Organization, Speaker
from sorb.feeds import PublishableFeed, Rss
from sorb.outside import absolute, clean
from sorb.publishing.addresses import page_language

from .models import Article, MentionQuerySet

LIMIT = 30


class ArticleAtom(PublishableFeed):
    section = "news"
    list_page = "news:article_list"
    feed_page = "news:article_atom"

    def title(self) -> str:
        return _("News of %(site)s") % {"site": settings.SITE_SHORT_NAME}

    def subtitle(self) -> str:
        return _("The latest news of the association and of the municipalities")

    def description(self) -> str:
        return self.subtitle()

    def items(self) -> list[Article]:
        articles = Article.objects.visible().in_language(page_language())
        return list(articles.newest().for_cards()[:LIMIT])

    def item_author_name(self, article: Article) -> str:
        return clean(article.byline) or self.author_name()

    def item_categories(self, article: Article) -> list[str]:
        return [clean(article.category.name)]


class ArticleRss(ArticleAtom):
    feed_type = Rss
    feed_page = "news:article_rss"


class NamingAtom(ArticleAtom):
    """The latest news that names one person or organization."""

    def __init__(self, named: Speaker | Organization) -> None:
        self.named = named

    def title(self) -> str:
        return clean(_("News: %(name)s") % {"name": self.named})

    def link(self, asked: Any = None) -> str:
        return absolute(self.named.get_absolute_url())

    def feed_url(self, asked: Any = None) -> str:
        kind = self.named._meta.model_name
        slug = self.named.slug_in(page_language())
        return absolute(reverse(f"news:{kind}_atom", args=[slug]))

    def feed_guid(self, asked: Any = None) -> str:
        kind = self.named._meta.model_name
        name = f"{kind}/{self.named.pk}/news/{get_language()}"
        return f"tag:{settings.SITE_DOMAIN},2025:{name}"

    def items(self) -> list[Article]:
        mentions: MentionQuerySet = self.named.mentions.all()
        articles = mentions.articles().visible().in_language(page_language())
        return list(articles.newest().for_cards()[:LIMIT])
