"""The official holidays of Bulgaria, by the package holidays (Labour Code, article 154)."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from holidays import country_holidays

from sorb.publishing.addresses import page_language

NAMES = {"bg": "bg", "en": "en_US"}  # languages as the package calls them
FIRST_YEAR, LAST_YEAR = 1991, 2100  # what the package knows, and what our forms accept


@lru_cache(maxsize=64)
def in_year(year: int, language: str) -> dict[date, str]:
    """The holidays of a year with their names, days off in place of a weekend included."""
    return dict(country_holidays("BG", years=year, language=NAMES[language]))


def holiday(day: date) -> str:
    """The name of a holiday in the language of the page; "" for any other day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return in_year(day.year, page_language()).get(day, "")


def holidays_between(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The holidays from one day to another, both included, the earliest first."""
    for year in range(max(first.year, FIRST_YEAR), min(last.year, LAST_YEAR) + 1):
        for day, name in sorted(in_year(year, page_language()).items()):
            if first <= day <= last:
                yield day, name
