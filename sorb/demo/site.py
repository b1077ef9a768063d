"""The demo site as a whole: put into the database, and taken out again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from django.utils.formats import date_format

from events.models import (
    Appearance,
    Event,
    EventDocument,
    EventImage,
    EventType,
    Organization,
    Participation,
    ProgrammeItem,
    Series,
    Speaker,
    Venue,
)
from events.municipalities import load, unload
from news.models import Article, ArticleDocument, ArticleImage, Category
from sorb.dates import midnight
from sorb.media.models import Document, Image
from sorb.publishing.models import Topic
from sorb.publishing.slugs import slugify

from . import library
from .content import read, words
from .moments import day_at, moment_at, moment_of, today_in_sofia
from .partner import forget_calendar, take_calendar

Say = Callable[[str], None]

UID = "demo-"  # how the calendar identifiers of its events begin
ANNOUNCED_BEFORE = timedelta(days=45)  # an event is published so long before it begins


class DemoSite:
    """The demo under construction: what has been made so far, by its kind and key."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.today = today_in_sofia()
        self.now = timezone.now()
        self.made: dict[str, dict[str, Any]] = {}

    def load(self) -> None:
        """Make the demo, in place of what an earlier load made: twice gives the same site."""
        self.made["image"] = library.images(self.say)
        self.made["document"] = library.files()
        self.load_content()

    def load_content(self) -> None:
        """What stands beside the library."""
        with transaction.atomic():
            clear_content()
            self._make("category", lambda item: Category(**words(item, "name")))
            self._make("topic", lambda item: Topic(**words(item, "name")))
            self._make("event_type", self._event_type)
            self._make("venue", self._venue)
            self._make("organization", self._organization)
            self._make("speaker", self._speaker)
            self._make("series", lambda item: Series(**words(item, "title", "text")))
            self._make("event", self._event, self._parts_of_event, self._change_of_event)
            self._make("article", self._article, self._parts_of_article)
            municipalities = load(self.say)
            drafts = take_calendar(self.today, self.made["event_type"]["training"].pk)
        self.say(f"  municipalities: {municipalities}")
        self.say(f"  {drafts} drafts from the calendar of a partner")
        self.say(f"  {len(self.made['article'])} news items, {len(self.made['event'])} events")

    def _make(
        self, kind: str, build: Callable[[dict[str, Any]], Any], *then: Callable[..., None]
    ) -> None:
        self.made[kind] = {}
        for order, item in enumerate(read(kind)):
            row = self._kept(build(item))
            if hasattr(row, "order"):
                row.order = order
            row.save()
            self.made[kind][item["key"]] = row
            for step in then:
                step(row, item)

    def _kept(self, row: Any) -> Any:
        """The row that `clear_content` left, because other content uses it, else the new one."""
        name = "title_bg" if isinstance(row, Series) else "name_bg"
        if not hasattr(row, name):
            return row
        if code := getattr(row, "code", None):
            return type(row).objects.filter(code=code).first() or row
        return type(row).objects.filter(**{name: getattr(row, name)}).first() or row

    def _made(self, kind: str, item: dict[str, Any], name: str) -> Any:
        """What the item names under `name`, or None when it names nothing."""
        return self.made[kind][item[name]] if name in item else None

    def _event_type(self, item: dict[str, Any]) -> EventType:
        return EventType(colour=item["colour"], **words(item, "name"))

    def _venue(self, item: dict[str, Any]) -> Venue:
        position = {"latitude": item.get("latitude"), "longitude": item.get("longitude")}
        return Venue(**words(item, "name", "address", "town"), **position)

    def _organization(self, item: dict[str, Any]) -> Organization:
        return Organization(
            **words(item, "name", "short_name", "district", "text"),
            kind=item["kind"],
            code=item.get("code"),
            site=item.get("site", ""),
            logo=self._made("image", item, "logo"),
            is_listed=item.get("listed", False),
        )

    def _speaker(self, item: dict[str, Any]) -> Speaker:
        names = {
            f"name_{code}": f"{item[f'given_name_{code}']} {item[f'family_name_{code}']}"
            for code in ("bg", "en")
        }
        return Speaker(
            **names,
            **words(item, "position", "biography"),
            organization=self.made["organization"][item["organization"]],
            photo=self._made("image", item, "photo"),
            is_listed=item.get("listed", False),
        )

    def _event(self, item: dict[str, Any]) -> Event:
        """The event as it was announced: what became of it since is a change of its own."""
        announced = {**item, **item.get("announced", {}), "state": "scheduled"}
        registration = item.get("registration", {})
        return Event(
            **words(item, "lead", "body"),
            **self._titles_of(item),
            **self._standing_of(announced),
            uid=f"{UID}{item['key']}@{settings.SITE_DOMAIN}",
            type=self.made["event_type"][item["type"]],
            series=self._made("series", item, "series"),
            cover=self._made("image", item, "cover"),
            status=item.get("status", "published"),
            published_at=min(
                self._times_of(item)[0] - ANNOUNCED_BEFORE, self.now - timedelta(days=1)
            ),
            is_all_day=item.get("all_day", False),
            has_open_end=item.get("open_end", False),
            is_deadline=item.get("deadline", False),
            registration_address=registration.get("address", ""),
            registration_opens_at=moment_at(registration.get("opens"), self.today),
            registration_closes_at=moment_at(registration.get("closes"), self.today),
            languages=item.get("languages", ["bg"]),
        )

    def _standing_of(self, item: dict[str, Any]) -> dict[str, Any]:
        """When and where it takes place, and whether it does."""
        starts_at, ends_at = self._times_of(item)
        return {
            **words(item, "hall"),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "state": item["state"],
            "attendance": item.get("attendance", "on_site"),
            "online_address": item.get("online_address", ""),
            "venue": self._made("venue", item, "venue"),
        }

    def _change_of_event(self, event: Event, item: dict[str, Any]) -> None:
        """What became of it, saved as staff save it: lists, feeds and the page tell of it."""
        if "state" not in item:
            return
        notes = {f"state_note_{code}": item[f"note_{code}"] for code in ("bg", "en")}
        for name, value in {**self._standing_of(item), **notes}.items():
            setattr(event, name, value)
        event.save()

    def _titles_of(self, item: dict[str, Any]) -> dict[str, str]:
        """The titles; an edition of a series names its month or year."""
        day = day_at(item["start"], self.today)
        titles = {}
        for name, title in words(item, "title").items():
            with translation.override(name.rpartition("_")[2]):
                month = date_format(day, "F Y")
            titles[name] = title.replace("{month}", month).replace("{year}", str(day.year))
        return titles

    def _times_of(self, item: dict[str, Any]) -> tuple[datetime, datetime]:
        start, end = item["start"], item.get("end", item["start"])
        if item.get("all_day"):
            after = day_at(end, self.today) + timedelta(days=1)
            return midnight(day_at(start, self.today)), midnight(after)
        return moment_of(start, self.today), moment_of(end, self.today)

    def _parts_of_event(self, event: Event, item: dict[str, Any]) -> None:
        event.topics.set(self.made["topic"][key] for key in item.get("topics", []))
        first = day_at(item["start"], self.today)
        programme = {}
        for part in item.get("programme", []):
            day = {"date": str(first + timedelta(days=part.get("day", 0)))}
            row = ProgrammeItem.objects.create(
                event=event,
                starts_at=moment_of({**day, "time": part["time"]}, self.today),
                ends_at=moment_at({**day, "time": part["end"]}, self.today)
                if "end" in part
                else None,
                kind=part.get("kind", "session"),
                **words(part, "title", "text", "hall"),
            )
            programme[part.get("key")] = row
        for order, part in enumerate(item.get("people", [])):
            Appearance.objects.create(
                event=event,
                order=order,
                speaker=self.made["speaker"][part["speaker"]],
                role=part.get("role", "speaker"),
                item=programme.get(part["item"]) if "item" in part else None,
            )
        for order, part in enumerate(item.get("organizations", [])):
            Participation.objects.create(
                event=event,
                order=order,
                organization=self.made["organization"][part["organization"]],
                role=part["role"],
            )
        self._attach(item, EventImage, EventDocument, event=event)

    def _article(self, item: dict[str, Any]) -> Article:
        pinned = item.get("pinned_days")
        return Article(
            **words(item, "title", "lead", "body", "byline"),
            category=self.made["category"][item["category"]],
            cover=self._made("image", item, "cover"),
            status=item.get("status", "published"),
            published_at=moment_at(item.get("published"), self.today),
            pinned_until=self.now + timedelta(days=pinned) if pinned else None,
            event=self._made("event", item, "event"),
            event_relation=item.get("event_relation", "announcement"),
        )

    def _parts_of_article(self, article: Article, item: dict[str, Any]) -> None:
        article.topics.set(self.made["topic"][key] for key in item.get("topics", []))
        towns = item.get("municipalities", [])
        article.municipalities.set(self.made["organization"][key] for key in towns)
        self._attach(item, ArticleImage, ArticleDocument, article=article)

    def _attach(self, item: dict[str, Any], image_use: Any, document_use: Any, **of: Any) -> None:
        for order, part in enumerate(item.get("gallery", [])):
            image = self.made["image"][part["picture"]]
            image_use.objects.create(image=image, order=order, **words(part, "caption"), **of)
        for order, key in enumerate(item.get("documents", [])):
            document_use.objects.create(document=self.made["document"][key], order=order, **of)


