"""The list above the form: levels in words, links to fields, and nothing that runs."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from sorb.desk.gate import ERROR, HINT, WARNING, Finding, asks, blocks
from sorb.desk.gate.finding import excerpt, in_order

FINDINGS = [
    Finding(ERROR, "Няма какво да се чете.", "lead_bg"),
    Finding(WARNING, "Прескочено ниво.", "body_en", "Заглавие"),
    Finding(WARNING, "Снимка без текст.", "gallery-group", "Зала"),
    Finding(HINT, "Може би е сгрешено.", "title_bg", "обшина"),
]
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</q></section><svg/onload=alert(1)>",
    "{{ settings.SECRET_KEY }}{% now 'Y' %}",
    "javascript:alert(1)",
]


def panel(findings, can_confirm=False):
    context = {"findings": findings, "can_confirm": can_confirm, "form_id": "article_form"}
    return render_to_string("admin/_gate.html", context)


def test_each_level_is_counted_in_words():
    with translation.override("en"):
        page = panel(FINDINGS)

    counts = ["To be mended: 1", "To be confirmed: 2", "Worth a look: 1"]
    assert [page.count(words) for words in counts] == [1, 1, 1]
    assert "Before you publish" in page


@pytest.mark.parametrize(
    ("field", "anchor", "language"),
    [
        ("title_bg", "id_title_bg", "bg"),
        ("body_en", "id_body_en", "en"),
        ("start_day", "id_start_day", ""),
        ("withdrawn_at", "id_withdrawn_at_0", ""),
        ("cover", "id_cover-file", ""),
        ("gallery-group", "gallery-group", ""),
        ("programme-group", "programme-group", ""),
    ],
)
def test_a_finding_leads_to_its_field_in_its_language(field, anchor, language):
    page = panel([Finding(WARNING, "Дума.", field)])

    of_language = f' data-language="{language}"' if language else ""
    assert f'<a href="#{anchor}"{of_language}>Дума.</a>' in page


def test_only_warnings_can_be_confirmed():
    button = '<button type="submit" class="button" name="_publish_anyway" value="1"'

    confirmed = panel(FINDINGS[1:], can_confirm=True)
    blocked = panel(FINDINGS)

    assert f'{button} form="article_form">' in confirmed
    assert button not in blocked


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_a_text_are_words_in_the_list(payload):
    page = panel([Finding(WARNING, payload, "body_bg", payload)])

    shown = (
        payload.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )
    assert page.count(shown) == 2


def test_many_alike_are_cut_to_five_and_a_count():
    alike = [Finding(WARNING, "Снимка без текст.", "gallery-group", str(at)) for at in range(9)]

    shown = in_order([Finding(HINT, "Виж.", "title_bg"), *alike, alike[0], FINDINGS[0]])

    assert [each.level for each in shown] == ["error", *["warning"] * 6, "hint"]
    assert [each.excerpt for each in shown[1:6]] == ["0", "1", "2", "3", "4"]
    assert "4" in shown[6].words


def test_a_long_excerpt_is_one_short_line():
    assert excerpt("една\n  дума") == "една дума"
    assert len(excerpt("дума " * 50)) == 80


@pytest.mark.parametrize(
    ("levels", "is_blocked", "is_asked"),
    [([], False, False), ([HINT], False, False), ([WARNING], False, True), ([ERROR], True, False)],
)
def test_errors_block_warnings_ask_hints_do_neither(levels, is_blocked, is_asked):
    found = [Finding(level, "Дума.", "title_bg") for level in levels]

    assert (blocks(found), asks(found)) == (is_blocked, is_asked)
