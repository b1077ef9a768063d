import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sorb.richtext import render

from .payloads import payloads


def shown(text: str | None) -> str:
    return Template("{% load richtext %}{% richtext text %}").render(Context({"text": text}))


def test_a_stored_text_that_was_never_cleaned_is_cleaned_when_shown() -> None:
    assert shown('<p onclick="alert(1)">а<script>alert(1)</script></p>') == "<p>а</p>"


def test_no_text_shows_nothing() -> None:
    assert shown(None) == ""
    assert shown("") == ""


def test_a_table_scrolls_in_a_region_of_its_own_name() -> None:
    table = "<table><caption>Бюджет</caption><tbody><tr><td>1</td></tr></tbody></table>"

    assert shown(table) == (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="Бюджет">{table}</div>'
    )


def test_tables_without_caption_have_names_that_differ() -> None:
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"

    with translation.override("en"):
        html = shown(table + table)

    assert html == "".join(
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="Table {n}">{table}</div>'
        for n in (1, 2)
    )


@pytest.mark.parametrize(
    ("address", "is_elsewhere"),
    [
        ("https://www.europa.eu/", True),
        ("//www.europa.eu/", True),
        ("//[", True),
        ("https://www.namrb.org/bg/novini/", False),
        ("/bg/novini/", False),
        ("mailto:a@namrb.org", False),
    ],
)
def test_a_link_to_another_host_says_noopener(settings, address: str, is_elsewhere: bool) -> None:
    settings.SITE_URL = "https://www.namrb.org"

    html = render(f'<p><a href="{address}">там</a></p>')

    assert ('rel="noopener"' in html) is is_elsewhere
    assert "там" in html


def test_a_picture_waits_until_it_is_near() -> None:
    html = render('<figure><img src="/media/a.jpg" alt="а"></figure>')

    assert html == '<figure><img src="/media/a.jpg" alt="а" loading="lazy"></figure>'


@pytest.mark.parametrize("payload", payloads())
def test_a_hostile_text_cannot_borrow_what_a_page_adds(payload: str) -> None:
    dress = '<div class="table-scroll" role="region" tabindex="0" aria-label="x">а</div>'

    html = render(f"<p>проба</p>{dress}{payload}")

    assert html.startswith("<p>проба</p><p>а</p>")
    assert "<div" not in html


@pytest.mark.django_db
def test_showing_a_text_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shown("<p>а</p>")

    assert len(queries) == 0
