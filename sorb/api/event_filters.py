"""Which events are asked for, by parameters called as the page of the calendar calls them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Attendance, Participation
from events.queryset import EventQuerySet
from sorb.dates import midnight
from sorb.publishing.models import Topic

from .parameters import Asked, Parameter, choice, day, number, slug, words
from .words import at_slug, with_words

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)

FILTERS: tuple[Parameter, ...] = (
    day("from", "Events that take place on this day of Europe/Sofia or later."),
    day("to", "Events that take place on this day of Europe/Sofia or earlier."),
    number("type", "The number of a type of event.", 2**31 - 1),
    slug("topic", "The last part of the address of a topic, in either language."),
    slug(
        "organization",
        "The last part of the address of an organization that takes part, or of the municipality "
        "in whose territory it is.",
    ),
    words(
        "district",
        "The district of an organization that takes part or of the venue, in either language.",
    ),
    words("town", "The town of the venue, in either language."),
    choice(
        "attendance",
        "How one can take part: `on_site` and `online` find what is held both ways, too.",
        Attendance.values,
    ),
    choice("registration", "Only those for which one can enrol now.", ("open",)),
    words("q", "Words, all of which stand in the title or the lead, in either language."),
)


def chosen(events: EventQuerySet, asked: Asked) -> EventQuerySet:
    """Those of some events that answer to all filters, by their start.

    Args:
        events: those that may be told of.
        asked: the values of FILTERS that were given.
    """
    for name, narrow in NARROWINGS.items():
        if name in asked:
            events = narrow(events, asked[name])
    if "q" in asked:
        events = events.filter(with_words(asked["q"]))
    if "from" not in asked and "to" not in asked:
        return events.order_by("starts_at", "pk")
    first, last = asked.get("from", FIRST_DAY), asked.get("to", LAST_DAY)
    if last < first:
        return events.none()
    return events.between(midnight(first), midnight(last + timedelta(days=1)))


def in_topic(events: EventQuerySet, text: str) -> EventQuerySet:
    return events.filter(topics__in=Topic.objects.filter(at_slug(text)).values("pk")[:1])


def with_part(condition: Q) -> Q:
    parts: QuerySet[Any] = Participation.objects.filter(event=OuterRef("pk"))
    return Q(Exists(parts.filter(condition)))


def at_organization(events: EventQuerySet, text: str) -> EventQuerySet:
    has_part = with_part(at_slug(text, "organization__"))
    return events.filter(has_part | at_slug(text, "venue__municipality__"))


def in_district(events: EventQuerySet, text: str) -> EventQuerySet:
    on_ground = called(text, "venue__municipality__district")
    return events.filter(with_part(called(text, "organization__district")) | on_ground)


def in_town(events: EventQuerySet, text: str) -> EventQuerySet:
    return events.filter(called(text, "venue__town"))


def called(text: str, field: str) -> Q:
    return Q(**{f"{field}_bg__iexact": text}) | Q(**{f"{field}_en__iexact": text})


NARROWINGS: dict[str, Callable[[EventQuerySet, Any], EventQuerySet]] = {
    "type": EventQuerySet.of_type,
    "topic": in_topic,
    "organization": at_organization,
    "district": in_district,
    "town": in_town,
    "attendance": EventQuerySet.attended,
    "registration": lambda events, _open: events.with_open_registration(),
}
