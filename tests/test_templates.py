"""What holds for the templates as files, and for the pages that must never fail."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from sorb.errors import error_page

TEMPLATES = Path(__file__).parent.parent / "templates"
STATUSES = (400, 403, 404, 500, 503)


def templates() -> dict[str, str]:
    return {
        str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


def naming(pattern: str) -> list[tuple[str, str]]:
    """Each template with each thing in it that matches."""
    return [
        (name, found) for name, text in templates().items() for found in re.findall(pattern, text)
    ]


def test_every_file_that_a_template_names_is_there():
    named = naming(r"{% static ['\"]([^'\"{]+)['\"] %}")

    missing = [(name, path) for name, path in named if finders.find(path) is None]

    assert len(named) > 5
    assert missing == []


def test_every_file_that_the_style_sheet_names_is_there():
    sheet = finders.find("sorb/css/site.css")
    named = re.findall(r'url\("([^"]+)"\)', Path(sheet).read_text(encoding="utf-8"))

    missing = [path for path in named if not (Path(sheet).parent / path).exists()]

    assert len(named) == 6
    assert missing == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"<style",
        r" style=",
        r" on[a-z]+=",
        r"<script>",
        r"javascript:",
        r"\|safe\b",
        r"autoescape off",
    ],
)
def test_no_template_holds_what_the_security_policy_forbids(pattern):
    assert naming(pattern) == []


def test_no_template_of_a_page_is_longer_than_a_screen_or_two():
    pages = {name: text for name, text in templates().items() if not name.startswith("admin/")}

    long = {name: len(text.splitlines()) for name, text in pages.items()}

    assert {name: lines for name, lines in long.items() if lines > 80} == {}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_error_pages_need_no_database_and_lead_on(status, language):
    response = error_page(RequestFactory().get(f"/{language}/"), status)

    html = response.content.decode()
    with translation.override(language):
        ways = [reverse(name) for name in ("home", "news:article_list", "calendar:calendar_now")]
    assert response.status_code == status
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert [way for way in ways if f'href="{way}"' not in html] == []


def test_the_page_for_500_looks_nothing_up():
    source = templates()["500.html"]

    assert re.findall(r"{% (?:url|static|include|extends)", source) == []


def test_the_page_for_500_names_files_that_are_there():
    html = render_to_string("500.html", {"path_language": "bg"})

    named = re.findall(r'"/static/([^"]+)"', html)

    assert named == ["sorb/css/site.css", "sorb/icons/emblem.svg"]
    assert [path for path in named if finders.find(path) is None] == []
