"""Who may have a file: it is as public as what uses it, at this very moment."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from events.models import Speaker
from news.models import Article
from sorb.media import views
from sorb.media.models import Document, Image, Upload
from tests.factories import (
    make_article,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DRAFT = {"status": "draft", "published_at": None}
HIDDEN: dict[str, Callable[[], dict[str, Any]]] = {
    "draft": lambda: DRAFT,
    "in review": lambda: {"status": "in_review", "published_at": None},
    "scheduled": lambda: {"published_at": timezone.now() + HOUR},
    "withdrawn": lambda: {"status": "withdrawn"},
    "expired": lambda: {
        "published_at": timezone.now() - 2 * HOUR,
        "withdrawn_at": timezone.now() - HOUR,
    },
}


def cover(image: Image, **state: Any) -> None:
    make_article(cover=image, **state)


def gallery(image: Image, **state: Any) -> None:
    make_event(**state).gallery.create(image=image)


def text(image: Image, **state: Any) -> None:
    make_article(body_bg=f'<p><img src="{image.file.url}" alt="Зала"></p>', **state)


def english_text(image: Image, **state: Any) -> None:
    make_event(body_en=f'<p><img src="{image.file.url}" alt="Hall"></p>', **state)


def photo(image: Image, **state: Any) -> None:
    make_event(**state).appearances.create(speaker=make_speaker(photo=image))


def logo(image: Image, **state: Any) -> None:
    make_event(**state).participations.create(organization=make_organization(logo=image))


def attachment(document: Document, **state: Any) -> None:
    make_article(**state).documents.create(document=document)


def link(document: Document, **state: Any) -> None:
    make_event(body_bg=f'<p><a href="{document.file.url}">Покана</a></p>', **state)


PICTURES = [cover, gallery, text, english_text, photo, logo]
DOCUMENTS = [attachment, link]
USES = [*PICTURES, *DOCUMENTS]


def made_for(use: Callable[..., None]) -> Upload:
    return make_document() if use in DOCUMENTS else make_image()


def fetched(client: Client, address: str, **headers: str) -> Any:
    """The answer, read to its end."""
    response = client.get(address, headers=headers)
    b"".join(response)
    return response


def statuses(client: Client, upload: Upload, **headers: str) -> set[int]:
    """The answers for all files of an upload."""
    answers = (fetched(client, f"/media/{path}", **headers) for path in upload.paths())
    return {answer.status_code for answer in answers}


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("redaktor", is_staff=True))
    return client


@pytest.fixture
def granted() -> Iterator[list[Any]]:
    """The list of who else may have a file, as it was before afterwards."""
    before = list(views.passes)
    yield views.passes
    views.passes[:] = before


@pytest.mark.parametrize("use", USES)
def test_what_the_public_sees_everybody_may_have(
    stranger: Client, use: Callable[..., None], django_assert_num_queries: Any
) -> None:
    upload = made_for(use)
    use(upload)

    with django_assert_num_queries(len(upload.paths())):
        answers = statuses(stranger, upload)

    assert answers == {200}


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("use", USES)
def test_what_the_public_does_not_see_is_not_there_for_a_stranger(
    stranger: Client, use: Callable[..., None], state: str
) -> None:
    upload = made_for(use)
    use(upload, **HIDDEN[state]())

    assert statuses(stranger, upload) == {404}
    assert statuses(stranger, upload, if_none_match="*") == {404}
    assert statuses(stranger, upload, range="bytes=0-1") == {404}


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("use", USES)
def test_the_staff_sees_it_and_nothing_between_may_keep_it(
    staff: Client, use: Callable[..., None], state: str
) -> None:
    upload = made_for(use)
    use(upload, **HIDDEN[state]())

    answer = fetched(staff, f"/media/{upload.file.name}")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("make", [make_image, make_document])
def test_what_nothing_uses_is_for_the_staff(
    stranger: Client, staff: Client, make: Callable[[], Upload]
) -> None:
    upload = make()

    assert statuses(stranger, upload) == {404}
    assert statuses(staff, upload) == {200}


def test_readers_with_an_account_and_former_staff_are_strangers() -> None:
    image = make_image()
    plain, former = (
        User.objects.create_user("chitatel"),
        User.objects.create_user("bivsh", is_staff=True),
    )
    clients = [Client(), Client()]
    for client, user in zip(clients, (plain, former), strict=True):
        client.force_login(user)
    former.is_active = False
    former.save()

    assert [statuses(client, image) for client in clients] == [{404}, {404}]


def test_one_public_use_is_enough(stranger: Client) -> None:
    image = make_image()
    cover(image, **DRAFT)
    assert statuses(stranger, image) == {404}

    gallery(image)

    assert statuses(stranger, image) == {200}


def test_a_scheduled_item_brings_its_files_and_an_expiring_one_takes_them(stranger: Client) -> None:
    image = make_image()
    now = timezone.now()
    article = make_article(cover=image, published_at=now + HOUR)
    assert statuses(stranger, image) == {404}

    Article.objects.filter(pk=article.pk).update(published_at=now - HOUR)
    assert statuses(stranger, image) == {200}
    tag = fetched(stranger, image.file.url).headers["ETag"]
    Article.objects.filter(pk=article.pk).update(withdrawn_at=now - timedelta(minutes=1))

    assert statuses(stranger, image, if_none_match=tag) == {404}


def test_a_picture_taken_out_of_the_text_is_no_longer_public(stranger: Client) -> None:
    image = make_image()
    article = make_article(body_bg=f'<p><img src="{image.file.url}" alt=""></p>')
    assert statuses(stranger, image) == {200}

    article.body_bg = "<p>Без снимка.</p>"
    article.save()

    assert statuses(stranger, image) == {404}


def test_the_photo_of_a_listed_person_is_public(stranger: Client) -> None:
    image = make_image()
    speaker = make_speaker(photo=image)
    assert statuses(stranger, image) == {404}

    Speaker.objects.filter(pk=speaker.pk).update(is_listed=True)

    assert statuses(stranger, image) == {200}


def test_a_pass_opens_one_upload_and_nothing_may_keep_it(
    stranger: Client, granted: list[Any]
) -> None:
    shown, other = make_image(), make_image()

    def has_token(request: HttpRequest, upload: Upload) -> bool:
        return request.GET.get("preview") == "znak" and upload == shown

    granted.append(has_token)

    answer = fetched(stranger, f"{shown.file.url}?preview=znak")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert fetched(stranger, f"{shown.file.url}?preview=drug").status_code == 404
    assert fetched(stranger, shown.file.url).status_code == 404
    assert fetched(stranger, f"{other.file.url}?preview=znak").status_code == 404


def test_a_pass_is_not_asked_for_what_is_public(stranger: Client, granted: list[Any]) -> None:
    image = make_image()
    cover(image)
    asked: list[Upload] = []
    granted.append(lambda request, upload: bool(asked.append(upload)))

    answer = fetched(stranger, image.file.url)

    assert (answer.status_code, asked) == (200, [])
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_file_beside_a_known_one_is_not_served(staff: Client, settings: Any) -> None:
    image = make_image()
    stem = image.file.name.rpartition(".")[0]
    (settings.MEDIA_ROOT / f"{stem}-full-99-deadbeef.jpg").write_bytes(b"old")

    assert fetched(staff, f"/media/{stem}-full-99-deadbeef.jpg").status_code == 404
