"""The library to choose pictures from."""

from typing import Any

import pytest
from django.test import Client

from sorb.admin import picker
from tests.factories import make_image

PICKER = "/admin/media/image/picker/"


def test_library_shows_the_latest_first(desk: Client) -> None:
    first, second = make_image(), make_image()

    shown = [image for image, *_rest in desk.get(PICKER).context["images"]]

    assert shown == [second, first]


def test_library_is_searched_in_both_languages(desk: Client) -> None:
    hall = make_image(title_bg="Зала в Русе", title_en="A hall in Ruse")
    square = {"alternative_bg": "Кметове", "alternative_en": "Mayors"}
    make_image(title_bg="Площад", title_en="A square", **square)

    for query in ("зала", "HALL", "зала русе", "ruse"):
        shown = [image for image, *_rest in desk.get(PICKER, {"q": query}).context["images"]]

        assert shown == [hall]


def test_library_says_when_nothing_is_found(desk: Client) -> None:
    make_image()

    answer = desk.get(PICKER, {"q": "няматакава"})

    assert answer.context["images"] == []
    assert "data-image=" not in answer.content.decode()


def test_library_has_pages(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picker, "PER_PAGE", 2)
    images = [make_image() for _number in range(3)]

    second = desk.get(PICKER, {"page": 2}).context["images"]

    assert [image for image, *_rest in second] == [images[0]]


@pytest.mark.parametrize("query", ["\0", "%", "'; DROP TABLE", "а" * 10_000, "<script>"])
@pytest.mark.parametrize("page", ["1", "0", "99999999999999999999", "abc"])
def test_odd_questions_are_answered(desk: Client, query: str, page: str) -> None:
    answer = desk.get(PICKER, {"q": query, "page": page, "CKEditorFuncNum": '"><b>'})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_buttons_hold_what_the_editor_wants(desk: Client) -> None:
    image = make_image(alternative_bg='Кметът „Иванов" & <гости>')

    page = desk.get(PICKER, {"CKEditorFuncNum": "7"}).content.decode()

    assert f'data-url="{image.file.url}"' in page
    assert 'data-alt="Кметът „Иванов&quot; &amp; &lt;гости&gt;"' in page
    assert f'data-width="{image.width}" data-height="{image.height}"' in page
    assert "sorb/editor/picker.js" in page


def test_only_who_may_see_pictures_sees_the_library(
    client: Client, stranger: Client, reader: Client
) -> None:
    assert client.get(PICKER).status_code == 302
    assert stranger.get(PICKER).status_code == 403
    assert reader.get(PICKER).status_code == 200
    assert reader.post(PICKER).status_code == 405


@pytest.mark.parametrize("rows", [1, 20])
def test_reads_do_not_grow_with_the_library(
    desk: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _number in range(rows):
        make_image()
    desk.get(PICKER)

    with django_assert_num_queries(6):
        desk.get(PICKER)
