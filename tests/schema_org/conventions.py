"""What the facts of a page must say beside being right: the rules of the field and of search
engines for events, news and breadcrumbs (docs/decisions/0015-structured-data.md)."""

from collections.abc import Iterator
from typing import Any

from .checking import CONTEXT

# What everything of a class says wherever it stands
ALWAYS = {
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "url", "startDate", "eventStatus"},
    "EventSeries": {"@id", "name", "url"},
    "GeoCoordinates": {"latitude", "longitude"},
    "ImageObject": {"url", "width", "height"},
    "ListItem": {"position", "name"},
    "Offer": {"url"},
    "Organization": {"name", "url"},
    "GovernmentOrganization": {"name", "url"},
    "Person": {"name"},
    "Place": {"name", "address"},
    "PropertyValue": {"propertyID", "value"},
    "VirtualLocation": {"url"},
    "WebPage": {"name", "url", "expires"},
}
# What it says besides where it is what its page is about
OF_ITS_PAGE = {
    "Event": {"@id", "eventAttendanceMode", "inLanguage"},
    "WebPage": {"@id", "inLanguage", "potentialAction"},
    "NewsArticle": {
        *("@id", "url", "mainEntityOfPage", "headline", "datePublished", "dateModified"),
        *("author", "publisher", "articleSection", "inLanguage"),
    },
    "Organization": {"@id"},
    "Person": {"@id", "url"},
    "GovernmentOrganization": {"@id"},
    "EventSeries": {"startDate", "subEvent"},
    "ItemList": {"numberOfItems"},
}
# What an event of which everything is known says. Whether one pays is not known of any.
FULL = {
    *("name", "url", "startDate", "eventStatus", "eventAttendanceMode", "location", "organizer"),
    *("performer", "image", "inLanguage", "keywords", "offers", "subEvent", "superEvent"),
    *("description", "sponsor"),
}
FULL_DEADLINE = {
    *("name", "url", "expires", "description", "primaryImageOfPage", "inLanguage", "keywords"),
    "potentialAction",
}


def missing(block: dict[str, Any]) -> list[str]:
    """What a data block does not say though it must: "Event.startDate" for each."""
    found = [f"{name}.{fact}" for name, fact in _missing(block)]
    wanted = OF_ITS_PAGE.get(block["@type"], set())
    return found + [f"{block['@type']}.{fact}" for fact in sorted(wanted - set(block))]


def _missing(facts: Any) -> Iterator[tuple[str, str]]:
    if isinstance(facts, list):
        for each in facts:
            yield from _missing(each)
    elif isinstance(facts, dict):
        name = facts.get("@type", "")
        for fact in sorted(ALWAYS.get(name, set()) - set(facts)):
            yield name, fact
        yield from _missing(list(facts.values()))


def status_of(facts: dict[str, Any]) -> set[str]:
    """The members of EventStatusType that an event names, without their address."""
    said = facts["eventStatus"]
    names = said if isinstance(said, list) else [said]
    return {name.removeprefix(f"{CONTEXT}/") for name in names}
