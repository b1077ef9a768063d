"""The municipalities of the register: complete, loaded once, never over what staff wrote."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from events import municipalities
from events.models import Organization
from events.municipalities import load
from sorb.desk import history
from sorb.desk.models import Revision
from sorb.publishing.slugs import transliterate
from tests.factories import make_article, make_event, make_organization, make_venue

pytestmark = pytest.mark.django_db


def quiet(words):
    """Nobody listens."""


@pytest.fixture
def three(monkeypatch):
    """A shorter register: two of the same name, and the capital."""
    rows = [row for row in municipalities.municipalities() if row.code in THREE]
    monkeypatch.setattr(municipalities, "municipalities", lambda: rows)


THREE = ("RSE04", "VAR05", "SOF46")


def test_register_is_complete():
    rows = municipalities.municipalities()

    assert len(rows) == len({row.code for row in rows}) == 265
    assert len({row.district_bg for row in rows}) == len({row.nuts3 for row in rows}) == 28
    assert len({row.region_bg for row in rows}) == len({row.nuts2 for row in rows}) == 6
    assert all(all(row) and len(row.ekatte) == 5 for row in rows)
    assert {row.nuts3[:4] for row in rows} == {row.nuts2 for row in rows}


def test_english_names_are_those_of_the_transliteration_act():
    rows = municipalities.municipalities()

    differing = [row.code for row in rows if transliterate(row.place_bg) != row.place_en.lower()]

    assert differing == []


def test_no_two_organizations_have_the_same_name():
    rows = municipalities.municipalities()
    names = Counter(row.place_bg for row in rows)

    facts = [row.facts(names[row.place_bg] == 1) for row in rows]

    for name in ("name_bg", "name_en"):
        assert len({each[name] for each in facts}) == 265


def test_every_municipality_is_loaded_with_a_page_in_both_languages(client):
    summary = load(quiet)

    found = Organization.objects.municipalities().in_order("bg")
    assert (summary.created, found.count()) == (265, 265)
    first, last = found.first(), found.last()
    assert (first.name_bg, first.name_en, first.code) == (
        "Община Аврен",
        "Municipality of Avren",
        "VAR01",
    )
    assert (last.name_bg, last.region_bg, last.region_en) == (
        "Община Ямбол",
        "Югоизточен",
        "Yugoiztochen",
    )
    assert client.get("/bg/organizatsii/obshtina-yambol/").status_code == 200
    assert client.get("/en/organizations/municipality-of-yambol/").status_code == 200


def test_second_load_changes_nothing(three):
    load(quiet)
    before = list(Organization.objects.order_by("pk").values())

    summary = load(quiet)

    assert (summary.created, summary.completed, summary.unchanged) == (0, 0, 3)
    assert list(Organization.objects.order_by("pk").values()) == before


def test_those_of_the_same_name_say_their_district_and_the_capital_its_own(three):
    load(quiet)

    assert set(Organization.objects.values_list("name_bg", "slug_bg")) == {
        ("Община Бяла, област Русе", "obshtina-byala-oblast-ruse"),
        ("Община Бяла, област Варна", "obshtina-byala-oblast-varna"),
        ("Столична община", "stolichna-obshtina"),
    }


def test_what_staff_wrote_stays_and_what_is_empty_is_filled(three):
    mine = make_organization(
        name_bg="Столична община (кметство)", name_en="", kind="municipality", code="SOF46",
        district_bg="София-град", text_bg="За нас.", is_listed=False,
    )  # fmt: skip

    summary = load(quiet)

    mine.refresh_from_db()
    assert (mine.name_bg, mine.district_bg, mine.text_bg, mine.is_listed) == (
        "Столична община (кметство)",
        "София-град",
        "За нас.",
        False,
    )
    assert (mine.name_en, mine.ekatte, mine.nuts3) == ("Stolichna Municipality", "68134", "BG411")
    assert (summary.created, summary.completed) == (2, 1)
    assert summary.kept == ["SOF46 name_bg", "SOF46 district_bg"]


def test_municipality_that_was_typed_without_a_code_gets_it(three):
    mine = make_organization(name_bg="Столична община", kind="municipality")

    load(quiet)

    mine.refresh_from_db()
    assert mine.code == "SOF46"
    assert Organization.objects.count() == 3


def test_history_of_what_staff_keep_tells_of_the_load(three):
    mine = make_organization(name_bg="Столична община", kind="municipality", code="SOF46")
    history.note_as_found(mine)

    load(quiet)

    changed = Revision.objects.about(mine).first()
    assert changed.verb == "changed"
    assert set(changed.changes) >= {"ekatte", "nuts3", "region_bg"}


def test_venues_are_tied_to_the_municipality_of_their_town(three):
    sofia, byala, free = (make_venue(town_bg=town) for town in ("София", "Бяла", "Виена"))
    other = make_organization(kind="municipality")
    mine = make_venue(town_bg="София", municipality=other)

    summary = load(quiet)

    for venue in (sofia, byala, free, mine):
        venue.refresh_from_db()
    assert summary.venues == 1
    assert sofia.municipality.code == "SOF46"
    assert (byala.municipality, free.municipality, mine.municipality) == (None, None, other)


def test_failure_half_way_stores_nothing(three, monkeypatch):
    def fail(rows):
        raise OSError

    monkeypatch.setattr(municipalities, "_tie_venues", fail)

    with pytest.raises(OSError):
        load(quiet)

    assert not Organization.objects.exists()


def test_command_tells_its_progress_and_a_summary(three):
    out = StringIO()
    make_organization(name_bg="Друго", kind="municipality", code="SOF46")

    call_command("municipalities", "load", stdout=out)

    assert out.getvalue().splitlines() == [
        "  municipalities: 3 of 3",
        "kept as staff wrote it: SOF46 name_bg",
        "kept as staff wrote it: SOF46 name_en",
        "2 created, 1 completed, 0 as they were; 0 venues tied to their municipality.",
    ]
    with pytest.raises(CommandError):
        call_command("municipalities", "lose", stdout=out)


def test_page_of_my_municipality_has_what_concerns_it(client, three):
    load(quiet)
    mine = Organization.objects.get(code="SOF46")
    event = make_event(title_bg="На място", venue=make_venue(municipality=mine))
    article = make_article(title_bg="Столична община обнови булевард")

    page = client.get(mine.get_absolute_url("bg"))
    feed = client.get("/bg/organizatsii/stolichna-obshtina/novini.atom").content.decode()
    file = client.get("/bg/organizatsii/stolichna-obshtina.ics").content.decode()

    assert [each.event for each in page.context["profile"].coming] == [event]
    assert list(page.context["articles"]) == [article]
    assert article.title_bg in feed
    assert event.uid in file


def test_only_what_nobody_touched_or_uses_is_taken_out_again(three):
    load(quiet)
    used, changed, _free = Organization.objects.order_by("code")
    make_article().municipalities.add(used)
    changed.text_bg = "За нас."
    changed.save()

    assert municipalities.unload() == 1

    assert list(Organization.objects.order_by("code")) == [used, changed]
