"""The calendar files, read back by a parser and looked at byte by byte."""

import gzip
from copy import copy
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as some
from icalendar import Calendar

from events.ical import RULES_SINCE, STATUS, calendar_file
from events.models import Event, Participation, State
from sorb.dates import SOFIA
from sorb.outside import clean
from tests.factories import (
    make_event,
    make_event_type,
    make_image,
    make_organization,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SHORT = {"title_bg": "Форум", "title_en": "Forum", "lead_bg": "", "lead_en": ""}


def moment(*parts):
    return datetime(*parts, tzinfo=SOFIA)


def told(event):
    """The event as a reader of its calendar file gets it."""
    full = Event.objects.with_calendar_facts().get(pk=event.pk)
    (entry,) = Calendar.from_ical(calendar_file([full], "Събития")).events
    return entry


def whole_calendar(client, language="bg"):
    with translation.override(language):
        return client.get(reverse("calendar:calendar_ics"))


def ics_of(event, language="bg"):
    with translation.override(language):
        return reverse("events:event_ics", args=[event.slug_in(language)])


def titles(response):
    return [str(entry["SUMMARY"]) for entry in Calendar.from_ical(response.content).events]


def test_file_of_an_event_says_everything_that_is_known():
    venue = make_venue(address_bg="пл. „България“ 1", latitude="42.685000", longitude="23.318900")
    event = make_event(
        title_bg="ХХVІІ Общо събрание",
        lead_bg="Отчет, бюджет; избори.",
        type=make_event_type(name_bg="Общо събрание"),
        starts_at=moment(2020, 2, 24, 10),
        ends_at=moment(2020, 2, 24, 17, 30),
        venue=venue,
        hall_bg="Зала 6",
        attendance="both",
        online_address="https://live.example/a",
        registration_address="https://form.example/b",
        cover=make_image(),
    )
    event.topics.add(make_topic(name_bg="Бюджет"))
    partner = make_organization(name_bg="Партньор")
    Participation.objects.create(event=event, organization=partner, role="partner")
    organizer = make_organization(name_bg='НСОРБ "Европа"; и др.')
    Participation.objects.create(event=event, organization=organizer, role="organizer", order=1)
    address = event.get_absolute_url("bg")

    entry = told(event)

    assert str(entry["UID"]) == event.uid
    assert str(entry["SUMMARY"]) == "ХХVІІ Общо събрание"
    assert entry["DTSTART"].dt == moment(2020, 2, 24, 10)
    assert entry["DTEND"].dt == moment(2020, 2, 24, 17, 30)
    assert entry["DTSTART"].params["TZID"] == "Europe/Sofia"
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert entry["SEQUENCE"] == 0
    assert entry["DTSTAMP"].dt == event.changed_at.replace(microsecond=0)
    assert entry["LAST-MODIFIED"].dt == event.changed_at.replace(microsecond=0)
    assert str(entry["LOCATION"]) == "Зала 6, Зала „Средец“, пл. „България“ 1, София"
    assert str(entry["URL"]) == f"{SITE}{address}"
    assert [str(name) for name in entry["CATEGORIES"].cats] == ["Общо събрание", "Бюджет"]
    assert entry["GEO"].to_ical() == "42.685;23.3189"
    assert str(entry["ORGANIZER"]) == f"{SITE}{organizer.get_absolute_url('bg')}"
    assert entry["ORGANIZER"].params["CN"] == 'НСОРБ "Европа"; и др.'
    assert entry["IMAGE"].params["FMTTYPE"] == "image/jpeg"
    assert str(entry["IMAGE"]).startswith(f"{SITE}/media/")
    assert str(entry["CONFERENCE"]) == "https://live.example/a"
    assert entry["CONFERENCE"].params["VALUE"] == "URI"
    assert str(entry["DESCRIPTION"]).splitlines()[0] == "Отчет, бюджет; избори."
    assert str(entry["DESCRIPTION"]).splitlines()[-1] == f"{SITE}{address}"


def test_what_is_not_known_is_not_said():
    entry = told(make_event(has_open_end=True, lead_bg=""))

    unknown = {"LOCATION", "GEO", "ORGANIZER", "IMAGE", "CONFERENCE", "DTEND", "DURATION"}
    assert unknown & set(entry) == set()
    assert {"VALARM", "ATTENDEE"} & {*entry, *(part.name for part in entry.walk())} == set()


def test_calendar_says_what_it_is_and_how_often_to_ask(client):
    make_event()

    calendar = Calendar.from_ical(whole_calendar(client).content)

    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["PRODID"]) == "-//127.0.0.1//Sorb//EN"
    assert str(calendar["CALSCALE"]) == "GREGORIAN"
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) != ""
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT1H"
    assert str(calendar["X-WR-TIMEZONE"]) == "Europe/Sofia"


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "first", "after_last"),
    [
        (moment(2020, 2, 28), moment(2020, 3, 2), date(2020, 2, 28), date(2020, 3, 2)),
        (moment(2020, 12, 31), moment(2021, 1, 1), date(2020, 12, 31), date(2021, 1, 1)),
        (moment(2020, 3, 29), moment(2020, 3, 30), date(2020, 3, 29), date(2020, 3, 30)),
        (moment(2020, 10, 25), moment(2020, 10, 25), date(2020, 10, 25), date(2020, 10, 26)),
    ],
)
def test_all_day_events_have_dates_with_an_excluded_end(starts_at, ends_at, first, after_last):
    entry = told(make_event(starts_at=starts_at, ends_at=ends_at, is_all_day=True))

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (first, after_last)
    assert b"DTSTART;VALUE=DATE:" in entry.to_ical()


