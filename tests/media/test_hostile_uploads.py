"""Every hostile file of tests/hostile, through the checks and into the library."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage

from sorb.media import renditions
from sorb.media.models import Document, Image
from sorb.media.uploads import accept_document, accept_image
from tests.media.samples import opened, stored_files

TESTS = Path(__file__).parent.parent
SECONDS = 10
MEGABYTES = 100

# What the policy says where the file itself leaves it open
CHOSEN = {
    "thin_1x100000.png": "accept",
    "png_iccp_bomb.png": "reject",
    "zip_bomb.docx": "reject",
    "zip_slip.docx": "reject",
    "macro_xxe.docx": "reject",
    "truncated_1byte_less.jpg": "reject",
    "gif_3000_frames.gif": "accept",
    "jpeg_named.png": "accept",
    "trailing_dot.jpg.": "accept",
    "gif_js_polyglot.gif": "accept",
    "csv_formula.csv": "accept",
}
NAMES_WITHOUT_A_PICTURE = {
    'evil".jpg"; filename="b.html',
    "\u202egpj.exe",
    ".htaccess",
    ".jpg",
    "web.config",
    "x.jpg:Zone.Identifier",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    script = TESTS / "hostile" / "make_bad_uploads.py"
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True)
    return folder


def entries(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The target ("image" or "attachment") and the entry, each pair once."""
    for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
        targets = ("image", "attachment") if entry["target"] == "both" else (entry["target"],)
        for target in targets:
            yield target, entry


def expected(target: str, entry: dict[str, str]) -> str:
    if entry["expect"] != "either":
        return entry["expect"]
    if entry["disk"] != "ok.jpg":
        return CHOSEN[entry["disk"]]
    is_picture = target == "image" and entry["name"] not in NAMES_WITHOUT_A_PICTURE
    return "accept" if is_picture else "reject"


def outcome(target: str, file: File) -> tuple[str, Any]:
    accept = {"image": accept_image, "attachment": accept_document}[target]
    try:
        return "accept", accept(file, None)
    except ValidationError as error:
        return "reject", error.messages


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # what Pillow says of two of the files
def test_every_hostile_file_gets_the_answer_of_the_policy(hostile: Path) -> None:
    answers, wanted, slow = {}, {}, []

    for target, entry in entries(hostile):
        key = (target, entry["disk"], entry["name"])
        started = time.monotonic()
        with (hostile / entry["disk"]).open("rb") as file:
            answers[key], _result = outcome(target, File(file, name=entry["name"]))
        wanted[key] = expected(target, entry)
        if time.monotonic() - started > SECONDS:
            slow.append(key)

    assert answers == wanted
    assert slow == []


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_what_is_accepted_is_served_clean_and_opens(hostile: Path) -> None:
    for target, entry in entries(hostile):
        if expected(target, entry) == "accept":
            with (hostile / entry["disk"]).open("rb") as file:
                outcome(target, File(file, name=entry["name"]))

    names = {
        name
        for image in Image.objects.all()
        for name in (image.file.name, *renditions.paths(image.renditions))
    }
    documents = {document.file.name for document in Document.objects.all()}
    assert stored_files() == names | documents
    for name in names:
        content = (Path(default_storage.location) / name).read_bytes()
        assert min(opened(name).size) > 0
        assert not [
            trace for trace in (b"<script", b"<?php", b"alert(", b"SERIAL") if trace in content
        ]


def test_the_checks_of_all_files_together_need_little_memory(hostile: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.media.memory_of_checks", hostile],
        check=True,
        capture_output=True,
        text=True,
        cwd=TESTS.parent,
    )

    assert int(done.stdout) < MEGABYTES
