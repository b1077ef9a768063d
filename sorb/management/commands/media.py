from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sorb.media.inventory import findings


class Command(BaseCommand):
    help = "Tells whether the media library and its folder agree, and mends what it may."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="look for files and rows that do not match")
        check.add_argument(
            "--mend",
            action="store_true",
            help="make missing renditions, note texts, remove files without a row",
        )

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        found: dict[str, list[int]] = {}
        for finding in findings():
            is_mended = mend and finding.mend is not None and finding.mend()
            counts = found.setdefault(finding.kind, [0, 0])
            counts[0] += 1
            counts[1] += is_mended
            self.stdout.write(
                f"{'mended' if is_mended else 'found'}: {finding.kind}: {finding.words}"
            )
        for kind, (count, mended) in found.items():
            self.stdout.write(f"{count} {kind}, {mended} mended")
        left = sum(count - mended for count, mended in found.values())
        if left:
            raise CommandError(f"{left} left unmended.", returncode=1)
        self.stdout.write("The library and its folder agree.")
