"""The forms of the admin, as an editor uses them."""

import re

import pytest
from playwright.sync_api import Page, expect

from events.models import Event, Speaker
from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_event_type,
    make_image,
    make_speaker,
    photo,
)

from .carrying import carry

ADD = "/admin/news/article/add/"
ROWS = "#gallery-group [data-row]"


def pictures(count: int) -> list[tuple[str, bytes]]:
    return [(f"снимка-{n}.jpg", photo((640, 420), seed=n)) for n in range(1, count + 1)]


def names(page: Page) -> list[str]:
    return page.locator(f"{ROWS} [data-row-name]").all_inner_texts()


def use_languages(page: Page, choice: str) -> None:
    page.locator(f"[data-languages-switch] input[value={choice}]").check(force=True)


def save(page: Page) -> None:
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_pictures_dropped_together_are_sorted_by_keyboard_and_kept_when_the_form_is_refused(
    signed_in: Page,
):
    page = signed_in
    make_category()
    page.goto(ADD)

    carry(page, "#gallery-group [data-drop]", pictures(3))
    expect(page.locator(ROWS)).to_have_count(3)
    first, second, third = names(page)
    back = page.locator(ROWS).nth(2).locator("[data-row-back]")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gallery-group [role=status]")).to_have_text(re.compile("2.*3"))
    expect(back.locator("xpath=.")).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('[data-row-back]')")
    page.keyboard.press("Enter")
    assert names(page) == [third, first, second]
    page.fill("[name=gallery-2-alternative_bg]", "Третата снимка")
    page.locator("[name=_save]").click()

    expect(page.locator(".field-title_bg .errorlist")).to_be_visible()
    assert names(page) == [third, first, second]
    shown = page.locator(f"{ROWS} img").evaluate_all("(all) => all.map((i) => i.naturalWidth)")
    assert min(shown) > 1
    page.fill("[name=title_bg]", "Три снимки")
    page.select_option("[name=category]", index=1)
    save(page)
    uses = Article.objects.get().gallery.select_related("image")
    assert [use.image.title_bg for use in uses] == [third, first, second]
    assert [use.alternative_bg for use in uses] == ["Третата снимка", "", ""]


def test_a_file_that_is_no_picture_is_refused_and_the_others_go_on(signed_in: Page):
    page = signed_in
    page.goto(ADD)

    good = pictures(2)
    carry(page, "#gallery-group [data-drop]", [good[0], ("вирус.jpg", b"<html></html>"), good[1]])

    expect(page.locator(ROWS)).to_have_count(2)
    refused = page.locator("#gallery-group .upload.is-refused")
    expect(refused).to_have_count(1)
    expect(refused.locator("strong")).to_have_text("вирус.jpg")
    assert len(refused.locator("span").inner_text()) > 10
    refused.locator("button").click()
    expect(refused).to_have_count(0)


def test_a_picture_is_removed_with_a_way_back(signed_in: Page):
    page = signed_in
    article = make_article()
    kept, removed = make_image(), make_image()
    for order, image in enumerate((kept, removed)):
        article.gallery.create(image=image, order=order)
    page.goto(f"/admin/news/article/{article.pk}/change/")

    for number in (0, 1):
        page.locator(ROWS).nth(number).locator("[data-row-remove]").click()
    page.locator(ROWS).nth(0).locator("[data-row-restore]").click()
    save(page)

    assert [use.image for use in article.gallery.all()] == [kept]


def test_pictures_are_sorted_by_dragging(signed_in: Page):
    page = signed_in
    article = make_article()
    images = [make_image(), make_image(), make_image()]
    for order, image in enumerate(images):
        article.gallery.create(image=image, order=order)
    page.goto(f"/admin/news/article/{article.pk}/change/")

    handles = page.locator(f"{ROWS} [data-row-handle]")
    handles.nth(2).drag_to(handles.nth(0), target_position={"x": 10, "y": 60})
    save(page)

    assert [use.image for use in article.gallery.all()] == [images[2], images[0], images[1]]


def test_the_form_shows_the_languages_that_were_chosen_and_remembers(signed_in: Page):
    page = signed_in
    page.goto(ADD)
    bulgarian, english = page.locator("[name=title_bg]"), page.locator("[name=title_en]")
    expect(bulgarian).to_be_visible()
    expect(english).to_be_hidden()

    page.locator("[data-languages-switch] input[value=bg]").focus()
    page.keyboard.press("ArrowRight")

    expect(bulgarian).to_be_hidden()
    expect(english).to_be_visible()
    page.reload()
    expect(bulgarian).to_be_hidden()
    use_languages(page, "both")
    boxes = [bulgarian.bounding_box(), english.bounding_box()]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]


def test_rows_made_later_follow_the_languages_of_the_form(signed_in: Page):
    page = signed_in
    page.goto("/admin/events/event/add/")
    use_languages(page, "en")

    page.locator("#programme-group [data-rows-add]").click()

    expect(page.locator("[name=programme-0-title_en]")).to_be_visible()
    expect(page.locator("[name=programme-0-title_bg]")).to_be_hidden()


