"""Events in every state and of every kind, each with everything that may hang on it."""

from datetime import datetime, timedelta
from typing import Any

from events.models import Appearance, Event, Participation, ProgrammeItem, Venue
from sorb.dates import SOFIA
from sorb.media.models import Image
from tests.factories import (
    make_article,
    make_event,
    make_image,
    make_organization,
    make_series,
    make_speaker,
    make_topic,
    make_venue,
)

NOW = datetime(2025, 10, 1, 12, tzinfo=SOFIA)
DAY = timedelta(days=1)
MIDNIGHT = datetime(2025, 10, 10, tzinfo=SOFIA)
WHOLE_DAY = {"starts_at": MIDNIGHT, "ends_at": MIDNIGHT + DAY, "is_all_day": True}
JOINING = "https://live.example/zala?koi=кмет"


def a_picture() -> Image:
    """One for all: each new one is cut and stored in many sizes."""
    return Image.objects.first() or make_image()


def full_event(**fields: Any) -> Event:
    """An event of which everything is known."""
    facts = {
        "starts_at": NOW + 9 * DAY,
        "venue": make_venue(
            address_bg="пл. „България“ 1",
            address_en='1 "Bulgaria" Square',
            latitude="42.685000",
            longitude="23.318900",
        ),
        "hall_bg": "Зала 6",
        "hall_en": "Hall 6",
        "series": make_series(text_bg="Всяка година.", text_en="Every year."),
        "cover": a_picture(),
        "languages": ["bg", "en"],
        "online_address": JOINING,
        "registration_address": "https://form.example/а б",
        "registration_opens_at": NOW - DAY,
        "registration_closes_at": NOW + DAY,
    }
    event = make_event(**facts | fields)
    event.topics.add(make_topic())
    town = make_organization(kind="municipality", district_bg="Русе", site="https://ruse.example")
    speaker = make_speaker(organization=town, photo=a_picture())
    talk = ProgrammeItem.objects.create(
        event=event,
        starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(hours=1),
        title_bg="Доклад",
        title_en="Report",
        text_bg="За бюджета.",
    )
    ProgrammeItem.objects.create(event=event, starts_at=talk.ends_at, title_bg="Дискусия")
    for item, role in ((talk, "speaker"), (None, "moderator")):
        Appearance.objects.create(
            event=event,
            speaker=speaker,
            item=item,
            role=role,
            position_bg="кмет",
            organization=town,
        )
    for role in ("organizer", "co_organizer", "partner", "sponsor"):
        Participation.objects.create(event=event, organization=make_organization(), role=role)
    return event


def changed(event: Event, **fields: Any) -> Event:
    """The event after an editor saved it with these fields: the site keeps what stood before."""
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    return event


def later(event: Event, days: int) -> dict[str, Any]:
    return {
        "starts_at": event.starts_at + days * DAY,
        "ends_at": event.ends_at + days * DAY,
        "state": "rescheduled",
    }


def deadline(**fields: Any) -> Event:
    return full_event(is_deadline=True, **fields)


def events_in_every_state() -> dict[str, Event]:
    """By what they are. Published before `NOW`, at which they are to be looked at."""
    once, twice, elsewhere = full_event(), full_event(), full_event()
    changed(twice, **later(twice, 3))
    report = full_event(starts_at=NOW - 9 * DAY)
    make_article(event=report, event_relation="report", cover=a_picture())
    other: Venue = make_venue(town_bg="Русе", town_en="Ruse")
    moved_online = full_event()
    changed(moved_online, **later(moved_online, 2))
    return {
        "scheduled": full_event(),
        "rescheduled": changed(once, **later(once, 7)),
        "rescheduled twice": changed(twice, **later(twice, 5)),
        "moved": changed(elsewhere, venue=other, state="moved"),
        "moved online": changed(full_event(), state="moved_online"),
        "moved online and rescheduled": changed(moved_online, state="moved_online"),
        "postponed": changed(full_event(), state="postponed"),
        "cancelled": changed(full_event(), state="cancelled"),
        "over": full_event(starts_at=NOW - 5 * DAY),
        "over, with a report": report,
        "online": full_event(attendance="online"),
        "online without a link": full_event(attendance="online", online_address=""),
        "both": full_event(attendance="both"),
        "without a venue": full_event(venue=None),
        "all day": full_event(**WHOLE_DAY),
        "several days": full_event(ends_at=NOW + 12 * DAY),
        "several whole days": full_event(**WHOLE_DAY | {"ends_at": MIDNIGHT + 4 * DAY}),
        "several whole days rescheduled": changed(
            full_event(**WHOLE_DAY),
            starts_at=MIDNIGHT + DAY,
            ends_at=MIDNIGHT + 3 * DAY,
            state="rescheduled",
        ),
        "open end": full_event(has_open_end=True),
        "over the change of clocks": full_event(
            starts_at=datetime(2025, 10, 25, 9, tzinfo=SOFIA),
            ends_at=datetime(2025, 10, 26, 17, tzinfo=SOFIA),
        ),
        "deadline at a moment": deadline(),
        "deadline on a day": deadline(**WHOLE_DAY),
        "deadline moved": changed(deadline(), starts_at=NOW + 20 * DAY, state="rescheduled"),
        "deadline cancelled": changed(deadline(), state="cancelled"),
        "deadline over": deadline(starts_at=NOW - 3 * DAY),
        "untranslated": full_event(title_en="", lead_en="", body_en=""),
        "bare": make_event(lead_bg="", lead_en="", body_bg="", body_en="", series=None),
    }
