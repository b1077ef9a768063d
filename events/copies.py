"""An event once more on another day, with those of its parts that are chosen."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sorb.dates import day_of, on_the_clock
from sorb.desk import history
from sorb.desk.models import Revision
from sorb.desk.snapshot import STANDING, row_fields, row_relations, value_fields
from sorb.publishing.addresses import LANGUAGES

from .models import Appearance, Event, ProgrammeItem

LAST_WEEK = 52  # that every year has


class Piece(models.TextChoices):
    """What of an event may be copied; its kind, place and times always are."""

    TEXTS = "texts", _("Lead and text")
    PROGRAMME = "programme", _("Programme, with its times")
    SPEAKERS = "speakers", _("Speakers")
    ORGANIZATIONS = "organizations", _("Organizations")
    PICTURES = "pictures", _("Cover and gallery")
    DOCUMENTS = "documents", _("Documents")
    TOPICS = "topics", _("Topics")
    ADDRESSES = "addresses", _("Addresses to join and to register")


FIELDS = {
    Piece.TEXTS: {f"{name}_{code}" for name in ("lead", "body") for code in LANGUAGES},
    Piece.PICTURES: {"cover"},
    Piece.ADDRESSES: {"online_address", "registration_address"},
}
ROWS = {  # the programme first: other rows point at its items
    Piece.PROGRAMME: "programme",
    Piece.SPEAKERS: "appearances",
    Piece.ORGANIZATIONS: "participations",
    Piece.PICTURES: "gallery",
    Piece.DOCUMENTS: "documents",
}
# What belongs to the one event that it happened to
OWN = STANDING | {
    *(f"{name}_{code}" for name in ("title", "slug", "state_note") for code in LANGUAGES),
    *("starts_at", "ends_at", "state", "previous_starts_at"),
    *("registration_opens_at", "registration_closes_at"),
}


def next_year(day: date) -> date:
    """The same weekday in the same week of the next year, by ISO 8601; week 53 becomes 52."""
    year, week, weekday = day.isocalendar()
    return date.fromisocalendar(year + 1, min(week, LAST_WEEK), weekday)


def copied(
    event: Event, starts_on: date, pieces: Collection[str], titles: dict[str, str], user: Any
) -> Event:
    """Save a copy of an event as a draft of the user's, with its revision and a line of the log.

    Args:
        event: as the database has it; stays as it is.
        starts_on: the day in Sofia on which the copy begins; the programme moves with it.
        pieces: what comes along, values of Piece.
        titles: by language, "" for none in English.
        user: whose draft it becomes.

    Raises:
        SkippedTimeError: the clock is put forward over one of its times.
    """
    by = starts_on - day_of(event.starts_at)
    left_out = Event.record | OWN
    left_out = left_out.union(*(FIELDS[each] for each in FIELDS if each not in pieces))
    copy = Event(created_by=user, changed_by=user)
    for field in value_fields(Event):
        if field.name not in left_out:
            setattr(copy, field.attname, getattr(event, field.attname))
    for code, title in titles.items():
        setattr(copy, f"title_{code}", title)
    copy.starts_at = on_the_clock(event.starts_at, by)
    copy.ends_at = max(on_the_clock(event.ends_at, by), copy.starts_at)
    copy.save()
    if Piece.TOPICS in pieces:
        copy.topics.set(event.topics.all())
    _copy_rows(event, copy, [ROWS[each] for each in ROWS if each in pieces], by)
    history.record(copy, user, Revision.Verb.CREATED)
    return copy


def _copy_rows(event: Event, copy: Event, names: list[str], by: timedelta) -> None:
    relations = row_relations(Event)
    items: dict[Any, int] = {}  # of the programme: the key of the copy by that of the original
    for name in names:
        relation = relations[name]
        for row in getattr(event, name).all():
            twin = relation.related_model(**{relation.remote_field.name: copy})
            for field in row_fields(relation):
                setattr(twin, field.attname, _value(row, field, items, by))
            if isinstance(twin, Appearance) and event.is_over:
                _forget_facts_of_then(twin)
            twin.save()
            if isinstance(twin, ProgrammeItem):
                items[row.pk] = twin.pk


def _value(
    row: models.Model, field: "models.Field[Any, Any]", items: dict[Any, int], by: timedelta
) -> Any:
    value = getattr(row, field.attname)
    if field.related_model is ProgrammeItem:
        return items.get(value)
    return on_the_clock(value, by) if isinstance(value, datetime) else value


def _forget_facts_of_then(appearance: Appearance) -> None:
    """Position and organization were those of that day: the copy keeps the present ones."""
    for code in LANGUAGES:
        setattr(appearance, f"position_{code}", "")
    appearance.organization = None