def test_an_end_at_midnight_stays_at_midnight():
    entry = told(make_event(starts_at=moment(2020, 2, 24, 18), ends_at=moment(2020, 2, 25)))

    assert b"DTEND;TZID=Europe/Sofia:20200225T000000" in entry.to_ical()


def test_an_event_of_no_length_has_no_end():
    start = moment(2020, 2, 24, 18)

    entry = told(make_event(starts_at=start, ends_at=start))

    assert entry["DTSTART"].dt == start
    assert "DTEND" not in entry


@pytest.mark.parametrize(
    ("starts_at", "line"),
    [
        (moment(2020, 3, 29, 2, 30), b"DTSTART;TZID=Europe/Sofia:20200329T023000"),
        (moment(2020, 3, 29, 4, 0), b"DTSTART;TZID=Europe/Sofia:20200329T040000"),
        (datetime(2020, 10, 25, 0, 30, tzinfo=UTC), b"DTSTART:20201025T003000Z"),
        (datetime(2020, 10, 24, 23, 59, tzinfo=UTC), b"DTSTART;TZID=Europe/Sofia:20201025T025900"),
        (datetime(2020, 10, 25, 2, 0, tzinfo=UTC), b"DTSTART;TZID=Europe/Sofia:20201025T040000"),
        (datetime(2020, 10, 25, 1, 30, tzinfo=UTC), b"DTSTART:20201025T013000Z"),
        (datetime(2020, 1, 31, 22, 30, tzinfo=UTC), b"DTSTART;TZID=Europe/Sofia:20200201T003000"),
        (datetime(1989, 11, 10, 12, 0, tzinfo=UTC), b"DTSTART:19891110T120000Z"),
    ],
)
def test_clock_changes_do_not_move_an_event(starts_at, line):
    ends_at = starts_at.astimezone(UTC) + timedelta(hours=3)
    entry = told(make_event(starts_at=starts_at, ends_at=ends_at))

    assert line in entry.to_ical().splitlines()
    # Compared in UTC: Python holds a doubled time of another zone for different from itself
    assert entry["DTSTART"].dt.astimezone(UTC) == starts_at
    assert entry["DTEND"].dt.astimezone(UTC) == ends_at


def test_time_zone_of_the_file_agrees_with_the_zone_database(client):
    make_event()
    (zone,) = Calendar.from_ical(whole_calendar(client).content).timezones

    assert str(zone["TZID"]) == "Europe/Sofia"
    told_by_file = zone.to_tz(lookup_tzid=False)
    known = ZoneInfo("Europe/Sofia")
    moments = [
        datetime(year, month, day, hour, 30)
        for year in range(RULES_SINCE + 1, 2038)
        for month, days in ((1, (1,)), (3, range(25, 32)), (7, (1,)), (10, range(25, 32)))
        for day in days
        for hour in (0, 2, 5, 12)
    ]
    disagreed = [
        each
        for each in moments
        if each.replace(tzinfo=told_by_file).utcoffset() != each.replace(tzinfo=known).utcoffset()
    ]
    assert disagreed == []
    (summer,), (winter,) = zone.walk("DAYLIGHT"), zone.walk("STANDARD")
    assert summer["DTSTART"].dt == datetime(1997, 3, 30, 3)
    assert winter["DTSTART"].dt == datetime(1997, 10, 26, 4)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak", "UTC"])
