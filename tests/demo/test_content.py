"""The words of the demo: enough of them, tied together, and written in both languages."""

import re
from collections import defaultdict
from datetime import date, timedelta

import pytest

from events.colours import READABLE, contrast_with_white
from events.models import Change, Event, Imported
from sorb.demo.content import read
from sorb.demo.moments import day_at, moment_at, next_spring_change
from sorb.demo.site import DemoSite, clear
from sorb.richtext import clean
from tests.factories import make_document, make_image

TODAY = date(2026, 11, 24)


def test_there_is_enough_to_fill_a_site():
    assert len(read("article")) >= 24
    assert len(read("event")) >= 24
    assert len(read("speaker")) == 30
    assert len(read("organization")) == 20


def test_a_few_things_are_deliberately_without_english():
    for kind in ("article", "event"):
        untranslated = [item for item in read(kind) if not item.get("title_en")]
        assert 2 <= len(untranslated) <= len(read(kind)) / 4
        assert all(not item.get("body_en") for item in untranslated)


def test_events_show_every_state_and_shape():
    events = read("event")

    assert {event.get("state", "scheduled") for event in events} == {
        "scheduled", "postponed", "rescheduled", "cancelled", "moved_online", "moved",
    }  # fmt: skip
    assert any(event.get("all_day") for event in events)
    assert any(event.get("open_end") for event in events)
    deadlines = [event for event in events if event.get("deadline")]
    assert {event.get("all_day", False) for event in deadlines} == {False, True}
    halls = {part.get("hall_bg") for event in events for part in event.get("programme", [])}
    assert len(halls - {None}) == 2


@pytest.mark.parametrize("today", [TODAY, date(2027, 3, 27), date(2027, 7, 1), date(2028, 2, 29)])
def test_the_calendar_is_never_empty_and_no_event_ends_before_it_starts(today):
    months = set()
    for event in read("event"):
        start, end = (
            day_at(event[k], today) for k in ("start", "end" if "end" in event else "start")
        )
        assert start <= end
        months.add((start.year, start.month))

    this = today.year * 12 + today.month - 1
    for month in range(this - 1, this + 3):
        assert (month // 12, month % 12 + 1) in months


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 31), date(2031, 12, 30)])
def test_series_have_editions_behind_and_ahead_however_old_the_demo_is(today):
    starts = {"annual-meeting": [], "consultation-day": []}
    for event in read("event"):
        if event.get("series") in starts:
            starts[event["series"]].append(day_at(event["start"], today))

    for series, days in starts.items():
        assert sum(day < today for day in days) >= 2, series
        assert sum(day > today for day in days) >= 1, series
        assert {day.strftime("%a") for day in days} == {"Thu"}


def test_days_are_counted_from_the_end_of_a_month():
    last = {"months": 3, "last": "thu"}

    assert day_at(last, date(2026, 11, 24)) == date(2027, 2, 25)
    assert day_at({**last, "days": 1}, date(2026, 12, 31)) == date(2027, 3, 26)
    assert day_at({"years": 1, "month": 10, "last": "sun"}, date(2027, 5, 5)) == date(2028, 10, 29)


@pytest.mark.django_db
def test_what_became_of_events_is_told_and_two_loads_give_one_site():
    image, document = make_image(), make_document()
    for _load in range(2):
        site = DemoSite(lambda words: None)
        site.made["image"] = defaultdict(lambda: image)
        site.made["document"] = defaultdict(lambda: document)
        site.load_content()

    kinds = set(Change.objects.values_list("kind", flat=True))
    assert kinds == {"postponed", "rescheduled", "cancelled", "moved_online", "moved"}
    drafts = Event.objects.filter(imported__isnull=False)
    assert [draft.status for draft in drafts] == ["draft"] * 5  # one comes three weeks in a row
    assert Event.objects.count() == len(read("event")) + 5
    moved = Event.objects.get(state="rescheduled")
    assert moved.previous_starts_at < moved.starts_at
    titles = Event.objects.filter(series__isnull=False).values_list("title_bg", "title_en")
    assert not any("{" in title for both in titles for title in both if title)

    clear(lambda words: None)

    assert (Event.objects.count(), Imported.objects.count()) == (0, 0)


def test_one_event_spans_the_next_clock_change():
    spans = [e for e in read("event") if "clock_change" in e["start"]]

    starts, ends = (moment_at(spans[0][key], TODAY) for key in ("start", "end"))

    assert ends.utcoffset() - starts.utcoffset() == timedelta(hours=1)
    assert next_spring_change(date(2027, 3, 28)) == date(2028, 3, 26)


def test_the_sanitiser_has_nothing_to_remove_from_the_texts():
    for kind in ("article", "event"):
        for item in read(kind):
            for body in (item.get("body_bg", ""), item.get("body_en", "")):
                words = re.sub(r"\s+", "", re.sub("<[^>]*>", "", body))
                kept = re.sub(r"\s+", "", re.sub("<[^>]*>", "", clean(body)))
                assert kept == words.replace("&nbsp;", ""), item["key"]


def test_the_colours_of_the_types_can_be_read():
    assert min(contrast_with_white(kind["colour"]) for kind in read("event_type")) >= READABLE
