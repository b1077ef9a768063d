"""Two versions of a thing in words: no markup, no numbers of rows, no codes."""

import time
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Event
from news.models import Article
from sorb.desk.comparison import contents, differences, summary
from sorb.desk.comparison.pieces import pieces, shortened
from sorb.desk.comparison.texts import lines
from sorb.desk.snapshot import taken
from tests.factories import (
    make_article,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
)
from tests.richtext.payloads import payloads

pytestmark = pytest.mark.django_db


def only(found):
    assert len(found) == 1, [one.name for one in found]
    return found[0]


def shown(pieces):
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[kind].format(text) for kind, text in pieces)


def snapshot(**fields):
    return {"fields": fields, "links": {}, "rows": {}}


# Words


def test_what_differs_is_marked_word_by_word():
    before, after = "Общината ще проведе среща на 3 май.", "Общината проведе среща на 4 май."

    found = pieces(before, after)

    assert shown(found) == "Общината [-ще -]проведе среща на [-3 -][+4 +]май."


def test_a_new_paragraph_leaves_the_others_alone():
    found = pieces("Първи.\nТрети.", "Първи.\nВтори.\nТрети.")

    assert shown(found) == "Първи.\n[+Втори.\n+]Трети."


def test_changed_lines_are_compared_each_with_its_own():
    found = pieces("Хляб бял.\nСол ситна.", "Хляб черен.\nСол морска едра.")

    assert shown(found) == "Хляб [-бял.-][+черен.+]\nСол [-ситна.-][+морска едра.+]"


def test_a_paragraph_that_was_split_keeps_its_words():
    found = pieces("Една мисъл и друга мисъл", "Една мисъл\nи друга мисъл")

    assert shown(found).replace("\n", "¶") == "Една мисъл[+¶+]и друга мисъл"


def test_texts_that_have_little_in_common_are_not_mixed_word_by_word():
    found = pieces("Среща на кметовете на градовете", "Обучение по счетоводство на юристи")

    assert [kind for kind, _text in found] == ["removed", "added"]


@settings(max_examples=150, deadline=None)
@given(*[st.lists(st.sampled_from(["а ", "бе.", " в", "\n", "кмет ", "  "])).map("".join)] * 2)
def test_nothing_of_either_text_is_lost(before, after):
    found = pieces(before, after)

    assert "".join(text for kind, text in found if kind != "removed") == after
    kept = "".join(text for kind, text in found if kind != "added")
    assert kept.split() == before.split() or "".join(kept.split()) == "".join(before.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("а б " * 125_000, "б а " * 125_000),
        ("а\nб\n" * 125_000, "б\nа\n" * 125_000),
        ("\n".join(map(str, range(70_000))), "\n".join(map(str, reversed(range(70_000))))),
        (
            "\n".join(" ".join(f"д{i * k % 997}" for i in range(90)) for k in range(1000)),
            "\n".join(" ".join(f"д{i * k % 991}" for i in range(90)) for k in range(1000)),
        ),
    ],
    ids=["two words", "two lines", "reversed", "half alike"],
)
def test_the_longest_texts_are_compared_in_good_time(before, after):
    begun = time.perf_counter()

    pieces(before, after)

    assert time.perf_counter() - begun < 3


def test_one_changed_word_in_a_long_text_is_found():
    text = "\n".join(f"Ред {n} с думи от доклада за годината." for n in range(10_000))

    found = pieces(text, text.replace("Ред 5000 с думи", "Ред 5000 с числа"))

    assert [(kind, part) for kind, part in found if kind != "same"] == [
        ("removed", "думи "),
        ("added", "числа "),
    ]


def test_what_is_the_same_far_from_a_change_is_left_out():
    found = shortened([("same", "дума " * 1000), ("added", "нова "), ("same", "край " * 1000)])

    assert [kind for kind, _text in found] == ["same", "added", "same"]
    assert all(len(text) < 250 for _kind, text in found)
    assert found[0][1].startswith(" […] ")
    assert found[2][1].endswith(" […] ")


# Rich text


