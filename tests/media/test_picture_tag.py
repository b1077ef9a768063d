"""{% picture %}."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sorb.media.models import Image


def shown(image: Image | None, arguments: str = "", **context: str | None) -> str:
    return Template("{% load media %}{% picture image " + arguments + " %}").render(
        Context({"image": image, **context})
    )


@pytest.fixture
def image() -> Image:
    """An image as the database has it, without files."""
    return Image(
        file="images/2026/11/abc.jpg",
        width=1000,
        height=500,
        alternative_bg="Кметове в „Средец“",
        renditions={
            "wide": {
                "avif": [[480, 270, "a-480.avif"], [889, 500, "a-889.avif"]],
                "webp": [[480, 270, "a-480.webp"]],
                "jpeg": [[480, 270, "a-480.jpg"], [889, 500, "a-889.jpg"]],
            }
        },
    )


def test_the_browser_may_choose_among_sizes_and_formats(image: Image) -> None:
    html = shown(image, "shape='wide' sizes='50vw'")

    assert html == (
        "<picture>"
        '<source type="image/avif" srcset="/media/a-480.avif 480w, /media/a-889.avif 889w"'
        ' sizes="50vw">'
        '<source type="image/webp" srcset="/media/a-480.webp 480w" sizes="50vw">'
        '<img src="/media/a-889.jpg" srcset="/media/a-480.jpg 480w, /media/a-889.jpg 889w"'
        ' sizes="50vw" width="889" height="500" alt="Кметове в „Средец“" loading="lazy"'
        ' decoding="async"></picture>'
    )


def test_the_first_picture_is_fetched_first(image: Image) -> None:
    html = shown(image, "lazy=False css='cover'")

    assert html == (
        '<picture><img src="/media/images/2026/11/abc.jpg" width="1000" height="500"'
        ' alt="Кметове в „Средец“" class="cover" fetchpriority="high" decoding="async"></picture>'
    )


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        (None, "Кметове в „Средец“"),
        ("", ""),
        ('<b onclick="x">', "&lt;b onclick=&quot;x&quot;&gt;"),
    ],
)
def test_the_words_are_of_the_library_or_of_this_use(
    image: Image, alt: str | None, expected: str
) -> None:
    html = shown(image, "alt=alt", alt=alt)

    assert f' alt="{expected}" loading' in html


def test_bulgarian_words_on_an_english_page_say_so(image: Image) -> None:
    with translation.override("en"):
        untranslated = shown(image)
        image.alternative_en = "Mayors"
        translated = shown(image)

    assert ' alt="Кметове в „Средец“" lang="bg" ' in untranslated
    assert ' alt="Mayors" loading' in translated


def test_an_image_without_a_file_leaves_its_words() -> None:
    assert shown(Image(alternative_bg="Сграда & парк")) == "<span>Сграда &amp; парк</span>"


def test_no_image_leaves_nothing() -> None:
    assert shown(None) == ""


@pytest.mark.django_db
def test_neither_disk_nor_database_is_asked(image: Image) -> None:
    with CaptureQueriesContext(connection) as queries:
        shown(image, "shape='square'")

    assert len(queries) == 0
