"""manage.py media check: does the library agree with its folder?"""

import os
from io import StringIO
from pathlib import Path
from time import time
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from news.models import Article
from sorb.media.models import TextPicture
from tests.factories import make_article, make_document, make_image
from tests.media.samples import opened, stored_files

pytestmark = pytest.mark.django_db

DAY = 24 * 3600  # seconds


def check(*options: str) -> tuple[int, str]:
    """The exit code and what was said."""
    said = StringIO()
    try:
        call_command("media", "check", *options, stdout=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


def left_behind(name: str, age: float = DAY) -> Path:
    """A file that no row has."""
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"old")
    os.utime(path, (time() - age, time() - age))
    return path


def test_a_library_in_order_is_said_to_be() -> None:
    make_article(cover=make_image()).documents.create(document=make_document())
    before = stored_files()

    assert check() == (0, "The library and its folder agree.\n")
    assert check("--mend") == (0, "The library and its folder agree.\n")
    assert stored_files() == before


def test_a_row_without_its_file_is_left_to_a_person() -> None:
    document = make_document()
    (Path(settings.MEDIA_ROOT) / document.file.name).unlink()

    for options in ([], ["--mend"]):
        code, said = check(*options)

        assert code == 1
        assert f"document {document.pk} “{document}”: {document.file.name}" in said
        assert said.endswith("1 left unmended.")


def test_missing_renditions_are_made_anew(django_capture_on_commit_callbacks: Any) -> None:
    lost, never = make_image(), make_image()
    (Path(settings.MEDIA_ROOT) / lost.paths()[1]).unlink()
    type(never).objects.filter(pk=never.pk).update(renditions={})
    for path in never.paths()[1:]:
        (Path(settings.MEDIA_ROOT) / path).unlink()

    assert check()[0] == 1
    with django_capture_on_commit_callbacks(execute=True):
        code, said = check("--mend")

    assert (code, "2 images without all renditions, 2 mended" in said) == (0, True)
    for image in (lost, never):
        image.refresh_from_db()
        assert min(opened(image.of_shape("wide", "jpeg")[0].path).size) > 0
    assert stored_files() == {*lost.paths(), *never.paths()}
    assert check()[0] == 0


def test_renditions_of_a_damaged_original_are_left() -> None:
    image = make_image()
    (Path(settings.MEDIA_ROOT) / image.file.name).write_bytes(b"damaged")
    (Path(settings.MEDIA_ROOT) / image.paths()[1]).unlink()

    code, said = check("--mend")

    assert (code, "1 images without all renditions, 0 mended" in said) == (1, True)


def test_old_files_without_a_row_go_and_young_ones_stay() -> None:
    image = make_image()
    old = left_behind("images/2020/02/" + "a" * 22 + ".jpg")
    beside = left_behind(image.file.name.replace(".jpg", "-full-480-0badcafe.jpg"))
    young = left_behind("documents/2020/02/" + "b" * 22 + ".pdf", age=60)

    assert check()[0] == 1
    assert old.exists()
    assert check("--mend")[0] == 0

    assert (old.exists(), beside.exists(), young.exists()) == (False, False, True)
    assert set(image.paths()) <= stored_files()


def test_nothing_outside_of_the_two_folders_is_touched(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    names = ["2020/02/" + "a" * 22 + ".jpg", "x.jpg"]
    for name in names:
        (outside / name).parent.mkdir(parents=True, exist_ok=True)
        (outside / name).write_bytes(b"precious")
        os.utime(outside / name, (time() - DAY, time() - DAY))
    kept = [left_behind("backup/" + "a" * 22 + ".jpg"), left_behind("secret.jpg")]
    images = Path(settings.MEDIA_ROOT) / "images"
    (images / "2021").mkdir(parents=True)
    (images / "2020").symlink_to(outside / "2020")
    link = images / "2021" / "link.jpg"
    link.symlink_to(outside / "x.jpg")
    os.utime(link, (time() - DAY, time() - DAY), follow_symlinks=False)

    check("--mend")

    assert all((outside / name).read_bytes() == b"precious" for name in names)
    assert all(path.exists() for path in kept)


def test_a_folder_that_leads_elsewhere_is_not_emptied(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    file = outside / "2020" / "02" / ("a" * 22 + ".jpg")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"precious")
    os.utime(file, (time() - DAY, time() - DAY))
    Path(settings.MEDIA_ROOT).mkdir()
    (Path(settings.MEDIA_ROOT) / "images").symlink_to(outside)

    check("--mend")

    assert file.read_bytes() == b"precious"


def test_what_the_library_did_not_make_is_told_and_left() -> None:
    note = left_behind("images/2020/READ ME.txt")

    code, said = check("--mend")

    assert (code, note.exists()) == (1, True)
    assert "images/2020/READ ME.txt" in said


def test_texts_that_are_not_noted_are_noted() -> None:
    image = make_image()
    article, gone = make_article(), make_article(body_bg=f'<p><img src="{image.file.url}"></p>')
    Article.objects.filter(pk=article.pk).update(body_bg=f'<p><img src="{image.file.url}"></p>')
    Article.objects.filter(pk=gone.pk)._raw_delete("default")

    assert check()[0] == 1
    code, said = check("--mend")

    assert (code, "2 texts whose pictures and documents are not noted, 2 mended" in said) == (
        0,
        True,
    )
    assert [use.object_id for use in TextPicture.objects.all()] == [article.pk]
