"""Alternative texts of the cover and of the gallery, in both languages."""

from tests.factories import make_image

from .items import article, event, said, words


def silent(title, **fields):
    return make_image(**{"title_bg": title, "alternative_bg": "", "alternative_en": "", **fields})


def test_a_cover_without_alternative_text_is_asked_about():
    assert said(article(cover=silent("Корица"))) == [("warning", "cover", "Корица")]
    assert said(article(cover=None)) == []


def test_a_gallery_takes_the_words_of_the_row_or_of_the_library():
    meeting = event()
    meeting.gallery.create(image=silent("Без думи"))
    meeting.gallery.create(image=silent("Украса"), is_decorative=True)
    meeting.gallery.create(
        image=silent("С думи"), alternative_bg="Зала с хора", alternative_en="A full hall"
    )
    meeting.gallery.create(image=make_image())

    assert said(meeting) == [("warning", "gallery-group", "Без думи")]


def test_english_words_of_a_picture_are_asked_for_where_there_is_a_translation():
    half = silent("Наполовина", alternative_bg="Зала с хора")

    translated = article(cover=half)
    untranslated = article(cover=half, title_en="", lead_en="", body_en="")

    assert said(translated) == [("warning", "cover", "Наполовина")]
    assert said(untranslated) == [("warning", "title_en", "")]


def test_of_many_silent_pictures_five_are_named_and_the_rest_counted():
    item = article()
    for number in range(12):
        item.gallery.create(image=silent(f"Снимка {number}"), order=number)

    named = [excerpt for _level, _field, excerpt in said(item)]

    assert named == [*(f"Снимка {number}" for number in range(5)), ""]
    assert "7" in words(item)[-1]
