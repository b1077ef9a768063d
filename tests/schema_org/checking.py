"""Structured data held against the vocabulary of schema.org (vocabulary.json, README.md).

Literals are those of schema.org's data types (https://schema.org/DataType) as JSON-LD writes them
(https://www.w3.org/TR/json-ld11/); moments and days are ISO 8601 as RFC 3339 narrows it.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

VOCABULARY = json.loads((Path(__file__).parent / "vocabulary.json").read_text())
TYPES: dict[str, Any] = VOCABULARY["types"]
SUPERSEDED = set(VOCABULARY["superseded"])
CONTEXT = "https://schema.org"
KEYWORDS = {"@id", "@type"}

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
OFFSET = r"(?:Z|[+-]\d\d:\d\d)"
MOMENT = re.compile(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d{OFFSET}", re.ASCII)
HOUR = re.compile(rf"\d\d:\d\d:\d\d{OFFSET}?", re.ASCII)
DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+[HMS])+)?)", re.ASCII
)
QUANTITY = re.compile(r"\d+(?:\.\d+)? \S+", re.ASCII)  # "1200 px", as https://schema.org/Distance
ADDRESS = re.compile(r"https?://[!-~]+")  # RFC 3986 knows visible ASCII alone


def problems(block: Any) -> list[str]:
    """What is wrong with a data block of a page.

    Args:
        block: the JSON of an element `<script type="application/ld+json">`, decoded.

    Returns:
        A line for each fault, "Event.location[0].url: …"; none when all is right.
    """
    if not isinstance(block, dict):
        return [f"{block!r} is no object"]
    found = []
    if block.get("@context") != CONTEXT:
        found.append(f"@context: {block.get('@context')!r} instead of {CONTEXT}")
    facts = {name: value for name, value in block.items() if name != "@context"}
    if "@graph" not in facts:
        return [*found, *_of_thing(facts, "Thing", "")]
    nodes = facts.pop("@graph")
    found += [f"{name}: stands beside @graph" for name in facts]
    if not isinstance(nodes, list) or not nodes:
        return [*found, "@graph: is no list of things"]
    return [*found, *(each for node in nodes for each in _of_thing(node, "Thing", ""))]


def _of_thing(facts: Any, expected: str, path: str) -> Iterator[str]:
    """The faults of one object, which should be of the expected class."""
    if not isinstance(facts, dict):
        yield f"{path or '@graph'}: {facts!r} is no object"
        return
    if "@id" in facts and not is_address(facts["@id"]):
        yield f"{path}@id: {facts['@id']!r} is no whole address"
    if path and set(facts) == {"@id"}:
        return
    types = facts.get("@type")
    names = types if isinstance(types, list) else [types]
    unknown = [name for name in names if not (isinstance(name, str) and name in TYPES)]
    if unknown or not names:
        yield f"{path}@type: schema.org has no {types!r}"
        return
    if not any(is_a(name, expected) for name in names):
        yield f"{path}@type: {types!r} is no {expected}"
    place = path or f"{names[0]}."
    for name, value in facts.items():
        if name not in KEYWORDS:
            yield from _of_property(names, name, value, f"{place}{name}")


def _of_property(names: list[str], name: str, value: Any, path: str) -> Iterator[str]:
    expected = {kind for each in names for kind in properties(each).get(name, ())}
    if not expected:
        yield f"{path}: {names} has no such property"
    elif name in SUPERSEDED:
        yield f"{path}: schema.org has superseded it"
    elif isinstance(value, list):
        if not value:
            yield f"{path}: the list is empty"
        for place, each in enumerate(value):
            yield from _of_value(each, expected, f"{path}[{place}]")
    else:
        yield from _of_value(value, expected, path)


def _of_value(value: Any, expected: set[str], path: str) -> Iterator[str]:
    classes = {kind for kind in expected if kind in TYPES}
    if isinstance(value, dict) and classes:
        own = [kind for kind in classes if _is_of(value, kind)]
        wanted = min(own or classes)
        yield from _of_thing(value, wanted, f"{path}.")
    elif not any(_fits(value, kind) for kind in expected):
        yield f"{path}: {value!r} is none of {', '.join(sorted(expected))}"


def _is_of(value: dict[str, Any], kind: str) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name in TYPES and is_a(name, kind) for name in names)


def _fits(value: Any, kind: str) -> bool:
    """Is a literal of this type? An enumeration's members are named by their whole addresses."""
    if kind in TYPES:
        return isinstance(value, str) and value in members(kind)
    return kind in LITERALS and LITERALS[kind](value)


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_address(value: Any) -> bool:
    """A whole address of the web, with a host."""
    return isinstance(value, str) and bool(ADDRESS.fullmatch(value) and urlsplit(value).hostname)


def is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(DAY.fullmatch(value)) and _reads(date, value)


def is_moment(value: Any) -> bool:
    return isinstance(value, str) and bool(MOMENT.fullmatch(value)) and _reads(datetime, value)


def is_hour(value: Any) -> bool:
    return isinstance(value, str) and bool(HOUR.fullmatch(value)) and _reads(time, value)


def is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    return is_integer(value) or (isinstance(value, float) and isfinite(value))


def _reads(kind: Any, value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


LITERALS = {
    "Text": is_text,
    "URL": is_address,
    "Date": is_day,
    "DateTime": is_moment,
    "Time": is_hour,
    "Number": is_number,
    "Float": is_number,
    "Integer": is_integer,
    "Boolean": lambda value: isinstance(value, bool),
    "Duration": lambda value: isinstance(value, str) and bool(DURATION.fullmatch(value)),
    **dict.fromkeys(
        ("Distance", "Energy", "Mass", "Quantity"),
        lambda value: isinstance(value, str) and bool(QUANTITY.fullmatch(value)),
    ),
    **dict.fromkeys(("CssSelectorType", "PronounceableText", "XPathType"), is_text),
}


@cache
def ancestors(name: str) -> frozenset[str]:
    """A class and all the classes above it."""
    return frozenset({name}).union(*map(ancestors, TYPES[name]["parents"]))


def is_a(name: str, kind: str) -> bool:
    return kind in ancestors(name)


@cache
def properties(name: str) -> dict[str, set[str]]:
    """The properties that a class has, its own and inherited, with the types that they expect."""
    found: dict[str, set[str]] = {}
    for each in ancestors(name):
        for called, expected in TYPES[each].get("properties", {}).items():
            found.setdefault(called, set()).update(expected)
    return found


@cache
def members(name: str) -> frozenset[str]:
    """The whole addresses of an enumeration's members, those of its subclasses among them."""
    return frozenset(
        f"{CONTEXT}/{member}"
        for each, facts in TYPES.items()
        if is_a(each, name)
        for member in facts.get("members", ())
    )
