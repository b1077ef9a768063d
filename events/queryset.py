"""Every question the site asks about events."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    DateTimeField,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from sorb.dates import day_of, midnight
from sorb.publishing.addresses import LANGUAGES, page_language
from sorb.publishing.models import PublishableQuerySet, Status, Topic
from sorb.publishing.pages import links_to

if TYPE_CHECKING:
    from .models import Event, Speaker

# What a calendar file tells of an event itself: half of its columns
IN_CALENDARS = (
    *(f"{name}_{code}" for name in ("title", "slug", "lead", "hall") for code in LANGUAGES),
    *(f"state_note_{code}" for code in LANGUAGES),
    "uid",
    "changed_at",
    "sequence",
    "state",
    "starts_at",
    "ends_at",
    "previous_starts_at",
    "is_all_day",
    "has_open_end",
    "is_deadline",
    "attendance",
    "online_address",
    "registration_address",
    "type",
    "venue",
    "cover",
)
ORGANIZING = ("organizer", "co_organizer")  # roles, the leading one first
OFF = ("cancelled", "postponed")  # the states in which nobody meets on the day announced


class EventQuerySet(PublishableQuerySet):
    def between(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Those that take place between two moments, the second excluded, by their start.

        What ends exactly at the first moment (midnight, usually) does not occupy it.
        """
        return (
            self.filter(span__overlap=DateTimeTZRange(starts_at, ends_at, "[)"))
            .exclude(ends_at=starts_at, starts_at__lt=starts_at)
            .order_by("starts_at", "pk")
        )

    def to_take_place(self) -> Self:
        """Those to which somebody goes, public or not: neither withdrawn nor off, no deadlines."""
        off = Q(status=Status.WITHDRAWN) | Q(state__in=OFF)
        return self.exclude(off | Q(is_deadline=True))

    def since(self, moment: datetime) -> Self:
        """Those that go on at a moment or begin then or later, by their start."""
        return self._since(moment, Q(starts_at__gte=moment))

    def running(self) -> Self:
        """Those going on at this moment."""
        now = timezone.now()
        return self.filter(span__contains=now, ends_at__gt=now).order_by("starts_at", "pk")

    def coming(self) -> Self:
        """Those that have not begun."""
        return self.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk")

    def upcoming(self) -> Self:
        """Those going on and those to come, by their start: each event is upcoming or past."""
        now = timezone.now()
        return self._since(now, Q(starts_at__gt=now))

    def _since(self, moment: datetime, later: Q) -> Self:
        """Those that go on at a moment and some later ones, by their start.

        All of them begin with the earliest that goes on, or later: the index by start is read from
        there, and not from the first event of all.
        """
        going_on = Q(span__contains=moment, ends_at__gt=moment)
        # MIN of an expression: for MIN of the column the whole index would be walked
        earliest = Func(F("span__startswith"), function="MIN")
        running = self.model._default_manager.order_by().filter(going_on)
        first = Subquery(running.annotate(earliest=earliest).values("earliest"))
        since = Coalesce(first, Value(moment, DateTimeField()))
        return self.filter(going_on | later, starts_at__gte=since).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        now = timezone.now()
        return self.filter(ends_at__lte=now, starts_at__lte=now).order_by("-starts_at", "-pk")

    def next(self, limit: int) -> "list[Event]":
        """The first of the upcoming: two short reads by two indexes, however many are past."""
        going_on = list(self.running()[:limit])
        return going_on + list(self.coming()[: limit - len(going_on)])

    def of_year(self, year: int) -> Self:
        """Those that begin in a year, by the calendar of Sofia."""
        first, after = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
        return self.filter(starts_at__gte=first, starts_at__lt=after)

    def years(self) -> list[int]:
        """The years in which they begin, the latest first: two short reads, however many."""
        ends = self.aggregate(first=Min("starts_at"), last=Max("starts_at"))
        if ends["first"] is None:
            return []
        span = range(day_of(ends["first"]).year, day_of(ends["last"]).year + 1)
        # The first of a year in order: EXISTS would look at rows in no order, for long
        firsts = {
            year: self.of_year(year).order_by("starts_at").values("starts_at") for year in span
        }
        asked = {f"in_{year}": Subquery(first[:1]) for year, first in firsts.items()}
        found = self.order_by()[:1].values(**asked)[0]
        return [year for year in reversed(span) if found[f"in_{year}"]]

    def of_type(self, number: int) -> Self:
        return self.filter(type=number)

    def about(self, topic: int) -> Self:
        return self.filter(topics=topic)

    def with_organization(self, number: int) -> Self:
        """Those in which an organization or somebody of it takes part, and those on its ground."""
        return self.filter(
            Q(pk__in=self._parts("participations", organization=number))
            | Q(pk__in=self._parts("appearances", organization=number))
            | Q(venue__municipality=number)
        )

    def in_district(self, names: Collection[str]) -> Self:
        """Those on the ground of a district, and those in which an organization of it has a part.

        Args:
            names: its Bulgarian spellings.
        """
        has_part = Q(pk__in=self._parts("participations", organization__district_bg__in=names))
        return self.filter(has_part | Q(venue__municipality__district_bg__in=names))

    def on_ground_of(self, district_bg: str) -> Self:
        """Those on the ground of a municipality of a district."""
        return self.filter(venue__municipality__district_bg=district_bg)

    def with_speaker(self, speaker: "Speaker") -> Self:
        """Those at which a person appears."""
        return self.filter(pk__in=speaker.appearances.values("event"))

    def in_town(self, names: Collection[str]) -> Self:
        """Those in a town, by its Bulgarian spellings."""
        return self.filter(venue__town_bg__in=names)

    def held_in(self, language: str) -> Self:
        return self.filter(languages__contains=[language])

    def attended(self, attendance: str) -> Self:
        """Those that one can attend so: on both ways is on site and is online as well."""
        is_moved = Q(state="moved_online")
        if attendance == "online":
            return self.filter(is_moved | Q(attendance__in=["online", "both"]))
        ways = ["both"] if attendance == "both" else ["on_site", "both"]
        return self.filter(~is_moved, attendance__in=ways)

    def with_open_registration(self) -> Self:
        """Those that one can enrol for at this moment: `Event.is_registration_open` as a query."""
        now = timezone.now()
        has_opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
        last_call = Q(is_deadline=False, starts_at__gt=now) | Q(is_deadline=True, ends_at__gt=now)
        is_open = Q(registration_closes_at__gt=now) | (Q(registration_closes_at=None) & last_call)
        is_off = Q(state__in=OFF)
        return self.filter(has_opened & is_open & ~is_off).exclude(registration_address="")

    def saying(self, words: list[str]) -> Self:
        """Those whose titles or leads, in either language, have all the words."""
        fields = [f"{name}_{code}" for name in ("title", "lead") for code in LANGUAGES]
        found = self
        for word in words:
            in_any = [Q(**{f"{name}__icontains": word}) for name in fields]
            found = found.filter(reduce(or_, in_any))
        return found

    def for_cards(self) -> Self:
        """With what a card in a list shows."""
        return self.select_related("type", "venue", "cover").defer("body_bg", "body_en", "body")

    def for_subscribers(self) -> Self:
        """What a subscribed calendar holds: from a year back to all that is to come, by start.

        A cancelled event stays until its day is over, so that everybody learns of it.
        """
        today = midnight(day_of(timezone.now()))
        over_and_off = Q(state="cancelled", ends_at__lte=today)
        recent = self.filter(ends_at__gte=today - timedelta(days=365)).exclude(over_and_off)
        return recent.order_by("starts_at", "pk")

    def with_list_facts(self) -> Self:
        """With what a list for other programs tells, in a fixed number of reads."""
        organizers = self._of("participations").select_related("organization")
        row = self.for_cards().annotate(topic_links=self._topics())
        return row.prefetch_related(Prefetch("participations", organizers))

    def with_calendar_facts(self) -> Self:
        """With what a calendar file tells, in a fixed number of reads.

        Thousands of events share some types, venues, pictures and organizers: each is made once.
        """
        parts = self._of("participations").filter(role__in=ORGANIZING)
        organizers = Prefetch(
            "participations", parts.prefetch_related("organization"), to_attr="organizing"
        )
        row = self.only(*IN_CALENDARS).annotate(topic_links=self._topics())
        return row.prefetch_related("type", "venue", "cover", organizers)

    def with_page(self) -> Self:
        """With everything the event's page shows, in a fixed number of reads."""
        row = self.annotate(topic_links=self._topics())
        row = row.select_related("type", "venue", "cover", "series")
        return row.prefetch_related(
            "programme",
            "changes",
            Prefetch(
                "appearances",
                self._of("appearances").select_related("speaker__photo", "organization"),
            ),
            Prefetch(
                "participations", self._of("participations").select_related("organization__logo")
            ),
            Prefetch("gallery", self._of("gallery").select_related("image")),
            Prefetch("documents", self._of("documents").select_related("document")),
        )

    def later_in_series(self, event: "Event") -> Self:
        """An edition and the later ones of its series, those that are not over."""
        later = self.filter(series=event.series_id, starts_at__gte=event.starts_at)
        return later.filter(ends_at__gt=timezone.now())

    def with_materials(self) -> Self:
        """With what a past edition has to offer: documents, pictures, reports in the language of
        the page."""
        articles = self._related("articles").visible().in_language(page_language())
        reports = articles.filter(event_relation="report").newest().for_cards()
        return self.for_cards().prefetch_related(
            Prefetch("documents", self._of("documents").select_related("document")),
            Prefetch("gallery", self._of("gallery").only("event_id", "order")),
            Prefetch("articles", reports, to_attr="reports"),
        )

    def with_what_is_taken(self, speakers: set[int], venues: set[int]) -> Self:
        """With the appearances of some people, and the programmes that say when they are needed
        and what is taken of some places; nothing of anybody else."""
        theirs = self._of("appearances").filter(speaker__in=speakers)
        telling = Q(event__venue__in=venues) | Q(event__in=theirs.order_by().values("event"))
        items = self._related("programme").filter(telling).order_by("starts_at", "pk")
        return self.prefetch_related(
            Prefetch("appearances", theirs.select_related("speaker")), Prefetch("programme", items)
        )

    def _topics(self) -> Any:
        return links_to(Topic.objects.filter(events=OuterRef("pk")))

    def _parts(self, relation: str, **wanted: Any) -> Any:
        """The events of participations or appearances that fit."""
        return self._of(relation).filter(**wanted).order_by().values("event")

    def _related(self, relation: str) -> Any:
        return self.model._meta.get_field(relation).related_model._default_manager

    def _of(self, relation: str) -> Any:
        return self._related(relation).order_by(F("order"), "pk")
