"""Items at which the gate has nothing to say, until a test changes something."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from events.holidays_of_bulgaria import holiday
from events.models import Event
from news.models import Article
from sorb.dates import day_of, moment
from sorb.desk import gate
from tests.factories import make_article, make_event, make_image

WORDS = {
    "title_bg": "Общините приеха бюджет",
    "title_en": "Municipalities adopted a budget",
    "lead_bg": "Увод.",
    "lead_en": "Lead.",
    "body_bg": "<p>Текст.</p>",
    "body_en": "<p>Text.</p>",
}


def article(**fields: Any) -> Article:
    if "cover" not in fields:
        fields["cover"] = make_image()
    return make_article(**WORDS | fields)


def event(**fields: Any) -> Event:
    """Some day soon that is no holiday."""
    days = (day_of(timezone.now()) + timedelta(days=ahead) for ahead in range(1, 30))
    ordinary = next(day for day in days if not holiday(day))
    facts = {"cover": make_image(), "starts_at": moment(ordinary, time(10))}
    return make_event(**WORDS | facts | fields)


def said(item: Any) -> list[tuple[str, str, str]]:
    return [(each.level, each.field, each.excerpt) for each in gate.findings(item)]


def words(item: Any) -> list[str]:
    return [each.words for each in gate.findings(item)]
