from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.transaction import atomic

from events.admin.importing import plan_of
from events.importing import taking
from events.importing.carrying_out import carried_out
from events.importing.limits import MOST_BYTES
from events.importing.plan import Kind, Plan
from events.importing.refusal import RefusedError
from events.importing.taking import Choices, Taken
from events.importing.words import reason
from events.models import EventType

HEADINGS = {
    Kind.CREATE: "Made as drafts",
    Kind.CHANGE: "Changed drafts",
    Kind.COPY: "Working copies of what readers see",
    Kind.SKIP: "Left out",
    Kind.GONE: "No longer there; nothing happens to them here",
    Kind.SAME: "Nothing new",
}
SAY_EVERY = 100  # entries


class Command(BaseCommand):
    help = "Events from the command line: `events import FILE` takes a calendar into drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        take = verbs.add_parser("import", help="take a calendar (.ics) into drafts for review")
        take.add_argument("file", help="a file, or an address: https://… or webcal://…")
        take.add_argument("--type", help="name of the type of event; else the first one")
        take.add_argument("--language", choices=["bg", "en"], default="bg", help="of the words")
        take.add_argument("--past", action="store_true", help="events that are over as well")
        take.add_argument("--preview", action="store_true", help="only tell what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            taken = self._taken(options)
            with atomic():
                plan = plan_of(taken, None, for_update=True)
                if not options["preview"]:
                    self._carry_out(plan)
        except RefusedError as refused:
            raise CommandError(reason(refused.why, refused.facts)) from refused
        self._tell(plan)
        if options["preview"]:
            self.stdout.write("Nothing is stored: this was a preview.")

    def _taken(self, options: dict[str, Any]) -> Taken:
        choices = Choices(self._type(options["type"]), options["language"], options["past"])
        if "://" in options["file"]:
            return Taken(taking.fetched(options["file"]), options["file"], choices)
        try:
            with Path(options["file"]).open("rb") as file:
                return Taken(file.read(MOST_BYTES + 1), "", choices)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error

    def _type(self, name: str | None) -> int:
        kinds = EventType.objects.all()
        if name is not None:
            kinds = kinds.filter(name_bg=name) | kinds.filter(name_en=name)
        kind = kinds.first()
        if kind is None:
            raise CommandError("There is no such type of event. Make one in the admin first.")
        return kind.pk

    def _carry_out(self, plan: Plan) -> None:
        """All of it or nothing, telling how far it is."""
        for number, _step in enumerate(carried_out(plan, None), start=1):
            if number % SAY_EVERY == 0:
                self.stdout.write(f"{number} of {len(plan.steps)}")

    def _tell(self, plan: Plan) -> None:
        self.stdout.write(f"Calendar: {plan.source}")
        for kind, heading in HEADINGS.items():
            steps = plan.of(kind)
            self.stdout.write(f"{heading}: {len(steps)}")
            for step in steps if kind != Kind.SAME else ():
                facts = [step.why, ", ".join(step.labels), *step.noted]
                self.stdout.write(
                    f"  {step.title or step.uid}: {'; '.join(filter(None, facts))}".rstrip(": ")
                )
