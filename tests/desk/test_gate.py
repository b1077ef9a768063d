"""What the publishing gate says, and what it leaves alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sorb.desk import gate
from tests.factories import make_article, make_event, make_image

pytestmark = pytest.mark.django_db


def ready(**fields):
    """An article at which there is nothing to say."""
    cover = make_image(alternative_bg="Зала", alternative_en="A hall")
    return make_article(
        **{
            "title_bg": "Общините приеха бюджет",
            "title_en": "Municipalities adopted a budget",
            "lead_bg": "Увод.",
            "lead_en": "Lead.",
            "body_bg": "<p>Текст.</p>",
            "body_en": "<p>Text.</p>",
            "cover": cover,
            **fields,
        }
    )


def said(item):
    return [(finding.level, finding.field, finding.excerpt) for finding in gate.findings(item)]


def test_there_is_nothing_to_say_of_what_is_ready():
    assert said(ready()) == []


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("<h2>А</h2><h4>Прескача</h4>", "Прескача"),
        ("<h3>Първо</h3>", "Първо"),
        ('<p>Виж <a href="https://example.org/">тук</a>.</p>', "тук"),
        ('<p>Виж <a href="https://example.org/"> ТУК: </a></p>', "ТУК:"),
        ("<table><tbody><tr><td>1</td></tr></tbody></table>", ""),
        ("<p>Oбщина с латинско О</p>", "Oбщина"),
        ('<p><img src="/media/images/2020/01/aaaaaaaaaaaaaaaaaaaaaa.jpg" alt=""></p>', ""),
    ],
)
def test_what_a_reader_would_stumble_over_in_a_text_is_a_warning(body, excerpt):
    assert said(ready(body_bg=body)) == [("warning", "body_bg", excerpt)]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>А</h2><h3>Б</h3><h4>В</h4><h2>Г</h2>",
        '<p>Виж <a href="https://example.org/">програмата тук</a>.</p>',
        "<table><tbody><tr><th>Ред</th><td>1</td></tr></tbody></table>",
        "<p>COVID-19, e-mail, ХХI век, 2 - 3 общини</p>",
        '<p><img src="/media/images/2020/01/aaaaaaaaaaaaaaaaaaaaaa.jpg" alt="Зала"></p>',
    ],
)
def test_what_is_right_is_left_alone(body):
    assert said(ready(body_bg=body)) == []


def test_a_picture_without_words_is_a_warning_unless_it_is_decorative():
    article = ready(cover=make_image(title_bg="Корица", alternative_bg=""))
    article.gallery.create(image=make_image(title_bg="Без думи", alternative_bg=""))
    article.gallery.create(image=make_image(alternative_bg=""), is_decorative=True)
    article.gallery.create(image=make_image(alternative_bg=""), alternative_bg="Тук има думи")

    assert said(article) == [
        ("warning", "cover", "Корица"),
        ("warning", "gallery", "Без думи"),
    ]


def test_missing_english_and_long_titles_are_warnings():
    untranslated = ready(title_en="", lead_en="", body_en="")
    half = ready(body_en="")
    long = ready(title_bg="я" * 121)

    assert said(untranslated) == [("warning", "title_en", "")]
    assert said(half) == [("warning", "body_en", "")]
    assert said(long) == [("warning", "title_bg", "")]


def test_nothing_to_read_and_a_passed_end_are_errors():
    empty = ready(lead_bg="", body_bg="", body_en="")
    passed = ready(
        published_at=timezone.now() - timedelta(days=2),
        withdrawn_at=timezone.now() - timedelta(days=1),
    )

    assert said(empty) == [("error", "lead_bg", "")]
    assert said(passed) == [("error", "withdrawn_at_0", "")]
    assert gate.blocks(gate.findings(empty))


def test_an_event_that_has_begun_is_asked_about():
    begun = make_event(
        starts_at=timezone.now() - timedelta(days=1),
        cover=make_image(alternative_bg="Зала"),
    )

    assert ("warning", "start_day", "") in said(begun)


def test_a_long_text_is_read_in_two_reads(django_assert_max_num_queries):
    article = ready(body_bg="<p>Oбщина и <a href='/'>тук</a> още думи.</p>" * 5000)
    article.refresh_from_db()

    with django_assert_max_num_queries(2):
        found = gate.findings(article)

    assert [finding.excerpt for finding in found] == ["тук", "Oбщина"]
