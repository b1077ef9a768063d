"""What is asked of an item before its texts are read: words, moments, rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sorb.desk.models import Revision
from sorb.publishing.addresses import LANGUAGES, SOURCE
from sorb.richtext.document import Block

from .finding import ERROR, WARNING, Finding, excerpt

LONGEST_TITLE = 120  # characters


def words_of(item: Any, body: Block) -> Iterator[Finding]:
    """What is missing, or too long; `body` is the tree of the text in Bulgarian."""
    takes_place = hasattr(item, "starts_at")  # a day and a place can be read
    if not item.lead_bg.strip() and not body.children and not takes_place:
        words = _("There is nothing to read: neither a lead nor a text.")
        yield Finding(ERROR, words, f"lead_{SOURCE}")
    for code in LANGUAGES:
        if len(item.heading_in(code)) > LONGEST_TITLE:
            words = _("The title has more than 120 characters: lists and search engines cut it.")
            yield Finding(WARNING, words, f"title_{code}", excerpt(item.heading_in(code)))
    yield from missing_english(item)


def missing_english(item: Any) -> Iterator[Finding]:
    if not item.title_en.strip():
        words = _("There is no English title: English readers will not find it in the lists.")
        yield Finding(WARNING, words, "title_en")
        return
    if item.lead_bg and not item.lead_en.strip():
        words = _("There is an English title, but no English lead.")
        yield Finding(WARNING, words, "lead_en")
    if item.body_bg and not item.body_en.strip():
        words = _("There is an English title, but no English text.")
        yield Finding(WARNING, words, "body_en")


def moments_of(item: Any, programme: list[Any]) -> Iterator[Finding]:
    now = timezone.now()
    if item.withdrawn_at and item.withdrawn_at <= now:
        words = _("The moment of withdrawal has passed: readers would not see it at all.")
        yield Finding(ERROR, words, "withdrawn_at")
    if hasattr(item, "starts_at"):
        yield from times_of(item, programme, max(now, item.published_at or now))


def times_of(item: Any, programme: list[Any], public_at: datetime) -> Iterator[Finding]:
    """What is odd in the times of something that takes place."""
    if item.ends_at < item.starts_at:
        yield Finding(ERROR, _("The end is before the start."), "end_day")
    was_told_in_time = item.published_at and item.published_at <= item.starts_at
    if item.starts_at < public_at and not was_told_in_time and not was_published(item):
        words = _("It begins before readers can see it: is the date right?")
        yield Finding(WARNING, words, "start_day")
    for row in programme:
        if row.ends_at and row.ends_at < row.starts_at:
            words = _("A part of the programme ends before it starts.")
            yield Finding(ERROR, words, "programme-group", excerpt(str(row)))
        elif not item.starts_at <= row.starts_at <= item.ends_at:
            words = _("A part of the programme begins outside the time of the event.")
            yield Finding(WARNING, words, "programme-group", excerpt(str(row)))


def remarks_of(item: Any) -> Iterator[Finding]:
    """What the item says itself: whom and what it meets at its time."""
    for words, field, about, address in item.remarks():
        yield Finding(WARNING, words, field, excerpt(about), address)


def was_published(item: Any) -> bool:
    return bool(Revision.objects.about(item).filter(verb=Revision.Verb.PUBLISHED).exists())
