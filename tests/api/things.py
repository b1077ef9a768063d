"""A published event and a published news item with everything that the API tells."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events.models import (
    Appearance,
    Event,
    EventDocument,
    EventImage,
    Participation,
    ProgrammeItem,
)
from news.models import Article, ArticleDocument, ArticleImage
from sorb.dates import SOFIA
from tests.factories import (
    make_article,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

STARTS = datetime(2025, 10, 3, 10, tzinfo=SOFIA)


def make_full_event(**fields: Any) -> Event:
    image = make_image(credit="Иван Петров")
    facts = {
        "starts_at": STARTS,
        "venue": make_venue(address_bg="ул. „Московска“ 33", latitude="42.697", longitude="23.321"),
        "cover": image,
        "hall_bg": "Голямата зала",
        "online_address": "https://example.org/join",
        "attendance": "both",
        "registration_address": "https://example.org/enrol",
        "registration_opens_at": STARTS - timedelta(days=9),
        "registration_closes_at": STARTS - timedelta(days=1),
        "languages": ["bg", "en"],
    }
    event = make_event(**facts | fields)
    event.topics.add(make_topic())
    organization = make_organization(kind="municipality", district_bg="Бургас")
    Participation.objects.create(event=event, organization=organization, role="organizer")
    item = ProgrammeItem.objects.create(
        event=event, starts_at=STARTS, title_bg="Откриване", hall_bg="Зала 3"
    )
    speaker = make_speaker(organization=organization)
    Appearance.objects.create(event=event, speaker=speaker, item=item)
    EventImage.objects.create(event=event, image=image, caption_bg="Преди откриването")
    EventDocument.objects.create(event=event, document=make_document())
    return event


def make_full_article(**fields: Any) -> Article:
    image = make_image()
    article = make_article(event=make_event(), cover=image, byline="Мария Петрова", **fields)
    article.topics.add(make_topic())
    article.municipalities.add(make_organization(kind="municipality"))
    ArticleImage.objects.create(article=article, image=image)
    ArticleDocument.objects.create(article=article, document=make_document())
    return article


def hidden(**fields: Any) -> dict[str, Any]:
    """What makes a thing a draft."""
    return {"status": "draft", "published_at": None, **fields}


def in_a_day() -> datetime:
    return timezone.now() + timedelta(days=1)
