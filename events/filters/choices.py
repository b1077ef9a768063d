"""What readers can choose from: only what visible events have, read at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import (
    Appearance,
    Attendance,
    Event,
    EventType,
    Organization,
    Participation,
    Venue,
)
from events.sortkeys import sort_key
from sorb.publishing.addresses import LANGUAGES, SOURCE, page_language
from sorb.publishing.models import Topic
from sorb.publishing.slugs import slugify
from sorb.publishing.visibility import visible_now

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
DISTRICTS = tuple(f"district_{code}" for code in LANGUAGES)
COLUMNS = ("facet", "key", "order", *NAMES, *DISTRICTS)


@dataclass(frozen=True)
class Choice:
    """A value of a filter: how the address says it, how readers do, and what is compared."""

    value: str
    name: str
    key: Any
    language: str

    @property
    def is_foreign(self) -> bool:
        """Is the name in another language than the page?"""
        return self.language != page_language()


class Choices:
    """The values of each filter. What depends on events costs one read, made when asked for."""

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return [dict(zip(COLUMNS, row, strict=True)) for row in _named_by_events()]

    def of(self, name: str) -> list[Choice]:
        """The values of a filter in the order in which they are offered."""
        found: list[Choice] = getattr(self, f"_{name}")
        return found

    @cached_property
    def _type(self) -> list[Choice]:
        rows = [row for row in self._rows if row["facet"] == "type"]
        return [_numbered(row) for row in sorted(rows, key=lambda row: row["order"])]

    @cached_property
    def _topic(self) -> list[Choice]:
        return self._alphabetical("topic")

    @cached_property
    def _organization(self) -> list[Choice]:
        return self._alphabetical("organization")

    @cached_property
    def _district(self) -> list[Choice]:
        return list(_by_slug(self._rows, DISTRICTS))

    @cached_property
    def _town(self) -> list[Choice]:
        return list(_by_slug([row for row in self._rows if row["facet"] == "town"], NAMES))

    @cached_property
    def _language(self) -> list[Choice]:
        names = {
            "bg": _("Bulgarian"),
            "en": pgettext("language", "English"),
            "fr": _("French"),
            "de": _("German"),
        }
        return [_ours(code, name) for code, name in names.items()]

    @cached_property
    def _attendance(self) -> list[Choice]:
        return [_ours(value, str(name)) for value, name in Attendance.choices]

    @cached_property
    def _registration(self) -> list[Choice]:
        return [_ours("open", _("Only with open registration"))]

    def _alphabetical(self, facet: str) -> list[Choice]:
        found = [_numbered(row) for row in self._rows if row["facet"] == facet]
        return sorted(found, key=lambda choice: (sort_key(choice.name), choice.key))


def _ours(value: str, name: str) -> Choice:
    return Choice(value, capfirst(name), value, page_language())


def _named(row: dict[str, Any], fields: tuple[str, ...]) -> tuple[str, str]:
    """The name in the language of the page, or else in Bulgarian; and which of the two it is."""
    names = dict(zip(LANGUAGES, (row[field] for field in fields), strict=True))
    language = page_language() if names[page_language()] else SOURCE
    return names[language], language


def _numbered(row: dict[str, Any]) -> Choice:
    """By its number: neither a new name nor another language changes what was subscribed to."""
    name, language = _named(row, NAMES)
    return Choice(row["key"], name, int(row["key"]), language)


def _by_slug(rows: list[dict[str, Any]], fields: tuple[str, ...]) -> Iterator[Choice]:
    """Places have no number: they are said by their Bulgarian name in Latin letters."""
    found: dict[str, Choice] = {}
    for row in rows:
        if row[fields[0]]:
            slug, (name, language) = slugify(row[fields[0]]), _named(row, fields)
            known = found.setdefault(slug, Choice(slug, name, set(), language))
            known.key.add(row[fields[0]])  # „София“ and „СОФИЯ“ are one town
    yield from sorted(found.values(), key=lambda choice: sort_key(choice.name))


def _named_by_events() -> "QuerySet[Any, tuple[Any, ...]]":
    """Types, topics, organizations and towns of visible events, in rows of one form.

    By plain querysets: those of modeltranslation select columns in any order, which a union minds.
    """
    types = _used(EventType, Event, "type")
    venues = _used(Venue, Event, "venue")
    topics = _used(Topic, Event.topics.through, "topic", "event__")
    by_way: tuple[QuerySet[Any], ...] = (
        _used(Organization, Participation, "organization", "event__"),
        _used(Organization, Appearance, "organization", "event__"),
        QuerySet(Organization).filter(pk__in=venues.values("municipality")),
    )
    districts = [F(field) for field in DISTRICTS]
    return _rows_of("type", types, order=F("order")).union(
        _rows_of("topic", topics),
        *(_rows_of("organization", found, districts=districts) for found in by_way),
        _rows_of("town", venues, names=[F(f"town_{code}") for code in LANGUAGES]),
    )


def _used(things: type[Model], links: type[Model], field: str, event: str = "") -> "QuerySet[Any]":
    """The things that a visible event has: each costs one look into an index, however many events.

    Which is the next thing named from this one on? That question has an order, and so PostgreSQL
    goes by the index. Asked whether any row names it, it reads the whole table for what none does,
    since it expects to meet every value soon.

    Args:
        things: the model of what is looked for.
        links: the model whose rows name such a thing.
        field: the one that does.
        event: the way from such a row to its event.
    """
    rows: QuerySet[Any] = QuerySet(links)
    named = rows.filter(visible_now(event), **{f"{field}__gte": OuterRef("pk")})
    first = Subquery(named.order_by(f"{field}_id").values(f"{field}_id")[:1])
    met: QuerySet[Any] = QuerySet(things).alias(first=first).filter(first=F("pk"))
    return met


def _rows_of(
    facet: str,
    things: "QuerySet[Any]",
    order: Any = None,
    names: Sequence[F] = tuple(map(F, NAMES)),
    districts: Sequence[F | Value] = tuple(Value("") for _code in LANGUAGES),
) -> "QuerySet[Any, tuple[Any, ...]]":
    text = CharField()
    fields = zip((*NAMES, *DISTRICTS), (*names, *districts), strict=True)
    columns = {
        "facet": Value(facet, text),
        "key": Cast("pk", text),
        "order": order or Value(0),
        **{field: Cast(column, text) for field, column in fields},
    }
    # Annotations may not be called like a field of the model
    named = things.order_by().annotate(**{f"of_{name}": way for name, way in columns.items()})
    rows: QuerySet[Any, tuple[Any, ...]] = named.values_list(*(f"of_{name}" for name in columns))
    return rows
