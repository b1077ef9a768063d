"""Lists: what they show, how they are narrowed down, what they cost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

ARTICLES = "/admin/news/article/"
EVENTS = "/admin/events/event/"
IMAGES = "/admin/media/image/"
DRAFT = {"status": "draft", "published_at": None}


def shown(client: Client, address: str, **question: object) -> list[Any]:
    answer = client.get(address, question)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


def article_with_all(number: int) -> None:
    make_article(cover=make_image(), category=make_category())


def event_with_all(number: int) -> None:
    make_event(cover=make_image(), venue=make_venue(name_bg=f"Зала {number}"))


def speaker_with_all(number: int) -> None:
    make_speaker(photo=make_image(), organization=make_organization())


def organization_with_all(number: int) -> None:
    make_organization(logo=make_image())


@pytest.mark.parametrize(
    ("address", "make", "reads"),
    [
        (ARTICLES, article_with_all, 12),
        (EVENTS, event_with_all, 12),
        ("/admin/events/speaker/", speaker_with_all, 8),
        ("/admin/events/organization/", organization_with_all, 8),
        ("/admin/events/venue/", lambda number: make_venue(), 8),
        ("/admin/media/image/", lambda number: make_image(), 10),
        ("/admin/media/document/", lambda number: make_document(), 10),
        ("/admin/publishing/topic/", lambda number: make_topic(), 8),
        ("/admin/news/category/", lambda number: make_category(), 8),
    ],
)
@pytest.mark.parametrize("rows", [1, 30])
def test_reads_are_as_many_at_one_row_as_at_thirty(
    desk: Client,
    address: str,
    make: Callable[[int], object],
    reads: int,
    rows: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(rows):
        make(number)
    desk.get(address)

    with django_assert_max_num_queries(12) as counted:
        answer = desk.get(address)

    assert answer.context["cl"].result_count >= rows
    assert len(counted) == reads


def test_articles_are_filtered_by_how_they_stand(desk: Client) -> None:
    now = timezone.now()
    draft = make_article(**DRAFT)
    review = make_article(status="in_review", published_at=None)
    scheduled = make_article(published_at=now + timedelta(days=1))
    visible = make_article()
    over = make_article(published_at=now - timedelta(days=2), withdrawn_at=now - timedelta(days=1))
    withdrawn = make_article(status="withdrawn")

    assert shown(desk, ARTICLES, standing="draft") == [draft]
    assert shown(desk, ARTICLES, standing="in_review") == [review]
    assert shown(desk, ARTICLES, standing="scheduled") == [scheduled]
    assert shown(desk, ARTICLES, standing="visible") == [visible]
    assert set(shown(desk, ARTICLES, standing="withdrawn")) == {over, withdrawn}
    assert len(shown(desk, ARTICLES)) == 6


def test_drafts_stand_first_then_the_latest(desk: Client) -> None:
    now = timezone.now()
    old = make_article(published_at=now - timedelta(days=3))
    new = make_article(published_at=now - timedelta(days=1))
    draft = make_article(**DRAFT)

    assert shown(desk, ARTICLES) == [draft, new, old]


def test_lists_are_filtered_by_what_lacks_english(desk: Client) -> None:
    lacking, full = make_article(title_en=""), make_article()

    assert shown(desk, ARTICLES, english="lacking") == [lacking]
    assert shown(desk, ARTICLES, english="present") == [full]


def test_lists_are_searched_in_both_languages(desk: Client) -> None:
    wanted = make_article(title_bg="Наредба за водите", title_en="Ordinance on waters")
    make_article(title_bg="Друго", title_en="Other")

    for words in ("водите", "НАРЕДБА водите", "waters"):
        assert shown(desk, ARTICLES, q=words) == [wanted]


def test_events_are_upcoming_or_past(desk: Client) -> None:
    now = timezone.now()
    past = make_event(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    running = make_event(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    coming = make_event()

    assert set(shown(desk, EVENTS, time="upcoming")) == {running, coming}
    assert shown(desk, EVENTS, time="past") == [past]


def test_rows_say_how_an_item_stands_and_in_which_languages(desk: Client) -> None:
    make_article(published_at=timezone.now() + timedelta(days=1), title_en="")

    page = desk.get(ARTICLES).content.decode()

    assert 'class="badge badge-scheduled"' in page
    assert "<abbr>bg</abbr> ✓" in page
    assert "<abbr>en</abbr> –" in page


def test_rows_say_what_has_become_of_an_event(desk: Client) -> None:
    make_event(state="cancelled")
    make_event()

    page = desk.get(EVENTS).content.decode()

    assert page.count("badge-state-") == page.count("badge-state-cancelled") == 1


def test_empty_lists_say_so(desk: Client) -> None:
    empty = desk.get(ARTICLES).content.decode()
    make_article()
    searched = desk.get(ARTICLES, {"q": "няматакова"}).content.decode()

    assert empty.count('class="list-empty"') == searched.count('class="list-empty"') == 1
    assert 'class="list-empty"' not in desk.get(ARTICLES).content.decode()


@pytest.mark.parametrize(
    "question",
    [
        {"title_bg__regex": "(("},
        {"title_bg__contains": "\0"},
        {"published_at__year": "99999"},
        {"published_at__year": "0"},
        {"published_at__year": "abc"},
        {"category__id__exact": "abc"},
        {"category__id__exact": "9" * 30},
        {"id__in": ",".join(map(str, range(3000)))},
        {"created_by__password__startswith": "pbkdf2"},
        {"_to_field": "title_bg"},
        {"q": "\0"},
        {"q": "а" * 10_000},
        {"q": "' OR 1=1 --"},
        {"o": "99.-99.x"},
        {"p": "999999"},
        {"standing": "nonsense"},
        {"english": "nonsense"},
        {"nonsense": "1"},
    ],
)
def test_odd_questions_are_no_errors_of_ours(desk: Client, question: dict[str, str]) -> None:
    make_article()

    assert desk.get(ARTICLES, question).status_code in (200, 302, 400)


def test_filters_are_no_way_to_passwords(desk: Client) -> None:
    make_article()

    answer = desk.get(ARTICLES, {"created_by__password__startswith": "!"})

    assert answer.status_code == 400


def test_autocomplete_wants_permission_and_gives_words(desk: Client, stranger: Client) -> None:
    speaker = make_speaker(name_bg="Иван Петров", name_en="Ivan Petrov")
    make_speaker(name_bg="Друг Човек", name_en="Another Person")
    question = {"app_label": "events", "model_name": "appearance", "field_name": "speaker"}

    found = desk.get("/admin/autocomplete/", {**question, "term": "ivan"}).json()["results"]

    assert found == [{"id": str(speaker.pk), "text": "Иван Петров"}]
    assert stranger.get("/admin/autocomplete/", question | {"term": ""}).status_code == 403


def test_lists_lead_to_what_was_deleted_whoever_may_bring_it_back(desk: Client) -> None:
    link = 'href="/admin/desk/deleted/"'

    pages = {address: desk.get(address).content.decode() for address in (ARTICLES, IMAGES)}

    assert {address: page.count(link) for address, page in pages.items()} == {
        ARTICLES: 1,
        IMAGES: 0,  # a file that was deleted is gone
    }
