"""A news item in the words of schema.org (https://schema.org/NewsArticle)."""

from typing import TYPE_CHECKING, Any

from events.structured_data import event_in_brief, image_facts, known
from sorb.feeds import in_sofia
from sorb.outside import absolute, clean, publisher, topic_names

if TYPE_CHECKING:
    from .models import Article


def article_facts(article: "Article") -> dict[str, Any]:
    """Everything that the page shows of a news item.

    Args:
        article: a visible one with what `with_page()` brings; nothing more is read.
    """
    page = absolute(article.get_absolute_url(article.language))
    published_at = article.published_at or article.created_at
    event = article.event if article.event and article.event.is_visible else None
    byline = {"@type": "Person", "name": clean(article.byline)}
    facts = {
        "@type": "NewsArticle",
        "@id": f"{page}#article",
        "url": page,
        "mainEntityOfPage": page,
        "headline": clean(article.title),
        "description": clean(article.summary),
        "datePublished": in_sofia(published_at).isoformat(),
        "dateModified": in_sofia(max(article.changed_at, published_at)).isoformat(),
        "author": byline if article.byline else publisher(),
        "publisher": publisher(),
        "image": [image_facts(article.cover)] if article.cover else [],
        "articleSection": clean(article.category.name),
        "keywords": topic_names(article),
        "inLanguage": article.language,
        "about": event and event_in_brief(event),
    }
    return known(facts)
