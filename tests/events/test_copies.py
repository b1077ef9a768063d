"""An event once more: what comes along, and that the clock shows the same."""

from datetime import date, datetime, time

import pytest
from django.contrib.auth.models import User

from events.copies import Piece, copied, next_year
from events.models import (
    Appearance,
    Event,
    EventDocument,
    EventImage,
    Participation,
    ProgrammeItem,
)
from sorb.dates import SOFIA, midnight, moment
from sorb.desk.models import Entry, Revision
from tests.factories import (
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

TITLES = {"bg": "Среща 2030", "en": "Meeting 2030"}


def clock(at: datetime) -> str:
    return f"{at.astimezone(SOFIA):%d.%m.%Y %H:%M}"


def whole_event(**fields: object) -> Event:
    """An event with everything that may come along."""
    facts = {
        "starts_at": moment(date(2026, 3, 25), time(10)),
        "venue": make_venue(),
        "hall_bg": "Зала 1",
        "cover": make_image(),
        "online_address": "https://join.example/",
        "registration_address": "https://enrol.example/",
        "registration_closes_at": moment(date(2026, 3, 20), time(18)),
        "state": "rescheduled",
        "state_note_bg": "Заради снега.",
        "previous_starts_at": moment(date(2026, 3, 1), time(10)),
    }
    event = make_event(**facts | fields)
    item = ProgrammeItem.objects.create(
        event=event,
        starts_at=moment(date(2026, 3, 25), time(11, 30)),
        ends_at=moment(date(2026, 3, 25), time(12)),
        title_bg="Доклад",
    )
    Appearance.objects.create(event=event, speaker=make_speaker(), item=item, position_bg="тогава")
    Participation.objects.create(event=event, organization=make_organization())
    EventImage.objects.create(event=event, image=make_image(), caption_bg="Залата")
    EventDocument.objects.create(event=event, document=make_document())
    event.topics.add(make_topic())
    return event


def rows(event: Event) -> dict[str, int]:
    return {
        name: getattr(event, name).count()
        for name in ("programme", "appearances", "participations", "gallery", "documents", "topics")
    }


NONE = dict.fromkeys(
    ("programme", "appearances", "participations", "gallery", "documents", "topics"), 0
)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("radka")


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2027, 11, 23), date(2028, 11, 21)),  # a Tuesday, of week 47
        (date(2026, 11, 24), date(2027, 11, 30)),  # week 48, and 2026 has one more than 2027
        (date(2026, 1, 1), date(2027, 1, 7)),
        (date(2026, 12, 31), date(2027, 12, 30)),  # week 53
        (date(2027, 1, 1), date(2027, 12, 31)),  # by ISO 8601 still of 2026
    ],
)
def test_a_year_later_is_the_same_weekday_of_the_same_week(day, later):
    assert (next_year(day), later.weekday()) == (later, day.weekday())


def test_the_copy_is_a_draft_of_the_user_at_the_same_clock(user):
    event = whole_event()

    copy = copied(event, date(2026, 4, 1), list(Piece), TITLES, user)

    copy.refresh_from_db()
    assert (copy.status, copy.published_at, copy.created_by) == ("draft", None, user)
    assert (copy.title_bg, copy.title_en, copy.slug_bg) == (
        "Среща 2030",
        "Meeting 2030",
        "sreshta-2030",
    )
    assert (clock(copy.starts_at), clock(copy.ends_at)) == ("01.04.2026 10:00", "01.04.2026 12:00")
    assert (copy.type, copy.venue, copy.hall_bg) == (event.type, event.venue, "Зала 1")
    assert copy.uid != event.uid
    (item,) = copy.programme.all()
    assert (clock(item.starts_at), clock(item.ends_at)) == ("01.04.2026 11:30", "01.04.2026 12:00")


def test_what_happened_to_the_event_does_not_happen_to_its_copy(user):
    copy = copied(whole_event(), date(2027, 3, 24), list(Piece), TITLES, user)

    assert (copy.state, copy.state_note_bg, copy.previous_starts_at) == ("scheduled", "", None)
    assert (copy.sequence, copy.registration_closes_at) == (0, None)


def test_the_event_itself_stays_as_it_is(user):
    event = whole_event()
    before = (event.version, rows(event))

    copied(event, date(2027, 3, 24), list(Piece), TITLES, user)

    event.refresh_from_db()
    assert (event.version, rows(event)) == before


@pytest.mark.parametrize(
    ("pieces", "brought"),
    [
        ([], {}),
        ([Piece.PROGRAMME], {"programme": 1}),
        ([Piece.SPEAKERS], {"appearances": 1}),
        ([Piece.ORGANIZATIONS], {"participations": 1}),
        ([Piece.PICTURES], {"gallery": 1}),
        ([Piece.DOCUMENTS], {"documents": 1}),
        ([Piece.TOPICS], {"topics": 1}),
        (list(Piece), dict.fromkeys(NONE, 1)),
    ],
)
def test_only_what_is_chosen_comes_along(user, pieces, brought):
    copy = copied(whole_event(), date(2027, 3, 24), pieces, TITLES, user)

    assert rows(copy) == NONE | brought
    assert (copy.cover is not None) is (Piece.PICTURES in pieces)
    assert bool(copy.lead_bg and copy.body_en) is (Piece.TEXTS in pieces)
    assert bool(copy.online_address and copy.registration_address) is (Piece.ADDRESSES in pieces)


def test_a_speaker_keeps_the_place_in_the_copied_programme(user):
    event = whole_event()

    both = copied(event, date(2027, 3, 24), [Piece.PROGRAMME, Piece.SPEAKERS], TITLES, user)
    alone = copied(event, date(2027, 3, 24), [Piece.SPEAKERS], TITLES, user)

    assert both.appearances.get().item == both.programme.get()
    assert alone.appearances.get().item is None


def test_of_an_event_that_is_over_people_come_with_their_present_position(user):
    over = whole_event(starts_at=moment(date(2020, 3, 25), time(10)))
    coming = whole_event(starts_at=moment(date(2030, 3, 27), time(10)))

    copies = [copied(each, date(2031, 3, 26), list(Piece), TITLES, user) for each in (over, coming)]

    assert [copy.appearances.get().position_bg for copy in copies] == ["кмет", "тогава"]


def test_all_day_and_several_days_move_as_they_are(user):
    event = whole_event(is_all_day=True, starts_at=midnight(date(2026, 3, 28)))
    Event.objects.filter(pk=event.pk).update(ends_at=midnight(date(2026, 3, 31)))
    event.refresh_from_db()

    copy = copied(event, date(2026, 10, 24), [], TITLES, user)

    assert (copy.first_day, copy.last_day) == (date(2026, 10, 24), date(2026, 10, 26))


def test_a_revision_and_a_line_of_the_log_are_written(user):
    copy = copied(whole_event(), date(2027, 3, 24), list(Piece), TITLES, user)

    revision = Revision.objects.about(copy).get()
    assert (revision.verb, revision.author, len(revision.snapshot["rows"]["programme"])) == (
        "created",
        user,
        1,
    )
    assert Entry.objects.filter(object_id=copy.pk, action="created", user=user).count() == 1
