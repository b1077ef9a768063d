"""Words that are code wherever somebody forgot to escape them, for every text field there is.

The models say which fields those are, so that a new one is tried too. Every word ends with a mark
that says which of the payloads it is and how much of it the field had room for: so whatever shows
the mark must show the payload before it, whole and as it was typed.
"""

import re
from typing import Any

from django.db import connection, models
from django.db.models.fields.files import FileField

from sorb.desk.snapshot import value_fields
from sorb.richtext.fields import RichTextField
from tests.richtext.payloads import EVIL, payloads

PAYLOADS = [text.replace("\0", "") for text in payloads()]  # PostgreSQL holds no NUL
# Those made for titles, names and addresses: they break out of the places where those stand
BREAKING_BEGIN = (
    *("</title>", "</script>", '">', '"on', "` on", "';", '\\"', "`-", '"}', "]]", "{{", "{% end"),
    *("<script>alert(1)</script>", "<img src=x:x", "\\x3c"),
)
BREAKING = [number for number, text in enumerate(PAYLOADS) if text.startswith(BREAKING_BEGIN)]
ADDRESSES = (
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    f'{EVIL}/"onmouseover="alert(1)',
)
MARK = re.compile(r"qz(\d+)x(\d+)qz")
SHORTEST = 20  # characters: what holds fewer has no room for a payload and its mark
# Spaces and what is invisible: pages collapse them, feeds and calendars must drop some
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")
# Letters by which something is found or proved, and nothing that anybody reads
KEYS = {"password", "content_hash", "token"}


def text_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns that hold words which somebody may choose."""
    return [
        field
        for field in value_fields(model)
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField | FileField)
        and not field.choices
        and field.name not in KEYS
        and (field.max_length is None or field.max_length >= SHORTEST)
    ]


def marked(number: int, room: int | None) -> str:
    """A payload with its mark, as much of it as there is room for (characters; None: all)."""
    text = PAYLOADS[number]
    if room is not None:
        text = text[: room - len(f" qz{number}x{len(text)}qz")]
    return f"{text} qz{number}x{len(text)}qz"


def framed(number: int) -> str:
    """A payload between harmless words, as a rich text has it."""
    return f"<p>Преди qr{number}qr.</p>{PAYLOADS[number]}<p>След.</p>"


def hostile(model: type[models.Model], number: int) -> dict[str, str]:
    """What every text field of a model may hold at worst, by the name of the field."""
    found = {}
    for field in text_fields(model):
        if isinstance(field, RichTextField):
            found[field.name] = framed(number)
        elif isinstance(field, models.URLField):
            found[field.name] = ADDRESSES[number % len(ADDRESSES)]
        else:
            found[field.name] = marked(number, field.max_length)
    return found


def planted(sample: models.Model, **links: Any) -> list[Any]:
    """A copy of a row for each payload, put into its table as they are: no form, no `save()`.

    Args:
        sample: the row of which everything but the words is taken; it stays.
        links: fields of the copies, each with a value for every payload.
    """
    model = type(sample)
    rows = []
    for number in range(len(PAYLOADS)):
        values = {field.attname: getattr(sample, field.attname) for field in value_fields(model)}
        values |= hostile(model, number)
        values |= {name: f"n{number}" for name in values if name.startswith("slug_")}
        row = model(**values)
        for name, each in links.items():
            setattr(row, name, each[number])
        rows.append(row)
    model._base_manager.bulk_create(rows)
    _put_texts(model, rows)
    return rows


def _put_texts(model: type[models.Model], rows: list[Any]) -> None:
    """Rich texts are cleaned by their field whatever the way through the model: this is none."""
    texts = [field for field in text_fields(model) if isinstance(field, RichTextField)]
    if not texts:
        return
    columns = ", ".join(f"{field.column} = %s" for field in texts)
    values = [[framed(number)] * len(texts) + [row.pk] for number, row in enumerate(rows)]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", values)


def squeezed(text: str) -> str:
    return UNSEEN.sub("", text)


def told(*texts: str) -> set[int]:
    """The payloads whose marks are in a text."""
    return {int(number) for text in texts for number, _length in MARK.findall(text)}


def torn(*texts: str) -> list[str]:
    """What stands in texts before a mark and is not the payload that the mark is of."""
    wrong = []
    for text in map(squeezed, texts):
        for mark in MARK.finditer(text):
            number, length = map(int, mark.groups())
            typed = squeezed(PAYLOADS[number][:length])
            shown = text[max(0, mark.start() - len(typed)) : mark.start()]
            if shown != typed:
                wrong.append(f"{shown!r} instead of {typed!r}")
    return wrong
