"""Pages of people and organizations: what they took part in, as what, and who names them."""

import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from events.models import Appearance, Participation
from sorb.dates import SOFIA
from sorb.publishing.pages import PER_PAGE
from tests.factories import (
    make_article,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_venue,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
LONG_AGO = datetime(2019, 10, 3, 10, tzinfo=SOFIA)


def page(client, item, language="bg", query=""):
    return client.get(item.get_absolute_url(language) + query)


def facts(response, kinds):
    texts = re.findall(r'ld\+json">(.*?)</script>', response.content.decode())
    (found,) = [block for text in texts if (block := json.loads(text))["@type"] in kinds]
    return found


def titles(involvements):
    return [each.event.title_bg for each in involvements]


def address(view, language, *args):
    with translation.override(language):
        return reverse(view, args=args)


def test_position_and_organization_of_old_events_stay_what_they_were(client):
    before, now = make_organization(name_bg="Община Русе"), make_organization(name_bg="Парламент")
    speaker = make_speaker(position_bg="кмет", organization=before)
    event = make_event(starts_at=LONG_AGO)
    Appearance.objects.create(event=event, speaker=speaker, role="moderator")

    speaker.position_bg, speaker.organization = "народен представител", now
    speaker.save()

    (past,) = page(client, speaker).context["profile"].past
    (part,) = past.appearances
    assert (part.get_role_display(), part.position_bg, part.organization) == (
        "Модератор",
        "кмет",
        before,
    )
    of_organization = page(client, before).context["profile"].past
    assert [each.appearances[0].position_bg for each in of_organization] == ["кмет"]


def test_position_that_was_not_known_then_is_not_filled_with_the_one_of_today():
    speaker = make_speaker(position_bg="", position_en="")
    over = Appearance.objects.create(event=make_event(starts_at=LONG_AGO), speaker=speaker)
    coming = Appearance.objects.create(event=make_event(), speaker=speaker)
    speaker.position_bg, speaker.organization = "министър", make_organization()
    speaker.save()

    for appearance in (over, coming):
        appearance = Appearance.objects.get(pk=appearance.pk)
        appearance.order = 3
        appearance.save()

    over.refresh_from_db(), coming.refresh_from_db()
    assert (over.position_bg, over.organization) == ("", None)
    assert (coming.position_bg, coming.organization) == ("министър", speaker.organization)


def test_events_are_told_once_with_all_parts_and_parted_by_time(client):
    organization = make_organization()
    speaker = make_speaker(organization=organization)
    coming = make_event(title_bg="Идва", title_en="Coming")
    over = make_event(title_bg="Мина", title_en="Over", starts_at=LONG_AGO)
    for event in (coming, over):
        Participation.objects.create(event=event, organization=organization, role="partner")
        Participation.objects.create(event=event, organization=organization, role="organizer")
        Appearance.objects.create(event=event, speaker=speaker)

    profile = page(client, organization).context["profile"]

    assert (titles(profile.coming), titles(profile.past)) == (["Идва"], ["Мина"])
    (each,) = profile.coming
    assert sorted(part.role for part in each.participations) == ["organizer", "partner"]
    assert [part.speaker for part in each.appearances] == [speaker]


def test_hidden_events_and_articles_are_not_told_of(client):
    organization = make_organization(name_bg="Фондация Изгрев", is_listed=True)
    for status in ("draft", "withdrawn"):
        event = make_event(title_bg="Скрито", status=status)
        Participation.objects.create(event=event, organization=organization)
        make_article(title_bg="Фондация Изгрев: скрито", status=status)
    make_article(title_bg="Фондация Изгрев: видимо")

    response = page(client, organization)

    assert response.context["profile"].coming == []
    assert [article.title_bg for article in response.context["articles"]] == [
        "Фондация Изгрев: видимо"
    ]
    assert "скрито" not in response.content.decode().lower()


def test_page_of_somebody_without_events_says_so(client):
    html = page(client, make_speaker(is_listed=True)).content.decode()

    assert "Още няма събития." in html


def test_many_past_events_stand_on_pages(client):
    speaker = make_speaker()
    for n in range(PER_PAGE + 1):
        event = make_event(title_bg=f"Среща {n}", starts_at=LONG_AGO - timedelta(days=n))
        Appearance.objects.create(event=event, speaker=speaker)

    first, second = page(client, speaker), page(client, speaker, query="?page=2")

    assert len(first.context["profile"].past) == PER_PAGE
    assert titles(second.context["profile"].past) == [f"Среща {PER_PAGE}"]
    assert page(client, speaker, query="?page=3").status_code == 404


def test_municipality_tells_of_events_on_its_ground_and_nearby(client):
    place = {"kind": "municipality", "district_bg": "Русе", "is_listed": True}
    ruse, byala = make_organization(**place), make_organization(**place)
    make_event(title_bg="У нас", venue=make_venue(municipality=ruse))
    make_event(title_bg="У съседите", venue=make_venue(municipality=byala))
    make_event(title_bg="Другаде", venue=make_venue())

    context = page(client, ruse).context

    assert titles(context["profile"].coming) == ["У нас"]
    assert [each.is_there for each in context["profile"].coming] == [True]
    assert [event.title_bg for event in context["nearby"]] == ["У съседите"]


def test_codes_and_region_of_a_municipality_are_on_its_page_and_in_its_facts(client):
    municipality = make_organization(
        name_bg="Община Бургас",
        kind="municipality",
        is_listed=True,
        code="BGS04",
        ekatte="07079",
        nuts3="BG341",
        district_bg="Бургас",
        region_bg="Югоизточен",
    )

    response = page(client, municipality)

    html = response.content.decode()
    assert '<a href="/bg/organizatsii/?district=burgas">' in html
    for told in ("BGS04", "07079", "BG341", "Югоизточен"):
        assert f">{told}</dd>" in html
    found = facts(response, {"GovernmentOrganization"})
    assert [each["value"] for each in found["identifier"]] == ["BGS04", "07079", "BG341"]
    assert found["address"]["addressRegion"] == "Бургас"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("ministry", "GovernmentOrganization"), ("company", "Organization")],
)
def test_structured_data_names_the_kind_of_organization(client, kind, said):
    organization = make_organization(
        kind=kind,
        is_listed=True,
        short_name_bg="МФ",
        site="https://example.org/",
        text_bg="За нас.",
    )

    found = facts(page(client, organization), {said})

    address = f"{SITE}{organization.get_absolute_url('bg')}"
    assert found == {
        "@context": "https://schema.org",
        "@type": said,
        "@id": f"{address}#organization",
        "name": organization.name_bg,
        "url": address,
        "alternateName": "МФ",
        "sameAs": "https://example.org/",
        "description": "За нас.",
    }


