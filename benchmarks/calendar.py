"""What the calendar costs at 1,000, 100,000 and 1,000,000 events: times as ratios, and the plans.

In a process and a database of its own: `python -m benchmarks.calendar [sizes ...]`. The month that
is measured holds as many events at every size; the others lie in ten years before and two after.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

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
from tests.factories import make_event, make_venue  # noqa: E402

SIZES = (1_000, 100_000, 1_000_000)
IN_MONTH = 60
TURNS = 11
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
    """Copies of an event, made by the database; `moment` is an expression of `n`, from 1."""
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


def fill(size: int) -> None:
    """A calendar of so many events, of which the month of today holds its fixed number."""
    Event.objects.all().delete()
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
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE events_event")


def median(work: Callable[[], Any]) -> tuple[float, int]:
    """Milliseconds and queries."""
    times = []
    work()
    for _turn in range(TURNS):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            assert work().status_code == 200
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), len(asked)


def pages() -> dict[str, str]:
    day = Month.of(timezone.localdate()).first_day
    return {
        "month": reverse("calendar:calendar_month", args=[day.year, day.month]),
        "day": reverse("calendar:calendar_day", args=[day.year, day.month, day.day]),
        "upcoming": reverse("events:event_list"),
        "past": reverse("events:event_past"),
        "calendar file": reverse("calendar:calendar_ics"),
    }


def plan(month: Month) -> str:
    return str(Event.objects.visible().between(*shown_span(month)).explain(analyze=True))


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    connection.creation.create_test_db(verbosity=0)
    results: dict[str, list[tuple[float, int]]] = {}
    try:
        with override_settings(ALLOWED_HOSTS=["*"]), translation.override("bg"):
            for size in sizes:
                fill(size)
                for name, address in pages().items():
                    found = median(lambda address=address: Client().get(address))
                    results.setdefault(name, []).append(found)
            shown = plan(Month.of(timezone.localdate()))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print(f"{'events':16}" + "".join(f"{size:>24,}" for size in sizes))
    for name, found in results.items():
        cells = (f"{took:10.0f} ms {took / found[0][0]:5.2f} × {asked}q" for took, asked in found)
        print(f"{name:16}" + "".join(f"{cell:>24}" for cell in cells))
    print(f"\nThe read of the month at {sizes[-1]:,} events:\n{shown}")


if __name__ == "__main__":
    main()
