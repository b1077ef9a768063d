"""Directories of organizations and of speakers: order, letters, choices, pages, costs."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import directories
from events.models import Appearance
from events.sortkeys import letter_of, place_first, sort_key
from tests.factories import make_event, make_image, make_organization, make_speaker

pytestmark = pytest.mark.django_db

ORGANIZATIONS, SPEAKERS = "/bg/organizatsii/", "/bg/lektori/"


def make_municipality(place_bg, place_en="", district="Русе", **fields):
    names = {"name_bg": f"Община {place_bg}", "name_en": place_en and f"Municipality of {place_en}"}
    where = {"kind": "municipality", "district_bg": district, "is_listed": True}
    return make_organization(**names | where | fields)


def listed(response):
    """Letter: names, as the page shows them."""
    shown = response.context["directory"]
    return {letter.name: [str(item) for item in items] for letter, items in shown.sections}


def letters(response):
    nav = re.search(r'<nav class="letters".*?</nav>', response.content.decode(), re.DOTALL)
    return re.findall(r'href="([^"]*)">([^<]+)<', nav[0]) if nav else []


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_municipalities_stand_under_the_letter_of_their_place(client):
    for place in ("Ямбол", "Айтос", "Щръклево", "Антон", "Ценово"):
        make_municipality(place)

    found = listed(client.get(ORGANIZATIONS))

    assert found == {
        "А": ["Община Айтос", "Община Антон"],
        "Ц": ["Община Ценово"],
        "Щ": ["Община Щръклево"],
        "Я": ["Община Ямбол"],
    }


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("Община Русе", "Русе"),
        ("община  Русе", "Русе"),
        ("Municipality of Ruse", "Ruse"),
        ("Столична община", "Столична община"),
        ("Община", "Община"),
        ("Общинарска група", "Общинарска група"),
    ],
)
def test_only_the_word_before_the_place_is_left_out(name, sorted_by):
    assert place_first(name) == sorted_by


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Ямбол", "Я"),
        ("„Ъгъл“", "Ъ"),
        ("Zagreb", "Z"),
        ("112", "#"),
        ("…", "#"),
        ("Ω-Институт", "Ω"),
    ],
)
def test_letter_is_that_of_the_sort_key(name, letter):
    assert letter_of(sort_key(name)) == letter


def test_english_directory_has_latin_letters_and_cyrillic_ones_for_the_untranslated(client):
    make_municipality("Шабла", "Shabla")
    make_municipality("Айтос", "Aytos")
    make_municipality("Белово")

    found = listed(client.get("/en/organizations/"))

    assert list(found) == ["Б", "A", "S"]


def test_letters_lead_to_the_page_on_which_they_begin(client, monkeypatch):
    monkeypatch.setattr(directories, "PER_PAGE", 2)
    for place in ("Айтос", "Антон", "Белово", "Ямбол"):
        make_municipality(place)

    first, second = client.get(ORGANIZATIONS), client.get(f"{ORGANIZATIONS}?page=2")

    assert letters(first) == [
        ("#letter-41", "А"),
        (f"{ORGANIZATIONS}?page=2#letter-42", "Б"),
        (f"{ORGANIZATIONS}?page=2#letter-5e", "Я"),
    ]
    assert letters(second)[0] == (f"{ORGANIZATIONS}#letter-41", "А")
    assert listed(second) == {"Б": ["Община Белово"], "Я": ["Община Ямбол"]}


def test_filters_stay_in_the_addresses_of_pages_and_letters(client, monkeypatch):
    monkeypatch.setattr(directories, "PER_PAGE", 1)
    for place in ("Айтос", "Белово"):
        make_municipality(place)
    make_organization(is_listed=True)

    response = client.get(f"{ORGANIZATIONS}?kind=municipality&district=ruse")

    html = response.content.decode()
    address = f"{ORGANIZATIONS}?kind=municipality&amp;district=ruse&amp;page=2"
    assert f'rel="next" href="{address}"' in html
    assert f'href="{address}#letter-42"' in html


def test_kind_and_district_choose_and_are_counted(client):
    make_municipality("Русе", "Ruse")
    make_municipality("Видин", "Vidin", district="Видин")
    make_organization(name_bg="Министерство", kind="ministry", is_listed=True, district_bg="Русе")

    of_kind = client.get(f"{ORGANIZATIONS}?kind=municipality")
    in_district = client.get(f"{ORGANIZATIONS}?district=ruse")
    both = client.get(f"{ORGANIZATIONS}?kind=municipality&district=ruse")

    assert listed(of_kind) == {"В": ["Община Видин"], "Р": ["Община Русе"]}
    assert listed(in_district) == {"М": ["Министерство"], "Р": ["Община Русе"]}
    assert listed(both) == {"Р": ["Община Русе"]}
    chosen = both.context["chosen"]
    assert [(each.key, each.count) for each in chosen.kinds] == [
        ("municipality", 1),
        ("ministry", 1),
    ]
    assert [(each.name, each.count) for each in chosen.districts] == [("Видин", 1), ("Русе", 1)]


def test_districts_have_the_same_key_and_their_own_name_in_both_languages(client):
    make_municipality("Столична", district="София (столица)", district_en="Sofia (stolitsa)")

    chosen = client.get("/en/organizations/?district=sofia-stolitsa").context["chosen"]

    assert (chosen.district.name, chosen.district.count) == ("Sofia (stolitsa)", 1)


@pytest.mark.parametrize(
    "query",
    ["kind=', '", "kind=Municipality", "district=nikade", "district=%00", "kind=a&district=ruse",
     "district=" + "9" * 5000, "district=Русе", "page=0", "page=2", "page=x"],
)  # fmt: skip
def test_what_is_no_choice_is_not_found(client, query):
    make_municipality("Русе")

    assert client.get(f"{ORGANIZATIONS}?{query}").status_code == 404


def test_choice_that_nothing_answers_says_so_and_leads_back(client):
    make_municipality("Русе")

    html = client.get(f"{ORGANIZATIONS}?kind=ministry&district=ruse").content.decode()

    assert "Няма организация, която да отговаря и на двете условия." in html
    assert f'<a href="{ORGANIZATIONS}">Всички организации</a>' in html


def test_choices_are_not_to_be_found_by_searching_and_the_whole_is(client):
    make_municipality("Русе")

    whole = client.get(ORGANIZATIONS).content.decode()
    part = client.get(f"{ORGANIZATIONS}?district=ruse").content.decode()

    assert "noindex" not in whole
    assert '<meta name="robots" content="noindex, follow">' in part
    assert 'rel="canonical"' not in part


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (ORGANIZATIONS, "Още няма организации със собствена страница."),
        (SPEAKERS, "Още няма включени лектори."),
    ],
)
def test_empty_directory_says_so(client, path, words):
    make_organization(), make_speaker()

    response = client.get(path)

    assert words in response.content.decode()
    assert letters(response) == []


def test_only_listed_speakers_are_in_the_directory_by_family_name(client):
    make_speaker(name_bg="Яна Ангелова", is_listed=True)
    make_speaker(name_bg="Ана Янева", is_listed=True)
    guest = make_speaker(name_bg="Боян Гостов")
    Appearance.objects.create(event=make_event(), speaker=guest)

    response = client.get(SPEAKERS)

    assert listed(response) == {"А": ["Яна Ангелова"], "Я": ["Ана Янева"]}
    assert client.get(guest.get_absolute_url("bg")).status_code == 200


def test_organization_of_a_listed_speaker_has_a_page(client):
    organization = make_organization()
    make_speaker(organization=organization, is_listed=True)

    assert f'href="{organization.get_absolute_url("bg")}"' in client.get(SPEAKERS).content.decode()
    assert client.get(organization.get_absolute_url("bg")).status_code == 200


def test_directory_names_its_entries_in_structured_data(client):
    organization = make_municipality("Русе", "Ruse")

    html = client.get(ORGANIZATIONS).content.decode()

    blocks = [json.loads(text) for text in re.findall(r'ld\+json">(.*?)</script>', html)]
    (found,) = [block for block in blocks if block["@type"] == "ItemList"]
    assert found["numberOfItems"] == 1
    assert found["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "Община Русе",
            "url": f"http://127.0.0.1:8000{organization.get_absolute_url('bg')}",
        }
    ]


def test_hostile_names_are_words_and_no_markup(client):
    make_municipality("Русе</script><script>alert(1)</script>", district='"><b>Русе')

    html = client.get(ORGANIZATIONS).content.decode()

    assert "<script>alert" not in html
    assert "<b>Русе" not in html


@pytest.mark.parametrize(("path", "most"), [(ORGANIZATIONS, 4), (SPEAKERS, 3)])
def test_directory_costs_the_same_however_long(client, path, most):
    def fill(count):
        for n in range(count):
            organization = make_municipality(f"Място {n}", district=f"Област {n}")
            organization.logo = make_image()
            organization.save()
            make_speaker(organization=organization, photo=make_image(), is_listed=True)

    fill(1)
    few = queries(client, path)
    fill(29)
    many = queries(client, path)

    assert few == many <= most
