import pytest

from sorb.richtext import text_of
from sorb.richtext.words import shortened


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        (
            "<h2>Едно</h2><p>две<br>три</p><ul><li>четири</li><li>пет</li></ul>",
            "Едно две три четири пет",
        ),
        ("<p>„а“ &amp; б&nbsp;г. 5 &lt; 6</p>", "„а“ & б г. 5 < 6"),
        ("<p>а<strong>б</strong>в</p><script>alert(1)</script>", "абв"),
        ("<table><tr><td>а</td><td>б</td></tr></table>", "а б"),
        ("<div>" * 5000 + "дъно", "дъно"),
    ],
)
def test_the_words_of_a_text_without_its_elements(html: str, words: str) -> None:
    assert text_of(html) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (100, "Над двеста участници, от цялата страна."),
        (39, "Над двеста участници, от цялата страна."),
        (38, "Над двеста участници, от цялата…"),
        (22, "Над двеста участници…"),
        (21, "Над двеста участници…"),
        (20, "Над двеста…"),
        (2, "Н…"),
        (1, "…"),
    ],
)
def test_a_teaser_is_cut_after_a_word_and_never_longer(length: int, words: str) -> None:
    html = "<p>Над <strong>двеста</strong> участници,</p><p>от цялата страна.</p>"

    teaser = text_of(html, length)

    assert teaser == words
    assert len(teaser) <= length


def test_a_teaser_never_cuts_an_entity_or_a_tag() -> None:
    teasers = {text_of("<p>А&amp;Б <em>в&lt;г</em></p>", length) for length in range(1, 10)}

    assert teasers == {"…", "А…", "А&…", "А&Б…", "А&Б в…", "А&Б в<г"}


def test_a_plain_text_is_shortened_as_it_was_typed() -> None:
    assert (
        shortened("Общини &amp; <b>хора</b>\n\nот цялата страна", 30)
        == "Общини &amp; <b>хора</b> от…"
    )
    assert shortened(" \n", 30) == ""
