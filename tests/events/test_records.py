"""After its end the page of an event is a record of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventDocument, EventImage
from tests.factories import make_article, make_document, make_event, make_image

pytestmark = pytest.mark.django_db

ADDRESS = "https://form.example/a"


def full_event(days, **fields):
    event = make_event(
        starts_at=timezone.now() + timedelta(days=days),
        body_bg="<p>За какво става дума.</p>",
        registration_address=ADDRESS,
        **fields,
    )
    make_article(event=event, event_relation="report", title_bg="Как мина срещата")
    make_article(event=event, title_bg="Предстои среща")
    EventImage.objects.create(event=event, image=make_image())
    EventDocument.objects.create(event=event, document=make_document(title_bg="Презентация"))
    return event


def page_of(client, event):
    return " ".join(client.get(event.get_absolute_url("bg")).content.decode().split())


def order_of(body, *marks):
    assert [mark for mark in marks if mark not in body] == []
    return sorted(marks, key=body.index)


MARKS = ("Как мина срещата", 'id="gallery"', 'id="documents"', "За какво става дума.", "Предстои")


def test_a_record_begins_with_the_report_the_pictures_and_the_presentations(client):
    body = page_of(client, full_event(-3))

    assert order_of(body[body.index("<article") :], *MARKS) == list(MARKS)
    assert "Как премина" in body


def test_before_its_end_the_page_begins_with_what_it_is_about(client):
    body = page_of(client, full_event(3))

    assert order_of(body[body.index("<article") :], *MARKS) == [
        "За какво става дума.",
        'id="documents"',
        'id="gallery"',
        "Предстои",
        "Как мина срещата",
    ]
    assert "Как премина" not in body


def test_a_record_speaks_of_the_past_and_offers_nothing_to_do(client):
    coming, over, off = (
        page_of(client, full_event(days, state=state))
        for days, state in ((3, "scheduled"), (-3, "scheduled"), (-3, "cancelled"))
    )

    offers = (f'href="{ADDRESS}"', "Регистрация", "Добавете")
    assert [offer in coming for offer in offers[:2]] == [True, True]
    assert [offer in over for offer in offers[:2]] == [False, False]
    assert ["Проведе се" in body for body in (coming, over, off)] == [False, True, False]
    assert ["Не се проведе" in body for body in (coming, over, off)] == [False, False, True]
    assert ['class="plate__actions"' in body for body in (coming, over)] == [True, False]


@pytest.mark.parametrize(
    ("opens", "closes", "is_offered"),
    [(-2, -1, False), (-1, 1, True), (1, 2, False), (None, None, True), (-1, None, True)],
)
def test_registration_comes_and_goes_by_its_dates(client, opens, closes, is_offered):
    now, day = timezone.now(), timedelta(days=1)
    event = make_event(
        starts_at=now + 5 * day,
        registration_address=ADDRESS,
        registration_opens_at=None if opens is None else now + opens * day,
        registration_closes_at=None if closes is None else now + closes * day,
    )

    assert (f'href="{ADDRESS}"' in page_of(client, event)) == is_offered
