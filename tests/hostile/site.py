"""A site in which every word is hostile: of each kind of thing as many as there are payloads."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from events.models import (
    Appearance,
    Event,
    EventDocument,
    EventImage,
    Participation,
    ProgrammeItem,
)
from news.models import Article, ArticleDocument, ArticleImage
from sorb.dates import SOFIA
from sorb.desk.models import Entry, Revision, TranslationDraft
from sorb.desk.snapshot import taken
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_event_type,
    make_image,
    make_organization,
    make_series,
    make_speaker,
    make_topic,
    make_venue,
)

from .words import PAYLOADS, planted

MISSING = 900_000  # keys from here on are of things that were deleted


class HostileSite:
    def __init__(self) -> None:
        self.now = timezone.now()
        self.day = (self.now + timedelta(days=45)).astimezone(SOFIA).replace(hour=9, minute=0)
        self.images = planted(make_image())
        self.documents = planted(make_document())
        self.topics, self.categories = planted(make_topic()), planted(make_category())
        self.types, self.venues = planted(make_event_type()), planted(make_venue())
        self.organizations = planted(
            make_organization(is_listed=True, kind="municipality"), logo=self.images
        )
        self.speakers = planted(
            make_speaker(is_listed=True), organization=self.organizations, photo=self.images
        )
        self.series = planted(make_series())
        self.events = self.planted_events()
        self.articles = self.planted_articles()
        self.hang_rows()

    def planted_events(self) -> list[Event]:
        sample = make_event(
            starts_at=self.day,
            state="rescheduled",
            attendance="both",
            registration_closes_at=self.day,
            changed_at=self.now,
        )
        starts = [self.day + timedelta(minutes=number) for number in range(len(PAYLOADS))]
        ends = [moment + timedelta(hours=3) for moment in starts]
        return planted(
            sample,
            type=self.types,
            venue=self.venues,
            series=self.series,
            cover=self.images,
            starts_at=starts,
            ends_at=ends,
        )

    def planted_articles(self) -> list[Article]:
        moments = [self.now - timedelta(hours=1, seconds=n) for n in range(len(PAYLOADS))]
        return planted(
            make_article(published_at=self.now - timedelta(hours=2)),
            category=self.categories,
            cover=self.images,
            event=self.events,
            published_at=moments,
        )

    def hang_rows(self) -> None:
        """Everything that may hang on an article or an event, and the links between them."""
        article, event = self.articles[0], self.events[0]
        image, document = self.images[0], self.documents[0]
        parts: list[tuple[models.Model, dict[str, Any]]] = [
            (ArticleImage(article=article, image=image), {"image": self.images}),
            (ArticleDocument(article=article, document=document), {"document": self.documents}),
            (EventImage(event=event, image=image), {"image": self.images}),
            (EventDocument(event=event, document=document), {"document": self.documents}),
            (ProgrammeItem(event=event, starts_at=self.day), {}),
            (
                Appearance(event=event, speaker=self.speakers[0]),
                {"speaker": self.speakers, "organization": self.organizations},
            ),
            (
                Participation(event=event, organization=self.organizations[0]),
                {"organization": self.organizations},
            ),
        ]
        for sample, links in parts:
            owner = "article" if hasattr(sample, "article_id") else "event"
            planted(sample, **{owner: getattr(self, f"{owner}s")}, **links)
        for items in (self.articles, self.events):
            link = type(items[0]).topics.through
            key = items[0]._meta.model_name
            pairs = zip(items, self.topics, strict=True)
            link._default_manager.bulk_create(
                link(**{f"{key}_id": item.pk, "topic_id": topic.pk}) for item, topic in pairs
            )
        link = Article.municipalities.through
        pairs = zip(self.articles, self.organizations, strict=True)
        link._default_manager.bulk_create(
            link(article_id=item.pk, organization_id=each.pk) for item, each in pairs
        )

    def move_to_the_past(self) -> None:
        days = timedelta(days=9)
        Event.objects.update(
            starts_at=models.F("starts_at") - days, ends_at=models.F("ends_at") - days
        )


class HostileDesk(HostileSite):
    """The same, and what only the staff sees: names of people, notes, revisions, the log."""

    def __init__(self) -> None:
        super().__init__()
        keys = [MISSING + number for number in range(len(PAYLOADS))]
        self.users = planted(User.objects.create_user("obrazets", is_staff=True))
        self.entries = planted(
            Entry.objects.create(action="changed", **self.about(self.articles[0])), user=self.users
        )
        self.plain = self.revision("changed", self.articles[0], snapshot=taken(make_article()))
        self.snapshots = [taken(article) for article in self.articles]
        self.revisions = planted(
            self.revision("returned", self.articles[0]),
            author=self.users,
            snapshot=self.snapshots,
        )
        self.deleted = planted(
            self.revision("deleted", self.articles[0]),
            author=self.users,
            snapshot=self.snapshots,
            object_id=keys,
        )
        TranslationDraft.objects.bulk_create(
            TranslationDraft(
                **self.about(article), language="en", words=self.draft(article), changed_by=user
            )
            for article, user in zip(self.articles, self.users, strict=True)
        )

    def about(self, item: models.Model) -> dict[str, Any]:
        return {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}

    def draft(self, article: Article) -> dict[str, str]:
        return {f"{name}_en": getattr(article, f"{name}_en") for name in ("title", "lead", "body")}

    def revision(self, verb: str, item: models.Model, **fields: Any) -> Revision:
        known = {**self.about(item), "version": 1, "saved_at": self.now, "snapshot": taken(item)}
        return Revision.objects.create(verb=verb, **known | fields)
