"""What the answers hold, in JSON Schema 2020-12; a test holds every answer against it."""

from typing import Any

from events.models import Appearance, Attendance, Change, Participation, ProgrammeItem, State
from news.models import Article
from sorb.publishing.addresses import LANGUAGES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def one_of(values: Any) -> Schema:
    return {"type": "string", "enum": list(values)}


def whole(**properties: Schema) -> Schema:
    """An object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listing(name: str) -> Schema:
    return whole(
        count=NUMBER,
        page={"type": "integer", "minimum": 1},
        pages={"type": "integer", "minimum": 1},
        next=or_null(ADDRESS),
        previous=or_null(ADDRESS),
        items=many(ref(name)),
    )


NAMED = {"name": TEXT, "slug": TEXT, "url": ADDRESS}
PICTURE = {"url": ADDRESS, "width": NUMBER, "height": NUMBER, "alternative": TEXT, "credit": TEXT}

EVENT_IN_LIST: dict[str, Schema] = {
    "id": NUMBER,
    "uid": {**TEXT, "description": "UID of RFC 5545: the same in the calendar files."},
    "url": ADDRESS,
    "language": {**one_of(LANGUAGES), "description": "The language of the words."},
    "title": TEXT,
    "lead": TEXT,
    "type": whole(id=NUMBER, name=TEXT, colour={"type": "string", "pattern": "^#[0-9a-f]{6}$"}),
    "is_deadline": {
        **YES_OR_NO,
        "description": "By when one applies or sends something: a day, or a moment (`starts` and "
        "`ends` are the same). Nobody meets.",
    },
    "starts": MOMENT,
    "ends": {**or_null(MOMENT), "description": "Excluded; null when the end is not known."},
    "is_all_day": YES_OR_NO,
    "first_day": DAY,
    "last_day": {**DAY, "description": "The last day that it occupies, included."},
    "state": {
        **one_of(State.values),
        "description": "What has become of it. `moved`: to another place; `rescheduled`: to "
        "another date. What was moved or put online may have another date too: `previous_start`.",
    },
    "state_note": {**TEXT, "description": "Why, and what those who are enrolled should do."},
    "previous_start": {
        **or_null(MOMENT),
        "description": "The start announced first, where the date was changed.",
    },
    "attendance": one_of(Attendance.values),
    "online_address": or_null(ADDRESS),
    "venue": or_null(ref("Venue")),
    "registration": or_null(ref("Registration")),
    "held_in": many(TEXT),
    "topics": many(ref("Named")),
    "series": {**or_null(ref("Named")), "description": "What it is an edition of."},
    "organizations": many(ref("Participation")),
    "image": or_null(ref("Picture")),
    "changed": MOMENT,
}
ARTICLE_IN_LIST: dict[str, Schema] = {
    "id": NUMBER,
    "url": ADDRESS,
    "language": {**one_of(LANGUAGES), "description": "The language of the words."},
    "title": TEXT,
    "lead": TEXT,
    "category": ref("Named"),
    "byline": TEXT,
    "published": MOMENT,
    "changed": MOMENT,
    "topics": many(ref("Named")),
    "municipalities": many(ref("Named")),
    "image": or_null(ref("Picture")),
}
ATTACHED = {"images": many(ref("GalleryPicture")), "documents": many(ref("Document"))}

SCHEMAS: dict[str, Schema] = {
    "Named": whole(**NAMED),
    "Picture": whole(**PICTURE),
    "GalleryPicture": whole(**PICTURE, caption=TEXT),
    "Document": whole(name=TEXT, url=ADDRESS, kind=TEXT, size=NUMBER),
    "Venue": whole(
        name=TEXT,
        hall=TEXT,
        address=TEXT,
        town=TEXT,
        municipality={
            **or_null(ref("Named")),
            "description": "In whose territory it is, where that is known.",
        },
        latitude=or_null({"type": "number", "minimum": -90, "maximum": 90}),
        longitude=or_null({"type": "number", "minimum": -180, "maximum": 180}),
    ),
    "Registration": whole(
        url=ADDRESS, opens=or_null(MOMENT), closes=or_null(MOMENT), is_open=YES_OR_NO
    ),
    "Participation": whole(**NAMED, role=one_of(Participation.Role.values)),
    "Person": whole(
        **NAMED,
        role=one_of(Appearance.Role.values),
        position=TEXT,
        organization=or_null(ref("Named")),
    ),
    "ProgrammeItem": whole(
        starts=MOMENT,
        ends=or_null(MOMENT),
        kind=one_of(ProgrammeItem.Kind.values),
        title=TEXT,
        hall={**TEXT, "description": "Where several items go on at the same time."},
        text=TEXT,
    ),
    "Change": {
        **whole(
            kind=one_of(Change.Kind.values),
            at=MOMENT,
            earlier_start=or_null(MOMENT),
            earlier_end=or_null(MOMENT),
            earlier_place=TEXT,
            note=TEXT,
        ),
        "description": "What readers were told before: times only where they changed. The reason "
        "of the latest change is the event's `state_note`.",
    },
    "EventInList": whole(**EVENT_IN_LIST),
    "Event": whole(
        **EVENT_IN_LIST,
        text=TEXT,
        changes={
            **many(ref("Change")),
            "description": "What was changed since it was published, the earliest first.",
        },
        programme_url={
            **or_null(ADDRESS),
            "description": "The page with the programme to print, where there is one.",
        },
        programme=many(ref("ProgrammeItem")),
        people=many(ref("Person")),
        **ATTACHED,
    ),
    "Events": listing("EventInList"),
    "ArticleInList": whole(**ARTICLE_IN_LIST),
    "Article": whole(
        **ARTICLE_IN_LIST,
        text=TEXT,
        event=or_null(
            whole(
                id=NUMBER,
                title=TEXT,
                url=ADDRESS,
                relation=one_of(Article.EventRelation.values),
            )
        ),
        **ATTACHED,
    ),
    "Articles": listing("ArticleInList"),
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "errors": many(whole(parameter=TEXT, detail=TEXT)),
        },
        "required": ["type", "title", "status"],
        "additionalProperties": False,
    },
}
