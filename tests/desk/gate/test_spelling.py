"""Likely misspellings: words that are unknown and near to a known one. Never more than a hint."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from sorb.desk import gate
from sorb.desk.gate.dictionary import dictionary
from tests.factories import make_article

from .items import article, said, words


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("обшината", "общината"),
        ("решенеие", "решение"),
        ("финасиране", "финансиране"),
        ("инвистиции", "инвестиции"),
        ("въпорси", "въпроси"),
    ],
)
def test_a_mistyped_bulgarian_word_is_hinted_at(mistyped, meant):
    item = article(lead_bg=f"Това е {mistyped} за всички.")

    assert said(item) == [("hint", "lead_bg", mistyped)]
    assert meant in words(item)[0]
    assert not gate.asks(gate.findings(item))
    assert not gate.blocks(gate.findings(item))


@pytest.mark.parametrize(
    ("mistyped", "meant"), [("municipalties", "municipalities"), ("goverment", "government")]
)
def test_a_mistyped_english_word_is_hinted_at(mistyped, meant):
    item = article(body_en=f"<p>This is about {mistyped} today.</p>")

    assert said(item) == [("hint", "body_en", mistyped)]
    assert meant in words(item)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Срещата в Обшиново беше вчера",  # a name within a sentence
        "Обшиново е село. Хората в Обшиново пеят",  # the same at the start of one
        "Документ ОБШИНА и обшина2020",  # capitals, and a digit
        "Пишете на обшина@example.org или www.обшина.example",
        "Общините, общинските, кметовете и законопроектът",
        "Уебинарът и партисипативният подход",  # unknown, but near to nothing
        "Най-добрите и по-новите практики",
    ],
)
def test_right_words_names_and_addresses_are_left_alone(text):
    assert said(article(lead_bg=text)) == []


def hinted(item):
    return [excerpt for level, _field, excerpt in said(item) if level == "hint"]


def test_a_word_that_stands_in_three_public_items_is_learned():
    body = "<p>Новата <strong>обшина</strong> работи.</p>"
    make_article(body_bg=body)
    make_article(body_bg=body, status="draft")
    item = article(body_bg="<p>Това е обшина за всички.</p>")
    assert hinted(item) == ["обшина"]

    cache.clear()
    make_article(body_bg=body)

    assert hinted(item) == []


def test_what_was_learned_is_kept_for_ten_minutes():
    item = article(body_bg="<p>Това е обшина за всички.</p>")
    with time_machine.travel(timezone.now()) as clock:
        assert hinted(item) == ["обшина"]
        for _number in range(2):
            make_article(body_bg="<p>Новата обшина работи.</p>")
        assert hinted(item) == ["обшина"]

        clock.shift(timedelta(minutes=11))

        assert hinted(item) == []


def test_at_most_ten_words_are_listed():
    mistyped = [
        *("обшина", "решенеие", "финасиране", "инвистиции", "въпорси", "изпалнение"),
        *("представитили", "учасници", "задлъжително", "общиинте", "заседнаие", "обшината"),
    ]

    item = article(body_bg=f"<p>Това са {', '.join(mistyped)}.</p>")

    assert hinted(item) == mistyped[:10]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_dictionary_is_read_once(language):
    assert dictionary(language) is dictionary(language)
    assert len(dictionary(language).words) > 100_000
