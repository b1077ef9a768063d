"""What every list and every page of the site does: numbered pages, and old addresses."""

import re
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .addresses import LANGUAGES, SOURCE, Addressed, AddressedQuerySet, page_language

PER_PAGE = 12
MOST_PAGES = 1000  # of a list; what lies beyond has archives by year and month
NUMBER = re.compile("[1-9][0-9]{0,5}")


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than anybody leafs: to count a million rows takes a second."""

    object_list: AddressedQuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: MOST_PAGES * self.per_page].count()


def numbered_page(
    request: HttpRequest, items: AddressedQuerySet, per_page: int = PER_PAGE
) -> Page[Any]:
    """The page of a list that ?page= asks for.

    Raises:
        Http404: there is no such page, or the number is none.
    """
    wish = request.GET.get("page", "1")
    if not NUMBER.fullmatch(wish):
        raise Http404(_("There is no such page."))
    try:
        return BoundedPaginator(items, per_page).page(int(wish))
    except EmptyPage as error:
        raise Http404(_("There is no such page.")) from error


def moved(items: AddressedQuerySet, slug: str) -> HttpResponsePermanentRedirect:
    """The way to what had this slug before.

    Raises:
        Http404: nothing that may be seen ever had it.
    """
    item = items.formerly_at(slug, page_language()).first()
    if item is None:
        raise Http404(_("There is no such page."))
    return HttpResponsePermanentRedirect(item.get_absolute_url())


def links_to(items: AddressedQuerySet) -> ArraySubquery:
    """The names and addresses of things, read within the read of what they belong to.

    Args:
        items: things that depend on the outer row, `Topic.objects.filter(articles=OuterRef("pk"))`.

    Returns:
        An annotation: a list of rows that `linked` turns into things again.
    """
    words = [f"{field}_{code}" for field in (items.model.heading, "slug") for code in LANGUAGES]
    row = JSONObject(**{word: word for word in words})
    return ArraySubquery(items.annotate(row=row).values("row"))  # values(row=…) selects all fields


def linked(model: type[Addressed], rows: list[dict[str, str]]) -> list[Addressed]:
    """Things that can be named and linked to, and no more, from what `links_to` read."""
    return [model(**row) for row in rows]


def linked_names(model: type[Addressed], rows: list[dict[str, str]]) -> list[str]:
    """Their names on this page, from the same; no things are made of them."""
    name, language = model.heading, page_language()
    return [row[f"{name}_{language}"] or row[f"{name}_{SOURCE}"] for row in rows]
