"""schema.org's facts of an event, as search engines and their rules want them."""

from datetime import datetime

import pytest

from events.models import Appearance, Attendance, Event, Participation, ProgrammeItem, State
from events.structured_data import ATTENDANCE, STATUS
from sorb.dates import SOFIA
from tests.factories import (
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def moment(*parts):
    return datetime(*parts, tzinfo=SOFIA)


def facts_of(event):
    return Event.objects.visible().with_page().get(pk=event.pk).structured_data()


def test_event_is_told_with_everything_that_its_page_shows():
    venue = make_venue(address_bg="пл. „България“ 1", latitude="42.685000", longitude="23.318900")
    cover = make_image(alternative_bg="Залата")
    event = make_event(
        title_bg="Общо събрание",
        lead_bg="Отчет и избори.",
        starts_at=moment(2020, 3, 29, 2),
        ends_at=moment(2020, 3, 29, 17, 30),
        venue=venue,
        hall_bg="Зала 6",
        cover=cover,
        languages=["bg", "en"],
        registration_address="https://form.example/a",
        registration_opens_at=moment(2020, 1, 2, 9),
        registration_closes_at=moment(2020, 3, 1, 18),
    )
    event.topics.add(make_topic(name_bg="Бюджет"))
    organizer = make_organization(name_bg="Сдружение", site="https://a.example/")
    Participation.objects.create(event=event, organization=organizer, role="organizer")
    sponsor = make_organization(name_bg="Банка")
    Participation.objects.create(event=event, organization=sponsor, role="sponsor")
    Participation.objects.create(event=event, organization=sponsor, role="partner")
    page = f"{SITE}{event.get_absolute_url()}"

    facts = facts_of(event)

    image = facts.pop("image")
    assert facts == {
        "@type": "Event",
        "@id": f"{page}#event",
        "url": page,
        "name": "Общо събрание",
        "description": "Отчет и избори.",
        "startDate": "2020-03-29T02:00:00+02:00",
        "endDate": "2020-03-29T17:30:00+03:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Зала 6, Зала „Средец“",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "пл. „България“ 1",
                    "addressLocality": "София",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 42.685, "longitude": 23.3189},
            }
        ],
        "organizer": [
            {
                "@type": "Organization",
                "name": "Сдружение",
                "url": f"{SITE}{organizer.get_absolute_url()}",
                "sameAs": "https://a.example/",
            }
        ],
        "sponsor": [
            {
                "@type": "Organization",
                "name": "Банка",
                "url": f"{SITE}{sponsor.get_absolute_url()}",
            }
        ],
        "inLanguage": ["bg", "en"],
        "keywords": ["Бюджет"],
        "offers": {
            "@type": "Offer",
            "url": "https://form.example/a",
            "validFrom": "2020-01-02T09:00:00+02:00",
            "validThrough": "2020-03-01T18:00:00+02:00",
        },
    }
    assert [(each["@type"], each["caption"]) for each in image] == [("ImageObject", "Залата")]
    assert image[0]["url"].startswith(f"{SITE}/media/")
    assert [image[0][side] for side in ("width", "height")] == ["320 px", "180 px"]


def test_what_is_not_known_is_not_said():
    event = make_event(lead_bg="", body_bg="", has_open_end=True)

    facts = facts_of(event)

    assert set(facts) == {
        "@type", "@id", "url", "name", "startDate", "eventStatus", "eventAttendanceMode",
        "inLanguage",
    }  # fmt: skip


def test_people_stand_with_the_position_and_organization_of_that_time():
    now = make_organization(name_bg="Министерство")
    then = make_organization(name_bg="Община Русе")
    speaker = make_speaker(
        name_bg="Мария Петрова", position_bg="министър", organization=now, photo=make_image()
    )
    event = make_event()
    Appearance.objects.create(
        event=event, speaker=speaker, position_bg="кмет", organization=then, role="moderator"
    )

    (performer,) = facts_of(event)["performer"]

    photo = performer.pop("image")
    assert photo["@type"] == "ImageObject"
    assert performer == {
        "@type": "Person",
        "name": "Мария Петрова",
        "url": f"{SITE}{speaker.get_absolute_url()}",
        "jobTitle": "кмет",
        "affiliation": {
            "@type": "Organization",
            "name": "Община Русе",
            "url": f"{SITE}{then.get_absolute_url()}",
        },
    }


