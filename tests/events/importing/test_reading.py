"""What is read out of an .ics file: instants, dates that repeat, and what is left out."""

from datetime import datetime

import pytest

from events.importing import repeats, taking
from events.importing.limits import MOST_WORK_FOR_A_RULE, MOST_WORK_FOR_RULES
from events.importing.reading import read
from events.importing.refusal import RefusedError, SkippedError
from sorb.dates import SOFIA
from tests.events.importing.calendars import calendar, file, vevent


def told(data):
    return read(data)


def local(entry):
    """Start and end by the clocks of Sofia."""
    return tuple(
        datetime.fromisoformat(entry[name]).astimezone(SOFIA).strftime("%d.%m.%Y %H:%M")
        for name in ("starts_at", "ends_at")
    )


def by_title(found):
    return {entry["title"]: entry for entry in found["events"]}


def why(found):
    return {entry["title"] or entry["uid"]: entry["why"] for entry in found["skipped"]}


def test_a_calendar_of_google():
    found = told(file("google"))
    entries = by_title(found)

    assert found["name"] == "Дирекция „Регионално развитие“"
    assert local(entries["Обществено обсъждане на плана за развитие"]) == (
        "03.10.2025 10:00",
        "03.10.2025 12:00",
    )
    days = entries["Дни на отворените врати"]
    assert (local(days), days["is_all_day"]) == (("24.10.2025 00:00", "27.10.2025 00:00"), True)
    assert why(found) == {"Зъболекар": "private", "Оперативка": "endless"}


def test_ten_o_clock_stays_ten_over_the_autumn_change_and_one_date_is_moved_another_left_out():
    entries = [
        entry for entry in told(file("google"))["events"] if entry["uid"] == "weekly1@google.com"
    ]

    assert [(local(entry)[0], entry["recurrence"]) for entry in entries] == [
        ("14.10.2025 10:00", "20251014T070000Z"),
        ("22.10.2025 14:00", "20251021T070000Z"),
        ("28.10.2025 10:00", "20251028T080000Z"),
        ("11.11.2025 10:00", "20251111T080000Z"),
    ]


def test_a_calendar_of_outlook_with_its_own_names_of_zones():
    entries = by_title(told(file("outlook")))
    group, day = entries["Работна група по бюджета"], entries["Срок за проекти"]

    assert local(group) == ("24.10.2025 10:00", "24.10.2025 12:30")
    assert group["join"] == "https://teams.microsoft.com/l/meetup-join/19%3a"
    assert group["text"] == "Дневен ред:\n1. Бюджет\n2. Такса < 5 лв."
    assert (local(day), day["is_all_day"]) == (("27.10.2025 00:00", "28.10.2025 00:00"), True)


def test_ten_o_clock_stays_ten_over_the_spring_change():
    entries = [entry for entry in told(file("outlook"))["events"] if entry["title"] == "Обучение"]

    assert [local(entry)[0] for entry in entries] == [
        f"{day}.03.2026 10:00" for day in (27, 28, 29, 30)
    ]
    assert [entry["starts_at"][11:16] for entry in entries] == ["08:00", "08:00", "07:00", "07:00"]


