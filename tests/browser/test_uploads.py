"""Files dropped many at once: each with its own progress, its own way out and its own answer."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, Route, expect

from sorb.media.models import Image
from tests.factories import make_article, make_image, photo

from .carrying import carry

GALLERY = "#gallery-group"
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 64
BULGARIAN, ENGLISH = "textarea[lang=bg]", "textarea[lang=en]"


def picture(number: int) -> tuple[str, bytes]:
    return f"снимка-{number}.jpg", photo((640, 420), seed=number)


@pytest.fixture
def held(signed_in: Page) -> Iterator[list[Route]]:
    """Uploads that are on their way until the test lets them go."""
    routes: list[Route] = []
    signed_in.route("**/upload/", lambda route: routes.append(route))
    yield routes
    signed_in.unroute("**/upload/")


def wait_for(page: Page, condition: Any) -> None:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < 10
        page.wait_for_timeout(50)


def test_of_several_files_one_is_cancelled_one_refused_and_the_rest_arrives(
    signed_in: Page, held: list[Route]
):
    page = signed_in
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    carry(
        page,
        f"{GALLERY} [data-drop]",
        [picture(1), ("IMG_0001.HEIC", HEIC), picture(2), picture(3)],
    )
    lines = page.locator(f"{GALLERY} .upload")
    expect(lines).to_have_count(4)
    wait_for(page, lambda: len(held) == 3)
    lines.nth(3).locator(".upload-cancel").click()  # still waiting
    lines.nth(0).locator(".upload-cancel").click()  # on its way
    for route in held[1:]:
        route.continue_()

    rows = page.locator(f"{GALLERY} [data-row]")
    expect(rows).to_have_count(1)
    expect(rows.locator("[data-row-name]")).to_have_text("снимка-2")
    refused = page.locator(f"{GALLERY} .upload.is-refused")
    expect(refused.locator("strong")).to_have_text("IMG_0001.HEIC")
    expect(refused.locator("span")).to_have_text("HEIC не се приема: запазете снимката като JPEG.")
    cancelled = page.locator(f"{GALLERY} .upload.is-cancelled strong")
    assert cancelled.all_inner_texts() == ["снимка-1.jpg", "снимка-3.jpg"]
    expect(page.locator(f"{GALLERY} [data-uploading]")).to_have_count(0)
    assert [image.title_bg for image in Image.objects.all()] == ["снимка-2"]


def test_the_next_in_line_takes_the_place_of_a_cancelled_one(signed_in: Page, held: list[Route]):
    page = signed_in
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    carry(page, f"{GALLERY} [data-drop]", [picture(number) for number in range(1, 5)])
    wait_for(page, lambda: len(held) == 3)
    page.locator(f"{GALLERY} .upload-cancel").first.click()
    wait_for(page, lambda: len(held) == 4)
    for route in held[1:]:
        route.continue_()

    names = page.locator(f"{GALLERY} [data-row-name]")
    expect(names).to_have_count(3)
    assert names.all_inner_texts() == ["снимка-2", "снимка-3", "снимка-4"]


def test_words_for_a_new_cover_are_asked_for_and_kept_in_the_library(signed_in: Page):
    page = signed_in
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    carry(page, ".field-cover [data-drop]", [picture(1)])
    panel = page.locator(".field-cover .describe")
    expect(panel).to_be_visible()
    panel.locator(BULGARIAN).fill("Кметове пред общината")
    panel.locator(ENGLISH).fill("Mayors at the town hall")
    panel.locator(ENGLISH).blur()
    expect(panel.locator("[data-describe-status]")).to_have_text("Записано в библиотеката.")

    wait_for(page, lambda: Image.objects.get().alternative_en == "Mayors at the town hall")
    assert Image.objects.get().alternative_bg == "Кметове пред общината"


def test_words_are_kept_even_when_the_form_is_saved_right_after_typing(signed_in: Page):
    page = signed_in
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    carry(page, f"{GALLERY} [data-drop]", [picture(1)])
    page.locator(f"{GALLERY} .describe {BULGARIAN}").fill("Зала с участници")
    with page.expect_response(re.compile("/describe/")):
        page.locator("button[name=_save], input[name=_save]").first.click()

    wait_for(page, lambda: Image.objects.get().alternative_bg == "Зала с участници")
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_picture_with_words_is_not_asked_for_them(signed_in: Page):
    page = signed_in
    make_image(title_bg="Площадът")
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    page.locator(f"{GALLERY} [data-library]").click()
    page.locator("dialog [data-image]").click()

    expect(page.locator(f"{GALLERY} [data-row]")).to_have_count(1)
    expect(page.locator(f"{GALLERY} .describe")).to_have_count(0)


def test_the_same_picture_twice_is_offered_for_reuse(signed_in: Page):
    page = signed_in
    name, content = picture(1)
    known = make_image(title_bg="Площадът", file=ContentFile(content, name))
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    carry(page, f"{GALLERY} [data-drop]", [("друго име.jpg", content)])

    expect(page.locator(f"{GALLERY} .upload.is-known span")).to_have_text(
        "Този файл вече е в библиотеката под името „Площадът“: ще се ползва той, "
        "нищо не се съхранява два пъти."
    )
    expect(page.locator(f"{GALLERY} input[name=gallery-0-image]")).to_have_value(str(known.pk))
    assert Image.objects.count() == 1


def test_pictures_arrive_in_the_library_itself(signed_in: Page):
    page = signed_in
    page.goto("/admin/media/image/")

    carry(page, "[data-arrivals]", [picture(1), ("стара.heic", HEIC), picture(2)])

    arrived = page.locator("[data-arrived] .arrival")
    expect(arrived).to_have_count(2)
    assert arrived.locator("a").all_inner_texts() == ["снимка-1", "снимка-2"]
    expect(page.locator("[data-arrivals] .is-refused strong")).to_have_text("стара.heic")
    arrived.nth(1).locator(BULGARIAN).fill("Площад")
    arrived.nth(1).locator(BULGARIAN).blur()
    expect(arrived.nth(1).locator("[data-describe-status]")).to_have_text(
        "Записано в библиотеката."
    )
    assert Image.objects.get(title_bg="снимка-2").alternative_bg == "Площад"
    page.locator("[data-arrived-again]").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_documents_arrive_in_the_library_itself(signed_in: Page):
    page = signed_in
    page.goto("/admin/media/document/")

    carry(page, "[data-arrivals]", [("данни.csv", b"a,b\n1,2\n"), ("virus.exe", b"MZ")])

    expect(page.locator("[data-arrived] .arrival a")).to_have_text("данни")
    expect(page.locator("[data-arrivals] .is-refused strong")).to_have_text("virus.exe")
