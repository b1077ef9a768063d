"""The checker finds what it is there to find: each kind of fault, wherever it stands."""

from copy import deepcopy

import pytest

from .checking import CONTEXT, LITERALS, TYPES, VOCABULARY, members, problems

EVENT = {
    "@context": CONTEXT,
    "@type": "Event",
    "@id": "https://sorb.example/bg/sabitiya/a/#event",
    "name": "Общо събрание",
    "url": "https://sorb.example/bg/sabitiya/a/",
    "startDate": "2025-10-03T14:00:00+03:00",
    "endDate": "2025-10-04",
    "eventStatus": [f"{CONTEXT}/EventRescheduled", f"{CONTEXT}/EventMovedOnline"],
    "isAccessibleForFree": True,
    "maximumAttendeeCapacity": 120,
    "duration": "P1DT2H30M",
    "inLanguage": ["bg", "en"],
    "location": [
        {
            "@type": "Place",
            "name": "Зала",
            "geo": {"@type": "GeoCoordinates", "latitude": 42.68, "longitude": 23.3},
            "openingHoursSpecification": {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"{CONTEXT}/Monday",
                "opens": "09:00:00",
            },
        },
        {"@type": "VirtualLocation", "url": "https://live.example/a?b=1&c=%D0%B0"},
    ],
    "organizer": [{"@id": "https://sorb.example/#organization"}],
    "performer": {"@type": ["Person", "Patient"], "name": "Мария Петрова"},
    "image": {"@type": "ImageObject", "url": "https://sorb.example/a.jpg", "width": "1200 px"},
    "superEvent": {"@type": "EventSeries", "name": "Събрания"},
}


def with_value(path, value):
    """The event above with a value put in, at a path of names and numbers."""
    event = deepcopy(EVENT)
    *way, last = path
    place = event
    for step in way:
        place = place[step]
    place[last] = value
    return event


def test_what_is_right_has_no_problems():
    assert problems(EVENT) == []