def test_structured_data_of_a_person_names_the_present_position(client):
    organization = make_organization()
    speaker = make_speaker(organization=organization, photo=make_image(), is_listed=True)

    found = facts(page(client, speaker, "en"), {"Person"})

    assert (found["name"], found["jobTitle"]) == (speaker.name_en, "Mayor")
    assert found["worksFor"]["url"] == f"{SITE}{organization.get_absolute_url('en')}"
    assert found["image"]["@type"] == "ImageObject"


def test_script_typed_as_a_site_is_no_address(client):
    organization = make_organization(is_listed=True, site="javascript:alert(1)")

    response = page(client, organization)

    assert "sameAs" not in facts(response, {"Organization"})
    assert '="javascript:' not in response.content.decode()


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("kind", ["speaker", "organization"])
def test_each_has_a_calendar_of_its_own(client, kind, language):
    item = make_speaker(name_bg="Ана Янева") if kind == "speaker" else make_organization()
    mine, _other = make_event(title_bg="Мое", title_en="Mine"), make_event(title_bg="Чуждо")
    take_part(item, mine)

    response = client.get(address(f"events:{kind}_ics", language, item.slug_in(language)))

    calendar = Calendar.from_ical(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(entry["UID"]) for entry in calendar.walk("VEVENT")] == [mine.uid]
    with translation.override(language):
        assert str(calendar["X-WR-CALNAME"]).endswith(str(item.name))
    again = client.get(response.request["PATH_INFO"], headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def take_part(item, event):
    if hasattr(item, "participations"):
        Participation.objects.create(event=event, organization=item)
    else:
        Appearance.objects.create(event=event, speaker=item)


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("make", [make_speaker, make_organization])
def test_each_has_feeds_of_its_own(client, make, language):
    item = make(name_bg="Изгрев Иванова", name_en="Izgrev Ivanova")
    mine, _other = make_event(), make_event()
    take_part(item, mine)
    article = make_article(title_bg="Изгрев Иванова: интервю")
    make_article()
    kind = item._meta.model_name

    found = {}
    for app in ("events", "news"):
        path = address(f"{app}:{kind}_atom", language, item.slug_in(language))
        root = ElementTree.fromstring(client.get(path).content)
        (own,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own.get("href") == f"{SITE}{path}"
        links = [entry.find(f"{ATOM}link").get("href") for entry in root.findall(f"{ATOM}entry")]
        found[app] = links

    assert found == {
        "events": [f"{SITE}{mine.get_absolute_url(language)}"],
        "news": [f"{SITE}{article.get_absolute_url(language)}"],
    }


@pytest.mark.parametrize("view", ["events:speaker_ics", "events:speaker_atom", "news:speaker_atom"])
def test_old_addresses_of_calendars_and_feeds_lead_to_the_present_ones(client, view):
    speaker = make_speaker(slug_bg="staro", is_listed=True)
    speaker.slug_bg = "novo"
    speaker.save()

    response = client.get(address(view, "bg", "staro"))

    assert (response.status_code, response["Location"]) == (301, address(view, "bg", "novo"))


@pytest.mark.parametrize(
    "view", ["events:speaker_ics", "events:organization_atom", "news:organization_atom"]
)
def test_calendar_of_somebody_who_is_not_public_is_not_found(client, view):
    make_speaker(slug_bg="skrit")
    make_organization(slug_bg="skrit")

    assert client.get(address(view, "bg", "skrit")).status_code == 404


def test_page_leads_to_its_calendar_and_feeds(client):
    speaker = make_speaker(slug_bg="ana", is_listed=True)

    html = page(client, speaker).content.decode()

    assert 'href="/bg/lektori/ana.ics"' in html
    assert 'href="webcal://127.0.0.1:8000/bg/lektori/ana.ics"' in html
    assert 'type="application/atom+xml" title="' in html
    assert 'href="/bg/lektori/ana/novini.atom"' in html


def test_untranslated_speaker_has_a_calendar_in_english(client):
    speaker = make_speaker(name_en="", slug_bg="ana", is_listed=True)

    assert client.get(address("events:speaker_ics", "en", "ana")).status_code == 200
    assert speaker.slug_en is None


@pytest.mark.parametrize("make", [make_speaker, make_organization])
def test_profile_costs_the_same_however_many_events(client, make):
    item = make(is_listed=True, name_bg="Изгрев Иванова")

    def fill(count):
        for n in range(count):
            for starts_at in (timezone.now() + timedelta(days=1), LONG_AGO + timedelta(days=n)):
                event = make_event(venue=make_venue(), starts_at=starts_at, cover=make_image())
                take_part(item, event)
                Appearance.objects.create(
                    event=event,
                    speaker=make_speaker() if make is make_organization else item,
                    organization=item if make is make_organization else make_organization(),
                )
            make_article(title_bg=f"Изгрев Иванова {n}")

    fill(1)
    few = queries(client, item.get_absolute_url("bg"))
    fill(29)
    many = queries(client, item.get_absolute_url("bg"))

    assert few == many <= 9


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
