"""„Какво се промени?“: what happened to a published event, why, what follows, and then it is so."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from events.models import Event, ProgrammeItem
from sorb.dates import SOFIA
from sorb.desk.models import Entry, Revision, WorkingCopy
from sorb.desk.snapshot import taken
from tests.admin.conftest import in_role, signed_in
from tests.admin.filling import Fields, filled
from tests.admin.test_history import words_of
from tests.factories import make_event, make_venue

NOW = datetime(2026, 10, 1, 9, tzinfo=SOFIA)
WHY = {"state_note_bg": "Заради снега.", "state_note_en": "Because of snow."}
RESCHEDULED = {"start_day": "14.10.2026", "end_day": "14.10.2026", **WHY}


@pytest.fixture(autouse=True)
def _first_of_october():
    with time_machine.travel(NOW, tick=False):
        yield


def october(day, hour=10, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=SOFIA)


@pytest.fixture
def event():
    return make_event(starts_at=october(12), title_bg="Форум", title_en="Forum")


def page(event, name="what_changed"):
    return reverse(f"admin:events_event_{name}", args=[event.pk])


def asked(desk, event, kind, **typed):
    """The page on which one sees what follows."""
    form = desk.get(page(event), {"kind": kind})
    return desk.post(page(event), {**filled(form, **typed), "_next": "1"})


def done(desk, event, kind, **typed):
    """The answer once it is confirmed."""
    preview = asked(desk, event, kind, **typed)
    return desk.post(page(event), {**filled(preview), "_confirm": "1"})


def again(event):
    return Event.objects.get(pk=event.pk)


def kinds(answer):
    return [choice.kind for choice in answer.context["choices"]]


def test_the_form_of_a_published_event_leads_there(desk, event):
    draft = make_event(status="draft")

    links = [f'href="{page(one)}"' for one in (event, draft)]
    shown = [
        link in desk.get(page(one, "change")).content.decode()
        for link, one in zip(links, (event, draft), strict=True)
    ]

    assert shown == [True, False]


@pytest.mark.parametrize(
    ("fields", "possible"),
    [
        ({}, "rescheduled moved moved_online postponed cancelled"),
        ({"state": "postponed"}, "rescheduled cancelled back_on"),
        ({"state": "cancelled"}, "rescheduled back_on"),
        ({"state": "moved_online"}, "rescheduled moved postponed cancelled back_on"),
        ({"attendance": "online"}, "rescheduled moved postponed cancelled"),
    ],
)
def test_what_can_happen_depends_on_what_has_happened(desk, fields, possible):
    event = make_event(starts_at=october(12), **fields)

    assert kinds(desk.get(page(event))) == possible.split()


def test_what_follows_is_told_before_anything_is_done(desk, event):
    event.programme.create(starts_at=october(12, 11), title_bg="Сесия")
    Event.objects.filter(pk=event.pk).update(
        registration_address="https://form.example/", registration_closes_at=october(13)
    )
    before = taken(again(event))

    words = words_of(asked(desk, event, "rescheduled", **{**RESCHEDULED, "state_note_en": ""}))

    assert "„Преместено на друг ден или час“" in words
    assert "сряда, 14 октомври 2026 г., 10:00–12:00 ч.; понеделник, 12 октомври 2026 г." in words
    assert "стои на новия си ден" in words
    assert "1 точка от програмата се мести" in words
    assert "думите ви на български" in words
    assert "Календарите на абонатите се променят сами" in words
    assert taken(again(event)) == before
    assert not event.changes.exists()


def test_a_move_changes_the_event_and_takes_the_programme_along(desk, editor, event):
    session = event.programme.create(
        starts_at=october(12, 11), ends_at=october(12, 11, 30), title_bg="Сесия"
    )
    open_item = event.programme.create(starts_at=october(12, 12), title_bg="Разговор")

    answer = done(desk, event, "rescheduled", **RESCHEDULED, start_time="09:00", end_time="11:00")

    event = again(event)
    assert answer["Location"] == page(event, "change")
    assert (event.starts_at, event.ends_at) == (october(14, 9), october(14, 11))
    assert (event.state, event.previous_starts_at) == ("rescheduled", october(12))
    assert (event.state_note_bg, event.state_note_en) == ("Заради снега.", "Because of snow.")
    assert event.changed_by == editor
    assert list(event.programme.values_list("pk", "starts_at", "ends_at")) == [
        (session.pk, october(14, 10), october(14, 10, 30)),
        (open_item.pk, october(14, 11), None),
    ]


def test_hours_of_the_programme_stay_hours_across_the_clock_change(desk, event):
    event.programme.create(starts_at=october(12, 11), title_bg="Сесия")

    done(desk, event, "rescheduled", start_day="26.10.2026", end_day="26.10.2026", **WHY)

    (item,) = ProgrammeItem.objects.all()
    assert item.starts_at == october(26, 11)
    assert item.starts_at - october(12, 11) == timedelta(days=14, hours=1)


def test_the_change_is_one_revision_with_the_reason_and_one_line_of_the_log(desk, editor, event):
    done(desk, event, "cancelled", **WHY)

    found, made = Revision.objects.about(event).order_by("pk")
    entry = Entry.objects.get(object_id=event.pk)
    assert (found.verb, made.verb, made.author) == ("found", "changed", editor)
    assert made.note == "Отменено. Заради снега."
    assert sorted(made.changes) == ["state", "state_note_bg", "state_note_en"]
    assert (entry.action, entry.user) == ("changed", editor)


@pytest.mark.parametrize(
    ("kind", "typed", "state"),
    [
        ("postponed", {}, "postponed"),
        ("cancelled", {}, "cancelled"),
        ("moved_online", {"online_address": "https://live.example/a"}, "moved_online"),
    ],
)
def test_what_happened_becomes_the_state(desk, event, kind, typed, state):
    done(desk, event, kind, **WHY, **typed)

    event = again(event)
    assert (event.state, event.sequence) == (state, 1)
    assert event.online_address == typed.get("online_address", "")
    assert [change.kind for change in event.changes.all()] == [kind]


def test_another_place_is_where_it_takes_place(desk):
    old, new = make_venue(), make_venue(name_bg="Дом на науката")
    event = make_event(starts_at=october(12), venue=old, state="moved_online")

    done(desk, event, "moved", **WHY, venue=new.pk, hall_bg="Зала 2")

    event = again(event)
    assert (event.venue, event.hall_bg, event.state) == (new, "Зала 2", "moved")
    assert event.changes.get().place_bg == "Онлайн"


def test_called_back_it_needs_no_reason_and_loses_the_old_one(desk):
    event = make_event(starts_at=october(12), state="cancelled", state_note_bg="Заради снега.")

    done(desk, event, "back_on")

    event = again(event)
    assert (event.state, event.state_note_bg) == ("scheduled", "")


@pytest.mark.parametrize(
    ("kind", "typed", "wrong"),
    [
        ("cancelled", {"state_note_bg": ""}, "state_note_bg"),
        ("rescheduled", {"start_day": "12/10/2026"}, "start_day"),
        ("rescheduled", {}, "start_day"),
        ("rescheduled", {"start_day": "14.10.2026", "end_day": "13.10.2026"}, "end_day"),
        (
            "rescheduled",
            {"start_day": "29.03.2026", "end_day": "29.03.2026", "start_time": "03:30"},
            "start_day start_time",
        ),
        ("moved", {}, "venue"),
        ("moved", {"venue": ""}, "venue"),
        ("moved_online", {"online_address": "javascript:alert(1)"}, "online_address"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_changes_nothing(desk, kind, typed, wrong):
    event = make_event(starts_at=october(12), venue=make_venue())
    before = taken(again(event))

    answer = asked(desk, event, kind, **{**WHY, **typed})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) <= set(wrong.split()) != set()
    assert answer.context["form"].errors
    assert taken(again(event)) == before


def test_a_programme_over_the_skipped_hour_is_refused(desk):
    event = make_event(starts_at=october(12, 2), ends_at=october(12, 6))
    event.programme.create(starts_at=october(12, 3, 30), title_bg="Сесия")

    typed = {"start_day": "29.03.2027", "end_day": "29.03.2027"}
    before_change = asked(desk, event, "rescheduled", **WHY, **typed)
    typed = {"start_day": "28.03.2027", "end_day": "28.03.2027"}
    answer = asked(desk, event, "rescheduled", **WHY, **typed)

    assert "consequences" in before_change.context
    assert list(answer.context["form"].errors) == ["start_day"]


def test_an_event_saved_meanwhile_is_not_changed_over(desk, event):
    preview = asked(desk, event, "cancelled", **WHY)
    other = again(event)
    other.title_bg = "Друго заглавие"
    other.save()

    answer = desk.post(page(event), {**filled(preview), "_confirm": "1"})
    retry = desk.post(page(event), {**filled(answer), "_next": "1"})

    assert answer.status_code == 409
    assert "Нищо не е променено" in words_of(answer)
    assert filled(answer)["state_note_bg"] == ["Заради снега."]
    assert again(event).state == "scheduled"
    assert "consequences" in retry.context


def test_sent_twice_it_is_done_once(desk, event):
    preview = asked(desk, event, "cancelled", **WHY)
    sent = {**filled(preview), "_confirm": "1"}

    answers = [desk.post(page(event), sent) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [page(event, "change")] * 2
    assert event.changes.count() == 1


def test_one_can_go_back_and_correct_what_was_typed(desk, event):
    preview = asked(desk, event, "cancelled", **WHY)

    form = desk.post(page(event), {**filled(preview), "_edit": "1"})

    assert filled(form)["state_note_bg"] == ["Заради снега."]
    assert again(event).state == "scheduled"


def test_the_working_copy_gets_the_change_and_keeps_its_own_words(desk, event):
    snapshot = taken(event)
    snapshot["fields"]["title_bg"] = "Работно заглавие"
    copy = WorkingCopy.objects.create(
        **WorkingCopy.of(event), snapshot=snapshot, based_on=event.version
    )

    done(desk, event, "cancelled", **WHY)

    copy.refresh_from_db()
    event = again(event)
    fields = copy.snapshot["fields"]
    assert (fields["state"], fields["state_note_bg"]) == ("cancelled", "Заради снега.")
    assert fields["title_bg"] == "Работно заглавие"
    assert (copy.based_on, copy.version) == (event.version, 2)
    assert event.title_bg == "Форум"


def test_what_readers_do_not_see_is_changed_in_its_form(desk):
    draft = make_event(status="draft")

    answer = desk.get(page(draft))

    assert answer["Location"] == page(draft, "change")


@pytest.mark.parametrize("role", ["author", "translator"])
def test_who_may_not_publish_may_not_say_what_changed(role, event):
    client = signed_in(in_role(role, f"{role}-a"))

    answers = [client.get(page(event)), client.post(page(event), {"kind": "cancelled", **WHY})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert again(event).state == "scheduled"


def test_the_form_of_a_published_event_shows_its_state_and_does_not_take_another(desk, event):
    form = filled(desk.get(page(event, "change")))

    desk.post(page(event, "change"), {**form, "state": "cancelled", "_save": "1"})

    assert "state" not in form
    assert again(event).state == "scheduled"


def test_another_day_typed_into_the_form_is_told_as_a_move(desk, event):
    form = desk.get(page(event, "change"))
    typed = filled(form, start_day="14.10.2026", end_day="14.10.2026")

    desk.post(page(event, "change"), {**typed, "_save": "1"})

    event = again(event)
    assert (event.state, event.previous_starts_at) == ("rescheduled", october(12))
    assert "съобщава като преместване" in words_of(form)


def test_hostile_words_are_only_words(desk, event):
    hostile = '"><script>alert(1)</script>'

    answer = asked(desk, event, "cancelled", state_note_bg=hostile)

    parser = Fields()
    parser.feed(answer.content.decode())
    assert parser.fields["state_note_bg"] == [hostile]
    assert "<script>alert" not in answer.content.decode()


def test_a_deadline_is_put_off_to_another_moment(desk):
    deadline = make_event(is_deadline=True, starts_at=october(12, 17))

    possible = kinds(desk.get(page(deadline)))
    done(desk, deadline, "rescheduled", start_day="20.10.2026", **WHY)

    deadline = again(deadline)
    assert possible == ["rescheduled", "postponed", "cancelled"]
    assert deadline.starts_at == deadline.ends_at == october(20, 17)
    assert (deadline.state, deadline.previous_starts_at) == ("rescheduled", october(12, 17))
