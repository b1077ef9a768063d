"""The ledger of translations, unfinished ones, and what becomes of one that is done."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Event
from news.models import Article
from sorb.desk import history, ledger, translating
from sorb.desk.ledger import State
from sorb.desk.models import Entry, Revision, TranslationDraft, WorkingCopy
from sorb.desk.snapshot import put_back, taken
from tests.factories import make_article, make_document, make_event, make_image, make_speaker

pytestmark = pytest.mark.django_db
Verb = Revision.Verb


@pytest.fixture
def user():
    return User.objects.create_superuser("glaven", first_name="Рада")


@pytest.fixture
def recorded(user):
    """Saves an item with new words and keeps the revision, as every form does."""

    def change(item, **words):
        history.note_as_found(item)
        for name, value in words.items():
            setattr(item, name, value)
        item.save()
        history.record(item, user, Verb.CHANGED)
        item.refresh_from_db()
        return item

    return change


def done(item, user, **words):
    """A translation that is finished by somebody who has just opened it."""
    found = type(item).objects.select_for_update().get(pk=item.pk)
    translating.finish(found, user, words, translating.draft_of(found))
    item.refresh_from_db()


@pytest.mark.parametrize("make", [make_article, make_event])
def test_a_translation_is_complete_until_the_bulgarian_words_change(make, recorded, user):
    lacking, item = make(title_en=""), make()
    untouched = ledger.state_of(item)

    recorded(item, lead_bg="Друг увод")
    changed = ledger.state_of(item)
    outdated = list(type(item).objects.outdated("en"))
    recorded(item, lead_en="Another lead")

    assert (untouched, changed) == (State.COMPLETE, State.OUTDATED)
    assert outdated == [item]
    assert ledger.state_of(item) == State.COMPLETE
    assert ledger.state_of(lacking) == State.MISSING
    assert list(type(item).objects.outdated("en")) == []
    assert list(type(item).objects.lacking("en")) == [lacking]
    assert list(type(item).objects.awaiting("en")) == [lacking]
    assert list(type(item).objects.complete("en")) == [item]


def test_words_of_rows_make_a_translation_older_too(recorded):
    article = make_article()
    row = article.gallery.create(image=make_image(), caption_bg="Надпис", caption_en="Caption")
    recorded(article, byline_bg="")

    row.caption_bg = "Друг надпис"
    row.save()
    recorded(article)

    assert ledger.state_of(article) == State.OUTDATED


def test_publishing_a_working_copy_with_new_bulgarian_words_is_noticed(user, recorded):
    article = recorded(make_article(), byline_bg="Екип", byline_en="Team")
    snapshot = taken(article)
    snapshot["fields"]["lead_bg"] = "Увод от работното копие"
    history.record(article, user, Verb.WORKING_COPY, snapshot=snapshot)

    put_back(article, snapshot)
    history.record(article, user, Verb.PUBLISHED)

    article.refresh_from_db()
    assert ledger.state_of(article) == State.OUTDATED


def test_days_are_midnights_of_sofia(time_machine):
    time_machine.move_to("2026-03-10T21:30:00+00:00", tick=False)  # 23:30 in Sofia
    before_midnight = timezone.now()

    time_machine.move_to("2026-03-10T22:30:00+00:00", tick=False)

    assert ledger.days_since(timezone.now()) == 0
    assert ledger.days_since(before_midnight) == 1


def waiting(user, *kinds):
    return [job.item for job in ledger.jobs(list(ledger.queue(user, kinds or (Article, Event))))]


def test_the_queue_holds_what_readers_see_or_will_see(user, recorded):
    now = timezone.now()
    make_article(title_en="", status="draft", published_at=None)
    make_article(title_en="", status="withdrawn")
    make_event(title_en="", withdrawn_at=now - timedelta(minutes=1))
    make_article()
    review = make_event(title_en="", status="in_review", published_at=None)
    scheduled = make_article(title_en="", published_at=now + timedelta(days=1))
    public = make_event(title_en="", published_at=now - timedelta(days=3))
    outdated = recorded(make_article(), lead_bg="Друг увод")

    assert waiting(user) == [public, outdated, scheduled, review]
    assert waiting(user, Event) == [public, review]


def test_what_has_waited_longest_comes_first(user):
    now = timezone.now()
    new = make_article(title_en="", published_at=now - timedelta(days=1))
    old = make_event(title_en="", published_at=now - timedelta(days=9))
    middle = make_article(title_en="", published_at=now - timedelta(days=5))

    jobs = ledger.jobs(list(ledger.queue(user, (Article, Event))))

    assert [job.item for job in jobs] == [old, middle, new]
    assert [job.days for job in jobs] == [9, 5, 1]


def test_a_job_names_what_changed_since_the_translation(user, recorded):
    event = make_event()
    item = event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    recorded(event, hall_bg="Голямата зала")
    done(event, user)
    recorded(event, lead_bg="Друг увод", lead_en=event.lead_en)
    item.title_bg = "Тържествено откриване"
    item.save()
    recorded(event, state_note_bg="Преместено")

    (job,) = ledger.jobs(list(ledger.queue(user, (Event,))))

    assert job.state == State.OUTDATED
    assert job.changed == ["lead_bg", "state_note_bg", "programme"]


def test_what_was_changed_in_both_languages_at_once_is_no_news(user, recorded):
    article = make_article()
    recorded(article, lead_bg="Друг увод", lead_en="Another lead")
    recorded(article, title_bg="Друго заглавие")

    (job,) = ledger.jobs(list(ledger.queue(user, (Article,))))

    assert job.changed == ["title_bg"]


def test_places_are_the_words_of_the_item_and_of_its_rows():
    event = make_event()
    item = event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    appearance = event.appearances.create(speaker=make_speaker())
    image = event.gallery.create(image=make_image())
    document = event.documents.create(document=make_document())

    names = [place.name for place in translating.places(event)]

    assert names == [
        "title_en",
        "lead_en",
        "body_en",
        "state_note_en",
        "hall_en",
        f"programme-{item.pk}-title_en",
        f"programme-{item.pk}-hall_en",
        f"programme-{item.pk}-text_en",
        f"appearances-{appearance.pk}-position_en",
        f"gallery-{image.pk}-caption_en",
        f"gallery-{image.pk}-alternative_en",
        f"documents-{document.pk}-caption_en",
    ]


def test_an_unfinished_translation_leaves_the_item_as_it_is(user):
    article = make_article(title_en="", lead_en="")
    before = taken(article)

    draft = translating.keep(article, user, {"title_en": "Title", "lead_en": ""}, None)

    article.refresh_from_db()
    assert taken(article) == before
    assert (draft.words, draft.version, draft.changed_by) == ({"title_en": "Title"}, 1, user)
    assert not Revision.objects.exists()
    assert not Entry.objects.exists()


def test_words_that_are_stored_already_need_no_draft(user):
    article = make_article(title_en="Title")
    draft = translating.keep(article, user, {"title_en": "Other"}, None)

    again = translating.keep(article, user, {"title_en": "Title"}, draft)

    assert again is None
    assert not TranslationDraft.objects.exists()


def test_a_finished_translation_is_in_the_item_and_in_its_rows(user):
    article = make_article(title_en="", lead_en="", body_en="")
    row = article.gallery.create(image=make_image(), caption_bg="Надпис")
    translating.keep(article, user, {"title_en": "Half"}, None)
    started_at = timezone.now()
    name = f"gallery-{row.pk}-caption_en"

    done(article, user, title_en="Whole title", body_en="<p>Text.</p>", **{name: "Caption"})

    row.refresh_from_db()
    assert (article.title_en, article.slug_en) == ("Whole title", "whole-title")
    assert article.body_en == "<p>Text.</p>"
    assert (row.caption_en, row.caption_bg) == ("Caption", "Надпис")
    assert article.translated_at >= started_at
    assert article.changed_by == user
    assert not TranslationDraft.objects.exists()
    revision = Revision.objects.about(article).first()
    assert (revision.verb, revision.author) == ("translated", user)
    assert set(revision.changes) == {"slug_en", "title_en", "body_en", "gallery"}
    assert [entry.action for entry in Entry.objects.all()] == ["translated"]


def test_done_without_a_change_confirms_the_translation(user, recorded):
    article = recorded(make_article(), lead_bg="Увод с поправена запетая")

    done(article, user, title_en=article.title_en, lead_en=article.lead_en)

    assert ledger.state_of(article) == State.COMPLETE
    assert Revision.objects.about(article).first().changes == []


def test_a_translation_is_put_into_the_working_copy_as_well(user):
    article = make_article(title_en="", lead_en="Lead")
    kept = article.gallery.create(image=make_image(), caption_bg="Надпис")
    gone = article.gallery.create(image=make_image(), caption_bg="Махната")
    snapshot = taken(article)
    snapshot["fields"]["lead_bg"] = "Нов увод, още непубликуван"
    snapshot["rows"]["gallery"] = snapshot["rows"]["gallery"][:1]
    copy = WorkingCopy.objects.create(
        **WorkingCopy.of(article), snapshot=snapshot, based_on=article.version
    )
    captions = {f"gallery-{row.pk}-caption_en": "Caption" for row in (kept, gone)}

    done(article, user, title_en="Title", lead_en="Lead", **captions)

    copy.refresh_from_db()
    fields = copy.snapshot["fields"]
    assert (fields["title_en"], fields["slug_en"], fields["lead_en"]) == ("Title", "title", "Lead")
    assert fields["lead_bg"] == "Нов увод, още непубликуван"
    rows = copy.snapshot["rows"]["gallery"]
    assert [(row["pk"], row["fields"]["caption_en"]) for row in rows] == [(kept.pk, "Caption")]
    assert (copy.version, copy.based_on) == (2, article.version)
    put_back(article, copy.snapshot, keep=frozenset({"status"}))
    article.refresh_from_db()
    assert (article.title_en, article.lead_bg) == ("Title", "Нов увод, още непубликуван")


def test_a_copy_of_an_older_version_still_says_so(user):
    article = make_article(title_en="")
    copy = WorkingCopy.objects.create(
        **WorkingCopy.of(article), snapshot=taken(article), based_on=article.version
    )
    article.save()

    done(article, user, title_en="Title")

    copy.refresh_from_db()
    assert copy.based_on == article.version - 2
