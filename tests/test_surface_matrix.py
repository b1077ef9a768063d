"""Every public surface by every state that is not public: no word of it, and nothing moved by it.

The resolver says which addresses there are; one without a row in SURFACES fails. Every text field
of what is hidden holds a word of its own, found by the model, so that a new field is tried too.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from events.models import (
    Appearance,
    Change,
    Event,
    EventDocument,
    EventImage,
    Organization,
    Participation,
    ProgrammeItem,
    Series,
    Speaker,
    Venue,
)
from news.models import Article, ArticleDocument, ArticleImage
from sorb.dates import SOFIA
from sorb.desk import history
from sorb.desk.models import PreviewLink, WorkingCopy
from sorb.desk.snapshot import taken, value_fields
from sorb.media.models import Document, Image
from sorb.publishing.pages import PER_PAGE
from sorb.richtext.fields import RichTextField
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_series,
    make_speaker,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("bg", "en")
NOW = datetime(2025, 10, 1, 12, tzinfo=SOFIA)
DAY = timedelta(days=1)
STATES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft", "published_at": None},
    "in review": {"status": "in_review", "published_at": None},
    "scheduled": {"published_at": NOW + DAY},
    "expired": {"published_at": NOW - 2 * DAY, "withdrawn_at": NOW - DAY},
    "withdrawn": {"status": "withdrawn", "published_at": NOW - 2 * DAY},
    "deleted": {"published_at": NOW - 2 * DAY},
}

# Words of what is hidden are of this form, in letters that addresses have as well
WORD = re.compile(r"qz[a-z]+qz[a-z]+qz")
# Read by nobody outside of the admin
INTERNAL = {"uid", "original_name", "content_hash", "file", "code", "ekatte", "nuts3", "colour"}


def words(model: type[models.Model], prefix: str) -> dict[str, str]:
    """Each text field of a model with a word of its own: "qzarticleqztitlebgqz"."""
    kind = model._meta.model_name
    found = {}
    for field in value_fields(model):
        is_text = isinstance(field, models.CharField | models.TextField)
        if not is_text or field.choices or field.name in INTERNAL:
            continue
        if not field.editable and not field.name.startswith("slug_"):
            continue
        word = f"qz{prefix}{kind}qz{field.name.replace('_', '')}qz"
        if isinstance(field, models.URLField):
            word = f"https://{word}.example/"
        elif isinstance(field, RichTextField):
            word = f"<p>{word}</p>"
        found[field.name] = word
    return found


def found_in(said: str) -> set[str]:
    return set(WORD.findall(said.replace("\r\n ", "").replace("\r\n\t", "").lower()))


class Site:
    """What everybody sees, and room for what nobody may see."""

    def __init__(self) -> None:
        self.topic, self.category = make_topic(), make_category()
        self.organization = make_organization(is_listed=True, slug_bg="yavna", slug_en="open")
        self.municipality = make_organization(is_listed=True, kind="municipality")
        self.speaker = make_speaker(is_listed=True, organization=self.organization)
        self.image, self.document = make_image(), make_document()
        self.venue, self.series = make_venue(), make_series()
        # So many that one more would make a second page
        self.articles = [make_article(category=self.category) for _ in range(PER_PAGE)]
        self.events = [make_event(venue=self.venue) for _ in range(PER_PAGE)]
        self.past = [make_event(starts_at=NOW - 5 * DAY) for _ in range(PER_PAGE)]
        for item in (*self.articles, *self.events):
            item.topics.add(self.topic)
        article = self.articles[0]
        Event.objects.filter(pk=self.events[0].pk).update(series=self.series)
        article.event, article.cover = self.events[0], self.image
        article.save()
        ArticleDocument.objects.create(article=article, document=self.document)
        Appearance.objects.create(event=self.events[0], speaker=self.speaker)
        Participation.objects.create(event=self.events[0], organization=self.organization)
        self.hidden: Hidden | None = None

    def slugs(self, kind: str, language: str) -> list[str]:
        """The addresses of what is shown, and that of what is hidden."""
        shown: dict[str, Any] = {
            "article": self.articles[0],
            "event": self.events[0],
            "speaker": self.speaker,
            "organization": self.organization,
            "series": self.series,
        }
        return [shown[kind].slug_in(language), f"qz{kind}qzslug{language}qz"]


class Hidden:
    """An article and an event, each with everything that may hang on it."""

    def __init__(self, site: Site, prefix: str = "", **standing: Any) -> None:
        self.prefix = prefix
        self.image = self.made(make_image, Image)
        self.text_image = make_image()
        self.document = self.made(make_document, Document)
        self.organization = self.made(make_organization, Organization, logo=make_image())
        self.venue = self.made(make_venue, Venue)
        self.speaker = self.made(
            make_speaker, Speaker, organization=site.organization, photo=make_image()
        )
        self.series = self.made(make_series, Series)
        self.event = self.made(make_event, Event, **standing, **self.facts_of_event())
        self.past = make_event(
            **standing,
            starts_at=NOW - 3 * DAY,
            series=site.series,
            title_bg=f"qz{prefix}pastqztitlebgqz",
            title_en=f"qz{prefix}pastqztitleenqz",
            slug_bg=f"qz{prefix}pastqzslugbgqz",
            slug_en=f"qz{prefix}pastqzslugenqz",
        )
        self.article = self.made(
            make_article, Article, **standing, category=site.category, cover=self.image
        )
        picture = self.text_image.file.url
        self.article.body_bg += f'<p><img src="{picture}" alt="qz{prefix}textqzalternativeqz"></p>'
        self.article.event = site.events[0]
        self.article.save()
        self.numbers = {"article": self.article.pk, "event": self.event.pk}
        self.hang_rows(site)
        # What readers see already is tied to it as well
        Article.objects.filter(pk=site.articles[1].pk).update(event=self.event)
        Appearance.objects.create(event=self.event, speaker=site.speaker)
        Participation.objects.create(event=self.event, organization=site.organization)
        self.article.municipalities.add(site.municipality)
        for item in (self.article, self.event, self.past):
            item.topics.add(site.topic)

    def facts_of_event(self) -> dict[str, Any]:
        return {
            "venue": self.venue,
            "series": self.series,
            "cover": self.image,
            "state": "rescheduled",
            "attendance": "both",
            "starts_at": NOW + DAY,
            "registration_closes_at": NOW + DAY,
        }

    def made(self, make: Callable[..., Any], model: type[models.Model], **fields: Any) -> Any:
        return make(**words(model, self.prefix) | fields)

    def hang_rows(self, site: Site) -> None:
        article, event = {"article": self.article}, {"event": self.event}
        parts: list[tuple[type[models.Model], dict[str, Any]]] = [
            (ArticleImage, {**article, "image": self.image}),
            (ArticleDocument, {**article, "document": self.document}),
            (EventImage, {**event, "image": self.image}),
            (EventDocument, {**event, "document": self.document}),
            (ProgrammeItem, {**event, "starts_at": NOW + DAY}),
            (Change, {**event, "at": NOW, "kind": "moved"}),
            (Appearance, {**event, "speaker": self.speaker}),
            (Participation, {**event, "organization": self.organization}),
        ]
        for model, fields in parts:
            model._default_manager.create(**words(model, self.prefix) | fields)

    def delete(self) -> None:
        for item in (self.article, self.event, self.past):
            history.deleted(item, None)
            item.delete()

    def files(self) -> list[str]:
        uploads = (self.image, self.text_image, self.document, self.speaker.photo)
        return [path for upload in uploads for path in upload.paths()]


def plain(site: Site, language: str) -> list[tuple[Any, ...]]:
    return [()]


def at_slugs(kind: str) -> Callable[[Site, str], list[tuple[Any, ...]]]:
    return lambda site, language: [(slug,) for slug in site.slugs(kind, language)]


def by_number(kind: str) -> Callable[[Site, str], list[tuple[Any, ...]]]:
    def numbers(site: Site, language: str) -> list[tuple[Any, ...]]:
        shown = site.articles[0] if kind == "article" else site.events[0]
        return [(shown.pk,), *([(site.hidden.numbers[kind],)] if site.hidden else [])]

    return numbers


def at(*arguments: Any) -> Callable[[Site, str], list[tuple[Any, ...]]]:
    return lambda site, language: [arguments]


def files(site: Site, language: str) -> list[tuple[Any, ...]]:
    shown = [site.image.file.name, site.document.file.name]
    return [(path,) for path in [*shown, *(site.hidden.files() if site.hidden else [])]]


# How the addresses of each public URL name are made: the arguments of `reverse`, and queries
SURFACES: dict[str, Callable[[Site, str], list[tuple[Any, ...]]]] = {
    "choose_language": plain,
    "media_file": files,
    "set_language": plain,
    "preview": at("A" * 32),
    "health": plain,
    "api:event_list": plain,
    "api:event_detail": by_number("event"),
    "api:article_list": plain,
    "api:article_detail": by_number("article"),
    "api:openapi": plain,
    "robots": plain,
    "sitemap": plain,
    "home": plain,
    "topic_detail": lambda site, language: [(site.topic.slug_in(language),)],
    "news:article_list": plain,
    "news:article_atom": plain,
    "news:article_rss": plain,
    "news:article_year": at(2025),
    "news:article_month": at(2025, 10),
    "news:category_detail": lambda site, language: [(site.category.slug_in(language),)],
    "news:article_detail": at_slugs("article"),
    "news:speaker_atom": at_slugs("speaker"),
    "news:organization_atom": at_slugs("organization"),
    "events:event_list": plain,
    "events:event_past": plain,
    "events:event_year": at(2025),
    "events:event_atom": plain,
    "events:event_rss": plain,
    "events:event_ics": at_slugs("event"),
    "events:event_detail": at_slugs("event"),
    "events:series_list": plain,
    "events:series_atom": at_slugs("series"),
    "events:series_ics": at_slugs("series"),
    "events:series_detail": at_slugs("series"),
    "events:speaker_list": plain,
    "events:speaker_ics": at_slugs("speaker"),
    "events:speaker_atom": at_slugs("speaker"),
    "events:event_programme": at_slugs("event"),
    "events:speaker_detail": at_slugs("speaker"),
    "events:organization_list": plain,
    "events:organization_ics": at_slugs("organization"),
    "events:organization_atom": at_slugs("organization"),
    "events:organization_detail": at_slugs("organization"),
    "calendar:calendar_now": plain,
    "calendar:calendar_ics": plain,
    "calendar:calendar_agenda": plain,
    "calendar:calendar_year": at(2025),
    "calendar:calendar_week": at(2025, 40),
    "calendar:calendar_month": at(2025, 10),
    "calendar:calendar_day": at(2025, 10, 2),
    "calendar:embedded_now": plain,
    "calendar:embedded_month": at(2025, 10),
}
PAGED = ("?page=2", "?page=3")


def public_names() -> set[str]:
    return set(names_of(get_resolver().url_patterns, ""))


def names_of(found: list[Any], namespace: str) -> Iterator[str]:
    for each in found:
        if isinstance(each, URLPattern):
            yield f"{namespace}{each.name or each.pattern}"
        elif str(each.pattern) != "admin/":
            yield from names_of(each.url_patterns, f"{each.namespace}:" if each.namespace else "")


def addresses(site: Site) -> list[tuple[str, str]]:
    """(URL name, address) of every surface, in both languages."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            for name, arguments in SURFACES.items():
                for args in arguments(site, language):
                    path = reverse(name, args=args)
                    queries = ("", *PAGED) if arguments is plain else ("",)
                    if name.startswith("api:"):
                        queries = (*queries, "?language=en")
                    found += [(name, path + query) for query in queries]
    return list(dict.fromkeys(found))


