"""What is asked of a rich text, with the near miss that is left alone."""

import pytest

from sorb.desk.gate.reading import reading_of
from sorb.desk.gate.texts import of_text
from sorb.richtext.cleaning import tree

from .items import article, said

PICTURE = "/media/images/2020/01/aaaaaaaaaaaaaaaaaaaaaa.jpg"
STUMBLES = [
    ("<h2>А</h2><h4>Прескача</h4>", "Прескача"),
    ("<h3>Първо</h3>", "Първо"),
    ("<h2>А</h2><blockquote><h4>В цитат</h4></blockquote>", "В цитат"),
    ('<p><a href="https://example.org/a"><img src="{0}" alt="Зала"></a></p><h3>В</h3>', "В"),
    ('<p>Виж <a href="https://example.org/">тук</a>.</p>', ""),
    ('<p>Виж <a href="https://example.org/"> ТУК: </a></p>', ""),
    ('<p>Виж <a href="https://example.org/"><strong>Click</strong> here</a></p>', ""),
    ('<p>Виж <a href="https://example.org/">»</a></p>', ""),
    (
        '<p>Виж <a href="https://example.org/">https://example.org/a/b</a></p>',
        "https://example.org/a/b",
    ),
    ('<p>Виж <a href="https://example.org/">www.example.org</a></p>', "www.example.org"),
    ("<table><tbody><tr><td>1</td></tr></tbody></table>", ""),
    ('<p><img src="{0}" alt=""></p>', ""),
    ('<p><img src="{0}" alt="  "></p>', ""),
    ('<p><img src="{0}"></p>', ""),
    ("<table><tbody><tr><th>Ред</th><td>• едно<br>• две</td></tr></tbody></table>", "• едно"),
    ("<p>1. Първо</p><p>Обяснение.</p><p>2. Второ</p>", "1. Първо"),
    ("<p>- едно</p><p>Обяснение.</p><p>- две</p>", "- едно"),
]
RIGHT = [
    "<h2>А</h2><h3>Б</h3><h4>В</h4><h2>Г</h2><h3>Д</h3>",
    '<p>Виж <a href="https://example.org/">програмата тук</a>.</p>',
    '<p>Виж <a href="https://example.org/">here we go again</a>.</p>',
    '<p>Пишете на <a href="mailto:a@example.org">a@example.org</a>.</p>',
    '<p>Сайтът е <a href="https://example.org/">example.org</a>.</p>',
    '<p><a href="https://example.org/"><img src="{0}" alt="Програмата"></a></p>',
    "<p>Тук се събраха всички.</p>",
    "<table><tbody><tr><th>Ред</th><td>1</td></tr></tbody></table>",
    "<table><thead><tr><th>Ред</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
    '<p><img src="{0}" alt="Зала"></p>',
    "<ul><li>едно</li><li>две</li></ul>",
    "<p>– Добре дошли – каза кметът.</p>",
    "<p>3. октомври е ден за размисъл.</p>",
    "<p>Едно • две • три</p>",
    "<table><tbody><tr><th>- 5</th><td>1. май</td></tr></tbody></table>",
]


def found(body):
    return [
        (each.level, each.field, each.excerpt)
        for each in of_text(reading_of(tree(body.format(PICTURE))), "body_bg")
    ]


@pytest.mark.parametrize(("body", "excerpt"), STUMBLES)
def test_what_a_reader_would_stumble_over_is_a_warning(body, excerpt):
    assert found(body) == [("warning", "body_bg", excerpt)]


@pytest.mark.parametrize("body", RIGHT)
def test_what_is_right_is_left_alone(body):
    assert found(body) == []


def test_a_link_around_nothing_but_space_has_no_words():
    root = tree('<p>Виж <a href="https://example.org/x">дума</a></p>')
    reading = reading_of(root)
    reading.links[0].words = " "

    assert [each.excerpt for each in of_text(reading, "body_bg")] == ["https://example.org/x"]


def test_a_picture_without_words_as_a_link_lacks_both():
    lacks = found('<p><a href="https://example.org/x"><img src="{0}" alt=""></a></p>')

    assert lacks == [("warning", "body_bg", "https://example.org/x"), ("warning", "body_bg", "")]


@pytest.mark.parametrize("code", ["bg", "en"])
def test_the_text_of_each_language_is_read(code):
    item = article(**{f"body_{code}": '<p><a href="https://example.org/">here</a></p>'})

    assert said(item) == [("warning", f"body_{code}", "")]


def test_a_link_that_says_nothing_is_named():
    item = article(body_bg='<p>Виж <a href="https://example.org/">тук</a>.</p>')

    assert "тук" in said_words(item)[0]


def said_words(item):
    return [each.words for each in of_text(reading_of(tree(item.body_bg)), "body_bg")]
