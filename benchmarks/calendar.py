"""What the calendar costs at 1,000, 100,000 and 1,000,000 events: times as ratios, and the plans.

In a process and a database of its own: `python -m benchmarks.calendar [sizes ...]`. The month that
is measured holds as many events at every size; the others lie in ten years before and two after.
Then the calendar file of thousands of events of which everything is known.
"""

import os
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sorb.settings")
django.setup()

from django.db import connection  # noqa: E402 - the apps must stand first
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from calendar_app.month import Month, shown_span  # noqa: E402
from events.models import Event  # noqa: E402
from sorb.dates import midnight  # noqa: E402
from sorb.publishing.pages import PER_PAGE  # noqa: E402
from tests.factories import (  # noqa: E402
    make_event,
    make_image,
    make_organization,
    make_topic,
    make_venue,
)

SIZES = (1_000, 100_000, 1_000_000)
IN_MONTH = 60
MUNICIPALITIES, TOPICS = 265, 12  # that exist; not all of them have events
TURNS = 11
FILES = (500, 5_000)  # events in a calendar file
# What every event has, in turn from the first so many: columns, and their values for an event `e`
PARTS = {
    "events_participation": (
        'organization_id, role, "order"',
        "(ARRAY(SELECT id FROM events_organization ORDER BY id))[1 + e.id % 50], 'organizer', 0",
    ),
    "events_event_topics": (
        "topic_id",
        "(ARRAY(SELECT id FROM publishing_topic ORDER BY id))[1 + e.id % 10]",
    ),
}
# Columns that are not those of the row that is copied
OWN = {
    "id": "%(first)s * 10000000 + n",
    "slug_bg": "'sabitie-%(first)s-' || n",
    "slug_en": "'event-%(first)s-' || n",
    "title_bg": "'Събитие номер ' || n",
    "title_en": "'Event ' || n",
    "uid": "'%(first)s-' || n || '@example.org'",
    "starts_at": "%(moment)s",
    "ends_at": "%(moment)s + interval '2 hours'",
}


def copy(event: Event, first: int, count: int, moment: str) -> None:
    """Copies of an event, made by the database.

    Args:
        event: the one to copy.
        first: another number for every call, for keys and addresses.
        count: of copies.
        moment: when they start, as SQL with `n`, the number of the copy from 1.
    """
    table = Event._meta.db_table
    columns = [field.column for field in Event._meta.concrete_fields if not field.generated]
    terms = [OWN.get(name, f'e."{name}"') for name in columns]
    said = {"first": first, "moment": moment}
    selected = ", ".join(
        term % said if name in OWN else term for name, term in zip(columns, terms, strict=True)
    )
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {selected} "  # noqa: S608 - names of columns
            f"FROM {table} e, generate_series(1, {count}) n WHERE e.id = {event.pk}"
        )


def add_parts() -> None:
    """Give each event that has none an organizer and a topic."""
    with connection.cursor() as cursor:
        for table, (columns, values) in PARTS.items():
            cursor.execute(
                f"INSERT INTO {table} (event_id, {columns}) SELECT e.id, {values} "  # noqa: S608
                f"FROM events_event e "
                f"WHERE NOT EXISTS (SELECT 1 FROM {table} own WHERE own.event_id = e.id)"
            )
        cursor.execute("VACUUM ANALYZE")


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event CASCADE")


def fill(size: int) -> None:
    """A calendar of so many events, of which the month of today holds its fixed number."""
    empty()
    month = Month.of(timezone.localdate())
    first, after = shown_span(month)
    event = make_event(starts_at=month.starts_at + timedelta(hours=10), venue=make_venue())
    hours = IN_MONTH / 27
    copy(
        event,
        1,
        IN_MONTH - 1,
        f"'{event.starts_at.isoformat()}'::timestamptz + n * interval '{24 / hours} hours'",
    )
    outside = size - IN_MONTH
    before, later = outside * 5 // 6, outside - outside * 5 // 6
    back, ahead = 3650 * 24 / before, 730 * 24 / later
    copy(
        event,
        2,
        before,
        f"'{first.isoformat()}'::timestamptz - interval '1 day' - n * interval '{back} hours'",
    )
    copy(
        event,
        3,
        later,
        f"'{after.isoformat()}'::timestamptz + interval '1 day' + n * interval '{ahead} hours'",
    )
    add_parts()