def answers(site: Site) -> dict[str, tuple[int, str, str]]:
    """What a stranger gets at every surface: status, headers, body."""
    client = Client()
    got = {}
    for _name, address in addresses(site):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        # What an address says itself, an answer may repeat
        own = address.rstrip("/").rpartition("/")[2].removesuffix(".ics") or "/"
        said = [text.replace(own, "…") for text in (str(response.headers), body.decode("latin-1"))]
        got[address] = (response.status_code, *said)
    return got


def leaks(got: dict[str, tuple[int, str, str]]) -> dict[str, set[str]]:
    """The hidden words in answers, by address."""
    told = {
        address: found_in(headers) | found_in(body)
        for address, (_status, headers, body) in got.items()
    }
    return {address: found for address, found in told.items() if found}


def moved(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [address for address in before if before[address] != after[address]]


def test_every_public_address_has_a_row():
    assert public_names() == set(SURFACES)


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_public_is_nowhere_and_moves_nothing(state):
    with time_machine.travel(NOW, tick=False):
        site = Site()
        before = answers(site)
        site.hidden = Hidden(site, **STATES[state])
        links = [site.hidden.article, site.hidden.event]
        for item in links:
            PreviewLink.objects.create(**PreviewLink.of(item), language="bg")
        if state == "deleted":
            site.hidden.delete()

        after = answers(site)

    hidden_files = {reverse("media_file", args=[path]) for path in site.hidden.files()}
    assert leaks(after) == {}
    assert moved(before, after) == []
    assert {after[path][0] for path in hidden_files} == {404}


def test_a_working_copy_is_nowhere_and_moves_nothing():
    with time_machine.travel(NOW, tick=False):
        site = Site()
        live = Hidden(site, prefix="live")
        site.hidden = live
        before = answers(site)
        new = make_image()
        for item in (live.article, live.event):
            snapshot = json.loads(json.dumps(taken(item)).replace("qzlive", "qzcopy"))
            snapshot["fields"]["cover"] = new.pk
            WorkingCopy.objects.create(
                **WorkingCopy.of(item), snapshot=snapshot, based_on=item.version
            )

        after = answers(site)
        picture = Client().get(new.file.url)

    told = {word for found in leaks(after).values() for word in found}
    assert any(word.startswith("qzlive") for word in told)
    assert [word for word in told if word.startswith("qzcopy")] == []
    assert moved(before, after) == []
    assert picture.status_code == 404


HELD = (
    *(Article, ArticleImage, ArticleDocument, Event, EventImage, EventDocument, ProgrammeItem),
    *(Appearance, Participation, Speaker, Organization, Venue, Series, Image, Document),
    Change,
)
ADDRESSED = ("article", "event", "speaker", "organization", "series")
# Fields whose words readers meet nowhere: titles of pictures are names for the library, and what is
# attached to a page is called as the page calls it
UNSEEN = {
    "qzdocumentqzcaptionbgqz",
    "qzdocumentqzcaptionenqz",
    "qzdocumentqzcreditqz",
    "qzdocumentqztitleenqz",
    "qzimageqztitlebgqz",
    "qzimageqztitleenqz",
}
# The titles of the hidden that each surface shows once they are public; other surfaces show none
TITLES = {
    "api:event_list": {"event", "past"},
    "api:event_detail": {"event"},
    "api:article_list": {"article"},
    "api:article_detail": {"article"},
    "home": {"article", "event"},
    "topic_detail": {"article", "past"},
    "news:article_list": {"article", "event"},
    "news:article_atom": {"article"},
    "news:article_rss": {"article"},
    "news:article_year": {"article", "event"},
    "news:article_month": {"article", "event"},
    "news:category_detail": {"article", "event"},
    "news:article_detail": {"article", "event"},
    "events:event_list": {"event"},
    "events:event_past": {"event", "past"},
    "events:event_year": {"event", "past"},
    "events:event_atom": {"event"},
    "events:event_rss": {"event"},
    "events:event_ics": {"event"},
    "events:event_detail": {"article", "event"},
    "events:series_list": {"event"},
    "events:series_atom": {"event"},
    "events:series_ics": {"event", "past"},
    "events:series_detail": {"event", "past"},
    "events:speaker_ics": {"event"},
    "events:speaker_atom": {"event"},
    "events:event_programme": {"event"},
    "events:speaker_detail": {"event"},
    "events:organization_ics": {"event"},
    "events:organization_atom": {"event"},
    "events:organization_detail": {"event"},
    "calendar:calendar_now": {"event"},
    "calendar:calendar_ics": {"event", "past"},
    "calendar:calendar_agenda": {"event"},
    "calendar:calendar_week": {"event"},
    "calendar:calendar_month": {"event"},
    "calendar:calendar_day": {"event"},
    "calendar:embedded_now": {"event"},
    "calendar:embedded_month": {"event"},
}


def test_the_same_is_on_every_surface_once_it_is_published():
    with time_machine.travel(NOW, tick=False):
        site = Site()
        site.hidden = Hidden(site)
        told = leaks(answers(site))
        named = addresses(site)

    titles: dict[str, set[str]] = {}
    for name, address in named:
        for word in told.get(address, set()):
            _empty, kind, field, _end = word.split("qz")
            if field.startswith("title") and kind in {"article", "event", "past"}:
                titles.setdefault(name, set()).add(kind)
    seen = {word for found in told.values() for word in found}
    wanted = {word for model in HELD for word in found_in(" ".join(words(model, "").values()))}
    assert titles == TITLES
    assert sorted(wanted - seen) == sorted(UNSEEN)
    addresses_told = told["/sitemap.xml"]
    assert {f"qz{kind}qzslug{code}qz" for kind in ADDRESSED for code in LANGUAGES} <= addresses_told
