"""Directories: names in alphabetical order under their letters, and the ways to fewer of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from sorb.outside import absolute, clean
from sorb.publishing.addresses import SOURCE, page_language
from sorb.publishing.pages import numbered_page
from sorb.publishing.slugs import slugify

from .models import Organization
from .models.organization import Kind, OrganizationQuerySet
from .sortkeys import letter_of, sort_key

PER_PAGE = 120  # names


@dataclass(frozen=True)
class Letter:
    name: str  # „А“, "B", or "#" over what begins with no letter
    anchor: str
    address: str  # of the page on which it begins; empty when it is this one


@dataclass(frozen=True)
class Directory:
    """A page of names, with the letters of the whole list."""

    items: Page[Any]
    letters: list[Letter]
    sections: list[tuple[Letter, list[Any]]]
    path: str
    query: dict[str, str]  # what the list was asked for, beside the number of the page

    @property
    def previous_address(self) -> str:
        has, number = self.items.has_previous(), self.items.number
        return _address(self.path, self.query, number - 1) if has else ""

    @property
    def next_address(self) -> str:
        has, number = self.items.has_next(), self.items.number
        return _address(self.path, self.query, number + 1) if has else ""

    def structured_data(self) -> dict[str, Any]:
        """The names of this page as schema.org's ItemList."""
        first = self.items.start_index()
        return {
            "@type": "ItemList",
            "numberOfItems": self.items.paginator.count,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": clean(str(item)),
                    "url": absolute(item.get_absolute_url(item.language)),
                }
                for place, item in enumerate(self.items, start=first)
            ],
        }


def directory(request: HttpRequest, items: Any, query: dict[str, str] | None = None) -> Directory:
    """The page of a directory that ?page= asks for, in the alphabetical order of its language.

    Args:
        request: of a page.
        items: people or organizations, with what the list shows of them.
        query: what else the address asks for.

    Raises:
        Http404: there is no such page.
    """
    key = f"sort_key_{page_language()}"
    signs = items.order_by().annotate(sign=Substr(key, 1, 1)).values_list("sign")
    counts = sorted(signs.annotate(Count("pk")))
    page = numbered_page(request, items.in_order(page_language()), PER_PAGE)
    letters, by_sign = _letters(counts, request.path, query or {}, page.number)
    sections = [
        (letter, list(under))
        for letter, under in groupby(page, lambda item: by_sign[getattr(item, key)[:1]])
    ]
    return Directory(page, letters, sections, request.path, query or {})


def _letters(
    counts: list[tuple[str, int]], path: str, query: dict[str, str], shown: int
) -> tuple[list[Letter], dict[str, Letter]]:
    """The letters of a list, and by each sign with which a key begins the letter over it."""
    letters: list[Letter] = []
    by_sign = {}
    before = 0
    for sign, count in counts:
        name = letter_of(sign)
        if not letters or letters[-1].name != name:
            number = before // PER_PAGE + 1
            address = "" if number == shown else _address(path, query, number)
            letters.append(Letter(name, f"letter-{ord(sign or '0'):x}", address))
        by_sign[sign] = letters[-1]
        before += count
    return letters, by_sign


def _address(path: str, query: dict[str, str], number: int) -> str:
    asked = {**query, **({"page": str(number)} if number > 1 else {})}
    return f"{path}?{urlencode(asked)}" if asked else path


class Fact(NamedTuple):
    """How many organizations of a kind there are in a district."""

    kind: str
    district_bg: str
    district_en: str
    number: int

    @property
    def key(self) -> str:
        return slugify(self.district_bg) if self.district_bg else ""

    @property
    def district(self) -> str:
        return (page_language() != SOURCE and self.district_en) or self.district_bg


FACTS = ("kind", "district_bg", "district_en")


@dataclass(frozen=True)
class Choice:
    """One of the ways to fewer organizations; kinds are named by the template, in the plural."""

    key: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Chosen:
    """The organizations of a kind, of a district, of both, or all of them."""

    items: OrganizationQuerySet
    kinds: list[Choice]
    districts: list[Choice]

    @property
    def kind(self) -> str:
        return next((each.key for each in self.kinds if each.is_chosen), "")

    @property
    def district(self) -> Choice | None:
        return next((each for each in self.districts if each.is_chosen), None)

    @property
    def query(self) -> dict[str, str]:
        asked = {"kind": self.kind, "district": self.district.key if self.district else ""}
        return {name: value for name, value in asked.items() if value}

    @property
    def count_of_kinds(self) -> int:
        return sum(each.count for each in self.kinds)


def chosen_organizations(query: Mapping[str, str]) -> Chosen:
    """The public organizations that an address asks for.

    Args:
        query: of the address: `kind` and `district`, the latter in Latin letters, the same in
            both languages.

    Raises:
        Http404: there is no such kind, or no district with a public organization by that name.
    """
    visible = Organization.objects.visible()
    kind, district = query.get("kind", ""), query.get("district", "")
    facts = [Fact(*row) for row in visible.order_by().values_list(*FACTS).annotate(Count("pk"))]
    districts = {fact.key for fact in facts} - {""}
    if (kind and kind not in Kind.values) or (district and district not in districts):
        raise Http404(_("There is no such page."))
    items = visible.select_related("logo")
    if kind:
        items = items.filter(kind=kind)
    if district:
        items = items.filter(district_bg__in=[f.district_bg for f in facts if f.key == district])
    there = [fact for fact in facts if district in ("", fact.key)]
    of_kind = [fact for fact in facts if kind in ("", fact.kind)]
    return Chosen(items, _kinds(there, kind), _districts(of_kind, district))


def _kinds(facts: list[Fact], chosen: str) -> list[Choice]:
    counts = {kind: sum(fact.number for fact in facts if fact.kind == kind) for kind in Kind.values}
    return [
        Choice(kind, "", count, kind == chosen)
        for kind, count in counts.items()
        if count or kind == chosen
    ]


def _districts(facts: list[Fact], chosen: str) -> list[Choice]:
    """In the alphabetical order of the page's language."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for fact in facts:
        if fact.key:
            counts[fact.key] = counts.get(fact.key, 0) + fact.number
            names[fact.key] = names.get(fact.key) or fact.district
    keys = sorted(counts, key=lambda key: sort_key(names[key]))
    return [Choice(key, names[key], counts[key], key == chosen) for key in keys]
