"""What a reader asks of a list, a calendar or a feed of events."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.queryset import EventQuerySet
from sorb.dates import day_of, midnight
from sorb.outside import clean
from sorb.publishing.addresses import page_language

from .choices import Choice, Choices
from .periods import PERIODS, period_days

WORDS, PERIOD = "q", "when"
LONGEST = 100  # characters of words to search for
MOST_WORDS = 8

Narrowing = Callable[[EventQuerySet, Any], EventQuerySet]


class Facet(NamedTuple):
    label: Promise
    narrow: Narrowing


FACETS: dict[str, Facet] = {
    "type": Facet(gettext_lazy("Type"), EventQuerySet.of_type),
    "topic": Facet(gettext_lazy("Topic"), EventQuerySet.about),
    "organization": Facet(gettext_lazy("Organization"), EventQuerySet.with_organization),
    "district": Facet(gettext_lazy("District"), EventQuerySet.in_district),
    "town": Facet(gettext_lazy("Town"), EventQuerySet.in_town),
    "language": Facet(pgettext_lazy("of an event", "Held in"), EventQuerySet.held_in),
    "attendance": Facet(gettext_lazy("Attendance"), EventQuerySet.attended),
    "registration": Facet(
        gettext_lazy("Registration"), lambda events, _value: events.with_open_registration()
    ),
}


class Applied(NamedTuple):
    """One filter that is on: its words, and the query of the address without it."""

    label: str
    choice: Choice
    rest: str


@dataclass(frozen=True)
class EventFilter:
    """The filters of an address, in one order, each at most once."""

    chosen: dict[str, Choice] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)

    @classmethod
    def asked(cls, query: QueryDict) -> "EventFilter":
        """The filters in the query of an address; what is empty is not asked, others are ignored.

        Raises:
            Http404: a filter is given twice, or there is no such value.
        """
        choices = Choices()
        given = {name: _given(query, name) for name in (*FACETS, PERIOD, WORDS)}
        asked = {name: _choice(choices, name, value) for name, value in given.items() if value}
        return cls({name: choice for name, choice in asked.items() if choice.value}, choices)

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """The events that all filters let through."""
        for name, choice in self.chosen.items():
            if name in FACETS:
                events = FACETS[name].narrow(events, choice.key)
            elif name == PERIOD:
                first, last = period_days(choice.key, day_of(timezone.now()))
                events = events.between(midnight(first), midnight(last + timedelta(days=1)))
            else:
                events = events.saying(choice.key)
        return events

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @property
    def query(self) -> str:
        """The filters as an address says them: "type=3&town=ruse"."""
        return self.query_with()

    @property
    def suffix(self) -> str:
        """The same with its question mark; '' when nothing is asked."""
        return f"?{self.query}" if self.query else ""

    def query_with(self, **changed: str) -> str:
        """The query with some parameters changed; those changed to '' are left out."""
        own = {name: choice.value for name, choice in self.chosen.items()}
        return urlencode({name: value for name, value in (own | changed).items() if value})

    @property
    def applied(self) -> list[Applied]:
        labels = {PERIOD: _("Period"), WORDS: _("Words")}
        return [
            Applied(
                str(FACETS[name].label) if name in FACETS else labels[name],
                choice,
                self.query_with(**{name: ""}),
            )
            for name, choice in self.chosen.items()
        ]

    @property
    def words(self) -> str:
        return self.chosen[WORDS].value if WORDS in self.chosen else ""

    @property
    def period(self) -> str:
        return self.chosen[PERIOD].value if PERIOD in self.chosen else ""

    @property
    def selects(self) -> Iterator[tuple[str, Promise, list[Choice], str]]:
        """What the form offers: parameter, label, values, the value that is on."""
        for name, facet in FACETS.items():
            if name != "registration" and (choices := self.choices.of(name)):
                on = self.chosen[name].value if name in self.chosen else ""
                yield name, facet.label, choices, on

    @property
    def is_registration_asked(self) -> bool:
        return "registration" in self.chosen

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        """Each period: its name, the query that asks for it, and whether it is on."""
        return [
            (str(name), self.query_with(**{PERIOD: value}), value == self.period)
            for value, name in PERIODS.items()
        ]

    @property
    def periods_here(self) -> list[tuple[str, str, bool]]:
        """The same as addresses of the list on whose page they stand."""
        return [(name, f"?{query}", is_on) for name, query, is_on in self.periods]

    def __str__(self) -> str:
        """The filters in the words of readers: „Форум, Русе“."""
        return ", ".join(choice.name for choice in self.chosen.values())


def _given(query: QueryDict, name: str) -> str:
    values = {value.strip() for value in query.getlist(name)} - {""}
    if len(values) > 1:
        raise Http404(_("There is no such filter."))
    return values.pop() if values else ""


def _choice(choices: Choices, name: str, value: str) -> Choice:
    """What a parameter says.

    Raises:
        Http404: nothing that there is.
    """
    if name == WORDS:
        return _words(value)
    if name == PERIOD:
        named = {key: Choice(key, str(text), key, page_language()) for key, text in PERIODS.items()}
    else:
        named = {choice.value: choice for choice in choices.of(name)}
    if value not in named:
        raise Http404(_("There is no such filter."))
    return named[value]


def _words(value: str) -> Choice:
    """Words to search for, without signs that no text has."""
    text = " ".join(re.split(r"\s+", clean(value)))[:LONGEST].strip()
    return Choice(
        text, _("“%(words)s”") % {"words": text}, text.split()[:MOST_WORDS], page_language()
    )
