from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from sorb import installation


class Command(BaseCommand):
    help = "Sets this installation up and serves it by the production server, as a trial."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        call_command("prepare", port=port, stdout=self.stdout)
        connections.close_all()  # the workers open their own
        self.stdout.write("  Stop it with Ctrl+C.\n")
        self.stdout.flush()
        Granian(
            "sorb.wsgi:application",
            address="127.0.0.1",
            port=port,
            interface=Interfaces.WSGI,
            workers=installation.workers(),
            blocking_threads=4,
            log_access=False,
            websockets=False,
            respawn_failed_workers=True,
        ).serve()
