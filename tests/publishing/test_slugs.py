import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sorb.publishing.slugs import MAX_LENGTH, slugify, transliterate, with_number


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Годишна среща на местните власти 2024", "godishna-sreshta-na-mestnite-vlasti-2024"),
        ("ХХХVІІ Общо събрание на НСОРБ", "xxxvii-obshto-sabranie-na-nsorb"),
        ("ХХ век", "xx-vek"),
        ("Съвещание в С. Михайлово", "saveshtanie-v-s-mihaylovo"),
        ("София, Стара Загора и България", "sofia-stara-zagora-i-bulgaria"),
        ("Българските общини", "balgarskite-obshtini"),
        ("Мария и партиите", "maria-i-partiite"),
        ("Джебел, Дзела, Йовково, Кольо", "dzhebel-dzela-yovkovo-kolyo"),
        (
            "Щъркел, Жечка, Цонка, Юлия, Ямбол, Хасково",
            "shtarkel-zhechka-tsonka-yulia-yambol-haskovo",
        ),
        ("Ѝ казаха „не“", "i-kazaha-ne"),
        ("Жилищна политика — „Дом за всеки“", "zhilishtna-politika-dom-za-vseki"),
        ("Café Müller & Co", "cafe-muller-and-co"),
        ("№ 5 / 2025 г.", "no-5-2025-g"),
        ("!!! — ???", "page"),
        ("日本", "page"),
        ("", "page"),
    ],
)
def test_a_title_becomes_an_address_by_the_transliteration_act(title, slug):
    assert slugify(title) == slug


def test_every_letter_of_the_alphabet_is_written_as_the_act_says():
    letters = {letter: transliterate(letter) for letter in "абвгдежзийклмнопрстуфхцчшщъьюя"}

    assert letters == {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
    }  # fmt: skip


def test_a_long_title_is_cut_at_a_word():
    slug = slugify("Национално сдружение на общините " * 5)

    assert slug == "natsionalno-sdruzhenie-na-obshtinite-natsionalno-sdruzhenie-na-obshtinite"


def test_one_endless_word_is_cut_all_the_same():
    assert slugify("а" * 300) == "a" * MAX_LENGTH


def test_a_number_is_added_within_the_length():
    assert with_number("forum", 2) == "forum-2"
    assert with_number("a" * MAX_LENGTH, 12) == "a" * (MAX_LENGTH - 3) + "-12"


@given(st.text(max_size=300))
def test_any_text_becomes_an_address(text):
    slug = slugify(text)

    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MAX_LENGTH
