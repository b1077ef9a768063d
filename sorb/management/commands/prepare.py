from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from events.models import Event
from news.models import Article
from sorb import installation


class Command(BaseCommand):
    help = (
        "Sets this installation up: database, static files, a login, and the demo if it is empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError(
                "This is for trials and development (SORB_ENV=development). "
                "On a real host use migrate, collectstatic and createsuperuser."
            )
        if not installation.port_is_free(port):
            raise CommandError(
                f"Port {port} is in use. Stop the program that uses it, "
                f"or take another port: make run PORT={port + 123}"
            )
        installation.migrate(self.say)
        if not settings.DEBUG:
            installation.collect_static(self.say)
        name, password = installation.first_login()
        if not (Article.objects.exists() or Event.objects.exists()):
            call_command("demo", stdout=self.stdout)
        self.say(
            f"\n  The site:   http://127.0.0.1:{port}/\n"
            f"  The admin:  http://127.0.0.1:{port}/admin/\n"
            f"  Login:      {name}   Password: {password}\n"
        )

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
