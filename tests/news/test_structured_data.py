"""schema.org's facts of a news item."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from news.models import Article
from sorb.dates import SOFIA
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def facts_of(article):
    return Article.objects.visible().with_page().get(pk=article.pk).structured_data()


def iso(moment):
    return moment.astimezone(SOFIA).isoformat(timespec="seconds")


def test_news_item_is_told_with_everything_that_its_page_shows():
    event = make_event(title_bg="Форум", venue=make_venue())
    article = make_article(
        title_bg="Започва форумът",
        lead_bg="Утре в София.",
        category=make_category(name_bg="Събития"),
        byline_bg="Мария Петрова",
        event=event,
        cover=make_image(),
    )
    article.topics.add(make_topic(name_bg="Бюджет"))
    page = f"{SITE}{article.get_absolute_url()}"

    facts = facts_of(article)

    association = facts["publisher"]
    about = facts.pop("about")
    (image,) = facts.pop("image")
    assert facts == {
        "@type": "NewsArticle",
        "@id": f"{page}#article",
        "url": page,
        "mainEntityOfPage": page,
        "headline": "Започва форумът",
        "description": "Утре в София.",
        "datePublished": iso(article.published_at),
        "dateModified": iso(article.changed_at),
        "author": {"@type": "Person", "name": "Мария Петрова"},
        "publisher": association,
        "articleSection": "Събития",
        "keywords": ["Бюджет"],
        "inLanguage": "bg",
    }
    assert association["@type"] == "Organization"
    assert association["url"] == f"{SITE}/"
    assert (about["@type"], about["name"]) == ("Event", "Форум")
    assert about["startDate"] == iso(event.starts_at)
    assert about["location"][0]["address"]["addressLocality"] == "София"
    assert image["url"].startswith(f"{SITE}/media/")


def test_what_is_written_before_it_is_published_changed_when_it_was_published():
    article = make_article(published_at=timezone.now() - timedelta(minutes=5))
    Article.objects.filter(pk=article.pk).update(changed_at=timezone.now() - timedelta(days=3))

    facts = facts_of(article)

    assert facts["dateModified"] == facts["datePublished"] == iso(article.published_at)


def test_news_without_a_byline_is_written_by_the_association():
    facts = facts_of(make_article())

    assert facts["author"] == facts["publisher"]


@pytest.mark.parametrize("status", ["draft", "published"])
def test_only_a_visible_event_is_what_the_news_is_about(status):
    article = make_article(event=make_event(status=status))

    assert ("about" in facts_of(article)) is (status == "published")


def test_untranslated_news_says_on_an_english_page_that_it_is_bulgarian():
    article = make_article(title_bg="Само български", title_en="", lead_en="")

    with translation.override("en"):
        facts = facts_of(article)

    assert facts["inLanguage"] == "bg"
    assert facts["headline"] == "Само български"
    assert facts["url"] == f"{SITE}{article.get_absolute_url('bg')}"


@pytest.mark.parametrize("count", [1, 20])
def test_telling_reads_nothing_more_than_the_page_has_read(count, django_assert_num_queries):
    article = make_article(event=make_event(venue=make_venue()), cover=make_image())
    article.topics.set([make_topic() for _ in range(count)])
    read = Article.objects.visible().with_page().get(pk=article.pk)

    with django_assert_num_queries(0):
        facts = read.structured_data()

    assert len(facts["keywords"]) == count