def test_a_rich_text_is_read_as_lines_without_markup():
    html = (
        "<h2>Програма</h2><p>Вижте <a href='/bg/novini/'>новините</a> и <strong>сайта</strong>.</p>"
        "<ul><li>хляб</li><li>сол</li></ul><ol><li>първо</li><li>второ</li></ol>"
        '<blockquote><p>Казано.</p></blockquote><p><img src="/media/a.jpg" alt="Зала"></p>'
        "<table><thead><tr><th>Ден</th><th>Час</th></tr></thead>"
        "<tbody><tr><td>3 май</td><td>10:00</td></tr></tbody></table>"
    )

    found = lines(html)

    assert found == [
        "[заглавие 2] Програма",
        "Вижте новините (/bg/novini/) и сайта.",
        "• хляб",
        "• сол",
        "1. първо",
        "2. второ",
        "[цитат] Казано.",
        "[снимка: Зала]",
        "Ден | Час",
        "3 май | 10:00",
    ]


def test_a_change_of_looks_alone_says_so():
    one = only(
        differences(
            Article, snapshot(body_bg="<p>Дума</p>"), snapshot(body_bg="<p><em>Дума</em></p>")
        )
    )

    assert one.is_in_looks_only
    assert (one.before, one.after) == ("Дума", "Дума")


@pytest.mark.parametrize("payload", payloads())
def test_hostile_texts_are_compared_without_an_error(payload):
    before = snapshot(title_bg=payload, body_bg=payload)

    found = differences(Article, before, snapshot(title_bg="Друго", body_bg="<p>Друго</p>"))

    assert next(one.name for one in found) == "title_bg"
    assert found[0].before == payload


# Fields


def test_values_are_shown_in_the_words_of_the_form():
    moment = datetime(2025, 10, 3, 11, 5, tzinfo=UTC).isoformat()
    before = snapshot(state="scheduled", is_all_day=False, starts_at=None, hall_bg="")
    after = snapshot(state="cancelled", is_all_day=True, starts_at=moment, hall_bg="Зала 1")

    found = differences(Event, before, after)

    assert {one.name: (one.label, one.language, one.before, one.after) for one in found} == {
        "state": ("какво става със събитието", "", "Провежда се по план", "Отменено"),
        "is_all_day": ("цял ден", "", "не", "да"),
        "starts_at": ("начало", "", "", "03.10.2025 14:05"),
        "hall_bg": ("зала (бълг.)", "bg", "", "Зала 1"),
    }


def test_words_follow_the_language_of_the_page():
    before, after = snapshot(title_en="Old", event_relation="report"), snapshot(title_en="New")

    with translation.override("en"):
        found = differences(Article, before, after)

    assert [(one.label, one.language, one.before, one.after) for one in found] == [
        ("title (English)", "en", "Old", "New"),
        ("what it does for the event", "", "reports on it", ""),
    ]


def test_things_are_named_and_those_that_are_gone_say_so(django_assert_num_queries):
    topics = [make_topic(name_bg=f"Тема {n}") for n in "абв"]
    before = {"fields": {}, "links": {"topics": [topics[0].pk, 10**9]}, "rows": {}}
    after = {"fields": {}, "links": {"topics": [one.pk for one in topics]}, "rows": {}}

    with django_assert_num_queries(1):
        one = only(differences(Article, before, after))

    assert one.before == "Тема а\nизтрито"
    assert one.after == "Тема а\nТема б\nТема в"


def test_what_the_model_no_longer_has_is_shown_by_its_name():
    before = {
        "fields": {"subtitle": "Старо", "title_bg": "Заглавие"},
        "links": {"authors": [1, 2]},
        "rows": {"quotes": [{"pk": 1, "fields": {"text": "а"}}]},
    }

    found = differences(Article, before, snapshot(title_bg="Заглавие"))

    assert [(one.name, one.label, one.before, one.after) for one in found] == [
        ("authors", "authors", "1, 2", ""),
        ("quotes", "quotes", "1", ""),
        ("subtitle", "subtitle", "Старо", ""),
    ]


def test_what_the_model_did_not_have_then_is_no_difference_while_it_is_empty():
    before, after = snapshot(title_bg="А"), snapshot(title_bg="А", byline_bg="", cover=None)

    assert differences(Article, before, after) == []


