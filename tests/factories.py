"""Things to test with: every field can be given, the rest is sensible."""

import io
import itertools
import random
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from events.models import Event, EventType, Organization, Series, Speaker, Venue
from news.models import Article, Category
from sorb.dates import day_of
from sorb.media.models import Document, Image
from sorb.publishing.models import Topic

numbers = itertools.count(1)


def published(**fields: Any) -> dict[str, Any]:
    return {"status": "published", "published_at": timezone.now() - timedelta(hours=1), **fields}


def make_category(**fields: Any) -> Category:
    return Category.objects.create(**{"name_bg": f"Рубрика {next(numbers)}", **fields})


def make_topic(**fields: Any) -> Topic:
    n = next(numbers)
    return Topic.objects.create(**{"name_bg": f"Тема {n}", "name_en": f"Topic {n}", **fields})


def make_article(**fields: Any) -> Article:
    """A published article in both languages; `title_en=""` leaves it untranslated."""
    n = next(numbers)
    words = {
        "title_bg": f"Новина номер {n}",
        "title_en": f"News item number {n}",
        "lead_bg": f"Увод на новина {n}.",
        "lead_en": f"Lead of news item {n}.",
        "body_bg": f"<p>Текст на новина {n}.</p>",
        "body_en": f"<p>Text of news item {n}.</p>",
    }
    if "category" not in fields:
        fields["category"] = Category.objects.first() or make_category()
    return Article.objects.create(**published(**words | fields))


def make_event_type(**fields: Any) -> EventType:
    return EventType.objects.create(
        **{"name_bg": "Форум", "name_en": "Forum", "colour": "#1e5b4f", **fields}
    )


def make_venue(**fields: Any) -> Venue:
    words = {"name_bg": "Зала „Средец“", "name_en": "Sredets Hall"}
    town = {"town_bg": "София", "town_en": "Sofia"}
    return Venue.objects.create(**words | town | fields)


def make_event(**fields: Any) -> Event:
    """A published event in both languages, tomorrow for two hours."""
    n = next(numbers)
    words = {
        "title_bg": f"Събитие номер {n}",
        "title_en": f"Event number {n}",
        "lead_bg": f"Увод на събитие {n}.",
        "lead_en": f"Lead of event {n}.",
        "body_bg": f"<p>За събитие {n}.</p>",
        "body_en": f"<p>About event {n}.</p>",
    }
    starts_at = fields.pop("starts_at", None) or tomorrow_for_two_hours()
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    if "type" not in fields:
        fields["type"] = EventType.objects.first() or make_event_type()
    return Event.objects.create(**published(**words | times | fields))


def tomorrow_for_two_hours() -> datetime:
    """This hour of tomorrow; late in the evening an earlier one, so that midnight parts nothing."""
    starts_at = timezone.now() + timedelta(days=1)
    is_late = day_of(starts_at) != day_of(starts_at + timedelta(hours=2))
    return starts_at - timedelta(hours=2) if is_late else starts_at


def make_series(**fields: Any) -> Series:
    n = next(numbers)
    words = {"title_bg": f"Поредица {n}", "title_en": f"Series {n}"}
    return Series.objects.create(**words | fields)


def make_organization(**fields: Any) -> Organization:
    n = next(numbers)
    names = {"name_bg": f"Организация {n}", "name_en": f"Organization {n}"}
    return Organization.objects.create(**names | {"kind": "non_profit"} | fields)


def make_speaker(**fields: Any) -> Speaker:
    n = next(numbers)
    words = {
        "name_bg": f"Мария Петрова{n}",
        "name_en": f"Maria Petrova{n}",
        "position_bg": "кмет",
        "position_en": "Mayor",
    }
    return Speaker.objects.create(**words | fields)


def photo(size: tuple[int, int] = (1800, 1200), seed: int = 1, kind: str = "JPEG") -> bytes:
    """A picture that differs with its seed."""
    chance = random.Random(seed)
    small = Picture.new("RGB", (6, 4))
    small.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(24)])
    data = io.BytesIO()
    small.resize(size).save(data, kind)
    return data.getvalue()


def make_image(**fields: Any) -> Image:
    n = next(numbers)
    words = {
        "title_bg": f"Снимка {n}",
        "title_en": f"Picture {n}",
        "alternative_bg": f"Участници в зала {n}",
        "alternative_en": f"Participants in hall {n}",
    }
    file = ContentFile(photo((320, 213), seed=n), name=f"photo-{n}.jpg")
    return Image.objects.create(**words | {"file": file} | fields)


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def make_document(**fields: Any) -> Document:
    n = next(numbers)
    words = {"title_bg": f"Документ {n}", "title_en": f"Document {n}"}
    file = ContentFile(PDF, name=f"document-{n}.pdf")
    return Document.objects.create(**words | {"file": file} | fields)
