"""Checks every file of a folder of hostile uploads; prints by how many megabytes memory grew."""

import json
import resource
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File

from sorb.media.checks import check_document, check_image

CHECKS = {
    "image": [check_image],
    "attachment": [check_document],
    "both": [check_image, check_document],
}


def kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


settings.configure(USE_I18N=False)
folder = Path(sys.argv[1])
before = kilobytes()
for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
    for check in CHECKS[entry["target"]]:
        with (folder / entry["disk"]).open("rb") as file:
            try:
                check(File(file, name=entry["name"]))
            except ValidationError:
                continue
print((kilobytes() - before) // 1024)