def test_a_graph_is_read_as_the_things_in_it():
    right, wrong = ({"@type": "Person", "name": name} for name in ("Иван", ""))

    assert problems({"@context": CONTEXT, "@graph": [right]}) == []
    assert problems({"@context": CONTEXT, "@graph": [right, wrong]}) == [
        "Person.name: '' is none of Text"
    ]


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        (("@context",), "http://schema.org", "@context"),
        (("@type",), "Evnt", "@type"),
        (("@type",), ["Event", "Gathering"], "@type"),
        (("@type",), [], "@type"),
        (("@type",), None, "@type"),
        (("@type",), f"{CONTEXT}/Event", "@type"),
        (("@id",), "#event", "@id"),
        (("@id",), None, "@id"),
        # properties
        (("strtDate",), "2025-10-03", "Event.strtDate"),
        (("headline",), "Of another class", "Event.headline"),
        (("location", 1, "address"), "София", "Event.location[1].address"),
        (("attendees",), {"@type": "Person", "name": "Иван"}, "Event.attendees"),
        (("@context2",), CONTEXT, "Event.@context2"),
        (("organizer",), {"@context": CONTEXT, "@type": "Person"}, "Event.organizer.@context"),
        # days and moments
        (("startDate",), "2025-10-03T14:00:00", "Event.startDate"),
        (("startDate",), "2025-10-03 14:00:00+03:00", "Event.startDate"),
        (("startDate",), "2025-10-03T14:00+03:00", "Event.startDate"),
        (("startDate",), "2025-02-30", "Event.startDate"),
        (("startDate",), "2025-10-03T25:00:00+03:00", "Event.startDate"),
        (("startDate",), "03.10.2025", "Event.startDate"),
        (("startDate",), "٢٠٢٥-10-03", "Event.startDate"),
        (("startDate",), 20251003, "Event.startDate"),
        (("duration",), "P", "Event.duration"),
        (("duration",), "PT", "Event.duration"),
        (("duration",), "2 hours", "Event.duration"),
        (
            ("location", 0, "openingHoursSpecification", "opens"),
            "9:00",
            "Event.location[0].openingHoursSpecification.opens",
        ),
        # enumerations
        (("eventStatus",), f"{CONTEXT}/EventDelayed", "Event.eventStatus"),
        (("eventStatus",), "EventScheduled", "Event.eventStatus"),
        (("eventStatus",), "http://schema.org/EventScheduled", "Event.eventStatus"),
        (("eventStatus",), f"{CONTEXT}/Monday", "Event.eventStatus"),
        (("eventStatus", 1), f"{CONTEXT}/EventDelayed", "Event.eventStatus[1]"),
        # addresses
        (("url",), "/bg/sabitiya/a/", "Event.url"),
        (("url",), "//sorb.example/a", "Event.url"),
        (("url",), "https:///a", "Event.url"),
        (("url",), "javascript:alert(1)", "Event.url"),
        (("url",), "https://sorb.example/a b", "Event.url"),
        (("url",), "https://sorb.example/а", "Event.url"),
        (("image", "url"), "a.jpg", "Event.image.url"),
        # numbers and truths
        (("maximumAttendeeCapacity",), "120", "Event.maximumAttendeeCapacity"),
        (("maximumAttendeeCapacity",), 120.5, "Event.maximumAttendeeCapacity"),
        (("maximumAttendeeCapacity",), True, "Event.maximumAttendeeCapacity"),
        (("location", 0, "geo", "latitude"), float("nan"), "Event.location[0].geo.latitude"),
        (("isAccessibleForFree",), "true", "Event.isAccessibleForFree"),
        (("isAccessibleForFree",), 1, "Event.isAccessibleForFree"),
        (("image", "width"), 1200, "Event.image.width"),
        (("image", "width"), "1200", "Event.image.width"),
        # texts, and nothing at all
        (("name",), "", "Event.name"),
        (("name",), " \n", "Event.name"),
        (("name",), None, "Event.name"),
        (("name",), 7, "Event.name"),
        (("name",), {"@value": "Събрание"}, "Event.name"),
        (("name",), ["Събрание", ""], "Event.name[1]"),
        (("name",), [["Събрание"]], "Event.name[0]"),
        (("location",), [], "Event.location"),
        (("location",), {}, "Event.location.@type"),
        # things where other things are expected
        (("performer",), "Мария Петрова", "Event.performer"),
        (("performer",), {"@type": "Place", "name": "Зала"}, "Event.performer.@type"),
        (("performer",), {"name": "Мария Петрова"}, "Event.performer.@type"),
        (("organizer", 0, "@id"), "/#organization", "Event.organizer[0].@id"),
        (("location", 0, "geo"), {"@type": "Geo"}, "Event.location[0].geo.@type"),
    ],
)
def test_a_fault_is_found_where_it_stands(path, value, at):
    (problem,) = problems(with_value(path, value))

    assert problem.startswith(f"{at}: ")


@pytest.mark.parametrize(
    "block",
    [None, [], "Event", [EVENT], {}, {"@context": CONTEXT}, {"@context": CONTEXT, "@graph": []},
     {"@context": CONTEXT, "@id": "https://sorb.example/a"}, {"@context": CONTEXT, "@graph": [1]},
     {"@context": CONTEXT, "@graph": [{"@type": "Person"}], "name": "Иван"}],
)  # fmt: skip
def test_a_block_without_a_thing_is_wrong(block):
    assert problems(block)


def test_the_vocabulary_has_what_its_readme_says():
    assert VOCABULARY["source"] == {
        "name": "schema-dts", "version": "2.1.0", "license": "Apache-2.0"
    }  # fmt: skip
    assert [name for name, facts in TYPES.items() if not facts["parents"]] == ["Thing"]
    expected = {
        kind
        for facts in TYPES.values()
        for kinds in facts.get("properties", {}).values()
        for kind in kinds
    }
    assert expected - set(TYPES) - set(LITERALS) == set()
    assert f"{CONTEXT}/EventPostponed" in members("EventStatusType") & members("Enumeration")
