"""The start page: what waits, what comes, what lacks."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.factories import make_article, make_event

DRAFT = {"status": "draft", "published_at": None}


def titles(client: Client) -> dict[str, list[str]]:
    sections = client.get("/admin/").context["start"]["sections"]
    return {section.key: [row["item"].title_bg for row in section.rows] for section in sections}


def test_rows_stand_where_they_belong(desk: Client, editor: User) -> None:
    other = User.objects.create_user("kolega")
    later = timezone.now() + timedelta(days=2)
    make_article(title_bg="Моя чернова", created_by=editor, **DRAFT)
    make_article(title_bg="Чужда чернова", created_by=other, **DRAFT)
    make_event(title_bg="Ничия чернова", created_by=None, **DRAFT)
    make_article(title_bg="За преглед", status="in_review", published_at=None)
    make_article(title_bg="Насрочена", published_at=later)
    make_event(title_bg="Предстоящо")
    make_article(title_bg="Без английски", title_en="")

    assert titles(desk) == {
        "mine": ["Моя чернова"],
        "review": ["За преглед"],
        "scheduled": ["Насрочена"],
        "next": ["Предстоящо"],
        "others": ["Чужда чернова", "Ничия чернова"],
        "english": ["Без английски"],
    }


def test_what_is_over_or_hidden_is_not_next(desk: Client) -> None:
    now = timezone.now()
    make_event(
        title_bg="Минало", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    make_event(title_bg="Чернова", **DRAFT)
    make_event(title_bg="Предстоящо")

    assert titles(desk)["next"] == ["Предстоящо"]


def test_more_rows_than_are_shown_are_counted_and_lead_to_the_list(desk: Client) -> None:
    for _number in range(8):
        make_article(status="in_review", published_at=None)

    sections = {s.key: s for s in desk.get("/admin/").context["start"]["sections"]}

    review = sections["review"]
    assert (review.count, len(review.rows)) == (8, 6)
    assert [(more["address"], more["count"]) for more in review.lists] == [
        ("/admin/news/article/?standing=in_review", 8)
    ]
    assert desk.get(review.lists[0]["address"]).context["cl"].result_count == 8


def test_empty_sections_say_so(desk: Client) -> None:
    answer = desk.get("/admin/")

    for section in answer.context["start"]["sections"]:
        assert section.count == 0
        assert str(section.empty) in answer.content.decode()


def test_rows_lead_to_their_forms(desk: Client, editor: User) -> None:
    article = make_article(created_by=editor, **DRAFT)

    answer = desk.get("/admin/")

    assert f'href="/admin/news/article/{article.pk}/change/"' in answer.content.decode()


def test_nothing_is_shown_that_may_not_be_seen(stranger: Client, reader: Client) -> None:
    make_article(title_bg="Тайна чернова", **DRAFT)

    assert titles(reader)["others"] == ["Тайна чернова"]
    assert titles(stranger)["others"] == []
    assert "Тайна чернова" not in stranger.get("/admin/").content.decode()


def test_only_who_may_add_is_offered_to(desk: Client, reader: Client) -> None:
    buttons = [button["address"] for button in desk.get("/admin/").context["start"]["buttons"]]

    assert buttons == ["/admin/news/article/add/", "/admin/events/event/add/"]
    assert reader.get("/admin/").context["start"]["buttons"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_reads_are_as_many_at_one_row_as_at_thirty(
    desk: Client, editor: User, rows: int, django_assert_num_queries: Any
) -> None:
    later = timezone.now() + timedelta(days=2)
    for make in (make_article, make_event):
        for _number in range(rows):
            make(created_by=editor, **DRAFT)
            make(created_by=None, **DRAFT)
            make(status="in_review", published_at=None)
            make(published_at=later)
            make(title_en="")
    desk.get("/admin/")

    with django_assert_num_queries(17):
        desk.get("/admin/")
