"""The way into the library."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sorb.media.models import Document, Image
from sorb.media.uploads import accept_document, accept_image
from tests.factories import photo
from tests.media.samples import PDF, stored_files, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("redaktor")


def test_a_picture_is_taken_in(editor: User) -> None:
    content = photo((320, 213))

    image = accept_image(SimpleUploadedFile("Кмет.jpg", content), editor)

    image.refresh_from_db()
    assert (image.title_bg, image.uploaded_by, image.was_known) == ("Кмет", editor, False)
    assert Image.objects.same_as(hashlib.sha256(content).hexdigest()).get() == image


def test_a_document_is_taken_in(editor: User) -> None:
    document = accept_document(SimpleUploadedFile("Покана.pdf", PDF), editor)

    document.refresh_from_db()
    assert (document.title_bg, document.uploaded_by) == ("Покана", editor)


def test_the_same_picture_is_found_again(editor: User) -> None:
    content = photo((320, 213))
    first = accept_image(upload(content, "one.jpg"), editor)
    files = stored_files()

    again = accept_image(upload(content, "two.png"), None)

    assert (again, again.was_known, again.title_bg) == (first, True, "one")
    assert Image.objects.count() == 1
    assert stored_files() == files


def test_the_same_document_is_found_again(editor: User) -> None:
    first = accept_document(upload(PDF, "one.pdf"), editor)

    again = accept_document(upload(PDF, "two.pdf"), editor)

    assert (again, again.was_known, Document.objects.count()) == (first, True, 1)


def test_another_picture_of_the_same_name_is_another_image(editor: User) -> None:
    one = accept_image(upload(photo((32, 32), seed=1), "photo.jpg"), editor)
    two = accept_image(upload(photo((32, 32), seed=2), "photo.jpg"), editor)

    assert one.pk != two.pk
    assert one.file.name != two.file.name


def test_a_file_lost_from_the_disk_comes_back_with_the_next_upload(editor: User) -> None:
    content = photo((320, 213))
    image = accept_image(upload(content, "one.jpg"), editor)
    default_storage.delete(image.file.name)

    again = accept_image(upload(content, "one.jpg"), editor)

    assert (again, again.was_known) == (image, True)
    assert (Path(default_storage.location) / again.file.name).exists()


@pytest.mark.parametrize("name", ["page.jpg", "page.svg", "page"])
def test_a_refused_picture_leaves_nothing(name: str, editor: User) -> None:
    with pytest.raises(ValidationError):
        accept_image(upload(b"<!doctype html><script>alert(1)</script>", name), editor)

    assert (Image.objects.count(), stored_files()) == (0, set())


@pytest.mark.parametrize("name", ["page.pdf", "page.html", "page"])
def test_a_refused_document_leaves_nothing(name: str, editor: User) -> None:
    with pytest.raises(ValidationError):
        accept_document(upload(b"<!doctype html><script>alert(1)</script>", name), editor)

    assert (Document.objects.count(), stored_files()) == (0, set())
