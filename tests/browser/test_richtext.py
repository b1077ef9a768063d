"""Rich text in a real browser: hostile texts do nothing, and the editor writes what it should."""

import re

import pytest
from playwright.sync_api import Page, expect

from news.models import Article
from sorb.richtext import clean
from sorb.richtext.policy import ATTRIBUTES
from tests.browser.accessibility import violations
from tests.factories import make_article, make_category, make_image
from tests.richtext.payloads import EVIL, payloads

PROBE = "<p>Преди {}.</p>{}<p>След {}.</p>"
STRANGERS = """
(allowed) => [...document.querySelectorAll('.prose *')].filter((element) =>
    !allowed.includes(element.localName)
    || [...element.attributes].some(({name, value}) =>
        name.startsWith('on') || ['style', 'srcdoc', 'formaction'].includes(name)
        || /^\\s*(javascript|data|vbscript):/i.test(value))
).map((element) => element.outerHTML)
"""


def bodies() -> list[str]:
    """The hostile texts between harmless words, one after the other, but for those that swallow
    what follows them: each of these stands last in a body of its own."""
    texts = [PROBE.format(n, payload, n) for n, payload in enumerate(payloads())]
    swallowing = [text for text in texts if "След" not in clean(text)]
    return ["".join(text for text in texts if text not in swallowing), *swallowing]


@pytest.mark.parametrize("way", ["saved", "already in the database"])
def test_hostile_texts_neither_run_nor_load_nor_hide_their_surroundings(page: Page, way: str):
    dialogs, asked = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    article = make_article()

    for body in bodies():
        if way == "saved":
            article.body_bg = body
            article.save()
        else:
            stored = body.replace("\0", "")  # PostgreSQL holds no NUL
            Article.objects.filter(pk=article.pk).update(body_bg=stored)
        page.goto(article.get_absolute_url("bg"))
        page.wait_for_load_state("networkidle")

        assert page.evaluate(STRANGERS, [*ATTRIBUTES, "div"]) == []
        text = page.locator(".prose").inner_text()
        assert text.count("Преди ") == body.count("<p>Преди ")
        expect(page.locator("footer")).to_be_visible()

    assert dialogs == []
    assert [address for address in asked if address.startswith(EVIL)] == []


def words_of_article(page: Page) -> str:
    page.fill("[name=title_bg]", "Проба")
    page.select_option("[name=category]", index=1)
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return Article.objects.get().body_bg


@pytest.fixture
def editor(signed_in: Page) -> Page:
    make_category()
    signed_in.goto("/admin/news/article/add/")
    expect(signed_in.locator("#cke_id_body_bg")).to_be_visible()
    signed_in.locator("#cke_id_body_bg .cke_wysiwyg_div").click()
    return signed_in


def test_typed_words_lists_and_emphasis_are_stored(editor: Page):
    editor.keyboard.type("Решено беше")
    editor.keyboard.press("Enter")
    editor.locator("#cke_id_body_bg .cke_button__bulletedlist").click()
    editor.keyboard.type("първо")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Control+b")
    editor.keyboard.type("второ")

    stored = re.sub(r"\s*\n\s*", "", words_of_article(editor))

    assert stored == ("<p>Решено беше</p><ul><li>първо</li><li><strong>второ</strong></li></ul>")


def test_a_link_is_made_in_its_dialog(editor: Page):
    editor.keyboard.type("Стратегия")
    editor.keyboard.press("Shift+Home")
    editor.wait_for_timeout(400)  # a hand is no faster, and the editor notes a selection late
    editor.locator("#cke_id_body_bg .cke_button__link").click()
    expect(editor.locator(".cke_dialog input[type=text]:visible").first).to_have_value("Стратегия")
    editor.locator(".cke_dialog input[type=text]:visible").last.fill("www.strategy.bg")
    editor.locator(".cke_dialog_ui_button_ok").click()

    stored = words_of_article(editor).strip()

    assert stored == '<p><a href="https://www.strategy.bg">Стратегия</a></p>'


def test_a_table_is_made_in_its_dialog(editor: Page):
    editor.locator("#cke_id_body_bg .cke_button__table").click()
    editor.locator(".cke_dialog_ui_button_ok").click()
    editor.keyboard.type("Община")

    stored = words_of_article(editor)

    assert stored.count("<tr>") == 3
    assert "Община" in stored
    assert "style" not in stored


def test_a_picture_of_the_library_is_chosen_in_its_window(editor: Page):
    image = make_image(alternative_bg="Участници в залата")
    editor.locator("#cke_id_body_bg .cke_button__image").click()
    with editor.expect_popup() as opened:
        editor.locator(".cke_dialog a.cke_dialog_ui_button:visible").first.click()
    library = opened.value
    library.wait_for_url("**/picker/**")
    library.locator("button[data-url]").first.click()
    expect(editor.locator(".cke_dialog input[type=text]:visible").first).to_have_value(
        re.compile(re.escape(image.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]) + "|/media/")
    )
    editor.locator(".cke_dialog_ui_button_ok").click()

    stored = words_of_article(editor)

    assert 'alt="Участници в залата"' in stored
    assert 'src="/media/' in stored


def test_hostile_texts_of_old_rows_do_nothing_to_the_staff_who_open_them(signed_in: Page):
    dialogs, asked = [], []
    signed_in.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    signed_in.on("request", lambda request: asked.append(request.url))
    article = make_article()

    for body in bodies():
        Article.objects.filter(pk=article.pk).update(body_bg=body.replace("\0", ""))
        signed_in.goto(f"/admin/news/article/{article.pk}/change/")
        text = signed_in.locator("#cke_id_body_bg .cke_wysiwyg_div")

        expect(text).to_contain_text("Преди")
        assert text.inner_text().count("Преди ") == body.count("<p>Преди ")

    assert dialogs == []
    assert [address for address in asked if address.startswith(EVIL)] == []


def test_a_wide_table_scrolls_by_itself_and_by_keyboard(page: Page):
    cells = "".join(f"<td>Благоустройство {n}</td>" for n in range(8))
    article = make_article(body_bg=f"<table><caption>Бюджет</caption><tr>{cells}</tr></table>")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(article.get_absolute_url("bg"))
    region = page.get_by_role("region", name="Бюджет")

    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)

    assert region.evaluate("(region) => region.scrollLeft") > 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = violations(page, ".prose")
    assert [violation["id"] for violation in found] == []
