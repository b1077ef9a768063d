"""From a calendar to drafts: what is made, what changes, what stays, and why."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.importing.plan import Kind
from events.models import Event, Imported
from sorb.dates import SOFIA
from sorb.desk import history
from sorb.desk.models import Revision, WorkingCopy
from tests.admin.conftest import in_role
from tests.events.importing.calendars import calendar, file, imported, plan, vevent
from tests.factories import make_event, make_event_type, make_topic, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(datetime(2025, 9, 1, 12, tzinfo=SOFIA), tick=False):
        yield


def kinds(made):
    return [step.kind for step in made.steps]


def test_a_calendar_becomes_drafts_and_nothing_is_published():
    editor = in_role("editor", "radka")

    made = imported(file("google"), editor, source="https://example.org/a.ics")

    assert len(made.of(Kind.CREATE)) == Event.objects.count() == Imported.objects.count() == 6
    assert set(Event.objects.values_list("status", "created_by")) == {("draft", editor.pk)}
    assert Event.objects.visible().count() == 0
    event = Event.objects.get(title_bg="Обществено обсъждане на плана за развитие")
    assert event.starts_at == datetime(2025, 10, 3, 10, tzinfo=SOFIA)
    assert (event.attendance, event.online_address) == (
        "both",
        "https://meet.google.com/abc-defg-hij",
    )
    assert event.uid.endswith("@127.0.0.1")
    assert [r.verb for r in Revision.objects.about(event)] == ["created"]


def test_html_of_others_is_cleaned_and_plain_text_stays_plain():
    imported(file("google"))
    imported(file("outlook"))

    google = Event.objects.get(title_bg__startswith="Обществено")
    outlook = Event.objects.get(title_bg="Работна група по бюджета")
    assert "<script" not in google.body_bg
    assert '<a href="https://example.org/plan">Планът</a>' in google.body_bg
    assert "Такса &lt; 5 лв." in outlook.body_bg


def test_a_place_that_is_ours_is_found_and_another_stands_in_the_text():
    venue = make_venue()

    made = imported(file("google"))
    imported(file("outlook"))

    ours = Event.objects.get(title_bg__startswith="Обществено")
    theirs = Event.objects.get(title_bg="Работна група по бюджета")
    assert ours.venue == venue
    assert theirs.venue is None
    assert theirs.body_bg.startswith("<p>Място: Министерство на финансите, ул. „Раковски“ 102</p>")
    assert made.of(Kind.CREATE)[0].notes == []


def test_categories_choose_type_and_topics_by_their_names():
    kind, topic = make_event_type(name_bg="Обучение"), make_topic(name_bg="Води")

    imported(file("nextcloud"), language="en")

    night = Event.objects.get(title_bg="Night of the clocks")
    other = Event.objects.get(title_bg="Floating without an end")
    assert (night.type, list(night.topics.all())) == (kind, [topic])
    assert other.type != kind
    assert (night.title_en, "More about the event" in night.body_en) == (
        "Night of the clocks",
        True,
    )


def test_a_link_in_the_place_of_a_place_is_where_one_joins():
    imported(calendar(vevent(location="https://example.org/room")))

    event = Event.objects.get()
    assert (event.attendance, event.online_address, event.body_bg) == (
        "online",
        "https://example.org/room",
        "",
    )


def test_a_second_import_makes_nothing_new():
    first, second = imported(file("google")), imported(file("google"))

    assert len(first.of(Kind.CREATE)) == len(second.of(Kind.SAME)) == Event.objects.count() == 6
    assert Revision.objects.filter(verb="changed").count() == 0


def test_what_changed_there_changes_here_and_what_was_written_here_stays():
    imported(calendar(vevent()))
    event = Event.objects.get()
    event.lead_bg, event.title_en = "Увод, писан тук", "Meeting"
    event.save()

    made = imported(calendar(vevent(dtstart="20251004T100000", dtend="20251004T120000")))

    event.refresh_from_db()
    (step,) = made.of(Kind.CHANGE)
    assert step.changed == ["starts_at", "ends_at"]
    assert event.starts_at == datetime(2025, 10, 4, 10, tzinfo=SOFIA)
    assert (event.lead_bg, event.title_en) == ("Увод, писан тук", "Meeting")
    assert {"starts_at", "ends_at"} <= set(Revision.objects.about(event).first().changes)


def test_what_changed_both_there_and_here_is_a_conflict_and_stays():
    imported(calendar(vevent()))
    event = Event.objects.get()
    event.title_bg = "Среща на кметовете"
    event.save()

    made = imported(calendar(vevent(summary="Среща, нов ред", dtstart="20251004T100000", dtend="")))

    after = Event.objects.get()
    (step,) = made.of(Kind.SKIP)
    assert "заглавие" in step.why
    assert (after.title_bg, after.starts_at) == ("Среща на кметовете", event.starts_at)
    assert imported(calendar(vevent())).of(Kind.SAME) != []


def test_the_same_change_there_and_here_is_none():
    imported(calendar(vevent()))
    Event.objects.update(title_bg="Общо събрание")

    assert kinds(imported(calendar(vevent(summary="Общо събрание")))) == [Kind.SAME]


def test_what_readers_see_is_not_changed_but_gets_a_working_copy():
    imported(calendar(vevent()))
    Event.objects.update(status="published", published_at=datetime(2025, 8, 1, tzinfo=SOFIA))
    changed = calendar(vevent(status="CANCELLED"))

    made = imported(changed, in_role("editor", "radka"))
    again = imported(calendar(vevent(summary="Друго")))

    event = Event.objects.get()
    assert kinds(made) == [Kind.COPY]
    assert event.state == "scheduled"
    assert WorkingCopy.objects.get().snapshot["fields"]["state"] == "cancelled"
    assert kinds(again) == [Kind.SKIP]


def test_what_was_deleted_here_is_not_made_again():
    imported(calendar(vevent()))
    event = Event.objects.get()
    history.deleted(event, None)
    event.delete()

    made = imported(calendar(vevent()))

    assert (kinds(made), Event.objects.count()) == ([Kind.SKIP], 0)


def test_the_same_event_of_another_calendar_is_left_out():
    imported(calendar(vevent()), source="Министерство")

    made = imported(calendar(vevent(summary="Друго")), source="Агенция")

    assert "Министерство" in made.steps[0].why
    assert Event.objects.get().title_bg == "Среща"


def test_what_is_gone_there_is_told_unless_it_is_over_or_the_file_is_only_news_of_some():
    imported(
        calendar(vevent("gone"), vevent("over", dtstart="20250903T100000", dtend="")),
        source="Министерство",
    )
    imported(calendar(vevent("elsewhere")), source="Агенция")
    rest = vevent("rest")

    with time_machine.travel(datetime(2025, 9, 20, tzinfo=SOFIA)):
        made = plan(calendar(rest), source="Министерство")
        some = plan(calendar(rest, head="METHOD:REQUEST"), source="Министерство")
        private = plan(
            calendar(rest, vevent("gone", **{"class": "PRIVATE"})), source="Министерство"
        )

    assert [step.uid for step in made.of(Kind.GONE)] == ["gone"]
    assert some.of(Kind.GONE) == private.of(Kind.GONE) == []


def test_our_own_events_are_not_imported():
    event = make_event()

    assert kinds(plan(calendar(vevent(event.uid)))) == [Kind.SKIP]


def test_what_is_over_or_off_is_left_out_unless_it_is_asked_for():
    over = vevent("over", dtstart="20250801T100000", dtend="20250801T120000")
    off = vevent("off", status="CANCELLED")

    assert kinds(plan(calendar(over, off))) == [Kind.SKIP, Kind.SKIP]
    assert kinds(plan(calendar(over, off), with_past=True)) == [Kind.CREATE, Kind.SKIP]


def test_an_author_changes_only_drafts_of_his_own():
    author = in_role("author", "avtor")
    imported(calendar(vevent("mine")), author)
    imported(calendar(vevent("others")), in_role("editor", "radka"))

    made = plan(calendar(vevent("mine", summary="Ново"), vevent("others", summary="Ново")), author)

    assert {step.uid: step.kind for step in made.steps} == {
        "mine": Kind.CHANGE,
        "others": Kind.SKIP,
    }


def test_a_plan_costs_the_same_however_many_events():
    def cost(count):
        data = calendar(*[vevent(str(n)) for n in range(count)])
        with CaptureQueriesContext(connection) as captured:
            plan(data, type_id=1)
        return len(captured)

    imported(calendar(*[vevent(str(n)) for n in range(30)]))

    assert cost(1) == cost(30) <= 7


def test_all_or_nothing(monkeypatch):
    real = history.record

    def record(item, *args, **kwargs):
        if Event.objects.count() == 2:
            raise RuntimeError("the power went")
        return real(item, *args, **kwargs)

    monkeypatch.setattr(history, "record", record)
    with pytest.raises(RuntimeError):
        imported(calendar(vevent("one"), vevent("two")))

    assert (Event.objects.count(), Imported.objects.count()) == (0, 0)


def test_the_end_of_a_day_is_the_end_of_an_open_end():
    imported(calendar(vevent(dtend="")))

    event = Event.objects.get()
    assert event.has_open_end is True
    assert event.ends_at == datetime(2025, 10, 4, tzinfo=SOFIA)
    assert event.ends_at - event.starts_at == timedelta(hours=14)
