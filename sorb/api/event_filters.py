"""Which events are asked for, by parameters called as the page of the calendar calls them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from events.models import Attendance, Participation, State
from events.queryset import EventQuerySet
from sorb.dates import midnight
from sorb.publishing.models import Topic

from .parameters import Asked, Parameter, choice, day, number, slug, words
from .words import at_slug, with_words

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)
OFF = (State.CANCELLED, State.POSTPONED)

FILTERS: tuple[Parameter, ...] = (
    day("from", "Events that take place on this day of Europe/Sofia or later."),
    day("to", "Events that take place on this day of Europe/Sofia or earlier."),
    number("type", "The number of a type of event.", 2**31 - 1),
    slug("topic", "The last part of the address of a topic, in either language."),
    slug("organization", "The last part of the address of an organization that takes part."),
    words("district", "The district of an organization that takes part, in either language."),
    words("town", "The town of the venue, in either language."),
    choice("attendance", "How one takes part.", Attendance.values),
    choice("open", "Only those for which one can enrol now.", ("1", "true")),
    words("q", "Words, all of which stand in the title or the lead, in either language."),
)


def chosen(events: EventQuerySet, asked: Asked) -> EventQuerySet:
    """Those of some events that answer to all filters, by their start.

    Args:
        events: those that may be told of.
        asked: the values of FILTERS that were given.
    """
    for name, condition in CONDITIONS.items():
        if name in asked:
            events = events.filter(condition(asked[name]))
    if "q" in asked:
        events = events.filter(with_words(asked["q"]))
    if "from" not in asked and "to" not in asked:
        return events.order_by("starts_at", "pk")
    first, last = asked.get("from", FIRST_DAY), asked.get("to", LAST_DAY)
    if last < first:
        return events.none()
    return events.between(midnight(first), midnight(last + timedelta(days=1)))


def in_topic(text: str) -> Q:
    return Q(topics__in=Topic.objects.filter(at_slug(text)).values("pk")[:1])


def with_organization(condition: Q) -> Q:
    parts: QuerySet[Any] = Participation.objects.filter(event=OuterRef("pk"))
    return Q(Exists(parts.filter(condition)))


def at_organization(text: str) -> Q:
    return with_organization(at_slug(text, "organization__"))


def in_district(text: str) -> Q:
    return with_organization(
        Q(organization__district_bg__iexact=text) | Q(organization__district_en__iexact=text)
    )


def in_town(text: str) -> Q:
    return Q(venue__town_bg__iexact=text) | Q(venue__town_en__iexact=text)


def is_open(_given: str) -> Q:
    """Registration has an address, has opened, and closes later (at the start, if nothing says)."""
    now = timezone.now()
    has_opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
    closes_at_start = Q(registration_closes_at=None, starts_at__gt=now)
    closes_later = closes_at_start | Q(registration_closes_at__gt=now)
    return ~Q(registration_address="") & ~Q(state__in=OFF) & has_opened & closes_later


CONDITIONS = {
    "type": lambda number: Q(type=number),
    "topic": in_topic,
    "organization": at_organization,
    "district": in_district,
    "town": in_town,
    "attendance": lambda value: Q(attendance=value),
    "open": is_open,
}
