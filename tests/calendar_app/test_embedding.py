"""The month in a frame of another site."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from calendar_app.templatetags.embedding import embedding_line
from sorb.dates import SOFIA
from tests.factories import make_event

pytestmark = pytest.mark.django_db

ADDRESSES = {"bg": "/bg/kalendar/vgraden/", "en": "/en/calendar/embedded/"}
LINK = re.compile(r"<a [^>]*>")


def links(html):
    return [dict(re.findall(r'([a-z-]+)="([^"]*)"', tag)) for tag in LINK.findall(html)]


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_every_site_may_frame_it_and_no_other_page_of_ours(client, address):
    embedded, page = client.get(address), client.get("/bg/kalendar/")

    assert "frame-ancestors *" in embedded["Content-Security-Policy"].split("; ")
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"].split("; ")
    assert page["X-Frame-Options"] == "DENY"


def test_all_else_of_the_policy_stays(client):
    def policy(address):
        told = client.get(address)["Content-Security-Policy"].split("; ")
        return {each for each in told if not each.startswith("frame-ancestors")}

    assert policy("/bg/kalendar/vgraden/") == policy("/bg/kalendar/")


@pytest.mark.parametrize(("language", "address"), ADDRESSES.items())
def test_it_is_a_page_without_script_cookie_or_place_in_an_index(language, address):
    response = Client().get(address)
    html = response.content.decode()

    assert response.cookies == {}
    assert f'<html lang="{language}">' in html
    assert "<script" not in html
    assert "<form" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert response["X-Robots-Tag"] == "noindex"
    assert html.count("<h1") == 1


def test_months_turn_inside_the_frame_and_everything_else_opens_the_site(client):
    starts_at = datetime(2025, 10, 15, 10, tzinfo=SOFIA)
    event = make_event(title_bg="Форум", starts_at=starts_at)

    found = links(client.get("/bg/kalendar/vgraden/2025/10/").content.decode())

    inside = [link["href"] for link in found if "target" not in link]
    outside = {link["href"] for link in found if link.get("target") == "_top"}
    assert inside == ["/bg/kalendar/vgraden/2025/09/", "/bg/kalendar/vgraden/2025/11/"]
    assert outside == {
        "/bg/kalendar/2025/10/",
        "/bg/kalendar/2025/10/15/",
        event.get_absolute_url("bg"),
    }


def test_a_month_beyond_the_calendar_is_not_found(client):
    make_event(starts_at=timezone.now())

    assert client.get("/bg/kalendar/vgraden/1990/01/").status_code == 404
    assert client.get("/bg/kalendar/vgraden/2025/13/").status_code == 404


def test_it_can_only_be_read_and_is_asked_for_again_cheaply(client):
    first = client.get("/bg/kalendar/vgraden/")
    again = client.get("/bg/kalendar/vgraden/", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert Client(enforce_csrf_checks=True).post("/bg/kalendar/vgraden/").status_code in (403, 405)


def test_drafts_are_not_in_it(client):
    starts_at = timezone.now()
    make_event(title_bg="Явно", starts_at=starts_at)
    make_event(title_bg="Тайно", starts_at=starts_at, status="draft", published_at=None)

    html = client.get("/bg/kalendar/vgraden/").content.decode()

    assert ("Явно" in html, "Тайно" in html) == (True, False)


def test_it_costs_the_same_however_many_events(client):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/bg/kalendar/vgraden/").status_code == 200
        return len(captured)

    make_event(starts_at=timezone.now())
    few = cost()
    for number in range(29):
        make_event(starts_at=timezone.now() + timedelta(minutes=number))

    assert few == cost() == 1


@pytest.mark.parametrize(("language", "path"), ADDRESSES.items())
def test_the_calendar_tells_the_line_to_copy(client, language, path):
    page = {"bg": "/bg/kalendar/", "en": "/en/calendar/"}[language]
    html = client.get(page).content.decode()

    with translation.override(language):
        line = embedding_line()
    assert "<iframe" not in html
    assert (
        unescape(re.search('class="embedding".*?<code>(.*?)</code>', html, re.DOTALL).group(1))
        == line
    )
    assert f'src="http://127.0.0.1:8000{path}"' in line
    assert "\n" not in line
