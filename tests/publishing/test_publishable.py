"""What every Publishable does, tested once for all of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from sorb.publishing.models import OldAddress
from tests.factories import make_article, make_category, make_event, make_event_type

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("make", [make_article, make_event])]

HOUR = timedelta(hours=1)


def shown(item):
    return list(type(item).objects.visible())


def test_a_published_item_is_visible(make):
    item = make()

    assert shown(item) == [item]
    assert item.is_visible


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_other_states_are_not_visible(make, status):
    item = make(status=status)

    assert shown(item) == []
    assert not item.is_visible


def test_a_scheduled_item_appears_at_its_moment_by_itself(make, time_machine):
    now = timezone.now()
    item = make(published_at=now + HOUR)
    before = shown(item)

    time_machine.move_to(now + HOUR, tick=False)

    assert before == []
    assert shown(item) == [item]


def test_an_item_disappears_at_the_moment_of_its_withdrawal(make, time_machine):
    now = timezone.now()
    item = make(withdrawn_at=now + HOUR)
    before = shown(item)

    time_machine.move_to(now + HOUR, tick=False)

    assert before == [item]
    assert shown(item) == []
    assert not item.is_visible


def test_publishing_without_a_moment_publishes_now(make):
    item = make(published_at=None)

    assert abs(item.published_at - timezone.now()) < timedelta(minutes=1)


def test_withdrawal_before_publication_is_refused_with_words(make):
    item = make()
    item.withdrawn_at = item.published_at - HOUR

    with pytest.raises(ValidationError) as refusal:
        item.full_clean()

    assert list(refusal.value.message_dict) == ["withdrawn_at"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_bg": ""},
        {"status": "lost"},
        {"status": "published", "published_at": None},
        {"withdrawn_at": timezone.now() - timedelta(days=900)},
        {"slug_bg": None},
    ],
)
def test_the_database_refuses_what_no_form_would_send(make, wrong):
    item = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        type(item).objects.filter(pk=item.pk).update(**wrong)


def test_addresses_are_made_from_both_titles(make):
    item = make(title_bg="Нова наредба", title_en="A new ordinance")

    assert (item.slug_bg, item.slug_en) == ("nova-naredba", "a-new-ordinance")


def test_an_untranslated_item_has_no_english_slug_and_is_shown_at_the_bulgarian_one(make):
    item = make(title_bg="Нова наредба", title_en="")

    assert item.slug_en is None
    assert item.get_absolute_url("en").endswith("/nova-naredba/")
    assert list(type(item).objects.at("nova-naredba", "en")) == [item]


def test_the_same_title_twice_gets_two_addresses(make):
    first, second = make(title_bg="Наредба"), make(title_bg="Наредба")

    assert (first.slug_bg, second.slug_bg) == ("naredba", "naredba-2")


def test_an_address_of_one_language_is_not_given_to_another_item_in_the_other(make):
    make(title_bg="Форум", title_en="The forum")

    other = make(title_bg="Друг", title_en="Forum")

    assert other.slug_en == "forum-2"


def test_words_of_our_own_addresses_are_no_slugs(make):
    assert make(title_bg="Минали").slug_bg == "minali-2"


def test_two_untranslated_items_do_not_collide(make):
    first, second = make(title_en=""), make(title_en="")

    assert (first.slug_en, second.slug_en) == (None, None)


def test_a_changed_address_of_a_public_item_is_remembered(make):
    item = make(title_bg="Старо", title_en="Old")

    item.slug_bg, item.slug_en = "novo", "new"
    item.save()

    kept = OldAddress.objects.values_list("language", "slug").order_by("language")
    assert list(kept) == [("bg", "staro"), ("en", "old")]
    assert list(type(item).objects.formerly_at("staro", "bg")) == [item]


def test_a_changed_address_of_a_draft_leaves_no_trace(make):
    item = make(status="draft", title_bg="Тайно")

    item.slug_bg = "drugo"
    item.save()

    assert not OldAddress.objects.exists()


def test_a_freed_address_is_not_given_away(make):
    item = make(title_bg="Наредба")
    item.slug_bg = "druga"
    item.save()

    assert make(title_bg="Наредба").slug_bg == "naredba-2"


def test_a_taken_address_is_a_field_error(make):
    make(title_bg="Първо")
    second = make(title_bg="Второ")
    second.slug_bg = "parvo"

    with pytest.raises(ValidationError) as refusal:
        second.full_clean()

    assert list(refusal.value.message_dict) == ["slug_bg"]


def test_every_save_raises_the_version(make):
    item = make()

    item.save()

    assert item.version == 2


@pytest.mark.parametrize("active", ["bg", "en"])
def test_the_address_does_not_depend_on_the_editors_language(make, active):
    with translation.override(active):
        item = make(title_bg="Наредба", title_en="Ordinance")

    assert (item.slug_bg, item.slug_en) == ("naredba", "ordinance")


def test_words_appear_in_bulgarian_where_english_is_missing(make):
    item = make(title_bg="Наредба", title_en="")

    with translation.override("en"):
        assert (item.title, item.language) == ("Наредба", "bg")


@pytest.mark.django_db(transaction=True)
def test_parallel_adds_of_one_title_all_get_an_address(make):
    make_category(), make_event_type()

    def add(_):
        try:
            return make(title_bg="Едно и също", title_en="").slug_bg
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        slugs = sorted(pool.map(add, range(8)))

    assert slugs == sorted(["edno-i-sashto", *(f"edno-i-sashto-{n}" for n in range(2, 9))])


def test_without_a_lead_its_text_says_what_it_is_about(make, client):
    item = make(
        lead_bg="", body_bg="<p>Общините <strong>получават</strong> срок.</p>" + "<p>Още.</p>" * 90
    )

    html = client.get(item.get_absolute_url("bg")).content.decode()

    assert item.summary.startswith("Общините получават срок. Още.")
    assert len(item.summary) <= 160
    assert html.split("</head>")[0].count(item.summary) == 3  # description, og:, JSON-LD


def test_items_lacking_english_are_found(make):
    lacking, complete = make(title_en=""), make()
    items = type(lacking).objects

    assert list(items.lacking("en")) == [lacking]
    assert list(items.in_language("en")) == [complete]
