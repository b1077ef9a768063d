"""Who is named in news: noted when an article, a person or an organization is saved."""

import re
from collections import defaultdict
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.signals import m2m_changed, post_save, pre_save

from events.models import Organization, Speaker
from sorb.desk.models import Merge
from sorb.publishing.addresses import LANGUAGES

from .models import TEXTS, Article, Mention

NAMES = [f"name_{code}" for code in LANGUAGES]
SNAPPED = [KT(f"snapshot__fields__{name}") for name in NAMES]
MODELS: dict[str, Any] = {"speaker": Speaker, "organization": Organization}
SHORTEST = 5  # letters: what is shorter may be a word of the language as well
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")


def words_of(article: Article) -> str:
    """All words of an article in both languages, on one line, without its tags."""
    texts = " | ".join(getattr(article, column) or "" for column in TEXTS)
    return SPACE.sub(" ", unescape(TAG.sub(" ", texts)))


def is_named(name: str, words: str) -> bool:
    """Do the words hold the whole name? „Мария Петрова“ is not „Мария Петрова-Иванова“."""
    name = SPACE.sub(" ", name.strip())
    if len(name) < SHORTEST or name not in words:
        return False
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words) is not None


def former_names(model: type[models.Model]) -> dict[int, list[str]]:
    """By the keys of records, the names of those that were merged into them: one read."""
    merges = _merges(model).values_list("object_id", "merged_id", *SNAPPED)
    return _by_last_record(merges.order_by("pk"))


def _merges(model: type[models.Model]) -> Any:
    kind = ContentType.objects.get_for_model(model)
    return Merge.objects.standing().filter(content_type=kind).order_by()


def _by_last_record(merges: Iterable[tuple[int, int, str, str]]) -> dict[int, list[str]]:
    """Of (kept, merged, names of the merged) the names by the records that are left in the end."""
    merges = list(merges)
    leads_to = {merged: kept for kept, merged, *_names in merges}
    found: dict[int, list[str]] = {}
    for last, _merged, *names in merges:
        while last in leads_to:
            last = leads_to[last]
        found.setdefault(last, []).extend(name for name in names if name)
    return found


def note_article(article: Article) -> None:
    """Note whom an article names in its words, and which municipalities it says it concerns."""
    words = words_of(article)
    told = defaultdict(list)
    for what, *row in _all_at_once(article):
        told[what].append(tuple(row))
    for field in MODELS:
        former = _by_last_record(told[f"merged {field}"])
        wanted = {
            pk
            for pk, _none, *names in told[field]
            if any(is_named(name, words) for name in (*names, *former.get(pk, ())))
        }
        if field == "organization":
            wanted |= {pk for pk, *_ in told["concerned"]}
        known = {pk for pk, *_ in told[f"noted {field}"]}
        _settle(known, f"{field}_id", wanted, article=article)


def _all_at_once(article: Article) -> Any:
    """All names, who was merged into whom, what is noted of an article: one read.

    Every save of an article pays for it, so it is a union of rows of one form: what it is, a key,
    the key of the merged, the names.
    """
    links: Any = Article.municipalities.through
    concerned = links._base_manager.filter(article=article)
    parts = [_rows("concerned", concerned, "organization_id")]
    for field, model in MODELS.items():
        noted = Mention.objects.filter(article=article).exclude(**{field: None})
        parts += [
            _rows(field, QuerySet(model), "pk", names=NAMES),
            _rows(f"noted {field}", noted, f"{field}_id"),
            _rows(f"merged {field}", _merges(model), "object_id", F("merged_id"), SNAPPED),
        ]
    return parts[0].union(*parts[1:], all=True)


def _rows(what: str, of: Any, key: str, merged: Any = None, names: Any = ()) -> Any:
    columns: list[Any] = [Cast(name, TextField()) for name in names]
    columns = columns or [Value("", TextField())] * len(NAMES)
    return (
        of.order_by()
        .annotate(
            is_what=Value(what, TextField()),
            has_key=Cast(key, BigIntegerField()),
            has_merged=Cast(merged or Value(0), BigIntegerField()),
            **{f"is_{name}": column for name, column in zip(NAMES, columns, strict=True)},
        )
        .values_list("is_what", "has_key", "has_merged", *(f"is_{name}" for name in NAMES))
    )


def note_named(item: Any) -> None:
    """Note which articles name a person or an organization."""
    field = next(name for name, model in MODELS.items() if isinstance(item, model))
    own = [name for column in NAMES if (name := getattr(item, column))]
    names = [*own, *former_names(type(item)).get(item.pk, ())]
    asked = Q(pk__in=[])
    for name in names:
        longest = max(name.split(), key=len)  # words may be parted by a tag or a line's end
        for column in TEXTS:
            asked |= Q(**{f"{column}__contains": longest})
    articles = Article._base_manager.filter(asked).only("pk", *TEXTS).iterator(chunk_size=200)
    wanted = {
        article.pk
        for article in articles
        if any(is_named(name, words_of(article)) for name in names)
    }
    if field == "organization":
        concerned = Article._base_manager.filter(municipalities=item)
        wanted |= set(concerned.values_list("pk", flat=True))
    known = set(Mention.objects.filter(**{field: item}).values_list("article_id", flat=True))
    _settle(known, "article_id", wanted, **{field: item})


def _settle(known: set[int], column: str, wanted: set[int], **of: Any) -> None:
    """Make the notes of one thing those that are wanted."""
    if known - wanted:
        Mention.objects.filter(**of, **{f"{column}__in": known - wanted}).delete()
    new = [Mention(**of, **{column: pk}) for pk in sorted(wanted - known)]
    if new:
        Mention.objects.bulk_create(new, ignore_conflicts=True)


def article_saved(instance: Article, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    is_text_saved = update_fields is None or bool(set(TEXTS) & set(update_fields))
    if is_text_saved and instance.has_new_words and not raw:
        note_article(instance)


def municipalities_changed(instance: Any, action: str, pk_set: Any, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    note = note_article if isinstance(instance, Article) else note_named
    note(instance)


def to_be_saved(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Whether the name is new is known only before it is saved."""
    there = sender._base_manager.filter(pk=instance.pk).values_list(*NAMES).first()
    instance.has_new_name = there != tuple(getattr(instance, column) for column in NAMES)


def named_saved(instance: Any, raw: bool, **kwargs: Any) -> None:
    if instance.has_new_name and not raw:
        note_named(instance)


def merge_saved(instance: Merge, **kwargs: Any) -> None:
    """Merged or parted again: who is named by which name is another matter now."""
    if isinstance(item := instance.item, tuple(MODELS.values())):
        note_named(item)


def watch() -> None:
    """Keep the notes right from now on."""
    post_save.connect(article_saved, Article, dispatch_uid="news.mentions.article")
    m2m_changed.connect(
        municipalities_changed,
        Article.municipalities.through,
        dispatch_uid="news.mentions.municipalities",
    )
    post_save.connect(merge_saved, Merge, dispatch_uid="news.mentions.merge")
    for field, model in MODELS.items():
        pre_save.connect(to_be_saved, model, dispatch_uid=f"news.mentions.before.{field}")
        post_save.connect(named_saved, model, dispatch_uid=f"news.mentions.after.{field}")
