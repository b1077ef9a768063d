"""The description of the API (OpenAPI 3.1.1), made of the same declarations that it answers by."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from sorb.problems import MEDIA_TYPE

from . import event_filters, news
from .parameters import LANGUAGE, PAGING, Parameter
from .schemas import SCHEMAS, ref

Description = dict[str, Any]

VERSION = "1.0.0"
ABOUT = (
    "Events and news that the site publishes, for other programs: read only, without an account, "
    "open to scripts of every site. Days are days in Europe/Sofia; moments carry their offset. "
    "Every answer has a strong ETag: ask again with If-None-Match and get 304 while nothing has "
    "changed. Errors are problem details (RFC 9457)."
)
LISTS = {
    "events": ("Events", (*event_filters.FILTERS, *PAGING), "Events by their start"),
    "news": ("Articles", (*news.FILTERS, *PAGING), "News, the newest first"),
}
ITEMS = {
    "events": ("Event", "One event with all that its page tells"),
    "news": ("Article", "One news item with all that its page tells"),
}
NUMBER: Description = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "The `id` of the lists.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}


def described() -> Description:
    """The whole description, as JSON knows it."""
    paths: Description = {}
    for name, (schema, parameters, summary) in LISTS.items():
        paths[f"/api/{name}/"] = _reading(f"{name}_list", summary, schema, parameters)
        schema, summary = ITEMS[name]
        one = _reading(f"{name}_detail", summary, schema, ())
        paths[f"/api/{name}/{{number}}/"] = {"parameters": [NUMBER], **one}
    return {
        "openapi": "3.1.1",
        "info": {"title": f"{settings.SITE_DOMAIN}: API", "version": VERSION, "description": ABOUT},
        "servers": [{"url": settings.SITE_URL}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "responses": _problems()},
    }


def _reading(name: str, summary: str, schema: str, parameters: Sequence[Parameter]) -> Description:
    taken = [_parameter(each) for each in (LANGUAGE, *parameters)]
    told = {"application/json": {"schema": ref(schema)}}
    answers = {
        "200": {"description": summary, "headers": _headers(), "content": told},
        "304": {"description": "What If-None-Match names is still what would be told."},
        **{
            status: {"$ref": f"#/components/responses/{status}"} for status in ("400", "404", "405")
        },
    }
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": taken,
            "responses": answers,
        }
    }


def _parameter(parameter: Parameter) -> Description:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": parameter.schema,
    }


def _headers() -> Description:
    return {
        "ETag": {"required": True, "schema": {"type": "string", "pattern": '^"[0-9a-f]+"$'}},
        "Link": {
            "description": "The next and the previous page of a list (RFC 8288).",
            "schema": {"type": "string"},
        },
    }


def _problems() -> Description:
    words = {
        "400": "A parameter is not known, stands twice, or cannot be understood.",
        "404": "There is no such thing, or no such page of the list.",
        "405": "The address can only be read.",
    }
    content = {MEDIA_TYPE: {"schema": ref("Problem")}}
    return {status: {"description": detail, "content": content} for status, detail in words.items()}
