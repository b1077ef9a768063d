"""Pictures and documents inside rich texts: which texts hold which, and where they lie now.

A text holds addresses. What it holds is noted as rows, so that the library knows where a file is
used. When a file is replaced, its new address is written into the texts that hold the old one:
browsers keep a picture for a year under its address, and would go on showing the old one. The old
address leads to the new file besides: it may still come from a form that was open meanwhile, from
an earlier revision or from another site.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from . import names
from .models import TextDocument, TextPicture, TextUse, Upload, replaced
from .models.ways import models_with_text, text_columns

ADDRESS = re.compile(
    re.escape(settings.MEDIA_URL)
    + rf"(?P<path>(?P<stem>{names.STEM.pattern})[A-Za-z0-9_-]*\.[a-z]{{3,4}})"
)
KINDS: dict[str, type[TextUse]] = {"images": TextPicture, "documents": TextDocument}


def stems_in(texts: Iterable[str]) -> set[str]:
    """The stems of all files of the library that the texts hold the addresses of."""
    return {match["stem"] for text in texts for match in ADDRESS.finditer(text)}


def texts_of(item: models.Model) -> dict[str, str]:
    """The rich texts of a row by their columns."""
    return {name: getattr(item, name) or "" for name in text_columns(type(item))}


def held(stems: Iterable[str]) -> dict[str, list[Any]]:
    """The uploads that have, or had, these stems, by kind; one read for each kind there is."""
    found: dict[str, list[Any]] = {}
    for kind, noted in KINDS.items():
        of_kind = sorted(stem for stem in stems if stem.startswith(f"{kind}/"))
        upload: Any = noted._meta.get_field(noted.upload_field).related_model
        originals = [path for stem in of_kind for path in names.originals(stem)]
        rows = upload.objects.filter(Q(file__in=originals) | Q(former__overlap=of_kind))
        found[kind] = list(rows.order_by("pk")) if of_kind else []
    return found


def note(item: models.Model, is_new: bool = False) -> None:
    """Note which uploads the texts of a saved row hold, and write present addresses into them."""
    texts = texts_of(item)
    uploads = held(stems_in(texts.values()))
    hold(item, uploads, is_new)
    readdress(item, texts, [upload for found in uploads.values() for upload in found])


def hold(item: models.Model, uploads: dict[str, list[Any]], is_new: bool = False) -> None:
    """Note that a row holds these uploads, by kind, and no others."""
    of_item: Any = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    for kind, noted in KINDS.items():
        rows: Any = noted._default_manager
        column = f"{noted.upload_field}_id"
        wanted = {upload.pk for upload in uploads[kind]}
        known = set() if is_new else set(rows.filter(**of_item).values_list(column, flat=True))
        if known - wanted:
            rows.filter(**of_item, **{f"{column}__in": known - wanted}).delete()
        new = [noted(**of_item, **{column: key}) for key in sorted(wanted - known)]
        if new:
            rows.bulk_create(new, ignore_conflicts=True)


def readdress(item: models.Model, texts: dict[str, str], uploads: list[Any]) -> None:
    """Write the present addresses of uploads in the place of their former ones.

    This is no change by an editor: the version and the moment of change stay.
    """
    present = {stem: upload for upload in uploads for stem in upload.former}
    fresh = {
        name: changed
        for name, text in texts.items()
        if (changed := with_present_addresses(text, present)) != text
    }
    if fresh:
        type(item)._base_manager.filter(pk=item.pk).update(**fresh)
        for name, text in fresh.items():
            setattr(item, name, text)


def with_present_addresses(text: str, present: dict[str, Any]) -> str:
    """The text with the addresses of former files, by their stems, made those of the present."""

    def address(match: re.Match[str]) -> str:
        upload: Upload | None = present.get(match["stem"])
        return match[0] if upload is None else upload.address_for(match["path"])

    return ADDRESS.sub(address, text) if present else text


@receiver(replaced)
def readdress_texts(upload: Any, **kwargs: Any) -> None:
    """After a file was replaced: every text that holds it, in the same transaction."""
    keys: dict[int, list[int]] = {}
    for kind, key in upload.in_texts.order_by("pk").values_list("content_type", "object_id"):
        keys.setdefault(kind, []).append(key)
    for kind, held_by in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            for item in model._base_manager.filter(pk__in=held_by).order_by("pk"):
                readdress(item, texts_of(item), [upload])


def note_saved(
    sender: type[models.Model],
    instance: models.Model,
    created: bool,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    columns = set(text_columns(sender))
    is_text_saved = update_fields is None or bool(columns & update_fields)
    if is_text_saved and not raw and not columns <= instance.get_deferred_fields():
        note(instance, is_new=created)


def forget_deleted(instance: models.Model, **kwargs: Any) -> None:
    for noted in KINDS.values():
        noted._default_manager.filter(
            content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk
        ).delete()


def watch() -> None:
    """Keep the notes right from now on, for every model that has rich text."""
    for model in models_with_text():
        post_save.connect(note_saved, model, dispatch_uid=f"sorb.media.texts.saved.{model}")
        post_delete.connect(forget_deleted, model, dispatch_uid=f"sorb.media.texts.gone.{model}")


def unnoted() -> list[models.Model]:
    """The rows whose notes are not what their texts say: they were written past `save()`."""
    found: list[models.Model] = []
    for model in models_with_text():
        kind = ContentType.objects.get_for_model(model)
        noted: dict[int, set[tuple[str, int]]] = {}
        for folder, use in KINDS.items():
            rows = use._default_manager.filter(content_type=kind)
            for key, upload in rows.values_list("object_id", f"{use.upload_field}_id"):
                noted.setdefault(key, set()).add((folder, upload))
        for item in model._base_manager.only("pk", *text_columns(model)).iterator(chunk_size=200):
            uploads = held(stems_in(texts_of(item).values()))
            said = {(folder, upload.pk) for folder, rows in uploads.items() for upload in rows}
            if said != noted.pop(item.pk, set()):
                found.append(item)
        found += [model(pk=key) for key in noted]
    return found
