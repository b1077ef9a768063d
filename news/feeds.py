"""The latest news that has words in the language of the address, as Atom and as RSS."""

from django.conf import settings
from django.utils.translation import gettext as _

from sorb.feeds import PublishableFeed, Rss
from sorb.outside import clean
from sorb.publishing.addresses import page_language

from .models import Article

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
