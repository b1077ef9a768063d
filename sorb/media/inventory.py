"""Whether the library and its folder agree; what does not is mended where that is safe."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from . import names, renditions, texts
from .models import Document, Image

FOLDERS = ("images", "documents")
YOUNG = timedelta(hours=1)  # a file is older than its row by as long as the upload takes


class Finding(NamedTuple):
    """Something that is not as it should be; `mend` is None where only a person can mend it."""

    kind: str
    words: str
    mend: Callable[[], bool] | None = None  # False: it could not be done


def findings() -> Iterator[Finding]:
    """Everything that is wrong, one after the other, each to be mended before the next is asked.

    Files are listed before rows are read: one that is taken in meanwhile has its row by then.
    """
    files = stored_files()
    yield from rows_without_files()
    yield from missing_renditions()
    yield from files_without_rows(files)
    yield from texts_not_noted()


def root() -> Path:
    return Path(settings.MEDIA_ROOT).resolve()


def is_ours(path: Path) -> bool:
    """Does it lie, with all links followed, in one of the two folders of the library?"""
    inside = path.parent.resolve()
    return any(inside.is_relative_to(root() / folder) for folder in FOLDERS)


def stored_files() -> list[str]:
    """The names of all files in the two folders. Links are files here: none is followed."""
    found = []
    for folder in FOLDERS:
        for path in (root() / folder).rglob("*"):
            if (path.is_symlink() or path.is_file()) and is_ours(path):
                found.append(path.relative_to(root()).as_posix())
    return sorted(found)


def is_there(name: str) -> bool:
    return bool(name) and (root() / name).is_file()


def rows_without_files() -> Iterator[Finding]:
    for model in (Image, Document):
        for upload in model.objects.order_by("pk").iterator():
            if not is_there(upload.file.name or ""):
                words = f"{model._meta.model_name} {upload.pk} “{upload}”: {upload.file.name}"
                yield Finding("rows without their file (upload the same file again)", words)


def missing_renditions() -> Iterator[Finding]:
    for image in Image.objects.order_by("pk").iterator():
        made = renditions.paths(image.renditions)
        is_whole = all(image.of_shape(shape, "jpeg") for shape in renditions.SHAPES)
        if not is_whole or not all(map(is_there, made)):
            words = f"image {image.pk} “{image}”"
            yield Finding("images without all renditions", words, image.make_renditions_anew)


def files_without_rows(files: list[str]) -> Iterator[Finding]:
    """Of those that the library could have made itself, the old ones may go."""
    known = {
        path
        for model in (Image, Document)
        for upload in model.objects.iterator()
        for path in upload.paths()
    }
    for name in files:
        if name in known or is_young(root() / name):
            continue
        if names.STORED.fullmatch(name):
            yield Finding("files without a row", name, Removal(name))
        else:
            yield Finding("files that the library did not make (remove them by hand)", name)


def is_young(path: Path) -> bool:
    try:
        changed_at = path.lstat().st_mtime
    except FileNotFoundError:
        return True  # gone meanwhile
    return changed_at > (timezone.now() - YOUNG).timestamp()


@dataclass(frozen=True)
class Removal:
    """Removes a file, unless a row has it meanwhile."""

    name: str

    def __call__(self) -> bool:
        stem = names.stem_of(self.name)
        rows = [*Image.objects.at(stem), *Document.objects.at(stem)]
        path = root() / self.name
        if not is_ours(path) or any(self.name in row.paths() for row in rows):
            return False
        path.unlink(missing_ok=True)
        return True


@dataclass(frozen=True)
class Noting:
    """Notes what the texts of a row hold."""

    item: Model

    def __call__(self) -> bool:
        texts.note(self.item)
        return True


def texts_not_noted() -> Iterator[Finding]:
    for item in texts.unnoted():
        words = f"{item._meta.model_name} {item.pk}"
        yield Finding("texts whose pictures and documents are not noted", words, Noting(item))