def test_a_calendar_of_nextcloud_with_floating_doubled_and_skipped_hours():
    found = told(file("nextcloud"))
    entries = by_title(found)

    # 02:30 in Brussels is doubled that night: the first one is meant (RFC 5545, 3.3.5)
    assert entries["Night of the clocks"]["starts_at"] == "2025-10-26T00:30:00+00:00"
    assert local(entries["Night of the clocks"]) == ("26.10.2025 03:30", "26.10.2025 03:30")
    assert entries["Night of the clocks"]["categories"] == ["Обучение", "Води"]
    floating = entries["Floating without an end"]
    assert (local(floating)[0], floating["has_open_end"]) == ("20.10.2025 18:00", True)
    # 03:30 does not exist in Sofia that night: counted from before the change
    assert local(entries["An hour that the clock skips"])[0] == "29.03.2026 04:30"
    assert entries["Called off"]["is_cancelled"] is True
    assert why(found) == {"Somewhere": "zone_unknown", "Without an identifier": "no_uid"}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"summary": ""}, "no_title"),
        ({"dtstart": ""}, "no_start"),
        ({"dtstart": "yesterday"}, "broken_entry"),
        ({"dtend": "20251003T090000"}, "ends_first"),
        ({"dtend": ";VALUE=DATE:20251003"}, "broken_entry"),
        ({"dtstart": "18991231T100000", "dtend": ""}, "too_far"),
        ({"dtstart": "99990101T100000", "dtend": ""}, "too_far"),
        ({"class": "CONFIDENTIAL"}, "private"),
        ({"rrule": "FREQ=WEEKLY"}, "endless"),
        ({"rrule": "FREQ=SECONDLY;COUNT=5"}, "rule_too_fine"),
        ({"rrule": "FREQ=DAILY;BYSECOND=1,2,3;COUNT=5"}, "rule_too_fine"),
        ({"rrule": "FREQ=DAILY;COUNT=400"}, "too_many_dates"),
        ({"rrule": "FREQ=DAILY;UNTIL=20990101"}, "too_many_dates"),
        ({"rrule": "FREQ=NEVER;COUNT=2"}, "broken_entry"),
        ({"rdate": ";VALUE=PERIOD:20251010T070000Z/PT1H"}, "rule_unknown"),
        ({"recurrence_id": ";RANGE=THISANDFUTURE:20251003T100000"}, "range"),
    ],
)
def test_what_cannot_be_taken_is_left_out_with_a_reason_and_the_rest_is_taken(properties, expected):
    found = told(calendar(vevent("bad", **properties), vevent("good", summary="Добро")))

    assert [entry["why"] for entry in found["skipped"]] == [expected]
    assert [entry["title"] for entry in found["events"]] == ["Добро"]


def test_of_the_same_identifier_twice_the_latest_is_taken():
    found = told(
        calendar(
            vevent(sequence="2", summary="Ново"),
            vevent(sequence="1", summary="Старо"),
        )
    )

    assert [entry["title"] for entry in found["events"]] == ["Ново"]
    assert why(found) == {"Старо": "twice"}


def test_long_words_are_cut_and_it_is_said():
    (entry,) = told(calendar(vevent(summary="дума " * 60, description="я" * 20_001)))["events"]

    assert (len(entry["title"]) <= 200, entry["title"][-1], len(entry["text"])) == (
        True,
        "…",
        20_000,
    )
    assert entry["notes"] == ["title_cut", "text_cut"]


def test_rdate_exdate_and_a_method_that_takes_back():
    data = calendar(
        vevent(rdate="20251010T100000,20251017T100000", exdate="20251010T100000"),
        head="METHOD:CANCEL",
    )

    entries = told(data)["events"]

    assert [local(entry)[0] for entry in entries] == ["03.10.2025 10:00", "17.10.2025 10:00"]
    assert {entry["is_cancelled"] for entry in entries} == {True}


def deep(levels):
    return b"".join(b"BEGIN:VEVENT\r\n" for _ in range(levels))


