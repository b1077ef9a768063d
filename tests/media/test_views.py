"""How files are served."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sorb.media.models import Document, Image
from tests.factories import make_article, make_image
from tests.media.samples import PDF, leaves, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> Image:
    """One that the public sees."""
    image = make_image(file=upload(leaves((320, 200)), "leaves.jpg"))
    make_article(cover=image)
    return image


@pytest.fixture
def document() -> Document:
    """One that the public sees."""
    document = Document.objects.create(
        file=upload(PDF, "x.pdf"), title_bg="Покана – „събрание“", title_en="Invitation"
    )
    make_article().documents.create(document=document)
    return document


def fetched(client: Client, name: str, **headers: str) -> Any:
    """The answer, read to its end, with all its bytes as `body`."""
    response = client.get(f"/media/{name}", headers=headers)
    response.body = b"".join(response)
    return response


def on_disk(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def test_an_image_comes_with_its_type_and_may_be_kept_for_ever(
    client: Client, image: Image, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        response = fetched(client, image.file.name)

    assert response.status_code == 200
    assert response.body == on_disk(image.file.name).read_bytes()
    headers = response.headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Length"] == str(on_disk(image.file.name).stat().st_size)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
    assert headers["Content-Disposition"] == "inline"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("codec", "expected"),
    [("avif", "image/avif"), ("webp", "image/webp"), ("jpeg", "image/jpeg")],
)
def test_renditions_come_with_their_type(
    client: Client, image: Image, codec: str, expected: str
) -> None:
    rendition = image.of_shape("full", codec)[0]

    assert fetched(client, rendition.path).headers["Content-Type"] == expected


def test_a_document_is_a_download_under_its_bulgarian_title(
    client: Client, document: Document, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        response = fetched(client, document.file.name, accept_language="en")

    assert response.status_code == 200
    assert response.body == PDF
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"document.pdf\"; filename*=UTF-8''"
        "%D0%9F%D0%BE%D0%BA%D0%B0%D0%BD%D0%B0%20%E2%80%93%20%E2%80%9E"
        "%D1%81%D1%8A%D0%B1%D1%80%D0%B0%D0%BD%D0%B8%D0%B5%E2%80%9C.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-cache"


def test_head_says_what_get_says_and_sends_nothing(
    client: Client, image: Image, document: Document
) -> None:
    for name in (image.file.name, document.file.name):
        get, head = fetched(client, name), client.head(f"/media/{name}")

        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_other_methods_are_refused(client: Client, image: Image, method: str) -> None:
    response = getattr(client, method)(f"/media/{image.file.name}")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_what_has_not_changed_is_not_sent_again(
    client: Client, image: Image, document: Document
) -> None:
    for name in (image.file.name, document.file.name):
        whole = fetched(client, name)
        by_tag = fetched(client, name, if_none_match=whole.headers["ETag"])
        by_time = fetched(client, name, if_modified_since=whole.headers["Last-Modified"])

        for response in (by_tag, by_time):
            assert (response.status_code, response.body) == (304, b"")
            assert response.headers["Cache-Control"] == whole.headers["Cache-Control"]


def test_a_document_without_a_row_is_not_there_under_any_condition(
    client: Client, document: Document
) -> None:
    name = document.file.name
    tag = fetched(client, name).headers["ETag"]
    document.articledocuments.all().delete()
    Document.objects.filter(pk=document.pk).delete()
    assert on_disk(name).exists()

    simple = fetched(client, name)
    conditional = fetched(client, name, if_none_match=tag)
    always = fetched(client, name, if_none_match="*")

    assert [r.status_code for r in (simple, conditional, always)] == [404, 404, 404]


@pytest.mark.parametrize(
    ("asked", "status", "expected", "content_range"),
    [
        ("bytes=0-0", 206, PDF[:1], f"bytes 0-0/{len(PDF)}"),
        ("bytes=5-9", 206, PDF[5:10], f"bytes 5-9/{len(PDF)}"),
        ("bytes=5-", 206, PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-7", 206, PDF[-7:], f"bytes {len(PDF) - 7}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=5-99999", 206, PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=99999-", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=0-", 200, PDF, None),
        ("bytes=-99999", 200, PDF, None),
        ("bytes=9-1", 200, PDF, None),
        ("bytes=-", 200, PDF, None),
        ("bytes=a-b", 200, PDF, None),
        ("bytes=٠-٩", 200, PDF, None),
        ("pages=0-1", 200, PDF, None),
        ("bytes=0-1,3-4", 200, PDF, None),
        ("bytes=" + "0-," * 500, 200, PDF, None),
        ("bytes=0-" + "9" * 5000, 200, PDF, None),
    ],
)
def test_one_range_is_served_and_nonsense_ignored(
    client: Client,
    document: Document,
    asked: str,
    status: int,
    expected: bytes,
    content_range: str | None,
) -> None:
    response = fetched(client, document.file.name, range=asked)

    assert response.status_code == status
    assert response.body == expected
    assert response.headers.get("Content-Range") == content_range
    assert response.headers["Content-Length"] == str(len(expected))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_range_of_another_version_is_the_whole(client: Client, document: Document) -> None:
    name = document.file.name
    tag = fetched(client, name).headers["ETag"]

    same = fetched(client, name, range="bytes=0-3", if_range=tag)
    other = fetched(client, name, range="bytes=0-3", if_range='"old"')

    assert [(r.status_code, r.body) for r in (same, other)] == [(206, PDF[:4]), (200, PDF)]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images/",
        "images/2026/",
        "images/2026/11/",
        "images/2026/11/" + "a" * 22 + ".jpg",
        "images/../../../etc/passwd",
        "images/2026/11/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "images%2f2026%2f11%2f%2e%2e%2f%2e%2e%2fsecret.jpg",
        "..\\..\\secret.jpg",
        "images/2026/11/a%00.jpg",
        "images/２０２６/11/" + "a" * 22 + ".jpg",
        "secret.jpg",
        "documents/2026/11/" + "a" * 22 + ".html",
        "images/2026/11/" + "a" * 5000 + ".jpg",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    root = Path(settings.MEDIA_ROOT)
    (root / "images/2026/11").mkdir(parents=True)
    (root / "documents/2026/11").mkdir(parents=True)
    (root / "secret.jpg").write_bytes(b"secret")
    (root / "documents/2026/11" / ("a" * 22 + ".html")).write_bytes(b"<script>")

    assert fetched(client, path).status_code == 404


def test_a_folder_with_the_name_of_a_picture_is_not_there(client: Client) -> None:
    name = "images/2026/11/" + "a" * 22 + ".jpg"
    on_disk(name).mkdir(parents=True)

    assert fetched(client, name).status_code == 404


def test_a_rendition_of_another_size_is_not_made(client: Client, image: Image) -> None:
    known = image.of_shape("full", "jpeg")[0].path

    assert fetched(client, known.replace("-320-", "-321-")).status_code == 404
    assert fetched(client, f"{known}?width=321").body == on_disk(known).read_bytes()
