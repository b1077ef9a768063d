"""The calendar of a partner and its import into drafts, by the same way as any other calendar."""

from datetime import date
from typing import Any

from events.admin.importing import plan_of
from events.ical_lines import clock, folded, text, utc
from events.importing.carrying_out import carry_out
from events.importing.taking import Choices, Taken
from events.models import Event, Imported
from sorb.dates import SOFIA

from .content import read
from .moments import moment_of

NAME = "Министерство на местното развитие: събития"
UID = "demo-partner-"  # how its identifiers begin


def take_calendar(today: date, type_id: int) -> int:
    """Import the calendar of the partner as drafts for review.

    Args:
        today: the day from which its days are counted.
        type_id: of the events whose categories name none.

    Returns:
        How many drafts that made.
    """
    plan = plan_of(Taken(_calendar(today), "", Choices(type_id)), None, for_update=True)
    carry_out(plan, None)
    return Imported.objects.filter(uid__startswith=UID).count()


def forget_calendar() -> None:
    """Delete the drafts that came from it, so that the next import makes them anew."""
    came = Imported.objects.filter(uid__startswith=UID)
    Event.objects.filter(imported__in=came, status="draft").delete()
    came.delete()


def _calendar(today: date) -> bytes:
    entries = [line for item in read("partner_event") for line in _entry(item, today)]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//demo//partner//BG"]
    return folded([*head, f"X-WR-CALNAME:{text(NAME)}", *entries, "END:VCALENDAR"])


def _entry(item: dict[str, Any], today: date) -> list[str]:
    starts_at, ends_at = (moment_of(item[name], today) for name in ("start", "end"))
    rule = [f"RRULE:{item['rule']}"] if "rule" in item else []
    return [
        "BEGIN:VEVENT",
        f"UID:{UID}{item['key']}",
        f"DTSTAMP:{utc(starts_at)}",
        f"DTSTART;TZID={SOFIA.key}:{clock(starts_at)}",
        f"DTEND;TZID={SOFIA.key}:{clock(ends_at)}",
        *rule,
        f"SUMMARY:{text(item['title'])}",
        f"DESCRIPTION:{text(item['text'])}",
        f"LOCATION:{text(item['place'])}",
        f"CATEGORIES:{','.join(map(text, item['categories']))}",
        "END:VEVENT",
    ]