def clear(say: Say) -> None:
    """Take the demo out of the database again; what staff have made themselves stays."""
    clear_content()
    drawn, written = library.content_hashes()
    for model, hashes in ((Image, drawn), (Document, written)):
        for row in model.objects.filter(content_hash__in=hashes):
            _delete_unless_used(row)
    unload()
    say("  The demo is gone.")


def clear_content() -> None:
    """Delete what the demo makes, found by its names; what other content uses stays."""
    model: Any
    slugs = [slugify(item["title_bg"]) for item in read("article")]
    Article.objects.filter(slug_bg__in=slugs).delete()
    Event.objects.filter(uid__startswith=UID).delete()
    forget_calendar()
    for series in Series.objects.filter(title_bg__in=[item["title_bg"] for item in read("series")]):
        _delete_unless_used(series)
    people = [f"{p['given_name_bg']} {p['family_name_bg']}" for p in read("speaker")]
    named = (
        (Speaker, people),
        (Organization, [item["name_bg"] for item in read("organization")]),
        (Venue, [item["name_bg"] for item in read("venue")]),
        (EventType, [item["name_bg"] for item in read("event_type")]),
        (Category, [item["name_bg"] for item in read("category")]),
        (Topic, [item["name_bg"] for item in read("topic")]),
    )
    for model, names in named:
        for row in model.objects.filter(name_bg__in=names):
            _delete_unless_used(row)


def _delete_unless_used(row: Any) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return
