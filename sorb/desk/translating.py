"""Translating an item: every place where words stand in both languages, filled in side by side.

Not called `translation`: modules of that name say which fields are translated.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F

from sorb.publishing.addresses import SOURCE
from sorb.publishing.models import Publishable
from sorb.richtext.fields import RichTextField

from . import history, working_copies
from .ledger import TRANSLATION
from .models import Revision, TranslationDraft, WorkingCopy
from .snapshot import Snapshot, row_relations, value_fields

MADE_BY_SITE = ("slug_", "sort_key_")


@dataclass(frozen=True)
class Place:
    """Where words stand in both languages: a field of the item, or of one of its rows."""

    row: Any
    field: Any  # the column of the English words
    relation: str | None = None  # of the row to the item; None for the item itself

    @property
    def name(self) -> str:
        """The name of its field in the form: "title_en", "gallery-12-caption_en"."""
        column: str = self.field.name
        return f"{self.relation}-{self.row.pk}-{column}" if self.relation else column

    @property
    def source_column(self) -> str:
        return f"{self.field.translated_field.name}_{SOURCE}"

    @property
    def source(self) -> str:
        return getattr(self.row, self.source_column) or ""

    @property
    def words(self) -> str:
        """The English words that are stored, which readers see when the item is public."""
        return getattr(self.row, self.field.name) or ""

    @property
    def label(self) -> str:
        return str(self.field.translated_field.verbose_name)

    @property
    def is_rich(self) -> bool:
        return isinstance(self.field, RichTextField)

    @property
    def is_heading(self) -> bool:
        """The one without which there is no English page."""
        return self.relation is None and self.field.name == f"{self.row.heading}_{TRANSLATION}"


def columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a model in which English words are typed."""
    return [
        field
        for field in value_fields(model)
        if getattr(field, "language", "") == TRANSLATION  # of modeltranslation
        and not field.name.startswith(MADE_BY_SITE)
    ]


def places(item: Publishable) -> list[Place]:
    """All places of an item in their order: one read for each kind of rows that have words."""
    found = [Place(item, field) for field in columns(type(item))]
    for name, relation in row_relations(type(item)).items():
        fields = columns(relation.related_model)
        if fields:
            found += [Place(row, field, name) for row in _rows(item, relation) for field in fields]
    return found


def _rows(item: Publishable, relation: Any) -> Any:
    """The rows with what they point at, by which they are called."""
    owner = relation.remote_field
    pointed_at = [
        field.name
        for field in relation.related_model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field != owner
    ]
    rows = relation.related_model._default_manager.filter(**{owner.name: item.pk})
    return rows.select_related(*pointed_at) if pointed_at else rows


def is_of_lost_row(item: Publishable, name: str) -> bool:
    """Is it the name of a place in a row that is nowhere any more?"""
    for relation, pointer in row_relations(type(item)).items():
        model = pointer.related_model
        for field in columns(model):
            found = re.fullmatch(rf"{relation}-([0-9]{{1,18}})-{field.name}", name)
            if found:
                return not model._base_manager.filter(pk=int(found[1])).exists()
    return False


def draft_of(item: Publishable) -> TranslationDraft | None:
    drafts = TranslationDraft.objects.about(item).filter(language=TRANSLATION)
    draft: TranslationDraft | None = drafts.select_related("changed_by").first()
    return draft


def version_of(item: Publishable, draft: TranslationDraft | None) -> str:
    """What a form must have seen to be saved: the item's version, and its draft's."""
    return f"{item.version}.{draft.version if draft else 0}"


def keep(
    item: Publishable, user: Any, words: dict[str, str], draft: TranslationDraft | None
) -> TranslationDraft | None:
    """Keep a translation that is not finished; the item stays as it is.

    Args:
        words: by the names of the places; what is stored already is not kept once more.

    Returns:
        The draft; None when nothing differs from what is stored, and none is needed.
    """
    stored = {place.name: place.words for place in places(item)}
    begun = {name: text for name, text in words.items() if text != stored.get(name, "")}
    if not begun:
        if draft is not None:
            draft.delete()
        return None
    if draft is None:
        draft = TranslationDraft(**TranslationDraft.of(item), language=TRANSLATION, version=0)
    draft.words, draft.changed_by = begun, user
    draft.version += 1
    draft.save()
    return draft


def finish(item: Any, user: Any, words: dict[str, str], draft: TranslationDraft | None) -> None:
    """Make the words those of the item and of its rows: its translation is complete now.

    Args:
        item: locked, as the database has it.
        words: clean, by the names of the places; a place that is not named stays as it is.
    """
    history.note_as_found(item)
    version = item.version
    changed = [
        (place, words[place.name])
        for place in places(item)
        if words.get(place.name, place.words) != place.words
    ]
    for place, text in changed:
        if place.relation is None:
            setattr(item, place.field.name, text)
        else:
            rows = type(place.row)._base_manager.filter(pk=place.row.pk)
            rows.update(**{place.field.name: text})
    item.changed_by = user
    item.save()
    item.refresh_from_db()
    revision = history.record(item, user, Revision.Verb.TRANSLATED)
    if revision is not None:  # where nothing changed, it is confirmed
        type(item)._base_manager.filter(pk=item.pk).update(translated_at=revision.saved_at)
    if draft is not None:
        draft.delete()
    _put_into_copy(item, changed, version)


def _put_into_copy(item: Any, changed: list[tuple[Place, str]], version: int) -> None:
    """Publishing the working copy must not take the translation back."""
    copies = WorkingCopy.objects.about(item)
    copy = copies.select_for_update().first()
    if copy is None:
        return
    snapshot: Snapshot = copy.snapshot
    for place, text in changed:
        _put(snapshot, place, text)
    slug = f"slug_{TRANSLATION}"
    snapshot["fields"][slug] = snapshot["fields"].get(slug) or getattr(item, slug)
    is_level = copy.based_on == version  # the item has not moved on without it
    copies.update(
        snapshot=snapshot,
        based_on=item.version if is_level else copy.based_on,
        version=F("version") + 1,
    )
    working_copies.hold_uploads(copy, type(item))


def _put(snapshot: Snapshot, place: Place, text: str) -> None:
    if place.relation is None:
        parts = [snapshot["fields"]]
    else:
        rows = snapshot["rows"].get(place.relation, [])
        parts = [row["fields"] for row in rows if row["pk"] == place.row.pk]
    for part in parts:
        if place.field.name in part:
            part[place.field.name] = text
