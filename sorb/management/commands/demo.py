from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sorb.demo.site import DemoSite, clear


class Command(BaseCommand):
    help = "Loads the demo site: news, events, people and pictures, in both languages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--clear", action="store_true", help="take it out again; your own content stays"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clear"]:
            clear(self.say)
            return
        self.say("Loading the demo site (drawing its pictures takes a minute) ...")
        DemoSite(self.say).load()

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