def test_file_is_the_same_whatever_the_zone_of_the_server(zone):
    event = make_event(starts_at=moment(2020, 2, 24, 10))
    full = Event.objects.with_calendar_facts().get(pk=event.pk)

    here = calendar_file([full], "Събития")
    with timezone.override(ZoneInfo(zone)):
        there = calendar_file([Event.objects.with_calendar_facts().get(pk=event.pk)], "Събития")

    assert there == here


@pytest.mark.parametrize("state", State.values)
def test_every_state_has_a_status_and_words(state):
    entry = told(make_event(title_bg="Форум", state=state, state_note_bg="Заради снега."))

    before = {"cancelled": "Cancelled: ", "postponed": "Postponed: "}.get(state, "")
    with translation.override("en"):
        words = told(Event.objects.get())
    assert str(entry["STATUS"]) == STATUS.get(state, "CONFIRMED")
    assert str(words["SUMMARY"]).startswith(before)
    assert str(entry["SUMMARY"]).endswith("Форум")
    assert "Заради снега." in str(entry["DESCRIPTION"]).splitlines()[0]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_site_may_keep_a_cancelled_event_by_words_alone(settings, language):
    settings.CALENDAR_KEEPS_CANCELLED = True
    make_event(title_bg="Форум", title_en="Forum", state="cancelled")

    with translation.override(language):
        entry = told(Event.objects.get())

    words = {"bg": "ОТМЕНЕНО: Форум", "en": "CANCELLED: Forum"}
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CONFIRMED", words[language])


def test_moved_online_there_is_no_hall_to_go_to():
    joining = "https://live.example/a"
    event = make_event(venue=make_venue(), state="moved_online", online_address=joining)

    entry = told(event)

    assert str(entry["LOCATION"]) == str(entry["CONFERENCE"]) == joining


def test_uid_is_the_same_in_both_languages_and_after_every_change(client):
    event = make_event(title_en="Forum")
    files = [Calendar.from_ical(client.get(ics_of(event, code)).content) for code in ("bg", "en")]
    before = {str(file.events[0]["UID"]) for file in files}

    event.title_bg = "Друго име"
    event.starts_at += timedelta(days=3)
    event.ends_at += timedelta(days=3)
    event.save()

    entry = told(event)
    assert before == {event.uid}
    assert str(entry["UID"]) == event.uid
    assert entry["SEQUENCE"] == 1


def test_the_same_rows_give_the_same_bytes(client):
    make_event()

    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        later = whole_calendar(client).content

    assert later == whole_calendar(client).content


@pytest.mark.parametrize(
    "typed",
    [
        "a\r\nBEGIN:VEVENT\r\nSUMMARY:b",
        "ред\u2028ред\u2029ред\x0bред\x85",
        "\x01\x07\x1b[31m\x7f\x9f",
        r"C:\New\n, \\N; \; \,",
        'кавички "и" „други“; запетая, наклонена \\',
        "BEGIN:VEVENT",
        "😀" * 40,
        "Я" * 200,
        "<script>alert(1)</script>",
        "\ufeff\ufffe\uffff текст",
    ],
)
def test_no_words_break_the_file(typed):
    venue = make_venue(name_bg=typed[:150], address_bg=typed)
    event = make_event(
        **SHORT | {"title_bg": typed, "lead_bg": typed}, venue=venue, hall_bg=typed[:100]
    )
    # The parser, not the file, drops backslashes of parameters
    organization = make_organization(name_bg=typed.replace("\\", ""))
    Participation.objects.create(event=event, organization=organization)
    full = Event.objects.with_calendar_facts().get(pk=event.pk)

    data = calendar_file([full], "Събития")

    (entry,) = Calendar.from_ical(data).events
    assert str(entry["SUMMARY"]) == clean(typed)
    assert clean(typed) in str(entry["DESCRIPTION"])
    hall, name = clean(typed[:100]), clean(typed[:150])
    assert str(entry["LOCATION"]) == ", ".join(filter(None, (hall, name, clean(typed), "София")))
    assert entry["ORGANIZER"].params["CN"] == clean(organization.name)
    check_lines(data)


def check_lines(data):
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75] == []
    assert [line.decode() for line in lines if b"\n" in line or b"\r" in line] == []