def test_an_error_in_a_hidden_language_is_seen(signed_in: Page):
    page = signed_in
    make_category()
    page.goto(ADD)
    use_languages(page, "en")
    page.fill("[name=title_en]", "Only English")

    page.locator("[name=_save]").click()

    expect(page.locator(".field-title_bg .errorlist")).to_be_visible()
    expect(page.locator("[name=title_en]")).to_have_value("Only English")


def test_editors_know_their_language(signed_in: Page):
    page = signed_in
    page.goto(ADD)
    use_languages(page, "both")

    expect(page.locator(".field-body_bg .cke_wysiwyg_div")).to_have_attribute("lang", "bg")
    expect(page.locator(".field-body_en .cke_wysiwyg_div")).to_have_attribute("lang", "en")


def test_a_cover_is_uploaded_replaced_from_the_library_and_removed(signed_in: Page):
    page = signed_in
    known = make_image(title_bg="Площадът", alternative_bg="Площад")
    make_image(title_bg="Залата", alternative_bg="Зала")
    article = make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")
    picker = page.locator("[data-image-picker]")

    carry(page, ".field-cover [data-drop]", pictures(1))
    expect(picker.locator("[data-picker-picture]")).to_be_visible()
    uploaded = picker.locator("[data-picker-value]").input_value()
    picker.locator("[data-library]").click()
    page.fill("dialog [name=q]", "площад")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [data-image]")).to_have_count(1)
    page.locator("dialog [data-image]").click()
    expect(page.locator("dialog")).to_have_count(0)
    chosen = picker.locator("[data-picker-value]").input_value()
    picker.locator("[data-picker-clear]").click()
    emptied = picker.locator("[data-picker-value]").input_value()
    page.go_back()

    assert uploaded not in ("", str(known.pk))
    assert (chosen, emptied) == (str(known.pk), "")


def test_a_picture_of_the_library_is_added_to_a_gallery(signed_in: Page):
    page = signed_in
    image, article = make_image(), make_article()
    page.goto(f"/admin/news/article/{article.pk}/change/")

    page.locator("#gallery-group [data-library]").click()
    page.locator("dialog [data-image]").click()
    expect(page.locator(ROWS)).to_have_count(1)
    save(page)

    assert [use.image for use in article.gallery.all()] == [image]


def test_a_form_is_sent_once_however_often_its_button_is_pressed(signed_in: Page):
    page = signed_in
    make_category()
    page.goto(ADD)
    page.fill("[name=title_bg]", "Само веднъж")
    page.select_option("[name=category]", index=1)

    page.locator("[name=_save]").dblclick()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.count() == 1


def test_a_person_is_added_without_leaving_the_event(signed_in: Page):
    page = signed_in
    event = make_event()
    page.goto(f"/admin/events/event/{event.pk}/change/")
    page.locator("#appearances-group [data-rows-add]").click()

    with page.expect_popup() as opened:
        page.locator("#appearances-group .field-speaker .add-related").click()
    window = opened.value
    window.fill("[name=name_bg]", "Нова Личност")
    window.locator("[name=_save]").click()

    expect(page.locator("#appearances-group .select2-selection__rendered").first).to_contain_text(
        "Нова Личност"
    )
    save(page)
    assert event.appearances.get().speaker == Speaker.objects.get()


def test_people_are_sorted_by_keyboard(signed_in: Page):
    page = signed_in
    event = make_event()
    people = [make_speaker(), make_speaker()]
    for order, person in enumerate(people):
        event.appearances.create(speaker=person, order=order)
    page.goto(f"/admin/events/event/{event.pk}/change/")

    page.locator("#appearances-group [data-row]").nth(1).locator("[data-row-back]").press("Enter")
    save(page)

    assert [part.speaker for part in event.appearances.all()] == [people[1], people[0]]


def test_a_whole_day_has_no_clock_and_an_open_end_no_end(signed_in: Page):
    page = signed_in
    make_event_type()
    page.goto("/admin/events/event/add/")
    page.fill("[name=title_bg]", "Ден на отворените врати")
    page.select_option("[name=type]", index=1)
    page.fill("[name=start_day]", "12.10.2026")

    page.check("[name=has_open_end]")
    expect(page.locator("[name=end_day]")).to_be_hidden()
    page.uncheck("[name=has_open_end]")
    page.check("[name=is_all_day]")
    expect(page.locator("[name=start_time]")).to_be_hidden()
    page.locator("#programme-group [data-rows-add]").click()
    expect(page.locator("[name=programme-0-day]")).to_have_value("12.10.2026")
    page.fill("[name=programme-0-start_time]", "09:00")
    page.fill("[name=programme-0-title_bg]", "Откриване")
    save(page)

    event = Event.objects.get()
    assert (event.is_all_day, event.programme.count()) == (True, 1)


def test_the_focal_point_is_set_by_clicking(signed_in: Page):
    page = signed_in
    image = make_image()
    page.goto(f"/admin/media/image/{image.pk}/change/")
    picture = page.locator("[data-focal] img")
    box = picture.bounding_box()

    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    save(page)

    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (25, 75)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_interface_changes_its_language_and_stays_where_it_was(signed_in: Page, language: str):
    page = signed_in
    page.goto("/admin/news/article/")

    page.locator(f".interface-language [value={language}]").click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page).to_have_url(re.compile("/admin/news/article/$"))
