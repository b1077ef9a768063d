from typing import Any

from django.core.management.base import BaseCommand

from news.mentions import note_article
from news.models import Article


class Command(BaseCommand):
    help = "Notes anew which people and organizations the news names, in every article."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for article in Article.objects.order_by("pk").iterator(chunk_size=200):
            note_article(article)
            count += 1
        self.stdout.write(f"{count} articles read.")
