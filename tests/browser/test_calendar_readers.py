"""Our calendar files as another program reads them: ical.js, which Thunderbird's calendar uses."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from events.ical import calendar_file
from events.models import Event
from sorb.dates import SOFIA
from sorb.outside import clean
from tests.factories import make_event, make_topic

pytestmark = pytest.mark.django_db

READER = Path(__file__).parent.parent / "ical_js/ical.es5.min.cjs"
READ = """([reader, file]) => {
  const module = { exports: {} };
  new Function("module", "exports", reader)(module, module.exports);
  const ICAL = module.exports.default || module.exports;
  const calendar = new ICAL.Component(ICAL.parse(file));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      categories: component.getFirstProperty("categories").getValues(),
      is_all_day: event.startDate.isDate,
      first: event.startDate.toString(),
      after_last: event.endDate.toString(),
      starts: event.startDate.toUnixTime(),
      ends: event.endDate.toUnixTime(),
    };
  });
}"""
# Years long before and after those that lists of clock changes usually hold
YEARS = (1998, 2024, 2026, 2027, 2055)


def read_by_ical_js(browser: Browser, data: bytes) -> list[dict]:
    page = browser.new_page()
    found = page.evaluate(READ, [READER.read_text(), data.decode()])
    page.close()
    return found


def last_sunday(year, month):
    last = datetime(year, month, 31, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def test_two_readers_find_the_same_moments_around_every_clock_change(browser):
    changes = [last_sunday(year, month) for year in YEARS for month in (3, 10)]
    starts = [
        day - timedelta(hours=3) + timedelta(minutes=30 * half)
        for day in changes
        for half in range(16)
    ]
    model = make_event()
    Event.objects.bulk_create(
        Event(
            type=model.type,
            title_bg="Среща",
            slug_bg=f"sreshta-{number}",
            uid=f"{number}@example.org",
            changed_at=model.changed_at,
            starts_at=start,
            ends_at=start + timedelta(hours=5),
        )
        for number, start in enumerate(starts)
    )
    ours = Event.objects.exclude(pk=model.pk).order_by("pk").with_calendar_facts()

    data = calendar_file(ours, "Събития")

    wanted = [(start.timestamp(), (start + timedelta(hours=5)).timestamp()) for start in starts]
    other = [(entry["starts"], entry["ends"]) for entry in read_by_ical_js(browser, data)]
    assert other == wanted
    calendar = Calendar.from_ical(data)
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)  # by the rules of the file alone

    def moment(read):
        by_file = read if read.tzname() == "UTC" else read.replace(tzinfo=zone)
        return by_file.timestamp()

    python = [(moment(entry["DTSTART"].dt), moment(entry["DTEND"].dt)) for entry in calendar.events]
    assert python == wanted


def test_both_readers_find_the_same_days_and_words(browser):
    typed = "„Кавички“ \"и\" 'други'; запетая, \\ наклонена\nред 😀 \x01" + "Я" * 100
    event = make_event(
        title_bg=typed,
        is_all_day=True,
        starts_at=datetime(2026, 3, 28, tzinfo=SOFIA),
        ends_at=datetime(2026, 3, 30, tzinfo=SOFIA),
    )
    event.topics.add(make_topic(name_bg="Вода, ток; път"))

    data = calendar_file(Event.objects.with_calendar_facts(), "Събития")

    (other,), (python,) = read_by_ical_js(browser, data), Calendar.from_ical(data).events
    assert other["title"] == str(python["SUMMARY"]) == clean(typed)
    assert other["uid"] == event.uid
    assert other["is_all_day"]
    assert (other["first"], other["after_last"]) == ("2026-03-28", "2026-03-30")
    assert other["categories"][-1] == str(python["CATEGORIES"].cats[-1]) == "Вода, ток; път"


def test_a_file_of_nothing_is_read_as_nothing(browser):
    assert read_by_ical_js(browser, calendar_file([], "Събития")) == []
