"""Nothing that the handbook names is missing, in either language."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from tests.browser.handbook.tasks import PICTURES as TAKEN
from tests.browser.handbook.walk import LARGEST

from .pages import HANDBOOK, LANGUAGES, PICTURES, Page, pages

EVERY = [page for language in LANGUAGES for page in pages(language)]
# Words of the interface that are said in their own language whatever the language is
AS_THEY_ARE = {name for _code, name in settings.LANGUAGES}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def told(page: Page) -> str:
    return f"{page.language}/{page.path.name}"


def said_by_the_interface(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """The words of the catalogues, ours and Django's: whole ones, and those with a gap."""
    catalogue = dict(trans_real.translation("bg")._catalog.items())  # with the plurals apart
    sources = [key[0] if isinstance(key, tuple) else key for key in catalogue]
    words = catalogue.values() if language == "bg" else sources
    plain = {text.rpartition("\x04")[2].casefold() for text in words if text}
    gaps = [text for text in plain if len(PLACEHOLDER.sub("", text)) > 4]
    patterns = [
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(text))))
        for text in gaps
        if PLACEHOLDER.search(text)
    ]
    return plain | {name.casefold() for name in AS_THEY_ARE}, patterns


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_is_said_by_the_interface(language: str):
    plain, patterns = said_by_the_interface(language)
    labels = {(told(page), label) for page in pages(language) for label in page.labels}

    unknown = {
        (page, label)
        for page, label in labels
        if label.casefold() not in plain
        and not any(pattern.fullmatch(label.casefold()) for pattern in patterns)
    }

    assert len(labels) > 60
    assert sorted(unknown) == []


@pytest.mark.parametrize("page", EVERY, ids=told)
def test_links_lead_somewhere(page: Page):
    targets = [link.partition("#")[0] for link in chain(page.links, page.pictures)]

    missing = [target for target in targets if not (page.path.parent / target).is_file()]

    assert targets
    assert missing == []


@pytest.mark.parametrize("page", EVERY, ids=told)
def test_a_page_and_its_translation_link_to_each_other(page: Page):
    assert [other.language for other in page.counterparts] == [
        language for language in LANGUAGES if language != page.language
    ]
    assert page.counterparts[0].counterparts == [page]


@pytest.mark.parametrize("page", EVERY, ids=told)
def test_a_page_is_as_long_as_its_translation(page: Page):
    counts = [
        [text.count("\n## "), text.count("\n1. "), text.count("!["), text.count("\n|")]
        for text in (page.text, page.counterparts[0].text)
    ]

    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_contents(language: str):
    contents = Page(HANDBOOK / language / "README.md")

    listed = {link for link in contents.links if not link.startswith("../")}

    assert sorted([*listed, "README.md"]) == [page.path.name for page in pages(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_those_that_the_pages_show(language: str):
    shown = sorted(chain.from_iterable(page.picture_names for page in pages(language)))
    kept = sorted(path.stem for path in (PICTURES / language).iterdir())
    described = json.loads((PICTURES / "shown.json").read_text())[language]

    assert shown == sorted(TAKEN)
    assert kept == shown
    assert sorted(described) == shown


@pytest.mark.parametrize("page", [page for page in EVERY if page.pictures], ids=told)
def test_a_picture_is_of_its_language_and_told_to_who_does_not_see_it(page: Page):
    for target, words in page.pictures.items():
        assert Path(target).parent == Path("../pictures") / page.language
        assert 25 < len(words) <= 250, target


def test_pictures_are_light():
    weights = {path: path.stat().st_size for path in PICTURES.rglob("*.webp")}

    assert {path.name: weight for path, weight in weights.items() if weight > LARGEST} == {}
    assert len(weights) == len(TAKEN) * len(LANGUAGES)