def measured(address: str, **headers: str) -> tuple[float, int]:
    """Milliseconds (the median) and queries."""
    times = []
    client = Client(headers=headers)
    for turn in range(TURNS + 1):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            assert client.get(address).status_code == 200
        if turn:  # the first one fills what is kept
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), len(asked)


def pages() -> dict[str, str]:
    day = Month.of(timezone.localdate()).first_day
    return {
        "month": reverse("calendar:calendar_month", args=[day.year, day.month]),
        "day": reverse("calendar:calendar_day", args=[day.year, day.month, day.day]),
        "agenda": reverse("calendar:calendar_agenda"),
        "upcoming": reverse("events:event_list"),
        "archive": reverse("events:event_past"),
        "archive of a year": reverse("events:event_year", args=[day.year - 1]),
    }


def plans() -> dict[str, str]:
    """How PostgreSQL finds what the pages show, with the time it took."""
    visible, month = Event.objects.visible(), Month.of(timezone.localdate())
    day = midnight(month.first_day)
    reads = {
        "month": visible.between(*shown_span(month)),
        "day": visible.between(day, day + timedelta(days=1)),
        "upcoming": visible.upcoming()[:PER_PAGE],
        "archive": visible.past()[:PER_PAGE],
    }
    return {name: str(read.explain(analyze=True, buffers=True)) for name, read in reads.items()}


def grown(sizes: Sequence[int]) -> None:
    results: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        fill(size)
        for name, address in pages().items():
            results.setdefault(name, []).append(measured(address))
    print(f"{'events':18}" + "".join(f"{size:>24,}" for size in sizes))
    for name, found in results.items():
        cells = (f"{took:10.0f} ms {took / found[0][0]:5.2f} × {asked}q" for took, asked in found)
        print(f"{name:18}" + "".join(f"{cell:>24}" for cell in cells))
    for name, plan in plans().items():
        print(f"\nThe read of the {name} at {sizes[-1]:,} events:\n{plan}")


def files() -> None:
    """The calendar file of events with place, organizer, topics, picture and links."""
    empty()
    event = make_event(
        title_bg="Национална среща на секретарите на общини",
        lead_bg="Два дни за бюджетите, договорите и новите срокове, с въпроси към министерството.",
        venue=make_venue(latitude="42.685000", longitude="23.318900"),
        hall_bg="Зала 6",
        cover=make_image(),
        attendance="both",
        online_address="https://video.example.org/sreshta",
        registration_address="https://forma.example.org/sreshta",
        starts_at=timezone.now() + timedelta(days=1),
    )
    print(f"\n{'calendar file':18}{'told':>8}{'ms':>10}{'ms/event':>12}{'bytes':>14}{'packed':>12}")
    for number, count in enumerate(FILES, start=4):
        missing = count - Event.objects.count()
        copy(event, number, missing, f"now() + n * interval '{8760 / count} hours'")
        add_parts()
        address = reverse("calendar:calendar_ics")
        took, _asked = measured(address)
        plain = Client().get(address)
        packed = Client(headers={"accept-encoding": "gzip"}).get(address)
        told = plain.content.count(b"BEGIN:VEVENT")
        print(
            f"{count:<18,}{told:>8,}{took:>10.0f}{took / told:>12.2f}"
            f"{len(plain.content):>14,}{len(packed.content):>12,}"
        )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    connection.creation.create_test_db(verbosity=0)
    try:
        with override_settings(ALLOWED_HOSTS=["*"]), translation.override("bg"):
            for _number in range(MUNICIPALITIES):
                make_organization()
            for _number in range(TOPICS):
                make_topic()
            grown(sizes)
            files()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
