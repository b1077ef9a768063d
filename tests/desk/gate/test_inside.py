"""Links inside the site: which of them a reader cannot follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_document,
    make_event,
    make_image,
    make_speaker,
    make_topic,
)

from .items import article, said, words

READS = 5
NEWS_BG, NEWS_EN = "/bg/novini/{}/", "/en/news/{}/"


def linking(*addresses, code="bg", **fields):
    links = "".join(f'<p><a href="{address}">Програмата</a></p>' for address in addresses)
    return article(**{f"body_{code}": links, **fields})


def dead(*addresses, **fields):
    return [excerpt for _level, _field, excerpt in said(linking(*addresses, **fields))]


@pytest.mark.parametrize(
    "address",
    [
        "/bg/",
        "/bg/novini/",
        "/bg/novini",
        "/en/news/?page=2",
        "/bg/sabitiya/#programa",
        "/bg/kalendar/",
        "/sitemap.xml",
        "/static/sorb/site.css",
        "https://example.org/bg/novini/nyama/",
        "mailto:a@example.org",
        "tel:+35929434467",
        "https://[",
    ],
)
def test_a_link_that_can_be_followed_is_left_alone(address):
    assert dead(address) == []


@pytest.mark.parametrize(
    "address",
    [
        "/bg/nyama/",
        "/bg/novini/nyama-takava/",
        "/en/news/no-such-item/",
        "/bg/temi/nyama/",
        "/bg/lektori/nyama/",
        "/bg/organizatsii/nyama/",
        "/bg/sabitiya/nyama.ics",
        "/bg/kalendar/1950/01/",
        "/bg/novini/arhiv/1950/",
        "/bg/novini/arhiv/2020/13/",
        "/media/documents/2020/01/aaaaaaaaaaaaaaaaaaaaaa.pdf",
        "/media/whatever.pdf",
        "nyama/",
    ],
)
def test_a_link_to_nothing_is_asked_about(address):
    item = linking(address)

    assert said(item) == [("warning", "body_bg", address)]


def test_whole_addresses_of_this_site_are_followed_too(settings):
    settings.SITE_URL = "https://sdruzhenie.example"
    there = make_article()

    ours = f"{settings.SITE_URL}{there.get_absolute_url()}"

    assert dead(ours, f"{settings.SITE_URL}/bg/novini/nyama/") == [
        f"{settings.SITE_URL}/bg/novini/nyama/"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=300)},
    ],
)
def test_what_readers_do_not_see_is_a_dead_link(fields):
    hidden = make_article(**fields)
    seen = make_article()

    found = dead(hidden.get_absolute_url("bg"), seen.get_absolute_url("bg"))

    assert found == [hidden.get_absolute_url("bg")]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_kind_of_page_is_known_by_its_slug(language):
    event = make_event()
    there = [make_article(), event, make_speaker(is_listed=True), make_topic(), make_category()]

    addresses = [each.get_absolute_url(language) for each in there]
    addresses.append(event.get_absolute_url(language).rstrip("/") + ".ics")

    assert dead(*addresses) == []


def test_a_speaker_of_no_public_event_is_a_dead_link():
    unseen = make_speaker()

    assert dead(unseen.get_absolute_url("bg")) == [unseen.get_absolute_url("bg")]


def test_an_old_address_and_a_bulgarian_slug_under_english_are_alive():
    moved = make_article(title_en="")
    old = moved.get_absolute_url("bg")
    moved.slug_bg = "nov-adres"
    moved.save()

    assert dead(old, NEWS_EN.format("nov-adres"), NEWS_BG.format("nov-adres")) == []


def test_an_english_slug_does_not_answer_in_bulgarian():
    translated = make_article(slug_bg="na-balgarski", slug_en="in-english")

    wrong = NEWS_BG.format(translated.slug_en)

    assert dead(wrong, NEWS_EN.format("in-english")) == [wrong]


def test_a_link_to_itself_is_alive_before_its_moment():
    item = linking("/bg/novini/sama/", slug_bg="sama")
    item.published_at = timezone.now() + timedelta(days=3)
    item.save()

    assert said(item) == []


def test_files_of_the_library_are_known_though_nothing_public_uses_them_yet():
    document, image = make_document(), make_image()

    assert dead(document.file.url, image.file.url) == []


def test_a_calendar_month_within_its_bounds_is_alive():
    today = timezone.localdate()
    make_event()

    assert dead(f"/bg/kalendar/{today:%Y/%m}/") == []


@pytest.mark.parametrize("address", ["/admin/", "/admin/news/article/", "/preview/abc/"])
def test_a_link_behind_the_sign_in_is_asked_about(address):
    item = linking(address)

    assert said(item) == [("warning", "body_bg", address)]


def test_the_links_of_the_english_text_are_asked_about_there():
    item = linking("/en/news/no-such-item/", code="en")

    assert ("warning", "body_en", "/en/news/no-such-item/") in said(item)


def test_thirty_addresses_are_looked_up_and_no_more():
    addresses = [f"/bg/novini/nyama-{number}/" for number in range(40)]

    item = linking(*addresses)

    assert len(said(item)) == 6
    assert "25" in words(item)[-1]


def test_the_reads_do_not_grow_with_the_links(django_assert_num_queries):
    few = linking(*[NEWS_BG.format(f"a-{number}") for number in range(2)])
    many = linking(*[NEWS_BG.format(f"a-{number}") for number in range(25)])

    with django_assert_num_queries(READS):
        said(Article.objects.get(pk=few.pk))
    with django_assert_num_queries(READS):
        said(Article.objects.get(pk=many.pk))
