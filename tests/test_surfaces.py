"""What the public sees: languages, addresses, bounds and costs (what is hidden: the matrix)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from events.models import Appearance, EventDocument, EventImage, Participation, ProgrammeItem
from news.models import ArticleDocument, ArticleImage
from tests.factories import (
    make_article,
    make_document,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("bg", "en")


def address(name, language, *args):
    with translation.override(language):
        return reverse(name, args=args)


def test_an_untranslated_news_item_is_left_out_of_english_lists_but_its_address_answers(client):
    article = make_article(title_bg="Само на български", title_en="", lead_en="", body_en="")

    listed = client.get("/en/news/").content.decode()
    page = client.get(article.get_absolute_url("en"))

    assert "Само на български" not in listed
    html = page.content.decode()
    assert page.status_code == 200
    assert 'lang="bg"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert (
        f'<link rel="canonical" href="http://127.0.0.1:8000{article.get_absolute_url("bg")}">'
        in html
    )


def test_english_event_lists_show_bulgarian_titles_marked_as_such(client):
    make_event(title_bg="Само на български", title_en="")

    html = client.get("/en/events/").content.decode()

    assert "Само на български" in html
    assert html.count('<html lang="en"') == 1
    assert 'lang="bg"' in html


@pytest.mark.parametrize("make", [make_article, make_event])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_address_leads_to_the_new_one(client, make, language):
    item = make(title_bg="Старо", title_en="Old")
    old = item.get_absolute_url(language)
    item.slug_bg, item.slug_en = "novo", "new"
    item.save()

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, item.get_absolute_url(language))


@pytest.mark.parametrize("make", [make_article, make_event])
def test_the_address_from_before_the_translation_leads_to_the_translation(client, make):
    item = make(title_bg="Наредба", title_en="")
    before = item.get_absolute_url("en")
    item.title_en = "Ordinance"
    item.save()

    response = client.get(before)

    assert (response.status_code, response["Location"]) == (301, item.get_absolute_url("en"))


@pytest.mark.parametrize("make", [make_article, make_event])
def test_an_old_address_of_what_was_withdrawn_reveals_nothing(client, make):
    item = make(title_bg="Старо")
    old = item.get_absolute_url("bg")
    item.slug_bg = "novo"
    item.save()
    item.status = "withdrawn"
    item.save()

    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    "page", ["0", "-1", "1.5", "9e99", "NaN", "2", "'", "٢", "9" * 5000, "%00"]
)
@pytest.mark.parametrize("path", ["/bg/novini/", "/en/events/", "/bg/sabitiya/minali/"])
def test_a_page_that_is_not_there_is_not_found(client, path, page):
    make_article(), make_event()
    make_event(starts_at=timezone.now() - timedelta(days=3))

    assert client.get(f"{path}?page={page}").status_code == 404


def test_a_list_is_leafed_through_to_its_last_page_and_no_further(client, monkeypatch):
    monkeypatch.setattr("sorb.publishing.pages.MOST_PAGES", 2)
    for _number in range(25):
        make_article()

    pages = [client.get(f"/bg/novini/?page={number}") for number in (1, 2, 3)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert "Страница 2 от 2" in pages[1].content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "0000/01/", "0001/01/", "9999/12/", "10000/01/", "2020/00/", "2020/13/", "2020/99/",
        "-2020/02/", "2020/02/30/", "2021/02/29/", "2020/2/", "２０２０/０２/", "2020/²/",
        "1900/01/", "2099/12/", "9" * 5000 + "/01/", "2020/02/00/", "2020/02/32/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("calendar", ["/bg/kalendar/", "/en/calendar/"])
def test_there_is_no_such_month_or_day(client, calendar, path):
    make_event(starts_at=timezone.now())

    assert client.get(calendar + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/bg/", "/bg/novini/", "/bg/sabitiya/", "/bg/kalendar/", "/bg/organizatsii/"]
)
def test_reading_pages_takes_no_posts_and_sets_no_cookie(client, path):
    assert Client(enforce_csrf_checks=True).post(path).status_code in (403, 405)
    response = client.get(path)
    assert response.cookies == {}
    assert client.head(path).status_code == 200


def test_the_root_leads_to_bulgarian_unless_english_is_preferred(client):
    bulgarian = client.get("/", headers={"accept-language": "de,bg;q=0.5,en;q=0.4"})
    english = client.get("/", headers={"accept-language": "en-GB,en;q=0.9,bg;q=0.5"})

    assert (bulgarian["Location"], english["Location"]) == ("/bg/", "/en/")
    assert "Accept-Language" in bulgarian["Vary"]


def full_article(count):
    event = make_event(venue=make_venue())
    article = make_article(event=event, cover=make_image())
    for n in range(count):
        article.topics.add(make_topic())
        article.municipalities.add(make_organization(kind="municipality"))
        ArticleImage.objects.create(article=article, image=make_image(), order=n)
        ArticleDocument.objects.create(article=article, document=make_document(), order=n)
    return article


def full_event(count):
    event = make_event(venue=make_venue(), cover=make_image())
    for n in range(count):
        event.topics.add(make_topic())
        item = ProgrammeItem.objects.create(
            event=event, starts_at=event.starts_at + timedelta(minutes=n), title_bg="Сесия"
        )
        speaker = make_speaker(photo=make_image(), organization=make_organization())
        Appearance.objects.create(event=event, speaker=speaker, item=item, order=n)
        Participation.objects.create(
            event=event, organization=make_organization(logo=make_image()), order=n
        )
        EventImage.objects.create(event=event, image=make_image(), order=n)
        EventDocument.objects.create(event=event, document=make_document(), order=n)
        make_article(event=event)
    return event


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("build", "most"), [(full_article, 5), (full_event, 9)])
def test_a_page_costs_the_same_however_much_it_shows(client, build, most, language):

    few = queries(client, build(1).get_absolute_url(language))
    many = queries(client, build(30).get_absolute_url(language))

    assert few == many <= most


def test_an_article_beside_an_empty_month_costs_no_more(client):
    article = make_article()

    assert queries(client, article.get_absolute_url("bg")) <= 6


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("home", 9),
        ("news:article_list", 5),
        ("events:event_list", 5),
        ("events:event_past", 6),
        ("calendar:calendar_now", 4),
        ("calendar:calendar_agenda", 5),
        ("events:organization_list", 5),
    ],
)
def test_a_list_costs_the_same_however_long(client, name, most):
    path = address(name, "bg")

    def fill(count):
        for n in range(count):
            image = make_image()
            article = make_article(cover=image)
            make_event(
                cover=image, venue=make_venue(), starts_at=timezone.now() + timedelta(hours=n)
            )
            past = make_event(starts_at=timezone.now() - timedelta(days=1 + n))
            organization = make_organization(logo=image)
            Participation.objects.create(event=past, organization=organization)
            article.topics.add(make_topic())

    fill(1)
    few = queries(client, path)
    fill(29)
    many = queries(client, path)

    assert few == many <= most