WORDS = some.text(
    some.one_of(
        some.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        some.sampled_from("абвжщъя„“\"'\\;,:\r\n\t\x01\x0b\u2028😀nN"),
        some.sampled_from("Яжщ"),
    ),
    min_size=1,
    max_size=400,
)


@effort(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(titles=some.lists(WORDS, min_size=10, max_size=10))
def test_ten_thousand_titles_are_read_back_as_they_were_typed(titles):
    if not Event.objects.exists():
        make_event()
    (event,) = Event.objects.with_calendar_facts()
    events = [copy(event) for _title in titles]
    for each, title in zip(events, titles, strict=True):
        each.title_bg = title

    data = calendar_file(events, "Събития")

    read = [str(entry["SUMMARY"]) for entry in Calendar.from_ical(data).events]
    assert read == [clean(title) for title in titles]
    check_lines(data)


def test_a_row_that_cannot_be_told_is_logged_and_takes_no_place(client, caplog, monkeypatch):
    monkeypatch.setattr("events.ical.MOST_EVENTS", 1)
    make_event(title_bg="Добро")
    beyond = datetime(9999, 12, 31, 23, 0, tzinfo=UTC)
    broken = make_event(title_bg="Отвъд", starts_at=moment(2030, 1, 1))
    Event.objects.filter(pk=broken.pk).update(ends_at=beyond)

    response = whole_calendar(client)

    assert titles(response) == ["Добро"]
    assert [record.args[0] for record in caplog.records] == [broken.pk]


def test_an_address_that_is_no_web_address_is_left_out():
    event = make_event()
    hostile = "javascript:alert(1)"
    Event.objects.filter(pk=event.pk).update(online_address=hostile, registration_address=hostile)

    entry = told(event)

    assert "CONFERENCE" not in entry
    assert hostile not in entry.to_ical().decode()


def test_addresses_come_from_the_settings_and_not_from_the_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://sorb.example"
    event = make_event()

    response = client.get(ics_of(event), headers={"host": "evil.example"})

    (entry,) = Calendar.from_ical(response.content).events
    assert str(entry["URL"]) == f"https://sorb.example{event.get_absolute_url('bg')}"
    assert b"evil" not in response.content


def test_answer_is_a_calendar_file_that_search_engines_leave_alone(client):
    event = make_event(title_bg="Общо събрание")

    single, whole = client.get(ics_of(event)), whole_calendar(client)

    assert single["Content-Type"] == whole["Content-Type"] == "text/calendar; charset=utf-8"
    assert single["X-Robots-Tag"] == whole["X-Robots-Tag"] == "noindex"
    assert single["Content-Disposition"] == 'attachment; filename="obshto-sabranie.ics"'
    assert whole["Content-Disposition"].startswith("inline; filename=")


@pytest.mark.parametrize("one", [True, False])
def test_who_has_the_bytes_already_gets_304(client, one):
    event = make_event()
    path = ics_of(event) if one else reverse("calendar:calendar_ics")
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first["ETag"]})
    event.title_bg = "Друго"
    event.save()
    changed = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_who_can_unpack_gets_the_same_bytes_packed(client):
    make_event()
    plain = whole_calendar(client)

    packed = client.get(
        reverse("calendar:calendar_ics"), headers={"accept-encoding": "gzip, deflate"}
    )
    again = client.get(
        reverse("calendar:calendar_ics"),
        headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]},
    )

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert again.status_code == 304


def about(response):
    """What a calendar says of itself, and where it says that all events are."""
    calendar = Calendar.from_ical(response.content)
    assert calendar["DESCRIPTION"] == calendar["X-WR-CALDESC"]
    words, _colon, address = str(calendar["DESCRIPTION"]).partition(": ")
    return words, address


@pytest.mark.parametrize("bound", ["MOST_EVENTS", "MOST_BYTES"])
def test_the_oldest_are_left_out_where_there_are_too_many(client, monkeypatch, bound):
    for days in (-20, 5, 10):
        starts_at = timezone.now() + timedelta(days=days)
        make_event(title_bg=f"След {days} дни", starts_at=starts_at)
    whole = whole_calendar(client)
    entries = [len(entry) for entry in whole.content.split(b"BEGIN:VEVENT")[1:]]
    room = {"MOST_EVENTS": 2, "MOST_BYTES": sum(entries) - 1}[bound]
    monkeypatch.setattr(f"events.ical.{bound}", room)

    cut = whole_calendar(client)

    assert titles(whole) == ["След -20 дни", "След 5 дни", "След 10 дни"]
    assert titles(cut) == ["След 5 дни", "След 10 дни"]
    words, address = about(whole)
    assert words == "Събитията от последната година и всички предстоящи. Всички събития"
    assert client.get(address).status_code == 200
    assert about(cut) == ("Тук се побират само последните 2 събития. Всички събития", address)


