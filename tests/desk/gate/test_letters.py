"""Letters of the other alphabet, and Bulgarian words in an English text."""

import pytest

from .items import article, event, said, words

LATIN_O, LATIN_C, LATIN_A = "O", "c", "a"
CYRILLIC_O = "\u041e"


@pytest.mark.parametrize(
    ("text", "word", "letter"),
    [
        (f"{LATIN_O}бщина", f"{LATIN_O}бщина", LATIN_O),
        (f"Бургa{LATIN_C}", f"Бургa{LATIN_C}", LATIN_A),
        (f"C{CYRILLIC_O}VID", f"C{CYRILLIC_O}VID", CYRILLIC_O),
        ("Eur\u043epe", "Eur\u043epe", "\u043e"),
        ("Виж nam\u0435.example.org", "nam\u0435", "\u0435"),
    ],
)
def test_a_look_alike_letter_is_shown_with_its_word(text, word, letter):
    item = article(lead_bg=text)

    assert said(item) == [("warning", "lead_bg", word)]
    assert f"„{letter}“" in words(item)[0] or f"“{letter}”" in words(item)[0]


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 и e-mail за връзка",
        "PDFът на iPhone-ът, SMSите и IT-специалистите",
        "XXI и XIX век",
        "Зала A и витамин C",
        "Обем в m3 и 10 км/ч",
        "Страницата е namrb.example.org",
    ],
)
def test_a_mix_that_is_meant_is_left_alone(text):
    assert said(article(lead_bg=text)) == []


def test_a_lone_latin_letter_between_bulgarian_words_is_found():
    wrong = article(lead_bg=f"Срещата {LATIN_C} кметовете")
    right = article(lead_bg="Срещата с кметовете, вариант C и A")

    assert said(wrong) == [("warning", "lead_bg", "")]
    assert said(right) == []


@pytest.mark.parametrize("numeral", ["ХХI", "XХI", "ХІХ", "ХХ"])
def test_a_roman_numeral_with_cyrillic_letters_is_only_a_hint(numeral):
    assert said(article(lead_bg=f"В {numeral} век")) == [("hint", "lead_bg", numeral)]


@pytest.mark.parametrize("word", ["СМС", "МС", "Х", "ХХЕ"])
def test_a_bulgarian_abbreviation_is_no_roman_numeral(word):
    assert said(article(lead_bg=f"Писмо от {word}")) == []


@pytest.mark.parametrize("field", ["title_bg", "title_en", "lead_en", "body_bg", "body_en"])
def test_every_text_is_read_for_look_alikes(field):
    wrong = "C\u041eVID"  # a Cyrillic О

    assert said(article(**{field: wrong})) == [("warning", field, wrong)]


def test_rows_of_the_programme_are_read_as_well():
    meeting = event()
    meeting.programme.create(starts_at=meeting.starts_at, title_bg=f"{LATIN_O}ткриване")

    assert said(meeting) == [("warning", "programme-group", f"{LATIN_O}ткриване")]


@pytest.mark.parametrize("title", ["Общините приеха бюджет", "Budget на общините"])
def test_bulgarian_words_in_the_english_title_are_asked_about(title):
    first = next(word for word in title.split() if word != "Budget")

    assert said(article(title_en=title)) == [("warning", "title_en", first)]


def test_a_forgotten_bulgarian_phrase_in_an_english_text_is_asked_about():
    forgotten = article(body_en="<p>The municipalities общините приеха бюджета yesterday.</p>")
    named = article(body_en="<p>The newspaper „Нова дума“ wrote about it.</p>")

    assert said(forgotten) == [("warning", "body_en", "общините приеха бюджета")]
    assert said(named) == []