@pytest.mark.parametrize("value", ["вчера", "9999-99-99", 5, ["а"], {"а": 1}, True, 10**30])
def test_a_value_of_another_kind_is_shown_as_it_stands(value):
    names = ("published_at", "title_bg", "cover", "status", "body_bg", "event")
    before = snapshot(**dict.fromkeys(names, value))

    found = differences(Article, before, {"fields": {}})

    assert {one.name for one in found} == set(names)


def test_the_record_of_the_site_is_no_difference():
    article = make_article()
    before = taken(article)
    article.save()

    assert differences(Article, before, taken(article)) == []


# Rows


@pytest.fixture
def gallery():
    article = make_article()
    for order, name in enumerate(("Мост", "Зала", "Площад")):
        image = make_image(title_bg=name)
        article.gallery.create(image=image, order=order, caption_bg=f"Надпис {name}")
    return article


def gallery_change(article, before):
    return only(differences(Article, before, taken(article))).rows


def test_a_row_that_was_added_is_named_with_what_it_says(gallery):
    before = taken(gallery)
    gallery.gallery.create(image=make_image(title_bg="Река"), order=9, caption_bg="Надпис")

    row = only_row(gallery_change(gallery, before))

    assert (row.kind, row.name) == ("added", "Река")
    assert [(one.label, one.after) for one in row.differences] == [
        ("надпис (бълг.)", "Надпис"),
    ]


def only_row(rows):
    assert len(rows) == 1, rows
    return rows[0]


def test_a_row_that_was_removed_is_named(gallery):
    before = taken(gallery)
    gallery.gallery.first().delete()

    row = only_row(gallery_change(gallery, before))

    assert (row.kind, row.name) == ("removed", "Мост")


def test_a_row_that_was_changed_says_what(gallery):
    before = taken(gallery)
    gallery.gallery.filter(order=1).update(caption_bg="Надпис на залата", is_decorative=True)

    row = only_row(gallery_change(gallery, before))

    assert (row.kind, row.name) == ("changed", "Зала")
    assert [(one.label, one.before, one.after) for one in row.differences] == [
        ("надпис (бълг.)", "Надпис Зала", "Надпис на залата"),
        ("за украса", "не", "да"),
    ]


def test_only_the_row_that_was_moved_is_moved(gallery):
    before = taken(gallery)
    gallery.gallery.filter(order=0).update(order=5)

    row = only_row(gallery_change(gallery, before))

    assert (row.kind, row.name, row.differences) == ("moved", "Мост", [])


def test_the_programme_and_the_people_of_an_event_are_in_words():
    event = make_event(starts_at=datetime(2025, 10, 3, 6, tzinfo=UTC))
    before = taken(event)
    item = event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    speaker = make_speaker(name_bg="Иван Петров", organization=make_organization(name_bg="НСОРБ"))
    event.appearances.create(speaker=speaker, item=item, role="chair")

    found = {one.label: one.after for one in differences(Event, before, taken(event))}

    assert found == {
        "програма": "1. Откриване – начало: 03.10.2025 09:00; вид: Заседание",
        "хора": (
            "1. Иван Петров – точка от програмата: Откриване; роля: Председателстващ; "
            "длъжност тогава (бълг.): кмет; длъжност тогава (англ.): Mayor; "
            "организация тогава: НСОРБ"
        ),
    }


@pytest.mark.parametrize("count", [1, 12])
def test_reads_do_not_grow_with_rows(count, django_assert_num_queries):
    article = make_article()
    before = taken(article)
    for _ in range(count):
        article.gallery.create(image=make_image())
    after = taken(article)

    with django_assert_num_queries(1):
        differences(Article, before, after)


# Summaries and contents


def test_a_summary_names_fields_and_rows():
    names = ["title_bg", "topics", "programme", "subtitle"]

    assert summary(Event, names) == "заглавие (бълг.), теми, програма, subtitle"


def test_contents_say_everything_that_is_not_empty():
    article = make_article(title_bg="Заглавие", title_en="", lead_bg="", lead_en="", body_en="")

    told = {one.label: one.after for one in contents(Article, taken(article))}

    assert told["заглавие (бълг.)"] == "Заглавие"
    assert "заглавие (англ.)" not in told
    assert told["състояние"] == "Публикувано"
