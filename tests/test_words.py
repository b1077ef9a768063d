"""Days, hours and sizes in words, in both languages and whatever the server's clock."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from events.models import Event, EventType, ProgrammeItem, Venue
from news.models import Article
from sorb.dates import SOFIA, midnight_after
from sorb.media.models import Document
from sorb.templatetags.lists import gathered, gathered_by_month
from sorb.templatetags.words import (
    clock,
    days,
    days_short,
    file_facts,
    item_hours,
    lang_attribute,
    size,
    weekday_and_day,
    weekday_initial,
    when,
    when_full,
)


def at(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=SOFIA)


def event(starts_at, ends_at, **fields):
    return Event(starts_at=starts_at, ends_at=ends_at, **fields)


ONE_HOUR = event(at(2025, 10, 3, 14, 5), at(2025, 10, 3, 16))
MOMENT = event(at(2025, 10, 3, 14, 5), at(2025, 10, 3, 14, 5))
OPEN_END = event(at(2025, 10, 3, 14, 5), midnight_after(at(2025, 10, 3, 14, 5)), has_open_end=True)
TILL_MIDNIGHT = event(at(2025, 10, 3, 20), at(2025, 10, 4))
OVER_NIGHT = event(at(2025, 10, 3, 22), at(2025, 10, 4, 2))
ALL_DAY = event(at(2025, 10, 3), at(2025, 10, 4), is_all_day=True)
DAYS = event(at(2025, 10, 12), at(2025, 10, 15), is_all_day=True)
DAYS_WITH_HOURS = event(at(2025, 10, 12, 10), at(2025, 10, 14, 16, 30))
DAYS_TILL_MIDNIGHT = event(at(2025, 10, 12, 10), at(2025, 10, 15))
TWO_MONTHS = event(at(2025, 9, 30, 9), at(2025, 10, 2, 17))
TWO_YEARS = event(at(2025, 12, 30, 9), at(2026, 1, 2, 17))
YEAR_APART = event(at(2025, 10, 12, 9), at(2026, 10, 14, 17))

WHEN = [
    (ONE_HOUR, "3 октомври 2025 г., 14:05–16:00 ч.", "3 October 2025, 14:05–16:00"),
    (MOMENT, "3 октомври 2025 г., 14:05 ч.", "3 October 2025, 14:05"),
    (OPEN_END, "3 октомври 2025 г., 14:05 ч.", "3 October 2025, 14:05"),
    (TILL_MIDNIGHT, "3 октомври 2025 г., 20:00–24:00 ч.", "3 October 2025, 20:00–24:00"),
    (OVER_NIGHT, "3–4 октомври 2025 г., 22:00 ч.", "3–4 October 2025, 22:00"),
    (ALL_DAY, "3 октомври 2025 г.", "3 October 2025"),
    (DAYS, "12–14 октомври 2025 г.", "12–14 October 2025"),
    (DAYS_WITH_HOURS, "12–14 октомври 2025 г., 10:00 ч.", "12–14 October 2025, 10:00"),
    (DAYS_TILL_MIDNIGHT, "12–14 октомври 2025 г., 10:00 ч.", "12–14 October 2025, 10:00"),
    (
        TWO_MONTHS,
        "30 септември – 2 октомври 2025 г., 09:00 ч.",
        "30 September – 2 October 2025, 09:00",
    ),
    (
        TWO_YEARS,
        "30 декември 2025 г. – 2 януари 2026 г., 09:00 ч.",
        "30 December 2025 – 2 January 2026, 09:00",
    ),
    (
        YEAR_APART,
        "12 октомври 2025 г. – 14 октомври 2026 г., 09:00 ч.",
        "12 October 2025 – 14 October 2026, 09:00",
    ),
]
WHEN_FULL = [
    (ONE_HOUR, "петък, 3 октомври 2025 г., 14:05–16:00 ч.", "Friday 3 October 2025, 14:05–16:00"),
    (OPEN_END, "петък, 3 октомври 2025 г., 14:05 ч.", "Friday 3 October 2025, 14:05"),
    (ALL_DAY, "петък, 3 октомври 2025 г.", "Friday 3 October 2025"),
    (
        DAYS,
        "неделя, 12 октомври – вторник, 14 октомври 2025 г.",
        "Sunday 12 October – Tuesday 14 October 2025",
    ),
    (
        DAYS_WITH_HOURS,
        "неделя, 12 октомври, 10:00 ч. – вторник, 14 октомври 2025 г., 16:30 ч.",
        "Sunday 12 October, 10:00 – Tuesday 14 October 2025, 16:30",
    ),
    (
        DAYS_TILL_MIDNIGHT,
        "неделя, 12 октомври, 10:00 ч. – вторник, 14 октомври 2025 г., 24:00 ч.",
        "Sunday 12 October, 10:00 – Tuesday 14 October 2025, 24:00",
    ),
    (
        TWO_YEARS,
        "вторник, 30 декември 2025 г., 09:00 ч. – петък, 2 януари 2026 г., 17:00 ч.",
        "Tuesday 30 December 2025, 09:00 – Friday 2 January 2026, 17:00",
    ),
]
DAYS_SHORT = [
    (ONE_HOUR, "3 октомври", "3 October"),
    (DAYS, "12–14 октомври", "12–14 October"),
    (TWO_MONTHS, "30 септември – 2 октомври", "30 September – 2 October"),
    (YEAR_APART, "12 октомври – 14 октомври", "12 October – 14 October"),
]


@pytest.mark.parametrize(("shown", "bulgarian", "english"), WHEN)
def test_when_says_days_and_hours(shown, bulgarian, english):
    said = {}

    for language in ("bg", "en"):
        with translation.override(language):
            said[language] = when(shown)

    assert said == {"bg": bulgarian, "en": english}


@pytest.mark.parametrize(("shown", "bulgarian", "english"), WHEN_FULL)
def test_when_full_says_weekdays_too(shown, bulgarian, english):
    said = {}

    for language in ("bg", "en"):
        with translation.override(language):
            said[language] = when_full(shown)

    assert said == {"bg": bulgarian, "en": english}


@pytest.mark.parametrize(("shown", "bulgarian", "english"), DAYS_SHORT)
def test_days_short_leaves_the_year_out(shown, bulgarian, english):
    said = {}

    for language in ("bg", "en"):
        with translation.override(language):
            said[language] = days_short(shown)

    assert said == {"bg": bulgarian, "en": english}


def test_days_leaves_the_hours_out():
    said = days(DAYS_WITH_HOURS)

    assert said == "12–14 октомври 2025 г."


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Adak"])
def test_days_and_hours_are_those_of_sofia_in_any_zone(zone):
    after_midnight = event(
        datetime(2020, 1, 31, 22, 30, tzinfo=UTC), datetime(2020, 1, 31, 23, 30, tzinfo=UTC)
    )

    with translation.override("bg"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        said = when_full(after_midnight)

    assert said == "събота, 1 февруари 2020 г., 00:30–01:30 ч."


def test_hours_around_the_change_of_the_clock_are_those_that_clocks_show():
    autumn = event(
        datetime(2020, 10, 25, 0, 30, tzinfo=UTC), datetime(2020, 10, 25, 2, 30, tzinfo=UTC)
    )

    said = when(autumn)

    assert said == "25 октомври 2020 г., 03:30–04:30 ч."


def test_clock_says_the_hour_in_each_language():
    said = clock(datetime(2025, 10, 3, 11, 5, tzinfo=UTC))
    with translation.override("en"):
        said_in_english = clock(datetime(2025, 10, 3, 11, 5, tzinfo=UTC))

    assert (said, said_in_english) == ("14:05 ч.", "14:05")


def test_weekday_and_day_takes_days_and_moments():
    day = weekday_and_day(date(2020, 2, 24))
    moment = weekday_and_day(datetime(2020, 2, 23, 22, 30, tzinfo=UTC))

    assert (day, moment) == ("понеделник, 24 февруари 2020 г.",) * 2


def test_initials_of_weekdays_head_the_columns():
    week = [date(2020, 2, day) for day in range(3, 10)]

    bulgarian = "".join(map(weekday_initial, week))
    with translation.override("en"):
        english = "".join(map(weekday_initial, week))

    assert (bulgarian, english) == ("ПВСЧПСН", "MTWTFSS")


@pytest.mark.parametrize(
    ("ends_at", "hours"),
    [
        (at(2025, 10, 3, 12, 30), "10:15–12:30"),
        (at(2025, 10, 4), "10:15–24:00"),
        (at(2025, 10, 3, 10, 15), "10:15"),
        (None, "10:15"),
    ],
)
def test_hours_of_a_programme_item_stand_bare(ends_at, hours):
    item = ProgrammeItem(starts_at=at(2025, 10, 3, 10, 15), ends_at=ends_at)

    said = item_hours(item)

    assert said == hours


@pytest.mark.parametrize(
    ("octets", "bulgarian", "english"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1_000, "1 KB", "1 KB"),
        (340_499, "340 KB", "340 KB"),
        (999_499, "999 KB", "999 KB"),
        (999_500, "1,0 MB", "1.0 MB"),
        (1_249_000, "1,2 MB", "1.2 MB"),
        (1_250_001, "1,3 MB", "1.3 MB"),
        (25_000_000, "25,0 MB", "25.0 MB"),
    ],
)
def test_size_is_said_in_decimal_units(octets, bulgarian, english):
    said = size(octets)
    with translation.override("en"):
        said_in_english = size(octets)

    assert (said, said_in_english) == (bulgarian, english)


def test_file_facts_say_type_and_size():
    document = Document(file="documents/2025/programa.pdf", size=1_234_567)

    said = file_facts(document)

    assert said == "PDF, 1,2 MB"


@pytest.mark.parametrize(
    ("title_en", "language", "attribute"),
    [
        ("Forum", "bg", ""),
        ("Forum", "en", ""),
        ("", "bg", ""),
        ("", "en", ' lang="bg"'),
    ],
)
def test_lang_attribute_marks_only_bulgarian_words_on_english_pages(title_en, language, attribute):
    article = Article(title_bg="Форум", title_en=title_en)

    with translation.override(language):
        said = lang_attribute(article)

    assert said == attribute


@pytest.mark.parametrize(
    ("row", "field", "attribute"),
    [
        (Venue(name_bg="Зала", name_en=""), "name", ' lang="bg"'),
        (Venue(name_bg="Зала", name_en="Hall"), "name", ""),
        (EventType(name_bg="Форум", name_en=""), "name", ' lang="bg"'),
        (Article(title_bg="А", title_en="A", lead_bg="Увод", lead_en=""), "lead", ' lang="bg"'),
        (Article(title_bg="А", title_en="A", lead_bg="", lead_en=""), "lead", ""),
    ],
)
def test_lang_attribute_can_ask_for_one_field(row, field, attribute):
    with translation.override("en"):
        said = lang_attribute(row, field)

    assert said == attribute


def test_lang_attribute_is_silent_about_things_without_a_language():
    with translation.override("en"):
        said = lang_attribute(object())

    assert said == ""


def test_gathered_brings_together_what_does_not_stand_together():
    items = [ProgrammeItem(title_bg=title, kind=kind) for title, kind in ("ас", "бb", "вс")]

    groups = gathered(items, "kind")

    assert groups == [("с", [items[0], items[2]]), ("b", [items[1]])]


def test_gathered_asks_methods_for_their_answer():
    items = [
        ProgrammeItem(kind="break"),
        ProgrammeItem(kind="session"),
        ProgrammeItem(kind="break"),
    ]

    groups = gathered(items, "get_kind_display")

    assert [len(of_kind) for _kind, of_kind in groups] == [2, 1]


def test_gathered_by_month_goes_by_the_first_day_in_sofia():
    groups = gathered_by_month([TWO_MONTHS, ONE_HOUR, DAYS])

    assert groups == [(date(2025, 9, 1), [TWO_MONTHS]), (date(2025, 10, 1), [ONE_HOUR, DAYS])]
