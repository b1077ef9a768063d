"""Every public address in both languages (https://www.sitemaps.org), translations paired.

One file holds at most 50,000 addresses; each kind of page has its share of it, the newest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, TruncMonth
from django.urls import reverse
from django.utils.translation import override

from events.models import Event, Organization, Series, Speaker
from news.models import Article, Category
from sorb.dates import SOFIA, day_of, last_day, midnight
from sorb.outside import absolute
from sorb.publishing.addresses import LANGUAGES, SOURCE
from sorb.publishing.models import Topic

CALENDAR = date(1900, 1, 1), date(2100, 1, 1)  # the years that have addresses

Changes = dict[date, dict[str, datetime]]  # month, then language: the last change in it


class Page(NamedTuple):
    """A page: its path in each language in which it exists, and its last change."""

    paths: dict[str, str]
    changed_at: datetime | None

    @property
    def alternates(self) -> list[dict[str, str]]:
        """Its translations that exist; who reads neither language gets the Bulgarian page."""
        named = [*self.paths.items()]
        if SOURCE in self.paths:
            named.append(("x-default", self.paths[SOURCE]))
        return [{"lang_code": code, "location": absolute(path)} for code, path in named]


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """Pages with all their languages; addresses by SITE_URL, whatever the request says."""

    most = 500  # pages, each with an address in both languages

    def pages(self) -> Iterable[Page]:
        raise NotImplementedError

    def items(self) -> list[tuple[str, Page]]:
        shown = islice(self.pages(), self.most)
        return [(path, page) for page in shown for path in page.paths.values()]

    def get_urls(self, page: int | str = 1, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        shown = self.paginator.page(page).object_list
        return [
            {
                "location": absolute(path),
                "alternates": item.alternates,
                "lastmod": item.changed_at and item.changed_at.astimezone(SOFIA).date().isoformat(),
            }
            for path, item in shown
        ]


class ListSitemap(PageSitemap):
    def pages(self) -> Iterable[Page]:
        news = Article.objects.visible().aggregate(at=Max("changed_at"))["at"]
        events = Event.objects.visible().aggregate(at=Max("changed_at"))["at"]
        both = max(filter(None, (news, events)), default=None)
        changes = {
            "home": both,
            "news:article_list": news,
            "events:event_list": events,
            "events:event_past": events,
            "events:series_list": events,
            "events:organization_list": events,
            "events:speaker_list": events,
            "calendar:calendar_now": events,
        }
        return [Page(paths(view), changed_at) for view, changed_at in changes.items()]


class ArticleSitemap(PageSitemap):
    most = 12_000

    def pages(self) -> Iterable[Page]:
        articles = Article.objects.visible().newest()
        return pages_of(articles, Greatest("changed_at", "published_at"), self.most)


class EventSitemap(PageSitemap):
    most = 5_000

    def pages(self) -> Iterable[Page]:
        events = Event.objects.visible().order_by("-starts_at", "-pk")
        return pages_of(events, Greatest("changed_at", "published_at"), self.most)


class CategorySitemap(PageSitemap):
    def pages(self) -> Iterable[Page]:
        changed_at = latest(Article.objects.visible().filter(category=OuterRef("pk")))
        return [
            page
            for page in pages_of(Category.objects.all(), changed_at, self.most)
            if page.changed_at
        ]


class TopicSitemap(PageSitemap):
    def pages(self) -> Iterable[Page]:
        about = {"topics": OuterRef("pk")}
        news, events = Article.objects.visible(), Event.objects.visible()
        changed_at = Greatest(latest(news.filter(**about)), latest(events.filter(**about)))
        return [
            page for page in pages_of(Topic.objects.all(), changed_at, self.most) if page.changed_at
        ]


class SeriesSitemap(PageSitemap):
    def pages(self) -> Iterable[Page]:
        editions = Event.objects.visible().filter(series=OuterRef("pk"))
        return pages_of(Series.objects.visible(), latest(editions), self.most)


class SpeakerSitemap(PageSitemap):
    most = 3_000

    def pages(self) -> Iterable[Page]:
        at = Event.objects.visible().filter(appearances__speaker=OuterRef("pk"))
        return pages_of(Speaker.objects.visible(), latest(at), self.most)


class OrganizationSitemap(PageSitemap):
    most = 2_000

    def pages(self) -> Iterable[Page]:
        events, own = Event.objects.visible(), OuterRef("pk")
        changed_at = Greatest(
            latest(events.filter(participations__organization=own)),
            latest(events.filter(appearances__organization=own)),
            latest(Article.objects.visible().filter(municipalities=own)),
        )
        return pages_of(Organization.objects.visible(), changed_at, self.most)


class ArchiveSitemap(PageSitemap):
    """Years and months of news, in the languages that have news of that time."""

    def pages(self) -> Iterable[Page]:
        months: Changes = defaultdict(dict)
        for code in LANGUAGES:
            news = Article.objects.visible().in_language(code).order_by()
            month = TruncMonth("published_at", tzinfo=SOFIA)
            for start, changed_at in news.values_list(month).annotate(Max("changed_at")):
                months[start.date()][code] = changed_at
        years: Changes = defaultdict(dict)
        for start, changes in months.items():
            for code, at in changes.items():
                year = years[date(start.year, 1, 1)]
                year[code] = max(at, year.get(code, at))
        return [
            *dated_pages("news:article_year", years, ("year",)),
            *dated_pages("news:article_month", months, ("year", "month")),
        ]


class CalendarSitemap(PageSitemap):
    """The months that have events."""

    def pages(self) -> Iterable[Page]:
        first, after = map(midnight, CALENDAR)
        events = Event.objects.visible().filter(starts_at__gte=first, ends_at__lt=after)
        months: Changes = defaultdict(dict)
        for starts_at, ends_at, at in events.values_list("starts_at", "ends_at", "changed_at"):
            for month in months_between(day_of(starts_at), last_day(starts_at, ends_at)):
                latest_yet = months[month].get(SOURCE, at)
                months[month] = dict.fromkeys(LANGUAGES, max(at, latest_yet))
        return dated_pages("calendar:calendar_month", months, ("year", "month"))


SITEMAPS: dict[str, type[PageSitemap]] = {
    "lists": ListSitemap,
    "events": EventSitemap,
    "news": ArticleSitemap,
    "categories": CategorySitemap,
    "topics": TopicSitemap,
    "archive": ArchiveSitemap,
    "calendar": CalendarSitemap,
    "series": SeriesSitemap,
    "speakers": SpeakerSitemap,
    "organizations": OrganizationSitemap,
}


def paths(view: str, codes: Iterable[str] = LANGUAGES, **parts: int) -> dict[str, str]:
    """The path of a view in the languages."""
    found = {}
    for code in codes:
        with override(code):
            found[code] = reverse(view, kwargs=parts)
    return found


def pages_of(items: QuerySet[Any], changed_at: Any, most: int) -> Iterator[Page]:
    """The pages of Addressed things, with one read and without making their objects."""
    before = {}
    for code in LANGUAGES:
        with override(code):
            before[code] = reverse(items.model.page, args=["x"]).removesuffix("x/")
    rows = items.annotate(at=changed_at).values_list(*(f"slug_{code}" for code in LANGUAGES), "at")
    for *slugs, at in rows[:most]:
        named = zip(LANGUAGES, slugs, strict=True)
        yield Page({code: f"{before[code]}{slug}/" for code, slug in named if slug}, at)


def dated_pages(view: str, changes: Changes, parts: tuple[str, ...]) -> Iterator[Page]:
    for start, by_language in sorted(changes.items(), reverse=True):
        numbers = {part: getattr(start, part) for part in parts}
        yield Page(paths(view, by_language, **numbers), max(by_language.values()))


def latest(items: QuerySet[Any]) -> Subquery:
    """The last change of the items that belong to the row of an outer query."""
    return Subquery(items.order_by("-changed_at").values("changed_at")[:1])


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day to another, both included."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
