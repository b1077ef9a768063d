"""A document from its upload to its removal."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from sorb.media.models import Document
from tests.media.samples import PDF, docx, stored_files, upload

pytestmark = pytest.mark.django_db


def kept(content: bytes = PDF, name: str = "Покана_2020.pdf", **fields: Any) -> Document:
    return Document.objects.create(file=upload(content, name), **fields)


def test_a_document_is_kept_as_it_was_sent() -> None:
    document = kept()

    document.refresh_from_db()
    assert (Path(default_storage.location) / document.file.name).read_bytes() == PDF
    assert (document.title_bg, document.original_name) == ("Покана 2020", "Покана_2020.pdf")
    assert (document.size, document.kind, len(document.content_hash)) == (len(PDF), "PDF", 64)


def test_it_lies_under_a_name_of_chance() -> None:
    document = kept(name="../../x.PDF")

    assert document.file.name.startswith("documents/20")
    assert len(document.file.name.rpartition("/")[2]) == 22 + len(".pdf")
    assert stored_files() == {document.file.name}


def test_the_title_is_bulgarian_whoever_uploads() -> None:
    with translation.override("en"):
        document = kept(name="___.pdf", title_en="Invitation")

    assert (document.title_bg, document.title_en) == ("Без заглавие", "Invitation")


def test_a_replaced_document_goes_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    document = kept()
    document.file = upload(docx(), "Покана.docx")

    with django_capture_on_commit_callbacks(execute=True):
        document.save(update_fields=["file"])

    document.refresh_from_db()
    assert (document.kind, document.original_name) == ("DOCX", "Покана.docx")
    assert stored_files() == {document.file.name}


def test_a_change_of_words_touches_no_file() -> None:
    document = kept()
    name = document.file.name

    document.title_bg = "Покана за Общо събрание"
    document.save()
    document.save(update_fields=["title_bg"])

    document.refresh_from_db()
    assert document.file.name == name
    assert stored_files() == {name}


def test_a_deleted_document_takes_its_file_along(django_capture_on_commit_callbacks: Any) -> None:
    document, other = kept(), kept(docx(), "a.docx")

    with django_capture_on_commit_callbacks(execute=True):
        document.delete()

    assert stored_files() == {other.file.name}


def test_a_refused_document_leaves_row_and_file_as_they_were() -> None:
    document = kept()
    name = document.file.name
    document.file = upload(b"<!doctype html>", "page.pdf")

    with pytest.raises(ValidationError):
        document.save()

    document.refresh_from_db()
    assert document.file.name == name
    assert stored_files() == {name}


def test_a_file_put_past_the_library_is_checked_all_the_same() -> None:
    with pytest.raises(ValidationError):
        Document().file.save("page.pdf", ContentFile(b"<!doctype html>"))

    assert Document.objects.count() == 0


def test_a_row_that_the_database_refuses_leaves_no_file() -> None:
    first = kept()

    with pytest.raises(Exception, match="duplicate key"), transaction.atomic():
        Document(pk=first.pk, file=upload(docx(), "a.docx")).save(force_insert=True)

    assert stored_files() == {first.file.name}