def test_a_calendar_says_in_its_language_what_it_holds(client):
    words, address = about(whole_calendar(client, "en"))

    assert words == "The events of the last year and all that are to come. All events"
    assert address.endswith("/en/events/")


def test_the_file_of_one_event_says_nothing_of_a_window(client):
    assert "DESCRIPTION" not in Calendar.from_ical(client.get(ics_of(make_event())).content)


def test_a_calendar_of_much_to_tell_stays_below_three_megabytes(client):
    event = make_event(title_en="", lead_bg="Подробности за участниците и за домакина. " * 10)
    rows = [copy(event) for _number in range(2500)]
    for number, row in enumerate(rows):
        row.pk, row.uid, row.slug_bg = None, f"{event.uid}-{number}", f"sreshta-{number}"
    Event.objects.bulk_create(rows)

    file = whole_calendar(client).content

    count = file.count(b"BEGIN:VEVENT")
    assert 2_000 < count < 2_500
    assert 2_900_000 < len(file) < 3_000_000
    words = f"DESCRIPTION:Тук се побират само последните {count} събития"
    assert words in file.replace(b"\r\n ", b"").decode()


@pytest.mark.parametrize("one", [True, False])
def test_files_are_only_read(client, one):
    event = make_event()
    address = ics_of(event) if one else reverse("calendar:calendar_ics")

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_old_address_leads_to_the_present_file(client):
    event = make_event(slug_bg="staro")
    event.slug_bg = "novo"
    event.save()
    old = ics_of(event).replace("novo", "staro")

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, ics_of(event))


def test_there_is_no_file_of_what_never_was(client):
    make_event(slug_bg="ima")

    assert client.get(reverse("events:event_ics", args=["nyama"])).status_code == 404


def test_untranslated_event_has_an_english_file_with_bulgarian_words(client):
    event = make_event(title_bg="Само български", title_en="")

    response = client.get(ics_of(event, "en"))

    assert titles(response) == ["Само български"]


def test_calendar_holds_a_year_back_and_everything_to_come(client):
    now = timezone.now()
    day = timedelta(days=1)
    for name, starts_at in (
        ("отдавна", now - 400 * day),
        ("миналата година", now - 300 * day),
        ("утре", now + day),
        ("след години", now + 2000 * day),
    ):
        make_event(title_bg=name, starts_at=starts_at)
    make_event(title_bg="чернова", status="draft")
    make_event(title_bg="още тече", starts_at=now - 500 * day, ends_at=now + day)

    response = whole_calendar(client)

    assert titles(response) == ["още тече", "миналата година", "утре", "след години"]


@time_machine.travel(moment(2020, 2, 24, 12), tick=False)
def test_cancelled_event_stays_until_its_day_is_over(client):
    make_event(title_bg="Днес", starts_at=moment(2020, 2, 24, 9), state="cancelled")
    make_event(title_bg="Вчера", starts_at=moment(2020, 2, 23, 9), state="cancelled")
    make_event(title_bg="Вчерашно", starts_at=moment(2020, 2, 23, 9))

    calendar = Calendar.from_ical(whole_calendar(client).content)

    told = {str(entry["URL"]).split("/")[-2]: str(entry["STATUS"]) for entry in calendar.events}
    assert told == {"vcherashno": "CONFIRMED", "dnes": "CANCELLED"}


@pytest.mark.parametrize("count", [1, 30])
def test_calendar_costs_the_same_for_any_number_of_events(client, count, django_assert_num_queries):
    organization, venue = make_organization(), make_venue()
    for number in range(count):
        state = State.values[number % len(State.values)] if number else "scheduled"
        event = make_event(
            venue=venue,
            cover=make_image() if number < 3 else None,
            state=state,
            state_note_bg="Заради снега.",
            previous_starts_at=timezone.now() if state == "rescheduled" else None,
            attendance="online" if number % 2 else "both",
            online_address="https://live.example/a",
        )
        event.topics.add(make_topic())
        Participation.objects.create(event=event, organization=organization)

    with django_assert_num_queries(6):
        response = whole_calendar(client)

    assert len(titles(response)) == count
