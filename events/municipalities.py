"""The 265 municipalities of Bulgaria as organizations, by EKATTE (see `data/README.md`)."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple

from django.db import transaction

from sorb.desk import history
from sorb.desk.models import Revision

from .models import Organization, Venue
from .models.organization import Kind

FILE = "municipalities.csv"
SOURCE = "ЕКАТТЕ, НСИ, декември 2023 г."
SAY_EVERY = 50  # municipalities
# Not called by their place, and the place where such a one has its seat
CAPITAL, CAPITAL_CITY = "SOF46", "София"
# What an absent word or code is filled with; what is there already is an editor's, and stays
FILLED = ("name_en", "district_bg", "district_en", "region_bg", "region_en", "ekatte", "nuts3")

Say = Callable[[str], None]


class Municipality(NamedTuple):
    code: str
    ekatte: str
    place_bg: str
    place_en: str
    district_bg: str
    district_en: str
    nuts3: str
    region_bg: str
    region_en: str
    nuts2: str

    def facts(self, is_only_one: bool) -> dict[str, str]:
        """The fields of its organization; of two with the same name each says its district."""
        name_bg, name_en = f"Община {self.place_bg}", f"Municipality of {self.place_en}"
        if self.code == CAPITAL:
            name_bg, name_en = f"{self.place_bg} община", f"{self.place_en} Municipality"
        if not is_only_one:
            name_bg += f", област {self.district_bg}"
            name_en += f", {self.district_en} District"
        told = ("ekatte", "district_bg", "district_en", "nuts3", "region_bg", "region_en")
        return {"name_bg": name_bg, "name_en": name_en} | {
            name: getattr(self, name) for name in told
        }


@dataclass
class Summary:
    created: int = 0
    completed: int = 0
    unchanged: int = 0
    venues: int = 0
    kept: list[str] = field(default_factory=list)  # codes and fields where an editor says otherwise

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.completed} completed, {self.unchanged} as they were; "
            f"{self.venues} venues tied to their municipality."
        )


def municipalities() -> list[Municipality]:
    """The rows of the file, in its order."""
    text = resources.files(__package__).joinpath("data", FILE).read_text("utf-8")
    _head, *rows = csv.reader(text.splitlines())
    return [Municipality(*row) for row in rows]


def load(say: Say) -> Summary:
    """Make an organization of each municipality that has none, and fill what others lack.

    What staff have written stays; a second load changes nothing. All or nothing is stored.

    Args:
        say: takes a line about the progress.
    """
    rows = municipalities()
    names = Counter(row.place_bg for row in rows)
    summary = Summary()
    with transaction.atomic():
        known = {each.code: each for each in Organization.objects.exclude(code=None)}
        unnamed = Organization.objects.municipalities().filter(code=None)
        by_name = {each.name_bg: each for each in unnamed}
        for number, row in enumerate(rows, start=1):
            facts = row.facts(is_only_one=names[row.place_bg] == 1)
            organization = known.get(row.code) or by_name.get(facts["name_bg"])
            if organization is None:
                _create(row.code, facts)
                summary.created += 1
            else:
                _complete(organization, row.code, facts, summary)
            if number % SAY_EVERY == 0 or number == len(rows):
                say(f"  municipalities: {number} of {len(rows)}")
        summary.venues = _tie_venues(row for row in rows if names[row.place_bg] == 1)
    return summary


def unload() -> int:
    """Take out those that nobody has touched and nothing uses, and say how many they were."""
    codes = [row.code for row in municipalities()]
    used_by = ("articles", "venues", "speakers", "participations", "appearances")
    unused = Organization.objects.filter(code__in=codes, version=1, **dict.fromkeys(used_by))
    _count, of_each = Organization.objects.filter(pk__in=unused.values("pk")).delete()
    return of_each.get("events.Organization", 0)


def _create(code: str, facts: dict[str, str]) -> None:
    Organization.objects.create(kind=Kind.MUNICIPALITY, code=code, is_listed=True, **facts)


def _complete(
    organization: Organization, code: str, facts: dict[str, str], summary: Summary
) -> None:
    lacking = {name: facts[name] for name in FILLED if not getattr(organization, name)}
    if organization.code is None:
        lacking["code"] = code
    summary.kept += [
        f"{code} {name}" for name in facts if getattr(organization, name) not in ("", facts[name])
    ]
    if not lacking:
        summary.unchanged += 1
        return
    for name, value in lacking.items():
        setattr(organization, name, value)
    organization.save()
    if Revision.objects.about(organization).exists():
        history.record(organization, None, Revision.Verb.CHANGED, note=SOURCE)
    summary.completed += 1


def _tie_venues(rows: Iterable[Municipality]) -> int:
    """Say of each venue in the town of a municipality that it is on its ground."""
    codes = {CAPITAL_CITY if row.code == CAPITAL else row.place_bg: row.code for row in rows}
    by_code = {each.code: each for each in Organization.objects.exclude(code=None)}
    venues = Venue.objects.filter(municipality=None, town_bg__in=codes)
    for venue in venues:
        venue.municipality = by_code[codes[venue.town_bg]]  # type: ignore[attr-defined]
        venue.save()
    return len(venues)
