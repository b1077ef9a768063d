"""Pictures and documents inside rich texts, and files that are replaced."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client

from news.models import Article
from sorb.media.models import Document, Image, TextDocument, TextPicture
from sorb.media.texts import unnoted, with_present_addresses
from sorb.media.uses import uses_of
from tests.factories import (
    make_article,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    photo,
)
from tests.media.samples import leaves, stored_files, upload

pytestmark = pytest.mark.django_db


def text_with(*addresses: str) -> str:
    return "".join(f'<p><img src="{address}" alt="Зала"></p>' for address in addresses)


def noted(article: Article) -> set[Image]:
    return {use.image for use in TextPicture.objects.filter(object_id=article.pk)}


def replaced(image: Image, seed: int = 900) -> tuple[str, bytes]:
    """Gives an image another file. Returns the former address, and what lay there."""
    former = image.file.name
    content = (Path(settings.MEDIA_ROOT) / former).read_bytes()
    image.file = upload(photo((400, 300), seed=seed), "nova.jpg")
    image.save()
    return former, content


def test_pictures_are_noted_by_the_address_of_the_original_or_a_rendition() -> None:
    first, second, other = make_image(), make_image(), make_image()

    article = make_article(
        body_bg=text_with(first.file.url, first.file.url),
        body_en=text_with(f"/media/{second.of_shape('full', 'jpeg')[0].path}"),
    )

    assert noted(article) == {first, second}
    assert [use.item for use in uses_of(first)] == [article]
    assert uses_of(other) == []


def test_notes_follow_the_text() -> None:
    first, second = make_image(), make_image()
    article = make_article(body_bg=text_with(first.file.url))

    article.body_bg = text_with(second.file.url)
    article.save()
    assert noted(article) == {second}
    article.delete()

    assert not TextPicture.objects.exists()


def test_a_save_of_other_fields_leaves_the_notes() -> None:
    image = make_image()
    article = make_article(body_bg=text_with(image.file.url))

    article.byline = "Мария Петрова"
    article.save(update_fields=["byline"])
    Article.objects.only("byline").get(pk=article.pk).save(update_fields=["byline"])

    assert noted(article) == {image}


@pytest.mark.parametrize(
    "address",
    [
        "/media/images/2026/11/" + "a" * 22 + ".jpg",
        "/media/images/2026/11/short.jpg",
        "/media/images/",
        "https://drug.example/kartina.jpg",
    ],
)
def test_addresses_that_are_nobodys_are_no_use(address: str) -> None:
    make_image()

    article = make_article(body_bg=f'<p><a href="{address}">тук</a></p>{text_with(address)}')

    assert noted(article) == set()


def test_a_text_without_files_costs_two_reads_of_notes(django_assert_num_queries: Any) -> None:
    article = make_article()
    article.save()

    with django_assert_num_queries(6):  # a savepoint (2), the row before, the row, the notes (2)
        article.save()


def test_what_a_text_holds_cannot_be_deleted() -> None:
    image, document = make_image(), make_document()
    make_article(body_bg=text_with(image.file.url))
    make_event(body_en=f'<p><a href="{document.file.url}">Programme</a></p>')

    for used in (image, document):
        with pytest.raises(ProtectedError):
            used.delete()

    assert TextDocument.objects.get().document == document


def test_every_kind_of_use_is_told_with_its_place() -> None:
    image = make_image()
    article = make_article(cover=image, body_bg=text_with(image.file.url))
    event = make_event(status="draft", published_at=None)
    event.gallery.create(image=image)
    speaker, organization = make_speaker(photo=image), make_organization(logo=image, is_listed=True)

    told = {(use.item, use.place, use.is_public) for use in uses_of(image)}

    assert told == {
        (article, "водеща снимка", True),
        (article, "текст", True),
        (event, "галерия", False),
        (speaker, "портрет", False),
        (organization, "лого", True),
    }


@pytest.mark.parametrize("count", [1, 30])
def test_reads_of_uses_do_not_grow_with_them(count: int, django_assert_num_queries: Any) -> None:
    image = make_image()
    for _number in range(count):
        make_article(cover=image, body_bg=text_with(image.file.url))
    uses_of(image)

    with django_assert_num_queries(10):
        uses = uses_of(image)

    assert len(uses) == 2 * count


def test_queries_tell_the_used_from_the_unused() -> None:
    public, drafted, unused = make_image(), make_image(), make_image()
    make_article(cover=public)
    make_article(status="draft", published_at=None, body_bg=text_with(drafted.file.url))

    questions = Image.objects
    assert set(questions.used()) == {public, drafted}
    assert set(questions.unused()) == {unused}
    assert set(questions.public()) == {public}
    assert set(questions.only_in_drafts()) == {drafted}
    standing = {(image, image.is_used, image.is_public) for image in questions.with_standing()}
    assert standing == {(public, True, True), (drafted, True, False), (unused, False, False)}


def test_a_replaced_picture_stands_in_every_text_and_the_old_address_leads_to_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image(file=upload(leaves((500, 400)), "a.jpg"))
    rendition = image.of_shape("full", "jpeg")[0].path
    article = make_article(
        body_bg=text_with(image.file.url), body_en=text_with(f"/media/{rendition}")
    )
    version, changed_at = article.version, article.changed_at
    event = make_event(cover=image)

    with django_capture_on_commit_callbacks(execute=True):
        former, _content = replaced(image)

    article.refresh_from_db()
    event.refresh_from_db()
    present = image.of_shape("full", "jpeg")[-1].path
    assert article.body_bg == text_with(image.file.url)
    assert article.body_en == text_with(f"/media/{present}")
    assert (article.version, article.changed_at) == (version, changed_at)
    assert (event.cover, noted(article)) == (image, {image})
    assert stored_files() == set(image.paths())
    answer = client.get(f"/media/{former}")
    assert (answer.status_code, answer.headers["Location"]) == (302, image.file.url)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert client.get(f"/media/{rendition}").headers["Location"] == f"/media/{present}"


def test_a_former_address_reveals_nothing_of_a_draft(client: Client) -> None:
    image = make_image()
    make_article(cover=image, status="draft", published_at=None)

    former, _content = replaced(image)

    assert client.get(f"/media/{former}").status_code == 404


def test_a_former_address_typed_anew_becomes_the_present_one() -> None:
    image = make_image()
    article = make_article(body_bg=text_with(image.file.url))
    former, _content = replaced(image)
    replaced(image, seed=901)

    article.body_bg = text_with(f"/media/{former}")  # a form that was open all the while
    article.save()

    assert article.body_bg == text_with(image.file.url)
    assert Article.objects.get().body_bg == text_with(image.file.url)
    assert len(image.former) == 2


def test_a_replacement_that_is_refused_changes_nothing(client: Client) -> None:
    image = make_image()
    article = make_article(body_bg=text_with(image.file.url))
    before = (image.file.name, stored_files())

    image.file = upload(b"<svg onload=alert(1)>", "x.jpg")
    with pytest.raises(ValidationError):
        image.save()

    image.refresh_from_db()
    article.refresh_from_db()
    assert (image.file.name, stored_files()) == before
    assert (image.former, article.body_bg) == ([], text_with(image.file.url))


def test_a_replaced_document_keeps_its_uses(client: Client) -> None:
    document = make_document()
    former = document.file.name
    article = make_article(body_bg=f'<p><a href="/media/{former}">Покана</a></p>')

    document.file = upload(b"a,b\n1,2\n", "danni.csv")
    document.save()

    article.refresh_from_db()
    assert article.body_bg == f'<p><a href="{document.file.url}">Покана</a></p>'
    answer = client.get(f"/media/{former}?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{document.file.url}?x=1")
    assert Document.objects.get().former == [former.rpartition(".")[0]]


def test_texts_past_save_are_found() -> None:
    image = make_image()
    right = make_article(body_bg=text_with(image.file.url))
    wrong = make_article()
    Article.objects.filter(pk=wrong.pk).update(body_bg=text_with(image.file.url))

    assert unnoted() == [wrong]
    assert noted(right) == {image}


def test_a_text_without_replaced_files_stays_as_it_is() -> None:
    assert with_present_addresses(text_with("/media/x.jpg"), {}) == text_with("/media/x.jpg")
