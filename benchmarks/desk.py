"""What a save of a whole article costs, and the lists of the admin at 10,000 articles.

In a process and a database of its own: `python -m benchmarks.desk`. Figures are medians; the reads
and writes beside them do not depend on the machine.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sorb.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - the apps must stand first
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from news.models import Article, ArticleImage  # noqa: E402
from tests.admin.filling import filled  # noqa: E402
from tests.factories import make_article, make_category, make_image, make_topic  # noqa: E402

TURNS = 15
ARTICLES = 10_000
BODY = "<p>Общинските съвети приеха наредбата след обществено обсъждане.</p>" * 40


def measured(what: str, work: Callable[[int], Any]) -> None:
    """Print the median of the turns, the longest of them, and the queries of the last one."""
    work(0)
    times = []
    for turn in range(1, TURNS + 1):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            answer = work(turn)
            times.append(time.perf_counter() - started)
    median, longest = statistics.median(times) * 1000, max(times) * 1000
    print(f"{what:44}{median:6.0f} ms{longest:8.0f} ms{len(asked):5} queries  {answer.status_code}")


def saving(desk: Client) -> None:
    article = make_article(body_bg=BODY, body_en=BODY)
    for order in range(10):
        ArticleImage.objects.create(article=article, image=make_image(), order=order)
    article.topics.add(make_topic())
    address = reverse("admin:news_article_change", args=[article.pk])

    def typing(turn: int) -> dict[str, Any]:
        words = {f"gallery-{place}-caption_bg": [f"Надпис {turn}.{place}"] for place in range(10)}
        words |= {f"gallery-{place}-caption_en": [f"Caption {turn}.{place}"] for place in range(10)}
        version = str(article.version + turn)
        return filled(desk.get(address), title_bg=f"Ново {turn}", version=version, **words)

    typed = [typing(turn) for turn in range(TURNS + 1)]
    words = "an article, two languages, ten pictures"
    measured(words, lambda turn: desk.post(address, typed[turn]))
    measured("its form", lambda _turn: desk.get(address))


def lists(desk: Client) -> None:
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        [
            Article(
                title_bg=f"Новина за общините номер {number}",
                title_en=f"News item {number}" if number % 3 else "",
                slug_bg=f"novina-{number}",
                slug_en=f"news-{number}",
                lead_bg="Кратък увод на новината.",
                body_bg=BODY,
                category=category,
                status="published" if number % 5 else "draft",
                published_at=now - timedelta(hours=number),
            )
            for number in range(ARTICLES)
        ],
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    address = reverse("admin:news_article_changelist")
    for words, query in (
        ("the list", ""),
        ("its hundredth page", "?p=100"),
        ("what is published", "?standing=visible"),
        ("what lacks English", "?english=lacking"),
        ("a search for a word", "?q=наредба"),
    ):
        measured(words, lambda _turn, query=query: desk.get(address + query))


def main() -> None:
    connection.creation.create_test_db(verbosity=0)
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            override_settings(MEDIA_ROOT=folder, ALLOWED_HOSTS=["*"]),
            translation.override("bg"),
        ):
            desk = Client()
            desk.force_login(User.objects.create_superuser("bench"))
            print(f"{'':44}{'median':>9}{'longest':>11}")
            saving(desk)
            lists(desk)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
