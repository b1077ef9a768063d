"""The lists and forms of the library: where files are used, how they are replaced and described."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sorb.desk.models import Entry, Revision
from sorb.media.models import Document, Image
from tests.admin.conftest import make_user, signed_in
from tests.admin.filling import filled
from tests.factories import make_article, make_document, make_event, make_image, photo

IMAGES = "/admin/media/image/"
DOCUMENTS = "/admin/media/document/"
DRAFT = {"status": "draft", "published_at": None}


def shown(client: Client, address: str, **question: object) -> set[Any]:
    answer = client.get(address, question)
    assert answer.status_code == 200
    return set(answer.context["cl"].result_list)


def log() -> list[tuple[str, str, str]]:
    return [(entry.action, entry.user_name, entry.name) for entry in Entry.objects.order_by("pk")]


def in_text(image: Image) -> str:
    return f'<p><img src="{image.file.url}" alt="Зала"></p>'


def test_lists_are_narrowed_to_the_used_and_the_unused(desk: Client) -> None:
    public, drafted, unused = make_image(), make_image(), make_image()
    make_article(cover=public)
    make_article(**DRAFT, body_en=in_text(drafted))

    assert shown(desk, IMAGES, use="used") == {public, drafted}
    assert shown(desk, IMAGES, use="public") == {public}
    assert shown(desk, IMAGES, use="drafts") == {drafted}
    assert shown(desk, IMAGES, use="unused") == {unused}
    assert shown(desk, IMAGES, use="nonsense") == {public, drafted, unused}


def test_pictures_that_lack_words_are_found(desk: Client) -> None:
    both = make_image()
    bulgarian, english = make_image(alternative_en=""), make_image(alternative_bg="")

    assert shown(desk, IMAGES, alternative="bg") == {english}
    assert shown(desk, IMAGES, alternative="en") == {bulgarian}
    assert shown(desk, IMAGES, alternative="present") == {both}


def test_documents_are_found_by_their_kind(desk: Client) -> None:
    pdf = make_document()
    table = make_document(file=SimpleUploadedFile("a.csv", b"a,b\n1,2\n"))

    assert shown(desk, DOCUMENTS, kind="pdf") == {pdf}
    assert shown(desk, DOCUMENTS, kind="csv") == {table}
    assert shown(desk, DOCUMENTS, kind="exe") == {pdf, table}


def test_the_library_is_searched_by_words(desk: Client) -> None:
    found = make_image(title_bg="Площад", alternative_en="Mayors in Plovdiv", credit="Иван Колев")
    make_image(title_bg="Площад", alternative_en="A hall", credit="")

    for words in ("mayors", "Площад Plovdiv", "колев"):
        assert shown(desk, IMAGES, q=words) == {found}


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("address", "make"), [(IMAGES, make_image), (DOCUMENTS, make_document)])
def test_reads_of_a_list_do_not_grow_with_it(
    desk: Client,
    address: str,
    make: Callable[[], Any],
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for _number in range(rows):
        upload = make()
        if address == IMAGES:
            make_article(cover=upload, body_bg=in_text(upload))
        else:
            make_article().documents.create(document=upload)
    desk.get(address)

    with django_assert_num_queries(10):
        page = desk.get(address).content.decode()

    assert page.count("На сайта</span>") == rows


def test_the_list_takes_files_where_they_may_be_added(desk: Client, reader: Client) -> None:
    assert f'data-upload="{IMAGES}upload/"' in desk.get(IMAGES).content.decode()
    assert f'data-upload="{DOCUMENTS}upload/"' in desk.get(DOCUMENTS).content.decode()
    assert "data-arrivals" not in reader.get(IMAGES).content.decode()


def test_the_form_says_where_a_picture_is_used(desk: Client) -> None:
    image = make_image()
    article = make_article(body_bg=in_text(image), title_bg="Среща <b>на</b> кметове")
    event = make_event(**DRAFT, title_bg="Форум")
    event.gallery.create(image=image)

    answer = desk.get(f"{IMAGES}{image.pk}/change/")

    told = {(use.name, use.place, use.address, use.is_public) for use in answer.context["uses"]}
    assert told == {
        ("Среща <b>на</b> кметове", "текст", f"/admin/news/article/{article.pk}/change/", True),
        ("Форум", "галерия", f"/admin/events/event/{event.pk}/change/", False),
    }
    assert "Среща &lt;b&gt;на&lt;/b&gt; кметове</a>" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_reads_of_the_form_do_not_grow_with_the_uses(
    desk: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    image = make_image()
    for _number in range(count):
        make_article(cover=image)
    desk.get(f"{IMAGES}{image.pk}/change/")

    with django_assert_max_num_queries(14):
        answer = desk.get(f"{IMAGES}{image.pk}/change/")

    assert len(answer.context["uses"]) == count


def test_names_of_items_that_one_may_not_see_are_not_told() -> None:
    image = make_image()
    make_article(cover=image, title_bg="Тайна среща", **DRAFT)
    client = signed_in(make_user("fotograf", "view_image", "change_image", "delete_image"))

    form = client.get(f"{IMAGES}{image.pk}/change/")
    delete = client.get(f"{IMAGES}{image.pk}/delete/")

    assert [(use.name, use.address) for use in form.context["uses"]] == [("", "")]
    assert len(delete.context["protected"]) == 1
    assert "Тайна" not in form.content.decode() + delete.content.decode()


@pytest.mark.parametrize("way", ["cover", "text"])
def test_the_delete_page_says_where_it_is_used_and_deletes_nothing(desk: Client, way: str) -> None:
    image = make_image()
    fields = {"cover": image} if way == "cover" else {"body_bg": in_text(image)}
    article = make_article(title_bg="Новина <i>едно</i>", **fields)
    address = f"{IMAGES}{image.pk}/delete/"

    page = desk.get(address).content.decode()
    desk.post(address, {"post": "yes"})

    link = f'<a href="/admin/news/article/{article.pk}/change/">Новина &lt;i&gt;едно&lt;/i&gt;</a>'
    assert link in page
    assert 'name="post"' not in page
    assert Image.objects.get() == image


def test_several_are_deleted_only_when_none_is_used(desk: Client) -> None:
    used, unused = make_image(), make_image()
    make_article(cover=used)
    question = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk]}

    page = desk.post(IMAGES, question)
    desk.post(IMAGES, question | {"post": "yes"})
    assert len(page.context["protected"]) == 1
    assert Image.objects.count() == 2
    desk.post(IMAGES, question | {"post": "yes", "_selected_action": [unused.pk]})

    assert Image.objects.get() == used
    assert log() == [("deleted", "Мария Петрова", str(unused))]


def test_a_file_is_replaced_everywhere_and_the_log_says_so(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image()
    article = make_article(cover=image, body_bg=in_text(image))
    former = image.file.name
    address = f"{IMAGES}{image.pk}/change/"
    fields = filled(desk.get(address))
    file = SimpleUploadedFile("nova.jpg", photo((400, 300), seed=99), "image/jpeg")

    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(address, {**fields, "file": file})

    assert answer.status_code == 302
    image.refresh_from_db()
    article.refresh_from_db()
    assert article.body_bg == in_text(image)
    assert image.file.name != former
    assert not (Path(settings.MEDIA_ROOT) / former).exists()
    assert log() == [("replaced", "Мария Петрова", str(image))]


def test_a_replacement_that_is_no_picture_is_refused_with_words(desk: Client) -> None:
    image = make_image()
    before = image.file.name
    address = f"{IMAGES}{image.pk}/change/"
    heic = SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "image/heic")

    answer = desk.post(address, {**filled(desk.get(address)), "file": heic})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["file"] == [
        "HEIC не се приема: запазете снимката като JPEG."
    ]
    image.refresh_from_db()
    assert (image.file.name, log()) == (before, [])


def test_a_document_is_added_and_deleted_with_a_line_in_the_log(desk: Client) -> None:
    file = SimpleUploadedFile("danni.csv", b"a,b\n1,2\n")
    fields = filled(desk.get(f"{DOCUMENTS}add/"))

    desk.post(f"{DOCUMENTS}add/", {**fields, "file": file})
    document = Document.objects.get()
    desk.post(f"{DOCUMENTS}{document.pk}/delete/", {"post": "yes"})

    assert not Document.objects.exists()
    assert log() == [
        ("uploaded", "Мария Петрова", "danni"),
        ("deleted", "Мария Петрова", "danni"),
    ]


def test_uploads_of_a_form_are_in_the_log_once(desk: Client) -> None:
    for name in ("kmetove.jpg", "again.jpg"):
        file = SimpleUploadedFile(name, photo((320, 213)), "image/jpeg")
        desk.post(f"{IMAGES}upload/", {"file": file})

    assert log() == [("uploaded", "Мария Петрова", "kmetove")]


def test_words_are_saved_to_the_library_at_once(desk: Client) -> None:
    image = make_image(alternative_bg="", alternative_en="")
    texts = {"alternative_bg": "Кметове пред общината", "alternative_en": "Mayors"}

    answer = desk.post(f"{IMAGES}{image.pk}/describe/", texts)

    image.refresh_from_db()
    assert json.loads(answer.content) == {"id": image.pk, **texts}
    assert (image.alternative_bg, image.alternative_en) == ("Кметове пред общината", "Mayors")
    assert log() == [("changed", "Мария Петрова", str(image))]


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"alternative_bg": "Само едното"},
        {"alternative_bg": "а" * 301, "alternative_en": ""},
        {"alternative_bg": "\0", "alternative_en": ""},
    ],
)
def test_words_that_cannot_be_saved_change_nothing(desk: Client, texts: dict[str, str]) -> None:
    image = make_image()

    answer = desk.post(f"{IMAGES}{image.pk}/describe/", texts)

    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]
    kept = Image.objects.get()
    assert (kept.alternative_bg, kept.version) == (image.alternative_bg, image.version)


def test_only_an_editor_or_whoever_brought_a_picture_describes_it(
    client: Client, reader: Client, stranger: Client
) -> None:
    author = make_user("avtor", "view_image", "add_image")
    own, other = make_image(uploaded_by=author), make_image()
    texts = {"alternative_bg": "Зала", "alternative_en": "Hall"}

    def answered(who: Client, pk: int) -> int:
        return who.post(f"{IMAGES}{pk}/describe/", texts).status_code

    assert answered(signed_in(author), own.pk) == 200
    assert answered(signed_in(author), other.pk) == 403
    assert answered(signed_in(author), 999_999) == 404
    assert answered(signed_in(author), 10**30) == 404
    assert answered(reader, own.pk) == answered(stranger, own.pk) == 403
    assert answered(client, own.pk) == 302
    assert signed_in(author).get(f"{IMAGES}{own.pk}/describe/").status_code == 405
    other.refresh_from_db()
    assert other.alternative_bg != "Зала"


def test_words_of_a_picture_have_a_history_and_go_back_without_its_file(desk: Client) -> None:
    image = make_image(alternative_bg="Зала", alternative_en="Hall")
    address = reverse("admin:media_image_change", args=[image.pk])
    desk.post(address, filled(desk.get(address), alternative_bg="Пленарна зала"))
    sent = {"alternative_bg": "Залата на съвета", "alternative_en": "The hall"}
    desk.post(reverse("admin:media_image_describe", args=[image.pk]), sent)
    revisions = Revision.objects.about(image)
    assert [each.verb for each in revisions] == ["changed", "changed", "found"]
    file = Image.objects.get().file.name

    first = revisions.last()
    restore = reverse("admin:media_image_restore", args=[image.pk, first.pk])
    desk.post(restore, {"version": Image.objects.get().version})

    image.refresh_from_db()
    assert (image.alternative_bg, image.alternative_en) == ("Зала", "Hall")
    assert image.file.name == file
