"""People, organizations, places, topics, pictures: the smaller forms."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import EventType, Organization, Speaker, Venue
from news.models import Category
from sorb.media.models import Document, Image
from sorb.publishing.models import Topic
from tests.factories import PDF, make_image, make_organization, photo

from .filling import errors_of, filled


def add(desk: Client, model: str, **typed: object) -> object:
    address = f"/admin/{model}/add/"
    return desk.post(address, filled(desk.get(address), **typed))


def test_speaker_is_added(desk: Client) -> None:
    organization, image = make_organization(), make_image()

    add(
        desk,
        "events/speaker",
        name_bg="Иван Петров",
        name_en="Ivan Petrov",
        position_bg="кмет",
        organization=organization.pk,
        photo=image.pk,
        is_listed="on",
    )

    speaker = Speaker.objects.get()
    assert (speaker.name_bg, speaker.slug_bg, speaker.slug_en) == (
        "Иван Петров",
        "ivan-petrov",
        "ivan-petrov",
    )
    assert (speaker.organization, speaker.photo, speaker.is_listed) == (organization, image, True)


def test_organization_is_added_without_a_code(desk: Client) -> None:
    for name in ("Едно", "Две"):
        add(desk, "events/organization", name_bg=name, kind="company", code="")

    assert list(Organization.objects.values_list("code", flat=True)) == [None, None]


def test_place_wants_both_coordinates_or_none(desk: Client) -> None:
    half = add(desk, "events/venue", name_bg="Зала", town_bg="Русе", latitude="43,85")
    add(
        desk,
        "events/venue",
        name_bg="Зала",
        town_bg="Русе",
        latitude="43.85",
        longitude="25.97",
    )

    assert half.status_code == 200
    assert [str(venue) for venue in Venue.objects.all()] == ["Зала, Русе"]


@pytest.mark.parametrize("colour", ["green", "#fff", "#ffff00", "#1e5b4f;}"])
def test_colour_of_a_type_must_be_readable(desk: Client, colour: str) -> None:
    answer = add(desk, "events/eventtype", name_bg="Форум", colour=colour)

    assert list(errors_of(answer)) == ["colour"]
    assert not EventType.objects.exists()


def test_type_category_and_topic_are_added(desk: Client) -> None:
    add(desk, "events/eventtype", name_bg="Форум", name_en="Forum", colour="#1e5b4f")
    add(desk, "news/category", name_bg="Становища", name_en="Positions")
    add(desk, "publishing/topic", name_bg="Води", name_en="Water")

    assert EventType.objects.get().name_en == "Forum"
    assert Category.objects.get().slug_bg == "stanovishta"
    assert Topic.objects.get().slug_en == "water"


def test_picture_is_added_with_its_words(desk: Client, editor: User) -> None:
    file = SimpleUploadedFile("kmetove.jpg", photo((320, 213)), "image/jpeg")

    add(desk, "media/image", file=None)
    form = filled(desk.get("/admin/media/image/add/"), alternative_bg="Кметове на сцена")
    desk.post("/admin/media/image/add/", {**form, "file": file})

    image = Image.objects.get()
    assert (image.alternative_bg, image.uploaded_by) == ("Кметове на сцена", editor)
    assert (image.width, image.height) == (320, 213)


def test_what_is_no_picture_is_refused_at_its_field(desk: Client) -> None:
    file = SimpleUploadedFile("strana.jpg", b"<html></html>", "image/jpeg")
    form = filled(desk.get("/admin/media/image/add/"), alternative_bg="Страница")

    answer = desk.post("/admin/media/image/add/", {**form, "file": file})

    assert list(errors_of(answer)) == ["file"]
    assert not Image.objects.exists()


def test_focal_point_is_moved_within_the_picture(desk: Client) -> None:
    image = make_image()
    address = f"/admin/media/image/{image.pk}/change/"

    desk.post(address, filled(desk.get(address), focal_x=20, focal_y=80))
    outside = desk.post(address, filled(desk.get(address), focal_x=101))

    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (20, 80)
    assert list(errors_of(outside)) == ["focal_x"]


def test_document_is_added(desk: Client) -> None:
    form = filled(desk.get("/admin/media/document/add/"), title_bg="Наредба")
    file = SimpleUploadedFile("naredba.pdf", PDF, "application/pdf")

    desk.post("/admin/media/document/add/", {**form, "file": file})

    assert Document.objects.get().title_bg == "Наредба"


def test_a_picture_in_use_is_not_deleted(desk: Client) -> None:
    image = make_image()
    add(desk, "events/speaker", name_bg="Иван Петров", photo=image.pk)

    desk.post(f"/admin/media/image/{image.pk}/delete/", {"post": "yes"})

    assert Image.objects.get() == image


def test_a_person_is_added_in_a_window_of_its_own(desk: Client) -> None:
    address = "/admin/events/speaker/add/?_to_field=id&_popup=1"
    form = filled(desk.get(address), name_bg="Нов <b>Човек</b>")

    answer = desk.post(address, form)

    assert answer.status_code == 200
    assert "popup_response" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_list_of_organizations_can_leave_out_the_municipalities(desk: Client) -> None:
    town, partner = make_organization(kind="municipality"), make_organization(kind="media")

    def listed(query: str) -> set[object]:
        return set(desk.get(f"/admin/events/organization/?{query}").context["cl"].result_list)

    assert listed("kind=others") == {partner}
    assert listed("kind=municipality") == {town}
    assert listed("kind=nothing") == {town, partner}


def test_venue_takes_a_municipality_and_nothing_else(desk: Client) -> None:
    town, partner = make_organization(kind="municipality"), make_organization(kind="media")
    words = {"name_bg": "Зала", "town_bg": "Русе"}

    wrong = add(desk, "events/venue", **words, municipality=partner.pk)
    add(desk, "events/venue", **words, municipality=town.pk)

    assert list(errors_of(wrong)) == ["municipality"]
    assert [venue.municipality for venue in Venue.objects.all()] == [town]


def test_municipalities_to_choose_from_come_in_portions(desk: Client) -> None:
    for _n in range(30):
        make_organization(kind="municipality")
    make_organization(kind="media", name_bg="Медия")
    asked = "app_label=events&model_name=venue&field_name=municipality"

    answer = desk.get(f"/admin/autocomplete/?{asked}&term=").json()
    other = desk.get(f"/admin/autocomplete/?{asked}&term=Медия").json()

    assert (len(answer["results"]), answer["pagination"]["more"]) == (20, True)
    assert other["results"] == []
