"""What every page of the admin has in common."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sorb.desk.models import Entry
from tests.factories import make_article, make_event, make_image, make_speaker

MODELS = sorted(
    f"{model._meta.app_label}_{model._meta.model_name}"
    for model in admin.site._registry
    if model is not Entry  # nothing can be added to the log
)
READ_ONLY = {"desk_entry"}  # the log has a list and nothing else


def pages_of(name: str) -> tuple[str, ...]:
    return ("changelist",) if name in READ_ONLY else ("changelist", "add")


def policy_of(answer: HttpResponse) -> set[str]:
    return set(answer.headers["Content-Security-Policy"].split("; "))


def test_pages_carry_the_policy_of_the_admin_and_are_never_kept(desk: Client) -> None:
    for address in ("admin:index", "admin:jsi18n", "admin:news_article_add"):
        answer = desk.get(reverse(address))

        assert answer.headers["Cache-Control"] == "no-store, private"
        assert policy_of(answer) >= {"script-src 'self'", "script-src-attr 'unsafe-inline'"}


def test_sign_in_carries_the_policy_of_the_admin_and_is_never_kept(
    client: Client, db: None
) -> None:
    answer = client.get(reverse("admin:login"))

    assert answer.headers["Cache-Control"] == "no-store, private"
    assert policy_of(answer) >= {"script-src 'self'", "script-src-attr 'unsafe-inline'"}


def test_public_pages_keep_the_strict_policy(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")

    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", MODELS)
def test_strangers_are_sent_to_sign_in(client: Client, db: None, name: str) -> None:
    for page in pages_of(name):
        address = reverse(f"admin:{name}_{page}")

        answer = client.get(address)

        assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize("name", MODELS)
def test_staff_without_permission_are_refused(stranger: Client, name: str) -> None:
    for page in pages_of(name):
        assert stranger.get(reverse(f"admin:{name}_{page}")).status_code == 403


def test_staff_without_permission_reach_no_row(stranger: Client) -> None:
    things = {
        "news_article": make_article(),
        "events_event": make_event(),
        "events_speaker": make_speaker(),
        "media_image": make_image(),
    }

    for name, thing in things.items():
        for page in ("change", "history", "delete"):
            address = reverse(f"admin:{name}_{page}", args=[thing.pk])

            assert stranger.get(address).status_code == 403
            assert stranger.post(address, {"post": "yes"}).status_code == 403


def test_rows_that_are_there_and_rows_that_are_not_answer_strangers_alike(client: Client) -> None:
    article = make_article()

    answers = [client.get(f"/admin/news/article/{pk}/change/") for pk in (article.pk, 999_999)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_no_way_leads_from_a_number_to_a_hidden_page(desk: Client) -> None:
    article = make_article(status="draft", published_at=None)
    kind = ContentType.objects.get_for_model(article)

    answer = desk.get(f"/admin/r/{kind.pk}/{article.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("name", MODELS)
def test_lists_and_forms_open(chief: Client, name: str) -> None:
    for page in pages_of(name):
        assert chief.get(reverse(f"admin:{name}_{page}")).status_code == 200


def test_interface_changes_its_language(desk: Client) -> None:
    desk.post(reverse("set_language"), {"language": "en", "next": "/admin/"})
    english = desk.get("/admin/").content.decode()
    desk.post(reverse("set_language"), {"language": "bg", "next": "/admin/"})
    bulgarian = desk.get("/admin/").content.decode()

    assert '<html lang="en"' in english
    assert '<html lang="bg"' in bulgarian


def test_the_language_of_the_interface_cannot_be_changed_from_another_site() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("set_language"), {"language": "en", "next": "/admin/"})

    assert answer.status_code == 403


def test_menu_shows_only_what_may_be_seen(desk: Client, reader: Client) -> None:
    full = [entry["address"] for entry in desk.get("/admin/").context["menu"]]
    part = [entry["address"] for entry in reader.get("/admin/").context["menu"]]

    assert full == [
        "/admin/news/article/",
        "/admin/events/event/",
        "/admin/events/speaker/",
        "/admin/events/organization/",
        "/admin/events/venue/",
        "/admin/media/image/",
        "/admin/media/document/",
        "/admin/desk/translations/",
    ]
    assert part == [
        "/admin/news/article/",
        "/admin/events/event/",
        "/admin/events/speaker/",
        "/admin/events/organization/",
        "/admin/media/image/",
    ]


def test_all_sections_lists_every_model_that_may_be_seen(chief: Client) -> None:
    answer = chief.get(reverse("admin:sections"))

    listed = {model["model"] for app in answer.context["app_list"] for model in app["models"]}
    assert listed == set(admin.site._registry)
