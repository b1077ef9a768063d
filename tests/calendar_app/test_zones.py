"""The table of every month: the same bytes wherever the server stands, true to plain dates."""

import calendar
import hashlib
import os
import re
import time
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.template.loader import get_template
from django.utils import translation

from calendar_app.bounds import Bounds, bounds_of_calendar
from calendar_app.month import Month
from calendar_app.table import Day, MonthTable, month_table
from events.filters import EventFilter
from sorb.dates import SOFIA, day_of, last_day
from tests.factories import make_event

YEARS = range(1990, 2061)
EVERYTHING = Bounds(Month(1900, 1), Month(2099, 12))
BULGARIAN = ["януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември",
             "октомври", "ноември", "декември"]  # fmt: skip
DATETIME = re.compile('<time datetime="([^"]+)"')
CAPTION = re.compile("<caption>([^<]+)</caption>")
ZONES = ["UTC", "Pacific/Kiritimati", "America/Adak"]


@pytest.fixture
def server_zone(monkeypatch):
    """The process as if it ran in a zone."""

    def stand_in(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield stand_in
    monkeypatch.undo()
    time.tzset()


def table_of(month):
    weeks = [[Day(day, day in month, False) for day in week] for week in month.weeks]
    return MonthTable(month, weeks, [], EVERYTHING, EventFilter())


def caption_of(year, number, language):
    if language == "bg":
        return f"{BULGARIAN[number - 1]} {year} г."
    return f"{calendar.month_name[number]} {year}"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_table_of_every_month_shows_its_days_and_its_name(language):
    template = get_template("calendar_app/_table.html")
    wrong = []

    with translation.override(language):
        for year in YEARS:
            for number in range(1, 13):
                html = template.render({"table": table_of(Month(year, number)), "is_page": True})
                first = date(year, number, 1)
                monday = first - timedelta(days=first.weekday())
                length = calendar.monthrange(year, number)[1]
                weeks = -(-(first.weekday() + length) // 7)
                days = [str(monday + timedelta(days=n)) for n in range(7 * weeks)]
                named = CAPTION.findall(html) == [caption_of(year, number, language)]
                if DATETIME.findall(html) != days or not named:
                    wrong.append((year, number))

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["bg", "en"])
def test_pages_are_the_same_bytes_in_every_zone_of_the_server(client, server_zone, language):
    moments = [(2020, 1, 31, 23), (2020, 2, 1, 0), (2020, 3, 28, 23), (2020, 10, 25, 3)]
    for moment in moments:
        make_event(starts_at=datetime(*moment, 30, tzinfo=SOFIA))
    calendar_page = "/bg/kalendar" if language == "bg" else "/en/calendar"
    agenda = "spisak" if language == "bg" else "agenda"
    paths = ("2020/02/", "2020/03/", "2020/10/", "2020/w05/", "2020/", f"{agenda}/?when=today")
    seen = {}

    for zone in ZONES:
        server_zone(zone)
        with time_machine.travel(datetime(2020, 2, 1, 0, 30, tzinfo=SOFIA), tick=False):
            pages = [client.get(f"{calendar_page}/{path}").content for path in paths]
        seen[zone] = [hashlib.sha256(page).hexdigest() for page in pages]

    assert os.environ["TZ"] == ZONES[-1]
    assert seen[ZONES[0]] == seen[ZONES[1]] == seen[ZONES[2]]


SPANS = [  # starts, ends; over midnights, months, years, both clock changes
    ((2019, 12, 30, 9), (2020, 1, 2, 18)), ((2020, 1, 31, 23), (2020, 2, 1, 1)),
    ((2020, 2, 29, 0), (2020, 3, 1, 0)), ((2020, 3, 28, 20), (2020, 3, 29, 4)),
    ((2020, 10, 24, 20), (2020, 10, 26, 0)), ((2020, 6, 1, 10), (2020, 8, 31, 10)),
    ((2020, 12, 31, 23), (2021, 1, 1, 0)), ((2020, 5, 5, 0), (2020, 5, 5, 0)),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_every_span_is_in_its_cell_and_no_other(server_zone, zone):
    server_zone(zone)
    made = {
        make_event(
            starts_at=datetime(*first, tzinfo=SOFIA), ends_at=datetime(*last, tzinfo=SOFIA)
        ).pk: (datetime(*first), datetime(*last))
        for first, last in SPANS
    }

    for month in (Month(2019 + n // 12, n % 12 + 1) for n in range(10, 27)):
        for week in month_table(month).weeks:
            for cell in week:
                expected = {pk for pk, span in made.items() if occupies(*span, cell.day)}
                assert {event.pk for event in cell.events} == expected, cell.day


def occupies(first, last, day):
    """By the clock on the wall: does it go on at some moment of the day, or begin then?"""
    midnight = datetime(day.year, day.month, day.day)
    goes_on = first < midnight + timedelta(days=1) and last > midnight
    return goes_on or midnight <= first < midnight + timedelta(days=1)


@pytest.mark.django_db
def test_the_bounds_are_those_of_plain_dates(time_machine):
    time_machine.move_to(datetime(2020, 6, 15, tzinfo=SOFIA))
    days = [(2020, 6, 15)]
    for first, last in SPANS:
        event = make_event(
            starts_at=datetime(*first, tzinfo=SOFIA), ends_at=datetime(*last, tzinfo=SOFIA)
        )
        end = last_day(event.starts_at, event.ends_at)
        days += [day_of(event.starts_at).timetuple()[:3], end.timetuple()[:3]]
        numbers = [year * 12 + month - 1 for year, month, _day in days]

        bounds = bounds_of_calendar()

        assert bounds.first.year * 12 + bounds.first.number - 1 == min(numbers) - 1
        assert bounds.last.year * 12 + bounds.last.number - 1 == max(numbers) + 1
