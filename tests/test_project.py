"""What holds for the whole project."""

import gzip
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import models
from django.urls import get_resolver
from django.utils import translation
from django.utils.translation import gettext

from events.models import Appearance, Participation
from sorb.publishing.models import Addressed
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

ROOT = Path(__file__).resolve().parent.parent
OURS = ("sorb", "news", "events", "calendar_app", "templates")

PUBLIC_POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
}  # fmt: skip


def files(*endings):
    return [
        path
        for room in OURS
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in endings and "__pycache__" not in path.parts
    ]


def test_the_bulgarian_words_are_loaded():
    with translation.override("bg"):
        assert gettext("Cancelled") == "Отменено"


def test_the_catalogue_is_complete_and_compiled():
    catalogue = ROOT / "sorb/locale/bg/LC_MESSAGES/django.po"
    entries = polib.pofile(str(catalogue))
    compiled = polib.mofile(str(catalogue.with_suffix(".mo")))

    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []
    assert len(entries) == len(compiled)


def test_no_translation_is_the_english_text_itself():
    entries = polib.pofile(str(ROOT / "sorb/locale/bg/LC_MESSAGES/django.po"))
    same = {entry.msgid for entry in entries if entry.msgstr == entry.msgid}
    words = {
        text for text in same if re.search("[A-Za-z]{4}", text) and not text.startswith("http")
    }

    assert words <= {"English", "iCalendar", "Outlook", "Google", "Atom", "OpenStreetMap"}


def test_nothing_in_templates_is_marked_safe_by_hand():
    marked = [path.name for path in files(".html") if re.search(r"\|\s*safe\b", path.read_text())]

    assert marked == []


def test_templates_hold_no_script_and_no_style():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\b(?:src=|application/))")
    held = [path.name for path in files(".html") if inline.search(path.read_text())]

    assert held == []


def test_the_site_asks_no_other_host_for_its_files():
    asks = re.compile(r"""(?:src=|url\(|@import |fetch\()["']?(?:https?:)?//""")
    asking = [
        path.name for path in files(".html", ".css", ".js", ".py") if asks.search(path.read_text())
    ]

    assert asking == []


def test_constraints_and_indexes_have_names_of_our_own():
    ours = [
        m
        for m in apps.get_models()
        if m._meta.app_label in ("news", "events", "media", "publishing")
    ]

    for model in ours:
        prefix = f"{model._meta.app_label}_{model._meta.model_name}"
        names = [thing.name for thing in (*model._meta.constraints, *model._meta.indexes)]
        assert [name for name in names if not name.startswith(prefix)] == []
        assert [
            f.name
            for f in model._meta.local_fields
            if f.unique and not f.primary_key and not isinstance(f, models.OneToOneField)
        ] == []


def test_every_addressed_thing_has_its_two_unique_slugs():
    for model in (m for m in apps.get_models() if issubclass(m, Addressed)):
        names = {constraint.name for constraint in model._meta.constraints}
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_slug"
        assert {f"{prefix}_bg_unique", f"{prefix}_en_unique"} <= names


def test_the_editors_upload_views_are_not_mounted():
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS
    assert [p for p in map(str, get_resolver().url_patterns) if "ckeditor" in p] == []


@pytest.mark.parametrize(
    ("kind", "most"), [("css/*.css", 20_000), ("js/*.js", 10_000), ("fonts/*.woff2", 70_000)]
)
def test_what_a_page_loads_is_light(kind, most):
    loaded = [path.read_bytes() for path in (ROOT / "sorb/static/sorb").glob(kind)]

    weight = sum(len(data if "woff2" in kind else gzip.compress(data)) for data in loaded)

    assert 1_000 < weight <= most


def test_every_static_file_that_templates_name_is_there():
    named = {
        name
        for path in files(".html")
        for name in re.findall(r"""{% static ['"]([^'"]+)['"]""", path.read_text())
    }

    assert len(named) > 10
    assert [name for name in sorted(named) if finders.find(name) is None] == []


@pytest.mark.django_db
def test_every_public_address_answers_in_its_language_with_one_heading(client):
    topic, category = make_topic(), make_category()
    event = make_event(venue=make_venue(), cover=make_image())
    article = make_article(category=category, event=event, cover=make_image())
    Appearance.objects.create(event=event, speaker=make_speaker())
    Participation.objects.create(event=event, organization=make_organization())
    article.topics.add(topic)

    sitemap = client.get("/sitemap.xml").content.decode()
    paths = [*re.findall(rf"<loc>{settings.SITE_URL}([^<]*)</loc>", sitemap)]
    pages = {path: client.get(path) for path in paths}

    assert len(paths) == len(set(paths)) >= 24
    for path, page in pages.items():
        html = page.content.decode()
        language = path.split("/")[1]
        assert page.status_code == 200, path
        assert f'<html lang="{language}"' in html, path
        assert html.count("<h1") == 1, path
        assert re.search(r"<title>[^<]{5,}</title>", html), path
        assert re.search(r'<meta name="description" content="[^"]{10,}">', html), path
        assert set(page["Content-Security-Policy"].split("; ")) == PUBLIC_POLICY, path
        assert page["X-Content-Type-Options"] == "nosniff", path
        assert page["Permissions-Policy"], path


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bg/nyama-takava/", "Няма такава страница"),
        ("/en/no-such/", "no such page"),
        ("/wp-login.php", "Няма"),
    ],
)
def test_a_missing_page_is_missing_in_words_and_without_the_database(client, path, words):
    response = client.get(path)

    html = response.content.decode()
    assert response.status_code == 404
    assert words.lower() in html.lower()
    assert html.count("<h1") == 1
    assert response["Cache-Control"] == "no-store"


def test_a_failing_page_is_a_page_with_words(client):
    client.raise_request_exception = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("news.models.ArticleQuerySet.visible", lambda self: 1 / 0)
        pages = {path: client.get(path) for path in ("/bg/novini/", "/en/news/")}

    for path, page in pages.items():
        assert page.status_code == 500
        html = page.content.decode()
        assert f'<html lang="{path[1:3]}"' in html
        assert "ZeroDivisionError" not in html


def test_even_without_its_templates_a_failure_has_words(client, settings):
    client.raise_request_exception = False
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]

    response = client.get("/bg/novini/")

    assert response.status_code == 500
    assert "Нещо се обърка" in response.content.decode()
    assert "TemplateDoesNotExist" not in response.content.decode()
