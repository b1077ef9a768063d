"""Files sent while a form is being filled in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sorb.media.models import Document, Image
from tests.factories import PDF, photo

IMAGE = "/admin/media/image/upload/"
DOCUMENT = "/admin/media/document/upload/"


def picture(name: str = "kmetove.jpg", seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo((320, 213), seed=seed), "image/jpeg")


def test_picture_is_taken_in_and_described(desk: Client) -> None:
    answer = desk.post(IMAGE, {"file": picture()})

    image = Image.objects.get()
    told = json.loads(answer.content)
    assert answer.status_code == 200
    assert told == {
        "id": image.pk,
        "was_known": False,
        "title": image.title,
        "address": f"/admin/media/image/{image.pk}/change/",
        "alternative": "",
        "alternative_bg": "",
        "alternative_en": "",
        "describe": f"/admin/media/image/{image.pk}/describe/",
        "thumbnail": told["thumbnail"],
        "preview": told["preview"],
        "width": 320,
        "height": 213,
    }
    assert image.uploaded_by.username == "redaktor"
    assert told["thumbnail"].startswith("/media/")


def test_the_same_picture_twice_is_the_one_there_is(desk: Client) -> None:
    first = json.loads(desk.post(IMAGE, {"file": picture("a.jpg")}).content)
    second = json.loads(desk.post(IMAGE, {"file": picture("b.jpg")}).content)

    assert (first["id"], first["was_known"]) == (second["id"], False)
    assert second["was_known"] is True
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("viral.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("empty.jpg", b""),
        ("torn.jpg", photo((320, 213))[:300]),
    ],
)
def test_what_is_no_picture_is_refused_with_words(desk: Client, name: str, content: bytes) -> None:
    answer = desk.post(IMAGE, {"file": SimpleUploadedFile(name, content, "image/jpeg")})

    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]
    assert not Image.objects.exists()


def test_document_is_taken_in_and_described(desk: Client) -> None:
    answer = desk.post(DOCUMENT, {"file": SimpleUploadedFile("Наредба.pdf", PDF)})

    document = Document.objects.get()
    assert json.loads(answer.content) == {
        "id": document.pk,
        "was_known": False,
        "title": document.title,
        "address": f"/admin/media/document/{document.pk}/change/",
        "kind": "PDF",
        "size": len(PDF),
    }


def test_a_program_is_no_document(desk: Client) -> None:
    answer = desk.post(DOCUMENT, {"file": SimpleUploadedFile("fail.pdf", b"MZ\x90\x00" * 50)})

    assert answer.status_code == 400
    assert not Document.objects.exists()


@pytest.mark.parametrize("address", [IMAGE, DOCUMENT])
def test_uploads_want_exactly_one_file_by_post(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 405
    assert desk.post(address).status_code == 400
    assert desk.post(address, {"file": [picture(), picture("b.jpg", 2)]}).status_code == 400
    assert not Image.objects.exists()


@pytest.mark.parametrize("address", [IMAGE, DOCUMENT])
def test_uploads_want_permission(
    client: Client, reader: Client, stranger: Client, address: str
) -> None:
    assert client.post(address, {"file": picture()}).status_code == 302
    assert reader.post(address, {"file": picture()}).status_code == 403
    assert stranger.post(address, {"file": picture()}).status_code == 403
    assert not Image.objects.exists()


def test_uploads_from_another_site_are_refused(desk: Client) -> None:
    desk.handler.enforce_csrf_checks = True

    answer = desk.post(IMAGE, {"file": picture()})

    assert answer.status_code == 403
    assert not Image.objects.exists()


def test_answers_are_never_kept(desk: Client) -> None:
    assert desk.post(IMAGE).headers["Cache-Control"] == "no-store, private"
