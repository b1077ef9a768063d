"""A news item as JSON, and which ones are asked for."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef

from events.models import Organization
from news.models import Article, ArticleQuerySet
from sorb.dates import midnight
from sorb.outside import absolute, clean
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, links_to

from .facts import described, documents, moment, named, picture_facts, text_lines
from .parameters import Asked, Parameter, day, slug, words
from .words import at_slug, with_words

Facts = dict[str, Any]

FILTERS: tuple[Parameter, ...] = (
    day("from", "News published on this day of Europe/Sofia or later."),
    day("to", "News published on this day of Europe/Sofia or earlier."),
    slug("category", "The last part of the address of a category, in either language."),
    slug("topic", "The last part of the address of a topic, in either language."),
    slug("organization", "The last part of the address of a municipality that it concerns."),
    words("q", "Words, all of which stand in the title or the lead, in either language."),
)


def chosen(articles: ArticleQuerySet, asked: Asked) -> ArticleQuerySet:
    """Those of some news that answer to all filters, the newest first."""
    if "from" in asked:
        articles = articles.filter(published_at__gte=midnight(asked["from"]))
    if "to" in asked:
        articles = articles.filter(published_at__lt=midnight(asked["to"] + timedelta(days=1)))
    if "category" in asked:
        articles = articles.filter(at_slug(asked["category"], "category__"))
    if "topic" in asked:
        topic = Topic.objects.filter(at_slug(asked["topic"])).values("pk")[:1]
        articles = articles.filter(topics__in=topic)
    if "organization" in asked:
        one = Organization.objects.filter(at_slug(asked["organization"])).values("pk")[:1]
        articles = articles.filter(municipalities__in=one)
    if "q" in asked:
        articles = articles.filter(with_words(asked["q"]))
    return articles.newest()


def with_list_facts(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With what the lists tell, in one read."""
    of_this = {"articles": OuterRef("pk")}
    rows: ArticleQuerySet = articles.for_cards().annotate(
        topic_links=links_to(Topic.objects.filter(**of_this)),
        municipality_links=links_to(Organization.objects.filter(**of_this)),
    )
    return rows


def article_in_list(article: Article) -> Facts:
    """What the lists tell of a news item, with what `with_list_facts()` brings."""
    published_at = article.published_at or article.created_at
    topics = linked(Topic, article.topic_links)  # type: ignore[attr-defined]
    concerned = linked(Organization, article.municipality_links)  # type: ignore[attr-defined]
    return {
        "id": article.pk,
        "url": absolute(article.get_absolute_url()),
        "language": article.language,
        "title": clean(article.title),
        "lead": clean(article.lead),
        "category": named(article.category),
        "byline": clean(article.byline),
        "published": moment(published_at),
        "changed": moment(max(article.changed_at, published_at)),
        "topics": [named(topic) for topic in topics],
        "municipalities": [named(one) for one in concerned],
        "image": picture_facts(article.cover),
    }


def article_in_full(article: Article) -> Facts:
    """Everything that the page tells, with what `with_page()` brings."""
    event = article.event if article.event and article.event.is_visible else None
    return article_in_list(article) | {
        "text": text_lines(article.body),
        "event": event
        and {
            "id": event.pk,
            "title": clean(event.title),
            "url": absolute(event.get_absolute_url()),
            "relation": article.event_relation,
        },
        "images": [described(use) for use in article.gallery.all()],
        "documents": documents(article),
    }