HOSTILE = {
    "empty": (b"", "no_calendar"),
    "a page": (b"<!DOCTYPE html><html></html>", "no_calendar"),
    "binary": (bytes(range(256)) * 100, "encoding"),
    "utf-16": (calendar(vevent()).decode().encode("utf-16"), "encoding"),
    "zeros": (b"BEGIN:VCALENDAR\r\n" + b"\0" * 1000, "no_calendar"),
    "too large": (calendar(vevent(description="x" * 1_000_001)), "too_large"),
    "a billion lines": (b"BEGIN:VCALENDAR\r\n" + b"\n" * 999_000, "too_many_lines"),
    "never ended": (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", "broken"),
    "deep": (b"BEGIN:VCALENDAR\r\n" + deep(900), "too_deep"),
    "deep in other words": (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 50_000, "too_deep"),
    "too many": (calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 1001), "too_many_events"),
    "many repeated": (
        calendar(*[vevent(str(n), rrule="FREQ=DAILY;COUNT=300") for n in range(5)]),
        "too_many_events",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name):
    data, expected = HOSTILE[name]

    with pytest.raises(RefusedError) as refused:
        told(data)

    assert refused.value.why == expected


# Each makes the libraries work for longer than anybody waits, if it is let
BOMBS = {
    "a rule that is never true": vevent(rrule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"),
    "a thousand rules that are never true": "\r\n".join(
        vevent(str(n), rrule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5") for n in range(1000)
    ),
    "a rule with a huge interval": vevent(rrule="FREQ=YEARLY;INTERVAL=999999999;COUNT=5"),
    "a rule with thousands of parts": vevent(
        rrule="FREQ=YEARLY;COUNT=300;BYYEARDAY=" + ",".join(str(n % 366 + 1) for n in range(9000))
    ),
    "a zone that changes every second": "\r\n".join(
        [
            *("BEGIN:VTIMEZONE", "TZID:Mad", "BEGIN:STANDARD", "DTSTART:16010101T000000"),
            *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "RRULE:FREQ=SECONDLY", "END:STANDARD"),
            *("END:VTIMEZONE", vevent(dtstart=";TZID=Mad:20251003T100000", dtend="")),
        ]
    ),
    "a line without end": vevent(description="\\," * 400_000),
    "a hundred thousand folds": vevent(description="x\r\n " * 90_000),
    "parameters without end": vevent(summary=";X=" + "a;X=" * 100_000 + "b:Среща"),
    "ten thousand categories": vevent(categories=",".join("а" * 2 for _ in range(100_000))),
    "a duration beyond time": vevent(dtend="", duration="P99999999999999D"),
    "numbers beyond reason": vevent(sequence="9" * 100_000),
}


def test_all_rules_of_a_file_share_one_budget(monkeypatch):
    """Counted in rules that were begun, each as costly as one may be, not by a clock."""
    clock, begun = [0.0], []

    def never_true(rule, dtstart):
        begun.append(rule)
        clock[0] += MOST_WORK_FOR_A_RULE
        raise SkippedError("rule_unknown")

    monkeypatch.setattr(repeats, "process_time", lambda: clock[0])
    monkeypatch.setattr(repeats, "rrulestr", never_true)

    with pytest.raises(RefusedError) as refused:
        read(calendar(BOMBS["a thousand rules that are never true"]))

    assert refused.value.why == "too_much"
    assert len(begun) == MOST_WORK_FOR_RULES / MOST_WORK_FOR_A_RULE


def test_one_rule_that_is_never_true_spoils_nothing_else():
    found = read(calendar(BOMBS["a rule that is never true"], vevent("good")))

    assert [entry["why"] for entry in found["skipped"]] == ["rule_unknown"]
    assert [entry["uid"] for entry in found["events"]] == ["good"]


def outcome(data):
    """Why it is refused, or how many entries were read."""
    try:
        found = taking.entries(data)
    except RefusedError as refused:
        return refused.why
    return len(found["events"]) + len(found["skipped"])


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_takes_long_whatever_it_says(name):
    """Away from the site, where the seconds of the processor are counted: read, or refused."""
    got = outcome(calendar(BOMBS[name]))

    assert got in {"too_much", "broken", "too_many_lines", *range(1, 367)}


def test_a_thousand_events_of_a_megabyte_are_read_within_the_limits():
    words = "Представяне на плана. " * 20
    data = calendar(*[vevent(str(n), description=words, location="София") for n in range(1000)])

    assert 900_000 < len(data) < 1_000_000
    assert len(taking.entries(data)["events"]) == 1000
