"""Unsaved work survives whatever happens to the page, and goes when it was saved."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from events.models import Event
from news.models import Article
from tests.browser.accessibility import violations
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_speaker,
    photo,
)

from .carrying import carry
from .conftest import PASSWORD
from .keeping import (
    ADD,
    BACK,
    DISCARD,
    NOTICE,
    RESTORE,
    kept,
    nothing_kept,
    open_form,
    save,
    sign_in,
    text,
    type_text,
    wait_until_kept,
)

ROWS = "#gallery-group [data-row]"
FILL = """
(user) => {
    const state = {fields: {x: ['ж'.repeat(1000000)]}, choices: {}, pictures: {}, rows: {}};
    const piece = (at) => JSON.stringify({state, at, token: 'x', version: ''});
    localStorage.setItem(`sorb.kept.${user}.news.article.7.aa`, piece(2));
    localStorage.setItem(`sorb.kept.${user}.news.article.8.bb`, piece(1));
    let count = 0;
    for (let size = 1 << 20; size > 1; size >>= 1) {
        try {
            for (;;) {
                localStorage.setItem(`filler-${count}`, 'x'.repeat(size));
                count += 1;
            }
        } catch {
            continue;
        }
    }
}
"""
REFUSE = """
() => {
    Storage.prototype.setItem = () => {
        throw new DOMException('', 'QuotaExceededError');
    };
}
"""


def another_tab(page: Page, address: str) -> Page:
    """The tab is closed and another one opened."""
    context = page.context
    page.close()
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    open_form(opened, address)
    return opened


def test_what_was_typed_survives_a_closed_tab(signed_in: Page):
    make_category()
    open_form(signed_in, ADD)
    signed_in.fill("[name=title_bg]", "Заглавие, което не бива да се губи")
    type_text(signed_in, "bg", "Текст от редактора.")

    page = another_tab(signed_in, ADD)  # at once: what is not kept yet is kept when it closes

    expect(page.locator(NOTICE)).to_contain_text("1 минута")
    expect(page.locator(BACK)).to_be_hidden()
    page.click(RESTORE)
    expect(page.locator("[name=title_bg]")).to_have_value("Заглавие, което не бива да се губи")
    assert text(page) == "Текст от редактора."
    page.select_option("[name=category]", index=1)
    save(page)
    assert Article.objects.get().body_bg == "<p>Текст от редактора.</p>"
    assert nothing_kept(page)


def test_rows_pictures_and_their_order_come_back(signed_in: Page):
    article = make_article()
    first, removed = make_image(), make_image()
    for order, image in enumerate((first, removed)):
        article.gallery.create(image=image, order=order)
    address = f"/admin/news/article/{article.pk}/change/"
    open_form(signed_in, address)
    carry(signed_in, "#gallery-group [data-drop]", [("нова.jpg", photo((640, 420), seed=99))])
    expect(signed_in.locator(ROWS)).to_have_count(3)
    carry(signed_in, ".field-cover [data-drop]", [("корица.jpg", photo((640, 420), seed=98))])
    expect(signed_in.locator(".field-cover [data-picker-picture]")).to_be_visible()
    signed_in.locator(ROWS).nth(1).locator("[data-row-remove]").click()
    for place in (2, 1):
        signed_in.locator(ROWS).nth(place).locator("[data-row-back]").press("Enter")
    signed_in.locator(ROWS).nth(0).locator("[name$=alternative_bg]").fill("Новата е първа")
    wait_until_kept(signed_in, "Новата е първа")

    page = another_tab(signed_in, address)
    expect(page.locator(ROWS)).to_have_count(2)
    page.click(RESTORE)

    expect(page.locator(ROWS)).to_have_count(3)
    names = page.locator(f"{ROWS} [data-row-name]").all_inner_texts()
    assert names == ["нова", first.title_bg, removed.title_bg]
    widths = page.locator(f"{ROWS} img").evaluate_all("(all) => all.map((i) => i.naturalWidth)")
    assert min(widths) > 1
    expect(page.locator(ROWS).nth(2)).to_have_class(re.compile("is-removed"))
    expect(page.locator(".field-cover [data-picker-name]")).to_have_text("корица")
    save(page)
    article.refresh_from_db()
    uses = list(article.gallery.all())
    assert [use.image.title_bg for use in uses] == ["нова", first.title_bg]
    assert uses[0].alternative_bg == "Новата е първа"
    assert article.cover.title_bg == "корица"


def test_people_and_the_programme_of_an_event_come_back(signed_in: Page):
    event, person = make_event(), make_speaker()
    address = f"/admin/events/event/{event.pk}/change/"
    open_form(signed_in, address)
    signed_in.locator("#programme-group [data-rows-add]").click()
    signed_in.fill("[name=programme-0-start_time]", "09:30")
    signed_in.fill("[name=programme-0-title_bg]", "Откриване")
    signed_in.locator("#appearances-group [data-rows-add]").click()
    wait_until_kept(signed_in, "Откриване")
    signed_in.locator("#appearances-group .select2-selection").first.click()
    signed_in.wait_for_timeout(1300)
    signed_in.locator(".select2-search__field").fill(person.name_bg)
    signed_in.locator(".select2-results__option", has_text=person.name_bg).click()
    wait_until_kept(signed_in, person.name_bg)

    page = another_tab(signed_in, address)
    page.click(RESTORE)

    expect(page.locator("[name=programme-0-title_bg]")).to_have_value("Откриване")
    expect(page.locator("#appearances-group .select2-selection__rendered").first).to_contain_text(
        person.name_bg
    )
    save(page)
    event = Event.objects.get()
    assert [item.title_bg for item in event.programme.all()] == ["Откриване"]
    assert [part.speaker for part in event.appearances.all()] == [person]


def test_a_day_that_a_link_has_filled_in_is_kept(signed_in: Page):
    open_form(signed_in, ADD)
    day = signed_in.locator("[name=published_at_0]")

    signed_in.locator(".field-published_at .datetimeshortcuts a").first.click()
    wait_until_kept(signed_in, day.input_value())

    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", day.input_value())


def test_nothing_is_kept_of_a_form_as_the_server_sent_it(signed_in: Page):
    article = make_article()
    open_form(signed_in, f"/admin/news/article/{article.pk}/change/")

    signed_in.fill("[name=title_bg]", "Друго")
    wait_until_kept(signed_in, "Друго")
    signed_in.fill("[name=title_bg]", article.title_bg)
    signed_in.wait_for_timeout(1300)

    assert kept(signed_in) == []


def test_secrets_are_not_kept(signed_in: Page):
    open_form(signed_in, ADD)
    token = signed_in.locator("main [name=csrfmiddlewaretoken]").input_value()

    signed_in.fill("[name=title_bg]", "Нещо")
    wait_until_kept(signed_in, "Нещо")

    piece = signed_in.evaluate("(name) => localStorage[name]", kept(signed_in)[0])
    assert "Нещо" in piece
    assert token not in piece
    assert "csrfmiddlewaretoken" not in piece


def test_discarded_work_has_a_way_back(signed_in: Page):
    open_form(signed_in, ADD)
    signed_in.fill("[name=title_bg]", "Почти изхвърлено")
    page = another_tab(signed_in, ADD)

    page.click(DISCARD)
    assert nothing_kept(page)
    page.click(BACK)
    page.reload()

    page.click(RESTORE)
    expect(page.locator("[name=title_bg]")).to_have_value("Почти изхвърлено")
    page.click(BACK)
    expect(page.locator("[name=title_bg]")).to_have_value("")
    page.click(DISCARD)
    page.reload()
    expect(page.locator("[data-keeping]")).to_be_attached()
    expect(page.locator(NOTICE)).to_be_hidden()


def test_work_on_a_version_that_is_not_the_last_one_says_so_and_overwrites_nothing(
    signed_in: Page,
):
    article = make_article()
    address = f"/admin/news/article/{article.pk}/change/"
    open_form(signed_in, address)
    signed_in.fill("[name=title_bg]", "Моето заглавие")
    wait_until_kept(signed_in, "Моето заглавие")
    article.refresh_from_db()
    article.title_bg = "Чуждото заглавие"
    article.save()

    page = another_tab(signed_in, address)
    expect(page.locator("[data-keeping-changed]")).to_be_visible()
    page.click(RESTORE)
    page.locator("[name=_save]").click()

    expect(page.locator(".conflict")).to_be_visible()
    expect(page.locator("[name=title_bg]")).to_have_value("Моето заглавие")
    article.refresh_from_db()
    assert article.title_bg == "Чуждото заглавие"


def test_older_work_of_another_tab_is_not_lost_to_new_work(signed_in: Page):
    open_form(signed_in, ADD)
    signed_in.fill("[name=title_bg]", "По-старото")
    page = another_tab(signed_in, ADD)

    page.fill("[name=title_bg]", "По-новото")
    wait_until_kept(page, "По-новото")

    assert len(kept(page)) == 2
    page = another_tab(page, ADD)
    page.click(DISCARD)
    page.reload()
    page.click(RESTORE)
    expect(page.locator("[name=title_bg]")).to_have_value("По-старото")


def test_a_refused_form_keeps_everything_and_what_was_kept_goes_when_it_is_saved(
    signed_in: Page,
):
    make_category()
    page = signed_in
    open_form(page, ADD)
    carry(page, "#gallery-group [data-drop]", [("снимка.jpg", photo((640, 420), seed=97))])
    expect(page.locator(ROWS)).to_have_count(1)
    type_text(page, "bg", "Написано преди грешката.")
    page.locator("[name=_save]").click()

    expect(page.locator(".field-title_bg .errorlist")).to_be_visible()
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(".field-body_bg .cke_wysiwyg_div")).to_contain_text("Написано преди")
    assert len(kept(page)) == 1
    page = another_tab(page, ADD)
    page.click(RESTORE)
    expect(page.locator(ROWS)).to_have_count(1)
    page.fill("[name=title_bg]", "Вече със заглавие")
    page.select_option("[name=category]", index=1)
    save(page)
    article = Article.objects.get()
    assert (article.body_bg, article.gallery.count()) == ("<p>Написано преди грешката.</p>", 1)
    assert nothing_kept(page)


def test_signing_out_asks_and_leaves_nothing_behind(signed_in: Page):
    page = signed_in
    open_form(page, ADD)
    page.fill("[name=title_bg]", "Не е за чужди очи")
    answers: list[str] = []
    page.once("dialog", lambda dialog: (answers.append(dialog.message), dialog.dismiss()))
    page.locator("details.account summary").click()
    page.locator("#logout-form button").click()
    stayed = kept(page)

    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#logout-form button").click()

    page.wait_for_url("**/admin/logout/")
    assert len(answers) == 1
    assert len(stayed) == 1
    assert nothing_kept(page)


def test_another_tab_keeps_nothing_after_signing_out(signed_in: Page):
    open_form(signed_in, ADD)
    other = signed_in.context.new_page()
    other.goto("/admin/")
    other.locator("details.account summary").click()
    other.locator("#logout-form button").click()
    other.wait_for_url("**/admin/logout/")

    signed_in.fill("[name=title_bg]", "Написано след излизането")
    signed_in.wait_for_timeout(1300)

    assert kept(signed_in) == []


def test_what_one_user_left_is_not_shown_to_the_next(signed_in: Page, staff: User):
    second = User.objects.create_user("vtori", password=PASSWORD, is_staff=True)
    second.user_permissions.set(staff.user_permissions.all())
    open_form(signed_in, ADD)
    signed_in.fill("[name=title_bg]", "Работа на първия")
    wait_until_kept(signed_in, "Работа на първия")
    signed_in.context.clear_cookies()

    page = another_tab_of(signed_in, "vtori")

    expect(page.locator(NOTICE)).to_be_hidden()
    assert nothing_kept(page)


def another_tab_of(page: Page, name: str) -> Page:
    context = page.context
    page.close()
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    sign_in(opened, name)
    open_form(opened, ADD)
    return opened


def test_when_there_is_no_room_the_oldest_goes_and_without_any_it_is_said(signed_in: Page):
    page = signed_in
    open_form(page, ADD)
    user = page.locator("[data-keeping]").get_attribute("data-user")
    page.evaluate(FILL, user)

    page.fill("[name=title_bg]", "Нова работа")
    wait_until_kept(page, "Нова работа")
    left = kept(page)

    assert len(left) == 2
    assert any(name.endswith(".aa") for name in left)
    expect(page.locator("[data-keeping-alarm]")).to_be_empty()
    page.evaluate(REFUSE)
    page.fill("[name=title_bg]", "Няма място")
    expect(page.locator("[data-keeping-alarm]")).not_to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_notice_is_accessible_and_fits(signed_in: Page, scheme: str, width: int):
    article = make_article()
    address = f"/admin/news/article/{article.pk}/change/"
    open_form(signed_in, address)
    signed_in.fill("[name=title_bg]", "Нещо незапазено")
    wait_until_kept(signed_in, "Нещо незапазено")
    Article.objects.update(version=article.version + 1)
    page = another_tab(signed_in, address)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    expect(page.locator(RESTORE)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(page, NOTICE)
    assert [violation["id"] for violation in found] == []
