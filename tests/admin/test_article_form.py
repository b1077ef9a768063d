"""Writing news."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_topic,
)

from .filling import errors_of, filled

ADD = "/admin/news/article/add/"


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def row(prefix: str, number: int, **fields: object) -> dict[str, object]:
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}


def test_article_is_written_in_both_languages(desk: Client, editor: User) -> None:
    category, topic = make_category(), make_topic()
    event, municipality = make_event(), make_organization(kind="municipality")
    form = filled(
        desk.get(ADD),
        title_bg="Нова наредба за отпадъците",
        title_en="New ordinance on waste",
        lead_bg="Какво се променя.",
        body_bg="<p>Текст</p>",
        category=category.pk,
        topics=[topic.pk],
        municipalities=[municipality.pk],
        event=event.pk,
        event_relation="report",
    )

    answer = desk.post(ADD, form)

    article = Article.objects.get()
    assert (answer.status_code, answer.url) == (302, "/admin/news/article/")
    assert (article.title_bg, article.title_en) == (
        "Нова наредба за отпадъците",
        "New ordinance on waste",
    )
    assert (article.slug_bg, article.slug_en) == (
        "nova-naredba-za-otpadatsite",
        "new-ordinance-on-waste",
    )
    assert (article.body_bg, article.status) == ("<p>Текст</p>", "draft")
    assert (article.created_by, article.changed_by) == (editor, editor)
    assert list(article.topics.all()) == [topic]
    assert list(article.municipalities.all()) == [municipality]
    assert (article.event, article.event_relation) == (event, "report")


def test_title_in_bulgarian_is_required(desk: Client) -> None:
    form = filled(desk.get(ADD), title_en="Only English", category=make_category().pk)

    answer = desk.post(ADD, form)

    assert list(errors_of(answer)) == ["title_bg"]
    assert not Article.objects.exists()


def test_labels_are_words_and_fields_know_their_language(desk: Client) -> None:
    page = desk.get(ADD).content.decode()

    assert page.count("[bg]") == page.count("[en]") == 0
    label = re.search('<label[^>]*for="id_title_bg"[^>]*>([^<]*)</label>', page)
    assert label is not None
    assert label[1].lower() == Article._meta.get_field("title").verbose_name
    for code in ("bg", "en"):
        assert f'<div class="field field-title_{code}" data-language="{code}">' in page
        assert f'name="title_{code}"' in page
        start = page.index(f'name="title_{code}"')
        assert f'lang="{code}"' in page[start : page.index(">", start)]


def test_parts_stand_in_the_order_of_thought(desk: Client) -> None:
    parts = desk.get(ADD).context["parts"]

    firsts = [
        part["fieldset"].fields[0] if "fieldset" in part else part["rows"].formset.prefix
        for part in parts
    ]
    assert firsts == [
        ("title_bg", "title_en"),
        "gallery",
        "documents",
        ("event", "event_relation"),
        "category",
        ("published_at", "withdrawn_at"),
        ("slug_bg", "slug_en"),
        "created",
    ]


def test_moments_are_taken_and_shown_as_written_here(desk: Client) -> None:
    article = make_article(status="draft", published_at=None)
    form = filled(
        desk.get(change(article)),
        _publish_anyway="1",
        published_at_0="03.10.2025",
        published_at_1="14:05",
    )

    desk.post(change(article), form)

    article.refresh_from_db()
    again = filled(desk.get(change(article)))
    assert article.published_at == datetime(2025, 10, 3, 11, 5, tzinfo=UTC)
    assert (again["published_at_0"], again["published_at_1"]) == (["03.10.2025"], ["14:05"])


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("03/10/2025", "14:05"),
        ("03.10.1899", "14:05"),
        ("03.10.2101", "14:05"),
        ("31.02.2025", "14:05"),
        ("03.10.2025", "25:00"),
        ("03.10.2025", "2 pm"),
        ("03.10.2025", ""),
        ("", "14:05"),
        ("29.03.2020", "03:30"),
    ],
)
def test_moments_written_otherwise_are_refused(desk: Client, day: str, clock: str) -> None:
    article = make_article()
    form = filled(desk.get(change(article)), published_at_0=day, published_at_1=clock)

    answer = desk.post(change(article), form)

    assert list(errors_of(answer)) == ["published_at"]
    assert Article.objects.get().published_at == article.published_at


def test_a_moment_that_the_clock_shows_twice_is_the_first(desk: Client) -> None:
    article = make_article()
    form = filled(desk.get(change(article)), published_at_0="25.10.2020", published_at_1="03:30")

    desk.post(change(article), form)

    article.refresh_from_db()
    assert article.published_at == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)


def test_saving_without_a_change_keeps_the_seconds(desk: Client) -> None:
    moment = datetime(2025, 3, 1, 9, 8, 7, 654321, tzinfo=UTC)
    article = make_article(published_at=moment)

    desk.post(change(article), filled(desk.get(change(article))))

    article.refresh_from_db()
    assert article.published_at == moment


def test_withdrawing_before_publishing_is_refused_at_the_field(desk: Client) -> None:
    article = make_article(published_at=timezone.now())
    form = filled(desk.get(change(article)), withdrawn_at_0="01.01.2001", withdrawn_at_1="10:00")

    answer = desk.post(change(article), form)

    assert list(errors_of(answer)) == ["withdrawn_at"]


def test_taken_address_is_refused_at_the_field(desk: Client) -> None:
    make_article(title_bg="Едно", slug_bg="edno")
    article = make_article(title_bg="Две")
    form = filled(desk.get(change(article)), slug_bg="edno")

    answer = desk.post(change(article), form)

    assert answer.status_code == 200
    assert "edno" not in Article.objects.filter(pk=article.pk).values_list("slug_bg", flat=True)


def test_changing_notes_who_did_it_and_keeps_who_wrote_it(desk: Client, editor: User) -> None:
    writer = User.objects.create_user("avtor")
    article = make_article(created_by=writer, changed_by=writer)

    desk.post(change(article), filled(desk.get(change(article)), title_bg="Поправено"))

    article.refresh_from_db()
    assert (article.title_bg, article.created_by, article.changed_by) == (
        "Поправено",
        writer,
        editor,
    )


def test_sent_authorship_is_not_taken(desk: Client, editor: User) -> None:
    other = User.objects.create_user("drug")
    form = filled(
        desk.get(ADD),
        title_bg="Новина",
        category=make_category().pk,
        created_by=other.pk,
        version=99,
    )

    desk.post(ADD, form)

    article = Article.objects.get()
    assert (article.created_by, article.version) == (editor, 1)


def test_cover_is_chosen_and_removed(desk: Client) -> None:
    article, image = make_article(), make_image()

    desk.post(change(article), filled(desk.get(change(article)), cover=image.pk))
    chosen = Article.objects.get().cover
    desk.post(change(article), filled(desk.get(change(article)), cover=""))

    assert chosen == image
    assert Article.objects.get().cover is None


@pytest.mark.parametrize("forged", ["999999", "abc", "-1", "1 OR 1=1", "99999999999999999999999"])
def test_a_forged_cover_is_refused(desk: Client, forged: str) -> None:
    article = make_article()

    answer = desk.post(change(article), filled(desk.get(change(article)), cover=forged))

    assert list(errors_of(answer)) == ["cover"]


def gallery(article: Article) -> list[Any]:
    return list(article.gallery.values_list("image", "order", "alternative_bg", "is_decorative"))


def test_pictures_are_kept_in_their_order_with_their_words(desk: Client) -> None:
    article, first, second = make_article(), make_image(), make_image()
    form = filled(desk.get(change(article))) | {
        name: [str(value)]
        for name, value in (
            row("gallery", 0, image=first.pk, order=1, alternative_bg="Зала", caption_en="Hall")
            | row("gallery", 1, image=second.pk, order=0, is_decorative="on")
            | {"gallery-TOTAL_FORMS": 2}
        ).items()
    }

    desk.post(change(article), form)

    assert gallery(article) == [(second.pk, 0, "", True), (first.pk, 1, "Зала", False)]


def test_pictures_are_kept_when_another_field_fails(desk: Client) -> None:
    images = [make_image(), make_image(), make_image()]
    rows: dict[str, object] = {"gallery-TOTAL_FORMS": 3}
    for number, image in enumerate(images):
        rows |= row("gallery", number, image=image.pk, order=2 - number)
    form = filled(desk.get(ADD), category=make_category().pk, **rows)

    refused = desk.post(ADD, form)
    again = filled(refused, title_bg="Сега със заглавие")
    desk.post(ADD, again)

    assert list(errors_of(refused)) == ["title_bg"]
    page = refused.content.decode()
    assert page.count(" data-row>") - page.count("data-rows-template") == 3
    assert [image for image, *_ in gallery(Article.objects.get())] == [
        image.pk for image in reversed(images)
    ]


def test_a_removed_picture_leaves_the_gallery_and_stays_in_the_library(desk: Client) -> None:
    article, image = make_article(), make_image()
    article.gallery.create(image=image)
    form = filled(desk.get(change(article)), **row("gallery", 0, DELETE="on"))

    desk.post(change(article), form)

    image.refresh_from_db()
    assert gallery(article) == []


@pytest.mark.parametrize("forged", ["999999", "abc", ""])
def test_a_forged_picture_is_refused(desk: Client, forged: str) -> None:
    article = make_article()
    rows = row("gallery", 0, image=forged, caption_bg="Надпис") | {"gallery-TOTAL_FORMS": 1}

    answer = desk.post(change(article), filled(desk.get(change(article)), **rows))

    assert list(errors_of(answer)) == ["gallery-0-image"]
    assert gallery(article) == []


def test_a_picture_of_another_article_is_not_changed(desk: Client) -> None:
    article, other = make_article(), make_article()
    foreign = other.gallery.create(image=make_image(), caption_bg="Чужд надпис")
    rows = row("gallery", 0, id=foreign.pk, image=foreign.image_id, caption_bg="Подменен")
    counts = {"gallery-TOTAL_FORMS": 1, "gallery-INITIAL_FORMS": 1}

    desk.post(change(article), filled(desk.get(change(article)), **rows, **counts))

    foreign.refresh_from_db()
    assert (foreign.caption_bg, foreign.article) == ("Чужд надпис", other)


def test_documents_are_attached(desk: Client) -> None:
    article, document = make_article(), make_document()
    rows = row("documents", 0, document=document.pk, order=0, caption_bg="Наредба")
    form = filled(desk.get(change(article)), **rows, **{"documents-TOTAL_FORMS": 1})

    desk.post(change(article), form)

    assert list(article.documents.values_list("document", "caption_bg")) == [
        (document.pk, "Наредба")
    ]


def test_reads_of_a_form_do_not_grow_with_its_gallery(
    desk: Client, django_assert_num_queries: Any
) -> None:
    small, large = make_article(), make_article()
    small.gallery.create(image=make_image())
    for number in range(12):
        large.gallery.create(image=make_image(), order=number)
    desk.get(change(small))

    with django_assert_num_queries(13):
        desk.get(change(small))
    with django_assert_num_queries(13):
        desk.get(change(large))


def test_what_is_visible_links_to_its_page_and_a_draft_does_not(desk: Client) -> None:
    visible = make_article(title_bg="Видима")
    draft = make_article(title_bg="Скрита", status="draft", published_at=None)

    shown = desk.get(change(visible)).content.decode()
    hidden = desk.get(change(draft)).content.decode()

    assert 'href="/bg/novini/vidima/" class="viewsitelink"' in shown
    assert "viewsitelink" not in hidden


def test_who_may_only_look_sees_words_and_cannot_save(reader: Client) -> None:
    article = make_article(title_bg="Само за гледане")
    article.gallery.create(image=make_image())

    shown = reader.get(change(article))
    sent = reader.post(change(article), {"title_bg": "Подменено"})

    article.refresh_from_db()
    assert shown.status_code == 200
    assert "Само за гледане" in shown.content.decode()
    assert 'name="_save"' not in shown.content.decode()
    assert (sent.status_code, article.title_bg) == (403, "Само за гледане")


def test_hostile_words_stay_words(desk: Client) -> None:
    hostile = '"><script>alert(1)</script>'
    article = make_article(title_bg=hostile, status="draft", published_at=None)
    article.gallery.create(image=make_image(title_bg=hostile), caption_bg=hostile)
    pages = [change(article), "/admin/news/article/", "/admin/"]
    pages.append(reverse("admin:news_article_history", args=[article.pk]))
    pages.append(reverse("admin:news_article_delete", args=[article.pk]))

    for page in pages:
        text = desk.get(page).content.decode()

        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
