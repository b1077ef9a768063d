"""The OpenAPI description, and the running site held against it by schemathesis."""

import json
import subprocess
import sys

import pytest
from django.urls import resolve

from events.models import State
from sorb.api.description import described
from sorb.api.urls import urlpatterns
from tests.api.things import make_full_article, make_full_event
from tests.factories import make_article, make_event

PATHS = ("/api/events/", "/api/events/{number}/", "/api/news/", "/api/news/{number}/")


def test_every_address_is_described_and_nothing_else():
    names = {pattern.name for pattern in urlpatterns} - {"openapi"}
    told = {resolve(path.replace("{number}", "1")).url_name for path in described()["paths"]}

    assert told == names
    assert set(described()["paths"]) == set(PATHS)


@pytest.mark.django_db
def test_the_description_is_served_as_it_is_made(client):
    response = client.get("/api/openapi.json")

    assert response["Content-Type"] == "application/json"
    assert response.json() == json.loads(json.dumps(described()))
    assert response.json()["openapi"] == "3.1.1"


def test_no_name_of_a_parameter_stands_twice_in_an_operation():
    for path in described()["paths"].values():
        names = [parameter["name"] for parameter in path["get"]["parameters"]]
        assert sorted(set(names)) == sorted(names)


@pytest.fixture
def site(live_server):
    """The running site, with items that have everything and items that have next to nothing."""
    make_full_article()
    make_event(title_en="", lead_bg="", has_open_end=True)
    make_article(title_en="", lead_bg="", body_bg="")
    make_event(is_deadline=True)
    for state in State.values:
        make_full_event(state=state, is_all_day=True)
    return live_server.url


def test_schemathesis_finds_no_difference_between_description_and_site(site, tmp_path):
    command = (
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{site}/api/openapi.json"),
        *("--url", site, "--max-examples", "15", "--generation-deterministic"),
        *("--checks", "all", "--continue-on-failure", "--no-color"),
    )

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    assert "Tested: 4" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode == 0, ran.stdout
