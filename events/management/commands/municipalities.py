from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events.municipalities import load


class Command(BaseCommand):
    help = "The municipalities of Bulgaria as organizations, by the register EKATTE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser(
            "load", help="make those that are lacking, fill what is empty; what you wrote stays"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        summary = load(self.say)
        for kept in summary.kept:
            self.stdout.write(f"kept as staff wrote it: {kept}")
        self.stdout.write(str(summary))

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
