"""The way from the home page to a page, as its visible breadcrumbs show it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template import Context
from django.urls import ResolverMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

SECTIONS = {
    "news:article_list": gettext_lazy("News"),
    "events:event_list": gettext_lazy("Events"),
    "events:event_past": gettext_lazy("Past events"),
    "events:series_list": gettext_lazy("Series of events"),
    "events:organization_list": gettext_lazy("Organizations"),
    "events:speaker_list": gettext_lazy("Speakers"),
    "calendar:calendar_now": gettext_lazy("Calendar"),
    "calendar:calendar_agenda": pgettext_lazy("way of looking at a calendar", "Agenda"),
}
PARENTS = {
    "news:article_year": "news:article_list",
    "news:article_month": "news:article_list",
    "news:category_detail": "news:article_list",
    "events:event_past": "events:event_list",
    "events:event_year": "events:event_past",
    "events:event_detail": "events:event_list",
    "events:series_list": "events:event_list",
    "events:series_detail": "events:series_list",
    "events:speaker_detail": "events:speaker_list",
    "events:organization_detail": "events:organization_list",
    "calendar:calendar_agenda": "calendar:calendar_now",
    "calendar:calendar_year": "calendar:calendar_now",
    "calendar:calendar_week": "calendar:calendar_now",
    "calendar:calendar_month": "calendar:calendar_now",
    "calendar:calendar_day": "calendar:calendar_now",
}
Crumb = tuple[str, str]  # the name and the path of a page


def trail(page: ResolverMatch, path: str, context: Context) -> list[Crumb]:
    """The pages from the home page to this one.

    Args:
        page: what the address was resolved to.
        path: of the page itself.
        context: of its template, where the thing that it shows stands under its model's name.

    Returns:
        Names and paths, the page itself last; nothing for the home page and for pages that
        belong to no section.
    """
    here = _name(page, context)
    if not here:
        return []
    return [(gettext("Home"), reverse("home")), *_parents(page, context), (here, path)]


def _name(page: ResolverMatch, context: Context) -> str:
    if page.view_name in SECTIONS:
        return str(SECTIONS[page.view_name])
    if thing := _thing(page, context):
        return str(thing)
    if "week" in page.kwargs:
        return gettext("Week %(week)s of %(year)s") % page.kwargs
    numbers = [page.kwargs[part] for part in ("year", "month", "day") if part in page.kwargs]
    forms = {2: "YEAR_MONTH_FORMAT", 3: "DATE_FORMAT"}
    if len(numbers) in forms:
        return date_format(date(*(*numbers, 1)[:3]), forms[len(numbers)])
    return "".join(map(str, numbers))


def _thing(page: ResolverMatch, context: Context) -> Any:
    """What a page named `article_detail` shows: the article."""
    name, _detail, rest = (page.url_name or "").partition("_detail")
    return context.get(name) if _detail and not rest else None


def _parents(page: ResolverMatch, context: Context) -> Iterator[Crumb]:
    if page.view_name == "news:article_detail":
        category = _thing(page, context).category
        yield category.name, category.get_absolute_url()
    elif parent := PARENTS.get(page.view_name):
        yield str(SECTIONS[parent]), reverse(parent)
