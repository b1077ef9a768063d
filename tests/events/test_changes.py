"""What becomes of a published event: kept with every save, told on every surface alike."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from events.models import Change, Event, State
from sorb.dates import SOFIA
from sorb.desk import history
from sorb.desk.models import Revision
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, tzinfo=SOFIA)
HOURS = timedelta(hours=2)
SCHEMA = "https://schema.org"


@pytest.fixture(autouse=True)
def _first_of_october():
    with time_machine.travel(NOW, tick=False):
        yield


def october(day, hour=10):
    return datetime(2026, 10, day, hour, tzinfo=SOFIA)


def announced(**fields):
    fields = {"starts_at": october(12), "title_bg": "Форум", "title_en": "Forum"} | fields
    return make_event(**fields)


def saved(event, **fields):
    """The event, read afresh and saved with other fields."""
    event = Event.objects.get(pk=event.pk)
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    return event


def moved(event, day, hour=10, **fields):
    starts_at = october(day, hour)
    return saved(event, starts_at=starts_at, ends_at=starts_at + HOURS, **fields)


def kinds(event):
    return list(event.changes.values_list("kind", flat=True))


def facts_of(event):
    return Event.objects.visible().with_page().get(pk=event.pk).structured_data()


def page_of(client, event, language="bg"):
    body = client.get(event.get_absolute_url(language)).content.decode()
    return " ".join(body.split())


def entry_of(client, event):
    file = client.get(reverse("events:event_ics", args=[event.slug_bg])).content
    (entry,) = Calendar.from_ical(file).events
    return entry


def test_another_day_is_a_move_that_keeps_the_earlier_one():
    event = moved(announced(), 14)

    (change,) = event.changes.all()
    assert (event.state, event.previous_starts_at) == (State.RESCHEDULED, october(12))
    assert (event.sequence, event.facts_changed_at) == (1, NOW)
    assert (change.kind, change.at) == (Change.Kind.RESCHEDULED, NOW)
    assert (change.starts_at, change.ends_at) == (october(12), october(12) + HOURS)


def test_another_hour_is_a_move_as_well():
    assert kinds(moved(announced(), 12, hour=11)) == ["rescheduled"]


@pytest.mark.parametrize(
    ("fields", "state", "told"),
    [
        ({"state": "cancelled"}, "cancelled", ["cancelled"]),
        ({"state": "postponed"}, "postponed", ["postponed"]),
        ({"state": "moved_online"}, "moved_online", ["moved_online"]),
        ({"attendance": "online"}, "moved_online", ["moved_online"]),
        ({"hall_bg": "Зала 7"}, "moved", ["moved"]),
        ({"ends_at": october(12, 18)}, "scheduled", ["end"]),
        ({"is_all_day": True}, "scheduled", ["end"]),
        ({"online_address": "https://live.example/b"}, "scheduled", []),
        ({"lead_bg": "Друг увод"}, "scheduled", []),
        ({"cover": None}, "scheduled", []),
    ],
)
def test_what_happened_follows_from_what_was_saved(fields, state, told):
    event = saved(announced(venue=make_venue(), hall_bg="Зала 6"), **fields)

    assert (event.state, kinds(event)) == (state, told)


def test_a_place_announced_for_the_first_time_is_no_move():
    event = saved(announced(), venue=make_venue())

    assert (event.state, kinds(event), event.sequence) == ("scheduled", [], 1)


def test_another_place_keeps_the_earlier_one_in_both_languages():
    venue = make_venue(address_bg="ул. „Шипка“ 1", address_en="1 Shipka St")
    event = announced(venue=venue, hall_bg="Зала 6", hall_en="Hall 6")

    event = saved(event, venue=make_venue(name_bg="Дом на науката"))

    (change,) = event.changes.all()
    assert event.state == State.MOVED
    assert change.place_bg == "Зала 6, Зала „Средец“, ул. „Шипка“ 1, София"
    assert change.place_en == "Hall 6, Sredets Hall, 1 Shipka St, Sofia"
    assert change.starts_at is None


def test_several_moves_keep_the_chain_and_the_date_announced_first():
    event = moved(moved(announced(), 14), 16)

    assert event.previous_starts_at == october(12)
    assert [change.starts_at for change in event.changes.all()] == [october(12), october(14)]
    assert facts_of(event)["previousStartDate"] == [
        "2026-10-12T10:00:00+03:00",
        "2026-10-14T10:00:00+03:00",
    ]
    assert event.sequence == 2


def test_moved_back_to_the_first_date_it_still_tells_the_one_between():
    event = moved(moved(announced(), 14), 12)

    assert event.previous_starts_at is None
    assert facts_of(event)["eventStatus"] == f"{SCHEMA}/EventRescheduled"
    assert facts_of(event)["previousStartDate"] == "2026-10-14T10:00:00+03:00"


def test_a_postponed_event_with_a_new_date_is_rescheduled():
    event = moved(saved(announced(), state="postponed"), 20)

    assert (event.state, kinds(event)) == ("rescheduled", ["postponed", "rescheduled"])
    assert event.previous_starts_at == october(12)


def test_called_back_it_stands_as_before():
    cancelled = saved(announced(), state="cancelled")
    moved_once = saved(moved(announced(), 14), state="cancelled")

    back = saved(cancelled, state=cancelled.state_when_on())
    back_on_new_date = saved(moved_once, state=moved_once.state_when_on())

    assert (back.state, kinds(back)) == ("scheduled", ["cancelled", "back_on"])
    assert back_on_new_date.state == "rescheduled"
    assert kinds(back_on_new_date) == ["rescheduled", "cancelled", "back_on"]


def test_moved_and_online_search_engines_learn_of_both():
    event = saved(moved(announced(), 14), state="moved_online")

    facts = facts_of(event)

    assert facts["eventStatus"] == [f"{SCHEMA}/EventMovedOnline", f"{SCHEMA}/EventRescheduled"]
    assert facts["previousStartDate"] == "2026-10-12T10:00:00+03:00"


def test_moved_to_another_place_it_is_scheduled_and_after_a_move_rescheduled():
    event = announced(venue=make_venue())
    other = make_venue(name_bg="Друга")

    once = saved(event, venue=other)
    first = facts_of(once)["eventStatus"]
    twice = facts_of(moved(once, 14))["eventStatus"]

    assert (first, twice) == (f"{SCHEMA}/EventScheduled", f"{SCHEMA}/EventRescheduled")


def test_the_reason_stays_with_the_change_that_it_was_given_for():
    event = moved(announced(), 14, state_note_bg="Заради изборите.")
    event = saved(event, state="cancelled", state_note_bg="Заради снега.")

    assert [change.note_bg for change in event.changes.all()] == ["Заради изборите.", ""]
    assert event.state_note_bg == "Заради снега."


@pytest.mark.parametrize("standing", [{"status": "draft"}, {"published_at": NOW + HOURS}])
def test_what_readers_have_not_seen_is_no_change(standing):
    event = moved(announced(**standing), 14)

    assert (event.state, kinds(event)) == ("scheduled", [])


def test_mending_the_record_of_a_past_event_is_no_change():
    event = announced(starts_at=NOW - timedelta(days=9), venue=make_venue())

    event = saved(event, starts_at=NOW - timedelta(days=8), ends_at=NOW - timedelta(days=7))
    event = saved(event, venue=make_venue())

    assert (event.state, kinds(event)) == ("scheduled", [])


def test_a_past_event_that_did_not_take_place_may_still_be_cancelled(client):
    event = saved(announced(starts_at=NOW - timedelta(days=9)), state="cancelled")

    assert kinds(event) == ["cancelled"]
    assert "Не се проведе" in page_of(client, event)


def test_restoring_an_earlier_revision_keeps_the_chain_and_adds_to_it():
    event = announced()
    first = history.record(event, None, Revision.Verb.CREATED)
    event = moved(event, 14)

    history.restored(event, first, None)

    event = Event.objects.get(pk=event.pk)
    assert event.starts_at == october(12)
    assert kinds(event) == ["rescheduled", "rescheduled"]


def test_what_was_deleted_comes_back_with_its_chain():
    event = moved(announced(), 14, state_note_bg="Заради изборите.")
    pk = event.pk
    history.deleted(event, None)
    event.delete()

    event, lost = history.recovered(Revision.objects.latest("pk"), None)

    assert (lost, event.pk) == ([], pk)
    assert [change.starts_at for change in event.changes.all()] == [october(12)]


def test_page_tells_the_change_with_its_moment_and_reason_and_strikes_the_old_date(client):
    event = moved(announced(), 14, state_note_bg="Заради изборите.", state_note_en="Elections.")

    bulgarian, english = page_of(client, event), page_of(client, event, "en")

    assert "<del>понеделник, 12 октомври 2026 г., 10:00–12:00 ч.</del>" in bulgarian
    assert "<strong>сряда, 14 октомври 2026 г., 10:00–12:00 ч.</strong>" in bulgarian
    assert "Заради изборите." in bulgarian
    assert '<time datetime="2026-10-01T09:00:00+03:00">1 октомври 2026 г., 09:00 ч.</time>' in (
        bulgarian
    )
    assert "<del>Monday 12 October 2026, 10:00–12:00</del>" in english
    assert "Elections." in english


def test_page_strikes_the_place_that_was_announced_before(client):
    event = saved(announced(venue=make_venue()), venue=make_venue(name_bg="Дом на науката"))

    assert "<del>Зала „Средец“, София</del>" in page_of(client, event)


def test_page_of_what_was_never_changed_tells_of_no_change(client):
    changed, event = saved(announced(), state="cancelled"), announced()

    marks = [text in page_of(client, one) for one in (changed, event) for text in ("state__name",)]

    assert marks == [True, False]


def test_lists_and_calendar_mark_what_is_off(client):
    saved(announced(), state="cancelled", title_bg="Форум")

    for name, args in (
        ("events:event_list", ()),
        ("calendar:calendar_month", (2026, 10)),
        ("calendar:calendar_day", (2026, 10, 12)),
    ):
        body = client.get(reverse(name, args=args)).content.decode()
        assert "Отменено" in body, name
        assert "--off" in body, name


def test_calendar_programs_learn_of_every_change_by_sequence_and_status(client):
    event = announced(venue=make_venue())
    told = [(str(entry_of(client, event)["STATUS"]), entry_of(client, event)["SEQUENCE"])]
    for state in ("postponed", "scheduled", "moved_online", "cancelled"):
        event = saved(event, state=state)
        entry = entry_of(client, event)
        told.append((str(entry["STATUS"]), entry["SEQUENCE"]))

    assert told == [
        ("CONFIRMED", 0),
        ("TENTATIVE", 1),
        ("CONFIRMED", 2),
        ("CONFIRMED", 3),
        ("CANCELLED", 4),
    ]


def test_calendar_programs_read_the_date_that_was_announced(client):
    event = moved(announced(), 14, state_note_bg="Заради изборите.")

    entry = entry_of(client, event)

    assert entry["DTSTART"].dt == october(14)
    first = str(entry["DESCRIPTION"]).splitlines()[0]
    assert first == (
        "Преместено на друга дата (обявено за 12 октомври 2026 г., 10:00 ч.). Заради изборите."
    )


def test_a_cancelled_event_stays_with_subscribers_until_its_day_is_over(client):
    saved(announced(), state="cancelled")
    path = reverse("calendar:calendar_ics")

    before = Calendar.from_ical(client.get(path).content).events
    with time_machine.travel(october(13), tick=False):
        after = Calendar.from_ical(client.get(path).content).events

    assert ([str(entry["STATUS"]) for entry in before], after) == (["CANCELLED"], [])


def test_feed_says_when_it_was_changed(client):
    event = announced(published_at=NOW - timedelta(days=3))
    with translation.override("bg"):
        path = reverse("events:event_atom")

    def updated():
        root = ElementTree.fromstring(client.get(path).content)
        return root.findtext("{*}entry/{*}updated")

    first = updated()
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        moved(event, 14)
    assert (first, updated()) == ("2026-10-01T09:00:00+03:00", "2026-10-01T14:00:00+03:00")


@pytest.mark.parametrize("count", [1, 8])
def test_a_page_reads_a_chain_of_any_length_at_once(client, count, django_assert_num_queries):
    event = announced()
    for number in range(count):
        event = moved(event, 13 + number)

    with django_assert_num_queries(9):
        body = page_of(client, event)

    assert body.count("<del>") == count
