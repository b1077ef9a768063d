"""Hostile words by every form and by forged requests, and as other programs are told them.

What browsers make of them is read in tests/browser/test_hostile_words.py.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django import forms
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.urls import reverse
from icalendar import Calendar

from events.models import Event
from sorb.desk.snapshot import taken
from sorb.richtext import clean
from sorb.richtext.fields import RichTextFormField
from tests.admin.conftest import signed_in
from tests.admin.filling import errors_of, filled
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_event_type,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)
from tests.hostile.site import HostileSite
from tests.hostile.words import ADDRESSES, BREAKING, PAYLOADS, told, torn
from tests.richtext.payloads import payloads

pytestmark = pytest.mark.django_db

ALL = set(range(len(PAYLOADS)))
FEEDS = ("bg/novini", "en/news", "bg/sabitiya", "en/events")


# As other programs are told


def texts_of(feed: ElementTree.Element) -> Iterator[str]:
    """Every text and attribute; those that are HTML as their words."""
    for element in feed.iter():
        said = [element.text or "", *element.attrib.values()]
        if element.tag.endswith(("summary", "description")):
            said[0] = unescape(re.sub("<[^>]+>", " ", said[0]))
        yield from said


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feeds_tell_hostile_words_as_they_were_typed(client, form):
    made = HostileSite()
    items = {"nov": made.articles, "new": made.articles, "sab": made.events, "eve": made.events}
    names = {f"/{feed}/feed.{form}": items[feed[3:6]] for feed in FEEDS}

    def read(address: str) -> ElementTree.Element:
        return ElementTree.fromstring(client.get(address).content)

    seen: dict[str, set[int]] = {name: set() for name in names}
    wrong, tags = [], set()
    for address, rows in names.items():
        for _turn in range(9):  # a feed has only the first ones: withdraw these, look again
            feed = read(address)
            texts = [*texts_of(feed)]
            wrong += torn(*texts)
            tags |= {element.tag.rpartition("}")[2] for element in feed.iter()}
            seen[address] |= told(*texts)
            keys = [rows[number].pk for number in seen[address]]
            type(rows[0]).objects.filter(pk__in=keys).update(status="withdrawn")
        type(rows[0]).objects.update(status="published")

    assert wrong == []
    assert seen == dict.fromkeys(names, ALL)
    assert tags & {"script", "img", "svg", "a", "p", "html"} == set()


def test_calendars_tell_hostile_words_as_they_were_typed(client):
    HostileSite()

    calendar = Calendar.from_ical(client.get("/bg/kalendar.ics").content)

    entries = calendar.walk("VEVENT")
    names = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID")
    texts = [str(entry[name]) for entry in entries for name in names if name in entry]
    texts += [str(word) for entry in entries for word in entry["CATEGORIES"].cats]
    assert len(entries) == Event.objects.count()
    assert torn(*texts) == []
    assert told(*(str(entry["SUMMARY"]) for entry in entries)) == ALL
    assert {component.name for component in calendar.walk()} == {
        *("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"),
    }
    assert [text for text in texts if re.search("javascript:alert.1.$", text)] == []


def test_what_is_found_while_one_types_is_told_as_json():
    made = HostileSite()
    desk = signed_in(User.objects.create_superuser("glaven"))
    asked = {"app_label": "news", "model_name": "article", "field_name": "event", "term": "qz"}

    found: list[str] = []
    for page in range(1, 12):
        answer = desk.get("/admin/autocomplete/", asked | {"page": page})
        assert answer["Content-Type"] == "application/json"
        found += [row["text"] for row in answer.json()["results"]]
        if not answer.json()["pagination"]["more"]:
            break

    assert len(found) == len(made.events)
    assert torn(*found) == []
    assert told(*found) == ALL


# By the forms


def with_rows(make: Callable[..., Any]) -> Callable[[], Any]:
    """What is published, with one of each kind of its rows."""

    def made() -> Any:
        item = make(status="draft", published_at=None)
        item.gallery.create(image=make_image())
        item.documents.create(document=make_document())
        if isinstance(item, Event):
            item.programme.create(starts_at=item.starts_at, title_bg="Откриване")
            item.appearances.create(speaker=make_speaker())
            item.participations.create(organization=make_organization())
        return item

    return made


MAKERS: dict[str, Callable[[], Any]] = {
    "article": with_rows(make_article),
    "event": with_rows(make_event),
    "speaker": make_speaker,
    "organization": make_organization,
    "venue": make_venue,
    "eventtype": make_event_type,
    "topic": make_topic,
    "category": make_category,
    "image": make_image,
    "document": make_document,
    "user": lambda: User.objects.create_user("redaktor", is_staff=True),
    "group": lambda: Group.objects.create(name="gosti"),
}
# Validators that only count characters, or know of one that no database holds
LENIENT = (MaxLengthValidator, ProhibitNullCharactersValidator)


class Form:
    """The form of a thing on the desk, as it was opened, and what is in its way."""

    def __init__(self, item: Any) -> None:
        self.item = item
        options = item._meta
        self.address = reverse(
            f"admin:{options.app_label}_{options.model_name}_change", args=[item.pk]
        )
        self.desk = signed_in(User.objects.create_superuser("glaven"))
        self.opened = self.desk.get(self.address)
        self.fields: dict[str, forms.Field] = dict(self.opened.context["adminform"].form.fields)
        for rows in self.opened.context["inline_admin_formsets"]:
            for form in rows.formset.initial_forms:
                self.fields |= {f"{form.prefix}-{name}": f for name, f in form.fields.items()}

    def send(self, **typed: Any) -> Any:
        """What a browser would send, with some of it typed anew."""
        sent = filled(self.opened, **typed) | {"form_token": [str(uuid.uuid4())]}
        if hasattr(self.item, "version"):
            self.item.refresh_from_db()
            sent["version"] = [str(self.item.version)]
        return self.desk.post(self.address, sent)

    def model_field(self, name: str) -> Any:
        """The column of a field of the form; None for one that is typed otherwise."""
        model, column = type(self.item), name
        if "-" in name:
            relation, _place, column = name.split("-")
            model = model._meta.get_field(relation).related_model
        known = {field.name: field for field in model._meta.get_fields()}
        return known.get(column)

    def is_plain(self, name: str) -> bool:
        """Does a field take any words?"""
        field, column = self.fields[name], self.model_field(name)
        if type(field) is not forms.CharField or column is None or column.choices:
            return False
        return all(isinstance(each, LENIENT) for each in column.validators)

    @property
    def plain(self) -> dict[str, int]:
        """The fields that take any words, with the number of characters that they take."""
        return {
            name: field.max_length or 1000
            for name, field in self.fields.items()
            if self.is_plain(name)
        }

    @property
    def refusing(self) -> list[str]:
        """The fields that take no words but certain ones; a tick or a file cannot be misspelt."""
        lenient = (forms.BooleanField, forms.FileField, RichTextFormField)
        return [
            name
            for name, field in self.fields.items()
            if not (isinstance(field, lenient) or field.disabled or self.is_plain(name))
        ]

    def name_sent(self, name: str) -> str:
        """What a browser calls the field; of a day with an hour, the day."""
        return f"{name}_0" if isinstance(self.fields[name], forms.MultiValueField) else name

    def row_of(self, name: str) -> tuple[Any, str]:
        row = type(self.item)._base_manager.get(pk=self.item.pk)
        if "-" not in name:
            return row, name
        relation, place, column = name.split("-")
        return getattr(row, relation).order_by("pk")[int(place)], column

    def stored(self, *names: str) -> list[Any]:
        """What the database has of fields of the form."""
        return [getattr(row, column) for row, column in map(self.row_of, names)]

    def whole(self) -> Any:
        row, _name = self.row_of("pk")
        return taken(row)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_payload_is_stored_as_it_was_typed_in_the_form(kind):
    """Each in one of the fields at least; the fields are those that the form has."""
    form = Form(MAKERS[kind]())
    plain = form.plain
    names = [*plain]

    for start in range(0, len(PAYLOADS), len(names)):
        texts = [PAYLOADS[(start + n) % len(PAYLOADS)] for n in range(len(names))]
        typed = {name: text[: plain[name]].strip() for name, text in zip(names, texts, strict=True)}
        answer = form.send(**typed)

        assert answer.status_code == 302, errors_of(answer)
        assert form.stored(*names) == [*typed.values()]


def test_every_payload_is_stored_in_title_lead_and_text():
    form = Form(make_article())
    half = len(PAYLOADS) // 2

    for number in range(half):
        texts = {"bg": PAYLOADS[number], "en": PAYLOADS[half + number]}
        names = [(part, code) for part in ("title", "lead", "body") for code in texts]
        answer = form.send(**{f"{part}_{code}": texts[code] for part, code in names})

        assert answer.status_code == 302, errors_of(answer)
        wanted = [(clean if part == "body" else str.strip)(texts[code]) for part, code in names]
        assert form.stored(*(f"{part}_{code}" for part, code in names)) == wanted


def test_what_no_database_holds_is_refused_where_it_was_typed():
    form = Form(make_event())
    before = form.whole()
    texts = [text for text in payloads() if "\0" in text]

    for text in texts:
        answer = form.send(title_bg=text, lead_en=text)

        assert set(errors_of(answer)) == {"title_bg", "lead_en"}
    assert texts
    assert form.whole() == before


@pytest.mark.parametrize("kind", MAKERS)
def test_a_field_that_takes_no_words_says_so_and_nothing_changes(kind):
    form = Form(MAKERS[kind]())
    before = form.whole()

    wrong = []
    for place, name in enumerate(form.refusing):
        is_address = isinstance(form.fields[name], forms.URLField)
        tried = ADDRESSES if is_address else (PAYLOADS[BREAKING[place % len(BREAKING)]],)
        tried = [text for text in tried if not text.startswith("http")]
        for text in tried:
            answer = form.send(**{form.name_sent(name): text})
            is_forged = answer.status_code == 403  # what a row is a part of is not for typing
            if not is_forged and name not in errors_of(answer):
                wrong.append((name, text))

    assert wrong == []
    assert form.whole() == before


# Forged requests


KEPT_BY_THE_SITE = {"version", "changed_at", "changed_by", "source_changed_at", "translated_at"}


@pytest.mark.parametrize("kind", MAKERS)
def test_columns_that_the_form_does_not_have_are_not_written(kind):
    form = Form(MAKERS[kind]())
    columns = [
        field
        for field in form.item._meta.concrete_fields
        if field.name not in form.fields and not field.primary_key
    ]
    forged = {field.name: PAYLOADS[BREAKING[1]] for field in columns if field.name != "status"}
    before = {field.attname: getattr(form.item, field.attname) for field in columns}

    answer = form.send(**forged | {"version": str(getattr(form.item, "version", ""))})

    assert answer.status_code == 302
    form.item.refresh_from_db()
    after = {field.attname: getattr(form.item, field.attname) for field in columns}
    kept = [name for name in before if name.removesuffix("_id") not in KEPT_BY_THE_SITE]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


@pytest.mark.parametrize("kind", ["article", "event"])
def test_a_status_that_is_sent_is_refused(kind):
    form = Form(MAKERS[kind]())
    before = form.whole()

    answer = form.send(status="published")

    assert answer.status_code == 403
    assert form.whole() == before


@pytest.mark.parametrize("kind", MAKERS)
def test_a_body_of_another_type_changes_nothing(kind):
    form = Form(MAKERS[kind]())
    before = form.whole()
    file = SimpleUploadedFile("x.html", PAYLOADS[0].encode(), "text/html")
    needed = [name for name in form.plain if form.fields[name].required]

    answers = [
        form.desk.post(form.address, {"title_bg": PAYLOADS[0]}, "application/json"),
        form.desk.post(form.address, PAYLOADS[0], "text/html"),
        *(
            form.desk.post(form.address, filled(form.opened, **{name: None}) | {name: file})
            for name in needed
        ),
    ]

    refused = 400 if hasattr(form.item, "version") else 200  # Django's own: with its errors
    assert [answer.status_code for answer in answers] == [refused] * 2 + [200] * len(needed)
    assert form.whole() == before
