"""Two records of the same person or organization made one, and parted again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Appearance, Organization, Participation, ProgrammeItem, Speaker
from news.models import Mention
from sorb.desk import history
from sorb.desk.models import Entry, Merge, Revision
from sorb.desk.pointing import ways_to
from sorb.publishing.models import OldAddress
from tests.factories import (
    make_article,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_venue,
)

from .conftest import make_user, signed_in

LONG_AGO = timezone.now() - timedelta(days=900)


def address(kept, tail=""):
    return f"/admin/events/{kept._meta.model_name}/{kept.pk}/merge/{tail}"


def sent(kept, other, **more):
    kept.refresh_from_db(), other.refresh_from_db()
    return {"other": other.pk, "version": kept.version, "other_version": other.version, **more}


def merged(desk, kept, other):
    answer = desk.post(address(kept), sent(kept, other))
    assert answer.status_code == 302, answer.content.decode()
    kept.refresh_from_db()
    return Merge.objects.latest("pk")


def undo(desk, kept, row):
    return desk.post(address(kept, f"{row.pk}/undo/"))


def pair(**other):
    kept = make_speaker(name_bg="Мария Петрова", slug_bg="maria", slug_en="maria-en")
    return kept, make_speaker(
        **{"name_bg": "Мария Петрова", "slug_bg": "dvoynik", "slug_en": "double", **other}
    )


def rows_of(model):
    return list(model.objects.order_by("pk").values())


def test_every_way_to_a_person_and_an_organization_is_known():
    assert {way.key for way in ways_to(Speaker)} == {
        "events.appearance.speaker",
        "news.mention.speaker",
    }
    assert {way.key for way in ways_to(Organization)} == {
        "events.appearance.organization",
        "events.participation.organization",
        "events.speaker.organization",
        "events.venue.municipality",
        "news.article_municipalities.organization",
        "news.mention.organization",
    }


def test_appearances_move_with_the_position_of_that_time(desk):
    kept, other = pair(position_bg="секретар")
    appearance = Appearance.objects.create(event=make_event(starts_at=LONG_AGO), speaker=other)

    merged(desk, kept, other)

    appearance.refresh_from_db()
    assert (appearance.speaker, appearance.position_bg) == (kept, "секретар")
    assert not Speaker.objects.filter(pk=other.pk).exists()


def test_everything_that_names_an_organization_moves(desk):
    names = {"kind": "municipality"}
    kept, other = make_organization(**names), make_organization(**names)
    event, article = make_event(), make_article(title_bg=f"За {other.name_bg} накратко")
    article.municipalities.add(other)
    Participation.objects.create(event=event, organization=other)
    speaker, venue = make_speaker(organization=other), make_venue(municipality=other)
    appearance = Appearance.objects.create(event=event, speaker=speaker)

    merged(desk, kept, other)

    for row in (speaker, venue, appearance):
        row.refresh_from_db()
    assert (speaker.organization, venue.municipality, appearance.organization) == (kept,) * 3
    assert list(article.municipalities.all()) == [kept]
    assert [part.organization for part in event.participations.all()] == [kept]
    assert [mention.article for mention in kept.mentions.all()] == [article]


def test_page_lists_what_moves(desk):
    kept, other = pair(biography_bg="Юрист.")
    event = make_event(title_bg="Форум <b>едно</b>")
    Appearance.objects.create(event=event, speaker=other)

    html = desk.get(f"{address(kept)}?other={other.pk}").content.decode()

    assert "<h3>Събития (1)</h3>" in html
    assert "<li>Форум &lt;b&gt;едно&lt;/b&gt;</li>" in html
    assert "<code>/bg/lektori/dvoynik/</code>" in html
    assert "биография" in html


def test_looking_changes_nothing(desk):
    kept, other = pair()
    before = (rows_of(Speaker), Revision.objects.count())

    desk.get(f"{address(kept)}?other={other.pk}")
    desk.get(address(kept))

    assert (rows_of(Speaker), Revision.objects.count()) == before


def test_old_addresses_lead_to_the_one_that_stays(desk, client):
    kept, other = pair(is_listed=True)
    other.slug_bg = "po-nov"
    other.save()

    merged(desk, kept, other)

    for path in ("/bg/lektori/dvoynik/", "/bg/lektori/po-nov/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, "/bg/lektori/maria/")
    assert client.get("/en/speakers/double/")["Location"] == "/en/speakers/maria-en/"
    assert client.get("/bg/lektori/dvoynik.ics")["Location"] == "/bg/lektori/maria.ics"


def test_what_the_kept_one_lacks_is_filled_and_what_it_has_stays(desk):
    photo = make_image()
    kept, other = pair(biography_bg="Юрист.", position_bg="друга", photo=photo, is_listed=True)

    merged(desk, kept, other)

    assert (kept.biography_bg, kept.photo, kept.is_listed) == ("Юрист.", photo, True)
    assert (kept.position_bg, kept.slug_bg) == ("кмет", "maria")


def test_what_both_have_is_there_once(desk):
    kept, other = make_organization(), make_organization()
    event, both = make_event(), make_article()
    for each in (kept, other):
        Participation.objects.create(event=event, organization=each)
        both.municipalities.add(each)
        speaker_rows = make_speaker(organization=each)
        Appearance.objects.create(event=event, speaker=speaker_rows)

    merged(desk, kept, other)

    assert Participation.objects.get().organization == kept
    assert list(both.municipalities.all()) == [kept]
    assert Mention.objects.get().organization == kept
    assert Appearance.objects.filter(organization=kept).count() == 2


def test_same_part_in_the_same_item_is_there_once_and_other_parts_stay(desk):
    kept, other = pair()
    event = make_event()
    item = ProgrammeItem.objects.create(
        event=event, starts_at=event.starts_at, title_bg="Откриване"
    )
    for each in (kept, other):
        Appearance.objects.create(event=event, speaker=each)
        Appearance.objects.create(event=event, speaker=each, item=item)
    Appearance.objects.create(event=event, speaker=other, role="moderator")

    merged(desk, kept, other)

    found = event.appearances.values_list("speaker", "item", "role")
    assert sorted(found, key=str) == sorted(
        [
            (kept.pk, None, "speaker"),
            (kept.pk, item.pk, "speaker"),
            (kept.pk, None, "moderator"),
        ],
        key=str,
    )


@pytest.mark.parametrize("which", ["kept", "other"])
def test_change_since_the_page_was_opened_stops_it(desk, which):
    kept, other = pair()
    data = sent(kept, other)
    {"kept": kept, "other": other}[which].save()
    before = rows_of(Speaker)

    answer = desk.post(address(kept), data)

    assert answer.status_code == 409
    assert "е записан" in answer.content.decode()
    assert rows_of(Speaker) == before
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"kind": "company"}, {"kind": "ministry"}),
        (
            {"kind": "municipality", "code": "RSE04"},
            {"kind": "municipality", "code": "VAR05"},
        ),
    ],
)
def test_organizations_that_cannot_be_one_are_refused(desk, mine, theirs):
    kept, other = make_organization(**mine), make_organization(**theirs)
    before = rows_of(Organization)

    looked = desk.get(f"{address(kept)}?other={other.pk}")
    answer = desk.post(address(kept), sent(kept, other))

    assert 'type="submit" class="button">Обедини' not in looked.content.decode()
    assert answer.status_code == 409
    assert rows_of(Organization) == before


@pytest.mark.parametrize("said", ["0", "-1", "x", "٢", "9" * 400, "1.5", "999999999", "%00"])
def test_what_is_no_other_record_is_not_found(desk, said):
    kept, _other = pair()

    assert desk.get(f"{address(kept)}?other={said}").status_code == 404
    assert desk.post(address(kept), {"other": said}).status_code == 404


def test_record_is_not_merged_with_itself(desk):
    kept, _other = pair()

    answer = desk.post(address(kept), sent(kept, kept))

    assert answer.status_code == 404
    assert Speaker.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("missing", ["change_speaker", "delete_speaker"])
def test_merging_needs_both_changing_and_deleting(missing):
    kept, other = pair()
    wanted = {"view_speaker", "change_speaker", "delete_speaker"} - {missing}
    half = signed_in(make_user("polovin", *wanted))
    before = rows_of(Speaker)

    form = half.get(f"/admin/events/speaker/{kept.pk}/change/").content.decode()
    answers = [half.get(address(kept)), half.post(address(kept), sent(kept, other))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert address(kept) not in form
    assert rows_of(Speaker) == before


def test_search_finds_the_other_by_a_part_of_its_name(desk):
    kept, other = pair()
    stranger = make_speaker(name_bg="Друг Човек")

    same = desk.get(address(kept)).content.decode()
    found = desk.get(f"{address(kept)}?q=друг").content.decode()
    nothing = desk.get(f"{address(kept)}?q=%00<script>").content.decode()

    assert (f"?other={other.pk}" in same, f"?other={stranger.pk}" in same) == (True, False)
    assert f"?other={stranger.pk}" in found
    assert "?other=" not in nothing
    assert "<script>&" not in nothing


def test_two_chosen_in_the_list_lead_to_the_page(desk):
    kept, other = pair()
    third = make_speaker()
    listed = "/admin/events/speaker/"

    def choose(*chosen):
        data = {"action": "merge_two", "_selected_action": [one.pk for one in chosen]}
        return desk.post(listed, data)

    assert choose(kept, other)["Location"] == f"{address(kept)}?other={other.pk}"
    assert [choose(*chosen)["Location"] for chosen in ((kept,), (kept, other, third))] == [
        listed,
        listed,
    ]


def test_merge_is_in_the_histories_and_in_the_log(desk, editor):
    kept, other = pair()
    event = make_event()
    Appearance.objects.create(event=event, speaker=other)

    row = merged(desk, kept, other)

    verbs = {
        item: Revision.objects.about(item).first().verb
        for item in (kept, Speaker(pk=row.merged_id))
    }
    assert set(verbs.values()) == {"merged"}
    of_event = Revision.objects.about(event).first()
    assert (of_event.verb, of_event.changes) == ("changed", ["appearances"])
    entry = Entry.objects.filter(action="merged", object_id=kept.pk).get()
    assert (entry.user, "Мария Петрова" in entry.words) == (editor, True)
    event.refresh_from_db()
    assert event.version == 2


def test_form_of_the_merged_one_that_was_open_says_what_became_of_it(desk):
    kept, other = pair()
    form = f"/admin/events/speaker/{other.pk}/change/"
    merged(desk, kept, other)

    answer = desk.post(form, {"name_bg": "Ново име", "version": "1"})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Ново име" in html
    assert f"/admin/events/speaker/{kept.pk}/change/" in html


def test_merged_record_is_not_among_what_was_deleted(desk):
    kept, other = pair()

    merged(desk, kept, other)
    gone = make_speaker()
    desk.post(f"/admin/events/speaker/{gone.pk}/delete/", {"post": "yes"})

    deleted = desk.get("/admin/desk/deleted/").context["rows"]
    assert [each["revision"].object_id for each in deleted] == [gone.pk]


def test_earlier_revision_that_names_the_merged_one_comes_back_with_the_kept_one(desk):
    kept, other = pair()
    event = make_event()
    Appearance.objects.create(event=event, speaker=other)
    history.note_as_found(event)
    merged(desk, kept, other)
    event.appearances.all().delete()
    first = Revision.objects.about(event).earliest("pk")

    lost = history.restored(event, first, None)

    assert lost == []
    assert [each.speaker for each in event.appearances.all()] == [kept]


def test_undoing_puts_everything_back(desk, client):
    kept, other = pair(biography_bg="Юрист.", name_en="", photo=make_image(), is_listed=True)
    other.slug_bg = "po-nov"
    other.save()
    event, shared = make_event(), make_event()
    Appearance.objects.create(event=event, speaker=other)
    for each in (kept, other):
        Appearance.objects.create(event=shared, speaker=each)
    make_article(title_bg="Мария Петрова говори")
    models = (Speaker, Appearance, Mention, OldAddress)
    before = {model: without_versions(model) for model in models}
    row = merged(desk, kept, other)

    answer = undo(desk, kept, row)

    assert answer["Location"] == f"/admin/events/speaker/{row.merged_id}/change/"
    assert {model: without_versions(model) for model in models} == before
    assert client.get("/bg/lektori/po-nov/").status_code == 200
    assert client.get("/bg/lektori/dvoynik/")["Location"] == "/bg/lektori/po-nov/"
    assert Entry.objects.filter(action="parted").count() == 2
    assert Merge.objects.standing().count() == 0


def without_versions(model):
    """The rows of a model without what counts saves, and of notes without their keys."""
    rows = rows_of(model)
    for row in rows:
        row.pop("version", None)
        if model in (Mention, OldAddress):
            row.pop("id")
        # The column without an ending holds whatever was saved last
        for name in ("name", "slug", "position", "biography", "sort_key"):
            row.pop(name, None)
    return sorted(rows, key=str)


def test_undoing_puts_an_organization_back_with_its_code_and_links(desk):
    kept = make_organization(kind="municipality")
    other = make_organization(kind="municipality", code="RSE04", district_bg="Русе")
    article = make_article()
    for each in (kept, other):
        article.municipalities.add(each)
    speaker, venue = make_speaker(organization=other), make_venue(municipality=other)
    row = merged(desk, kept, other)
    assert kept.code == "RSE04"

    undo(desk, kept, row)

    other = Organization.objects.get(pk=row.merged_id)
    for each in (kept, speaker, venue):
        each.refresh_from_db()
    assert (kept.code, other.code, kept.district_bg) == (None, "RSE04", "")
    assert (speaker.organization, venue.municipality) == (other, other)
    assert set(article.municipalities.all()) == {kept, other}


def test_words_written_since_stay_when_it_is_undone(desk):
    kept, other = pair(biography_bg="Юрист.")
    row = merged(desk, kept, other)
    kept.biography_bg = "Юрист и кмет."
    kept.save()

    undo(desk, kept, row)

    kept.refresh_from_db()
    assert kept.biography_bg == "Юрист и кмет."
    assert Speaker.objects.get(pk=row.merged_id).biography_bg == "Юрист."


def test_news_that_uses_the_other_name_goes_on_naming_the_one_that_stays(desk):
    kept, other = pair(name_bg="М. Петрова-Нова", name_en="")
    before = make_article(title_bg="М. Петрова-Нова откри форума")
    mine = make_article(title_bg="Мария Петрова закри форума")
    row = merged(desk, kept, other)
    after = make_article(title_bg="Пак М. Петрова-Нова")
    before.save()
    kept.name_en = "M. Petrova"
    kept.save()
    assert {mention.article for mention in kept.mentions.all()} == {before, mine, after}

    assert undo(desk, kept, row).status_code == 302

    other = Speaker.objects.get(pk=row.merged_id)
    assert {mention.article for mention in kept.mentions.all()} == {mine}
    assert {mention.article for mention in other.mentions.all()} == {before, after}


def test_links_deleted_since_stay_deleted_when_it_is_undone(desk):
    kept, other = pair()
    gone, stays, shared = make_event(), make_event(), make_event()
    for event in (gone, stays, shared):
        Appearance.objects.create(event=event, speaker=other)
    Appearance.objects.create(event=shared, speaker=kept)
    row = merged(desk, kept, other)
    gone.delete(), shared.delete()

    assert undo(desk, kept, row).status_code == 302

    found = Appearance.objects.filter(speaker=row.merged_id)
    assert [appearance.event for appearance in found] == [stays]


def test_address_that_somebody_else_has_contradicts_and_is_named(desk):
    kept, other = pair()
    row = merged(desk, kept, other)
    make_speaker(name_bg="Трети Човек", slug_bg="dvoynik")
    before = rows_of(Speaker)

    looked, answer = desk.get(address(kept, f"{row.pk}/undo/")), undo(desk, kept, row)

    assert (looked.status_code, answer.status_code) == (200, 409)
    for each in (looked, answer):
        assert "dvoynik" in each.content.decode()
        assert "Трети Човек" in each.content.decode()
    assert rows_of(Speaker) == before


def test_link_that_was_given_to_a_third_contradicts_and_is_named(desk):
    kept, other = pair()
    appearance = Appearance.objects.create(event=make_event(title_bg="Сесия"), speaker=other)
    row = merged(desk, kept, other)
    Appearance.objects.filter(pk=appearance.pk).update(speaker=make_speaker(name_bg="Трета Жена"))

    answer = undo(desk, kept, row)

    assert answer.status_code == 409
    assert "„Сесия“ вече сочи „Трета Жена“" in answer.content.decode()
    assert not Speaker.objects.filter(pk=row.merged_id).exists()


def test_code_typed_into_another_contradicts(desk):
    kind = {"kind": "municipality"}
    kept, other = make_organization(**kind), make_organization(**kind, code="RSE04")
    row = merged(desk, kept, other)
    kept.code = None
    kept.save()
    make_organization(**kind, code="RSE04")

    assert undo(desk, kept, row).status_code == 409


def test_undoing_twice_does_it_once(desk):
    kept, other = pair()
    row = merged(desk, kept, other)

    first, second = undo(desk, kept, row), undo(desk, kept, row)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Speaker.objects.count() == 2
    assert second["Location"] == f"/admin/events/speaker/{kept.pk}/history/"


def test_merge_of_another_record_is_not_undone_here(desk):
    kept, other = pair()
    row = merged(desk, kept, other)
    stranger = make_speaker()

    assert desk.get(address(stranger, f"{row.pk}/undo/")).status_code == 404


def test_chain_of_merges_leads_to_the_last_and_is_undone_from_its_end(desk, client):
    first, second = pair(is_listed=True)
    third = make_speaker(is_listed=True, slug_bg="treti")
    Appearance.objects.create(event=make_event(), speaker=second)
    one = merged(desk, first, second)
    two = merged(desk, third, first)
    assert client.get("/bg/lektori/dvoynik/")["Location"] == "/bg/lektori/treti/"
    assert Merge.objects.successor(Speaker, one.merged_id) == third.pk

    undo(desk, third, two)
    first = Speaker.objects.get(pk=two.merged_id)
    undo(desk, first, one)

    assert Speaker.objects.count() == 3
    assert Appearance.objects.get().speaker_id == one.merged_id
    assert client.get("/bg/lektori/dvoynik/").status_code == 200


def test_history_of_the_kept_one_offers_to_undo(desk, reader):
    kept, other = pair()
    row = merged(desk, kept, other)
    path = f"/admin/events/speaker/{kept.pk}/history/"

    assert address(kept, f"{row.pk}/undo/") in desk.get(path).content.decode()
    assert address(kept, f"{row.pk}/undo/") not in reader.get(path).content.decode()


def test_failure_half_way_changes_nothing(desk, monkeypatch):
    kept, other = pair()
    Appearance.objects.create(event=make_event(), speaker=other)
    data = sent(kept, other)
    before = [rows_of(model) for model in (Speaker, Appearance, OldAddress, Revision, Entry)]

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("sorb.desk.merging._fill", fail)

    with pytest.raises(RuntimeError):
        desk.post(address(kept), data)

    after = [rows_of(model) for model in (Speaker, Appearance, OldAddress, Revision, Entry)]
    assert after == before


def test_page_of_what_moves_costs_the_same_however_much_it_is(desk):
    kept, other = pair()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(f"{address(kept)}?other={other.pk}").status_code == 200
        return len(captured)

    Appearance.objects.create(event=make_event(), speaker=other)
    make_article(title_bg="Мария Петрова")
    few = cost()
    for _ in range(20):
        Appearance.objects.create(event=make_event(), speaker=other)
        make_article(title_bg="Мария Петрова")

    assert cost() == few
