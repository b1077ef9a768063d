import html
import time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from news.models import Article
from sorb.richtext import clean
from sorb.richtext.fields import RichTextField, RichTextFormField
from sorb.richtext.policy import MAX_LENGTH
from sorb.richtext.widgets import RichTextWidget, config_for
from tests.factories import make_article

from .payloads import payloads

HOSTILE = "<p>{} текст</p><script>alert(1)</script><p>&nbsp;</p>"


@pytest.mark.django_db
def test_both_languages_are_cleaned_when_saved_in_the_row_and_in_the_object() -> None:
    article = make_article(body_bg=HOSTILE.format("български"), body_en=HOSTILE.format("english"))

    stored = Article.objects.values("body_bg", "body_en").get(pk=article.pk)
    assert stored == {"body_bg": "<p>български текст</p>", "body_en": "<p>english текст</p>"}
    assert (article.body_bg, article.body_en) == (stored["body_bg"], stored["body_en"])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["bg", "en"])
def test_saving_gives_an_untranslated_text_no_translation(language: str) -> None:
    with translation.override(language):
        article = make_article(title_en="", body_bg="<p>Само <b>тук</b></p>", body_en="")
        article.save()

    article.refresh_from_db()
    assert article.body_bg == "<p>Само <strong>тук</strong></p>"
    assert article.body_en == ""


@pytest.mark.django_db
def test_saving_an_unchanged_text_changes_no_byte() -> None:
    article = make_article(body_bg="Темите:\n• а\n• б\n\nКрай  2019\u00a0г.")
    first = article.body_bg

    article.save()
    article.refresh_from_db()

    assert article.body_bg == first


@pytest.mark.django_db
def test_the_other_ways_of_storing_are_cleaned_too() -> None:
    article = make_article()

    Article.objects.filter(pk=article.pk).delete()
    Article.objects.bulk_create(
        [
            Article(
                pk=article.pk,
                title_bg="а",
                slug_bg="a",
                category=article.category,
                body_bg=HOSTILE.format("нов"),
            )
        ]
    )

    assert Article.objects.get(pk=article.pk).body_bg == "<p>нов текст</p>"


@pytest.mark.parametrize(
    ("text", "code"),
    [("а" * (MAX_LENGTH + 1), "too_long"), ("<div>" * 50_000, "too_deep")],
)
def test_what_no_person_wrote_is_refused_with_words(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        RichTextFormField().clean(text)

    assert refusal.value.code == code
    assert refusal.value.messages[0].startswith(("This text", "Този текст", "Текстът"))


def test_the_longest_text_is_accepted() -> None:
    text = "а" * (MAX_LENGTH - len("<p></p>"))

    assert RichTextFormField().clean(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.django_db
def test_the_model_refuses_them_too() -> None:
    article = make_article()
    article.body_en = "<div>" * 50_000

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert set(refusal.value.message_dict) == {"body_en"}


def test_a_text_that_only_looks_empty_is_missing_where_one_is_required() -> None:
    with pytest.raises(ValidationError) as refusal:
        RichTextFormField(required=True).clean("<p>&nbsp;</p>\r\n")

    assert refusal.value.code == "required"


def test_the_form_sees_no_change_where_nothing_would_be_stored_otherwise() -> None:
    field = RichTextFormField()

    assert not field.has_changed("<p>а</p>\n<p>б</p>", "<p>а </p>\r\n<p>б</p>\r\n")
    assert field.has_changed("<p>а</p>", "<p>б</p>")


def test_the_admin_cannot_put_a_plain_text_area_in_the_editors_place() -> None:
    fields = [Article._meta.get_field(name) for name in ("body_bg", "body_en")]

    widgets = [field.formfield(widget=object()).widget for field in fields]

    assert all(isinstance(field, RichTextField) for field in fields)
    assert [type(widget) for widget in widgets] == [RichTextWidget, RichTextWidget]


@pytest.mark.parametrize(
    ("name", "language"),
    [("body_bg", "bg"), ("body_en", "en"), ("items-0-text_en", "en"), ("text", "bg")],
)
def test_the_editor_knows_in_which_language_a_field_is(name: str, language: str) -> None:
    assert config_for(name)["contentsLanguage"] == language


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_editor_speaks_the_language_of_the_admin(language: str) -> None:
    with translation.override(language):
        assert config_for("body_bg")["language"] == language


def test_without_a_library_there_is_no_button_for_pictures(monkeypatch) -> None:
    with_library = config_for("body_bg")
    monkeypatch.setattr("sorb.richtext.widgets.PICKER", "admin:no_such_page")
    without = config_for("body_bg")

    assert ["Table", "Blockquote", "Image"] in with_library["toolbar"]
    assert with_library["filebrowserImageBrowseUrl"] == "/admin/media/image/picker/"
    assert ["Table", "Blockquote"] in without["toolbar"]
    assert "filebrowserImageBrowseUrl" not in without


def textarea(value: str | None) -> str:
    return html.unescape(RichTextWidget().render("body_bg", value, {"id": "id_body_bg"}))


@pytest.mark.parametrize("payload", payloads())
def test_the_editor_is_given_no_hostile_text_even_of_a_row_that_was_never_cleaned(
    payload: str,
) -> None:
    words = textarea(f"<p>проба</p>{payload}").partition('data-type="ckeditortype">')[2]

    assert words.startswith("<p>проба</p>")
    assert words.partition("</textarea>\n</div>")[0] == clean(f"<p>проба</p>{payload}")


def test_an_empty_field_is_an_empty_editor() -> None:
    assert 'data-type="ckeditortype"></textarea>' in textarea(None)


def test_a_text_refused_for_its_size_is_shown_again_at_once_and_without_harm() -> None:
    text = "<p onclick=alert(1)>а</p>" * (2_000_000 // 25)
    form = forms.Form({"body_bg": text})
    form.fields["body_bg"] = RichTextFormField()
    begun = time.process_time()

    shown = html.unescape(form.as_p())

    assert time.process_time() - begun < 2
    assert [error.code for error in form.errors.as_data()["body_bg"]] == ["too_long"]
    assert shown.count("<p>а</p>") == 2_000_000 // 25
    assert "onclick" not in shown