def test_programme_is_told_as_events_within_the_event_without_the_breaks():
    event = make_event(starts_at=moment(2020, 2, 24, 9), venue=make_venue())
    talk = ProgrammeItem.objects.create(
        event=event, title_bg="Бюджет", text_bg="За парите", starts_at=moment(2020, 2, 24, 10),
        ends_at=moment(2020, 2, 24, 11),
    )  # fmt: skip
    ProgrammeItem.objects.create(
        event=event, title_bg="Кафе", kind="break", starts_at=moment(2020, 2, 24, 11)
    )
    ProgrammeItem.objects.create(
        event=event, title_bg="Награди", kind="ceremony", starts_at=moment(2020, 2, 24, 12)
    )
    first, second = make_speaker(name_bg="Иван Гинев"), make_speaker(name_bg="Мария Петрова")
    Appearance.objects.create(event=event, speaker=first, item=talk, order=1)
    Appearance.objects.create(event=event, speaker=first, order=2)
    Appearance.objects.create(event=event, speaker=second, order=3)

    facts = facts_of(event)

    assert [each["name"] for each in facts["performer"]] == ["Иван Гинев", "Мария Петрова"]
    session, ceremony = facts["subEvent"]
    assert [person["name"] for person in session.pop("performer")] == ["Иван Гинев"]
    page = f"{facts['url']}#session-{talk.pk}"
    assert session == {
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": "Бюджет",
        "description": "За парите",
        "startDate": "2020-02-24T10:00:00+02:00",
        "endDate": "2020-02-24T11:00:00+02:00",
        "eventStatus": facts["eventStatus"],
        "location": facts["location"],
    }
    assert (ceremony["name"], "endDate" in ceremony) == ("Награди", False)


def test_all_day_events_have_dates_and_the_last_one_is_included():
    event = make_event(starts_at=moment(2020, 2, 28), ends_at=moment(2020, 3, 2), is_all_day=True)

    facts = facts_of(event)

    assert (facts["startDate"], facts["endDate"]) == ("2020-02-28", "2020-03-01")


def test_every_state_and_every_way_to_attend_has_its_word():
    assert set(STATUS) == set(State.values)
    assert set(ATTENDANCE) == set(Attendance.values)


def test_only_a_rescheduled_event_tells_its_earlier_start():
    starts_at, earlier = moment(2020, 3, 1, 10), moment(2020, 2, 1, 10)
    told = {
        state: facts_of(make_event(state=state, starts_at=starts_at, previous_starts_at=earlier))
        for state in State.values
    }

    assert {state: facts.get("previousStartDate") for state, facts in told.items()} == {
        **dict.fromkeys(State.values),
        "rescheduled": "2020-02-01T10:00:00+02:00",
        "moved_online": "2020-02-01T10:00:00+02:00",  # which it was as well
        "moved": "2020-02-01T10:00:00+02:00",
    }
    assert {facts["startDate"] for facts in told.values()} == {"2020-03-01T10:00:00+02:00"}


@pytest.mark.parametrize(
    ("fields", "mode", "places"),
    [
        ({}, "Offline", ["Place"]),
        ({"attendance": "both"}, "Mixed", ["Place", "VirtualLocation"]),
        ({"attendance": "online"}, "Online", ["VirtualLocation"]),
        ({"state": "moved_online"}, "Online", ["VirtualLocation"]),
    ],
)
def test_place_follows_from_how_one_attends(fields, mode, places):
    joining = "https://live.example/a"
    event = make_event(venue=make_venue(), online_address=joining, **fields)

    facts = facts_of(event)

    assert facts["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["@type"] for place in facts["location"]] == places
    assert {place["url"] for place in facts["location"] if "url" in place} <= {joining}


def test_online_event_without_a_link_is_joined_from_its_page():
    event = make_event(attendance="online")
    Event.objects.filter(pk=event.pk).update(online_address="javascript:alert(1)")

    (place,) = facts_of(event)["location"]

    assert place["url"] == f"{SITE}{event.get_absolute_url()}"


@pytest.mark.parametrize("count", [1, 20])
def test_telling_reads_nothing_more_than_the_page_has_read(count, django_assert_num_queries):
    event = make_event(venue=make_venue(), cover=make_image())
    for number in range(count):
        organization = make_organization(name_bg=f"Община {number}")
        speaker = make_speaker(organization=organization)
        Appearance.objects.create(event=event, speaker=speaker)
        Participation.objects.create(event=event, organization=organization)
        event.topics.add(make_topic())
    read = Event.objects.visible().with_page().get(pk=event.pk)

    with django_assert_num_queries(0):
        facts = read.structured_data()

    assert len(facts["performer"]) == len(facts["organizer"]) == len(facts["keywords"]) == count
