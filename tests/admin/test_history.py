"""The history of a thing: who saved what and when, any two compared, every one a way back."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Speaker
from news.models import Article
from sorb.desk import history
from sorb.desk.models import Entry, Revision
from sorb.desk.snapshot import taken
from tests.admin.conftest import make_user, signed_in
from tests.admin.filling import filled
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_image,
    make_organization,
    make_speaker,
    make_topic,
)
from tests.richtext.payloads import payloads

Verb = Revision.Verb


def page_of(item, name, *args):
    kind = item._meta
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_{name}", args=[item.pk, *args])


def recorded(item, user, verb=Verb.CHANGED, note="", **fields):
    """The item saved with other fields, and its revision."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return history.record(item, user, verb, note=note)


def words_of(answer):
    """What a page says, without markup, in one line."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


@pytest.fixture
def article(editor):
    article = make_article(title_bg="Първо заглавие", body_bg="<p>Ще има среща.</p>")
    recorded(article, editor, Verb.CREATED)
    return article


# The list


def test_the_history_says_who_did_what_when_and_what_changed(desk, editor, article):
    recorded(article, editor, Verb.RETURNED, note="Липсва дата.", title_bg="Второ", lead_en="New")

    answer = desk.get(page_of(article, "history"))

    assert answer.status_code == 200
    words = words_of(answer)
    assert "Върнато за корекция" in words
    assert "Мария Петрова" in words
    assert "Какво е променено: заглавие (бълг.), увод (англ.)" in words
    assert "Липсва дата." in words
    assert words.index("Върнато за корекция") < words.index("Създадено")


@pytest.mark.parametrize("count", [1, 30])
def test_the_history_takes_as_many_reads_whatever_its_length(desk, editor, article, count):
    for number in range(count - 1):
        recorded(article, editor, title_bg=f"Заглавие {number}")
    address = page_of(article, "history")
    desk.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(address)

    assert len(answer.context["rows"]) == min(count, 25)
    assert len(queries) == 8
    assert not any('"desk_revision"."snapshot"' in query["sql"] for query in queries)


def test_a_long_history_has_pages(desk, editor, article):
    for number in range(29):
        recorded(article, editor, title_bg=f"Заглавие {number}")

    last = desk.get(page_of(article, "history"), {"page": "2"})

    assert [row["revision"].verb for row in last.context["rows"]] == ["changed"] * 4 + ["created"]
    assert "Страница 2 от 2" in words_of(last)
    assert desk.get(page_of(article, "history"), {"page": "няма"}).status_code == 200


def test_a_history_that_has_not_begun_says_so(desk):
    answer = desk.get(page_of(make_article(), "history"))

    assert "Още няма нищо записано" in words_of(answer)


def test_the_save_of_a_form_is_in_the_history(desk):
    article = make_article(title_bg="Старо", status="draft", published_at=None)
    form = filled(desk.get(page_of(article, "change")), title_bg="Ново")
    desk.post(page_of(article, "change"), {**form, "_save": "1"})

    answer = desk.get(page_of(article, "history"))

    assert [row["summary"] for row in answer.context["rows"]] == ["заглавие (бълг.)", ""]


# Two of them


def test_two_revisions_are_compared_in_words(desk, editor, article):
    old = Revision.objects.about(article).get()
    new = recorded(
        article, editor, title_bg="Второ заглавие", body_bg="<p>Ще има <b>голяма</b> среща.</p>"
    )

    answer = desk.get(page_of(article, "compare"), {"old": new.pk, "new": old.pk})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert [one.name for one in answer.context["differences"]] == ["title_bg", "body_bg"]
    assert (answer.context["old"], answer.context["new"]) == (old, new)
    assert re.search(r"<del><span[^>]*>махнато: </span>Първо </del>", html)
    assert re.search(r"<ins><span[^>]*>добавено: </span>голяма </ins>", html)
    assert '<dd class="comparison-words" lang="bg">' in html
    assert "&lt;p&gt;" not in html


def test_a_revision_compared_with_itself_has_no_differences(desk, article):
    one = Revision.objects.about(article).get()

    answer = desk.get(page_of(article, "compare"), {"old": one.pk, "new": one.pk})

    assert answer.context["differences"] == []
    assert "Няма разлики." in words_of(answer)


@pytest.mark.parametrize("said", ["", "0", "-1", "²", "1e3", "99999999999999999999", "няма"])
def test_a_revision_that_does_not_exist_is_404(desk, article, said):
    one = Revision.objects.about(article).get()

    answer = desk.get(page_of(article, "compare"), {"old": said, "new": one.pk})

    assert answer.status_code == 404


def test_revisions_of_something_else_are_404(desk, editor, article):
    other = recorded(make_article(), editor, Verb.CREATED)
    own = Revision.objects.about(article).get()

    answers = [
        desk.get(page_of(article, "compare"), {"old": own.pk, "new": other.pk}),
        desk.get(page_of(article, "revision", other.pk)),
        desk.get(page_of(article, "restore", other.pk)),
        desk.post(page_of(article, "restore", other.pk), {"version": article.version}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_one_revision_can_be_read(desk, editor, article):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ заглавие")

    words = words_of(desk.get(page_of(article, "revision", old.pk)))

    assert "Първо заглавие" in words
    assert "Ще има среща." in words
    assert "Второ" not in words.replace("Второ заглавие", "", 2)  # its name now: head and crumbs


# The way back


def restore(client, item, revision, **fields):
    address = page_of(item, "restore", revision.pk)
    page = client.get(address)
    return client.post(address, {"version": page.context["version"], **fields})


def test_restoring_brings_back_both_languages_galleries_and_links(desk, editor):
    topic, pictures = make_topic(), [make_image(), make_image()]
    article = make_article(title_bg="Старо", title_en="Old")
    article.topics.add(topic)
    for order, image in enumerate(pictures):
        article.gallery.create(image=image, order=order, caption_bg=f"Надпис {order}")
    old = recorded(article, editor, Verb.CREATED)
    before = taken(article)
    article.topics.clear()
    article.gallery.first().delete()
    recorded(article, editor, title_bg="Ново", title_en="New")

    answer = restore(desk, article, old)

    article.refresh_from_db()
    after = taken(article)
    assert answer.status_code == 302
    assert (article.title_bg, article.title_en) == ("Старо", "Old")
    assert (after["links"], after["rows"]) == (before["links"], before["rows"])
    assert Revision.objects.about(article).first().verb == Verb.RESTORED
    assert Entry.objects.filter(action="restored", object_id=article.pk).count() == 1


def test_restoring_an_event_brings_back_its_programme_and_people(desk, editor):
    event = make_event()
    item = event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    speaker = make_speaker(organization=make_organization())
    event.appearances.create(speaker=speaker, item=item, role="chair")
    event.participations.create(organization=make_organization())
    old = recorded(event, editor, Verb.CREATED)
    before = taken(event)["rows"]
    event.programme.all().delete()
    event.appearances.all().delete()
    event.participations.all().delete()
    recorded(event, editor, title_bg="Друго")

    restore(desk, event, old)

    assert taken(Event.objects.get(pk=event.pk))["rows"] == before


def test_the_page_says_first_what_will_change(desk, editor, article):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ заглавие")

    answer = desk.get(page_of(article, "restore", old.pk))

    assert [(one.name, one.before, one.after) for one in answer.context["differences"]] == [
        ("title_bg", "Второ заглавие", "Първо заглавие")
    ]
    assert "Читателите ще го видят веднага." in words_of(answer)
    assert Article.objects.get().title_bg == "Второ заглавие"


def test_where_a_thing_stands_is_not_restored(desk, editor):
    article = make_article(title_bg="Чернова", status="draft", published_at=None)
    old = recorded(article, editor, Verb.CREATED)
    recorded(article, editor, Verb.PUBLISHED, title_bg="Публикувано", status="published")
    published_at = article.published_at

    restore(desk, article, old)

    article.refresh_from_db()
    assert article.title_bg == "Чернова"
    assert (article.status, article.published_at) == ("published", published_at)


def test_a_restoration_of_what_is_there_already_is_not_offered(desk, article):
    answer = desk.get(page_of(article, "restore", Revision.objects.about(article).get().pk))

    assert "няма какво да се възстановява" in words_of(answer)
    assert 'name="version"' not in answer.content.decode()


def test_what_was_saved_meanwhile_is_not_overwritten(desk, editor, article):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ")
    page = desk.get(page_of(article, "restore", old.pk))
    recorded(article, editor, title_bg="Трето")

    answer = desk.post(page_of(article, "restore", old.pk), {"version": page.context["version"]})

    assert answer.status_code == 409
    assert "записан отново" in words_of(answer)
    assert Article.objects.get().title_bg == "Трето"
    assert answer.context["version"] == str(article.version)


@pytest.mark.parametrize("fields", [{}, {"version": ""}, {"version": "x"}])
def test_a_restoration_without_the_version_changes_nothing(desk, editor, article, fields):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ")

    answer = desk.post(page_of(article, "restore", old.pk), fields)

    assert answer.status_code == 409
    assert Article.objects.get().title_bg == "Второ"


def test_an_address_that_belongs_to_another_by_now_is_refused_with_words(desk, editor, article):
    article.slug_bg = "adres"
    old = recorded(article, editor)
    recorded(article, editor, slug_bg="drug-adres")
    make_article(slug_bg="adres")

    answer = restore(desk, article, old)

    assert answer.status_code == 409
    assert "адрес или код вече е на друго" in words_of(answer)
    assert Article.objects.get(pk=article.pk).slug_bg == "drug-adres"


def test_a_picture_deleted_meanwhile_is_named(desk, editor):
    image = make_image()
    article = make_article(cover=image)
    old = recorded(article, editor, Verb.CREATED)
    recorded(article, editor, cover=None)
    image.delete()

    answer = desk.post(
        page_of(article, "restore", old.pk), {"version": article.version}, follow=True
    )

    assert "изтрито междувременно" in words_of(answer)


# Whose business it is


def test_whoever_may_not_see_a_thing_does_not_see_its_history(stranger, article):
    revision = Revision.objects.about(article).get()
    addresses = [
        page_of(article, "history"),
        page_of(article, "compare") + f"?old={revision.pk}&new={revision.pk}",
        page_of(article, "revision", revision.pk),
        page_of(article, "restore", revision.pk),
    ]

    answers = [stranger.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [403] * 4


def test_whoever_may_only_look_restores_nothing(reader, editor, article):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ")

    seen = reader.get(page_of(article, "history"))
    forged = reader.post(page_of(article, "restore", old.pk), {"version": article.version})

    assert seen.status_code == 200
    assert "/restore/" not in seen.content.decode()
    assert forged.status_code == 403
    assert Article.objects.get().title_bg == "Второ"


def test_an_author_sees_the_history_of_what_he_may_see(authors_desk, author, editor):
    own = make_article(status="draft", published_at=None, created_by=author)
    others = make_article(status="draft", published_at=None, created_by=editor)
    for article in (own, others):
        recorded(article, editor, Verb.CREATED)

    answers = [authors_desk.get(page_of(article, "history")) for article in (own, others)]

    assert [answer.status_code for answer in answers] == [200, 403]


def test_what_readers_see_is_restored_only_by_those_who_may_publish(editor):
    speaker = make_user("pishesht", "view_article", "change_article", "add_article")
    article = make_article(title_bg="Първо", created_by=speaker)
    old = recorded(article, editor, Verb.CREATED)
    recorded(article, editor, title_bg="Второ")

    answer = signed_in(speaker).post(
        page_of(article, "restore", old.pk), {"version": article.version}
    )

    assert answer.status_code == 403
    assert Article.objects.get().title_bg == "Второ"


def test_things_without_a_standing_have_a_history_too(desk, editor):
    speaker = make_speaker(name_bg="Иван Петров")
    old = recorded(speaker, editor, Verb.CREATED)
    recorded(speaker, editor, name_bg="Иван Иванов")

    answer = restore(desk, speaker, old)

    assert answer.status_code == 302
    assert Speaker.objects.get().name_bg == "Иван Петров"


def test_a_missing_item_is_404(desk):
    missing = make_article()
    addresses = [page_of(missing, "history"), page_of(missing, "compare")]
    missing.delete()

    assert [desk.get(address).status_code for address in addresses] == [404, 404]


def test_restoring_by_get_changes_nothing(desk, editor, article):
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ")

    desk.get(page_of(article, "restore", old.pk), {"version": article.version})

    assert Article.objects.get().title_bg == "Второ"


# What was deleted


def deleted_article(desk, **fields):
    article = make_article(**fields)
    key = article.pk
    answer = desk.post(page_of(article, "delete"), {"post": "yes"})
    assert answer.status_code == 302
    return key, Revision.objects.filter(object_id=key, verb=Verb.DELETED).get()


def recover_address(revision):
    return reverse("admin:desk_deleted_item", args=[revision.pk])


def test_what_was_deleted_comes_back_whole(desk, editor):
    topic, image = make_topic(), make_image()
    article = make_article(title_bg="Изтрита новина", title_en="Deleted news")
    article.topics.add(topic)
    article.gallery.create(image=image, caption_bg="Надпис")
    before, key, address = taken(article), article.pk, article.get_absolute_url("bg")
    desk.post(page_of(article, "delete"), {"post": "yes"})
    revision = Revision.objects.get(object_id=key, verb=Verb.DELETED)

    answer = desk.post(recover_address(revision), follow=True)

    back = Article.objects.get(pk=key)
    after = taken(back)
    assert answer.redirect_chain == [(page_of(back, "change"), 302)]
    assert "Възстановено е." in words_of(answer)
    assert (back.title_bg, back.title_en) == ("Изтрита новина", "Deleted news")
    assert (after["links"], after["rows"]) == (before["links"], before["rows"])
    assert back.status == "withdrawn"
    assert back.get_absolute_url("bg") == address


def test_the_list_has_what_is_deleted_and_nothing_else(desk):
    make_article(title_bg="Стои си")
    _key, gone = deleted_article(desk, title_bg="Няма я")
    _key, back = deleted_article(desk, title_bg="Върната")
    desk.post(recover_address(back))

    answer = desk.get(reverse("admin:desk_deleted"))

    assert [row["revision"] for row in answer.context["rows"]] == [gone]
    assert "Няма я" in words_of(answer)


def test_the_list_is_searched_by_name(desk):
    _key, bridge = deleted_article(desk, title_bg="Мостът на реката")
    deleted_article(desk, title_bg="Площадът")
    address = reverse("admin:desk_deleted")

    found = desk.get(address, {"q": "мостът"})
    nothing = desk.get(address, {"q": "\0%няма"})

    assert [row["revision"] for row in found.context["rows"]] == [bridge]
    assert "Нищо не отговаря на това търсене." in words_of(nothing)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_many_reads_whatever_its_length(desk, editor, count):
    for number in range(count):
        article = make_article(title_bg=f"Новина {number}")
        history.deleted(article, editor)
        article.delete()
    address = reverse("admin:desk_deleted")
    desk.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(address)

    assert len(answer.context["rows"]) == min(count, 25)
    assert len(queries) == 6


def test_a_second_recovery_makes_no_second_thing(desk):
    key, revision = deleted_article(desk)
    desk.post(recover_address(revision))

    answer = desk.post(recover_address(revision), follow=True)

    assert "Вече е възстановено." in words_of(answer)
    assert list(Article.objects.values_list("pk", flat=True)) == [key]


def test_what_was_deleted_can_be_read_before_it_comes_back(desk):
    _key, revision = deleted_article(desk, title_bg="Няма я", body_bg="<p>Какво пишеше.</p>")

    words = words_of(desk.get(recover_address(revision)))

    assert "Какво пишеше." in words
    assert not Article.objects.exists()


def test_recovery_without_what_it_needs_is_refused_with_words(desk):
    category = make_category()
    _key, revision = deleted_article(desk, category=category)
    category.delete()

    answer = desk.post(recover_address(revision))

    assert answer.status_code == 409
    assert "нещо, без което не може, е изтрито" in words_of(answer)
    assert not Article.objects.exists()


def test_what_was_written_again_meanwhile_does_not_stop_the_recovery(desk):
    _key, revision = deleted_article(desk, title_bg="Среща", title_en="Meeting")
    again = make_article(title_bg="Среща", title_en="Meeting")

    answer = desk.post(recover_address(revision))

    assert answer.status_code == 302
    slugs = set(Article.objects.values_list("slug_bg", "slug_en"))
    assert slugs == {(again.slug_bg, again.slug_en), ("sreshta-2", "meeting-2")}


def test_whoever_may_not_add_recovers_nothing(desk, reader, stranger):
    _key, revision = deleted_article(desk)
    addresses = [reverse("admin:desk_deleted"), recover_address(revision)]

    answers = [client.get(at) for client in (reader, stranger) for at in addresses]
    posts = [client.post(recover_address(revision)) for client in (reader, stranger)]

    assert [answer.status_code for answer in answers + posts] == [403] * 6
    assert not Article.objects.exists()


def test_an_author_finds_only_his_own_among_the_deleted(desk, authors_desk, author, editor):
    _key, own = deleted_article(desk, title_bg="Моя", created_by=author)
    _key, others = deleted_article(desk, title_bg="Чужда", created_by=editor)

    answer = authors_desk.get(reverse("admin:desk_deleted"))
    forged = authors_desk.post(recover_address(others))

    assert [row["revision"] for row in answer.context["rows"]] == [own]
    assert forged.status_code == 403
    assert not Article.objects.exists()


def test_the_sections_lead_to_what_was_deleted(desk, stranger):
    link = f'href="{reverse("admin:desk_deleted")}"'

    pages = [client.get(reverse("admin:sections")) for client in (desk, stranger)]

    assert [link in page.content.decode() for page in pages] == [True, False]


def test_no_page_of_the_history_can_be_made_to_write_by_another_site(article, editor):
    client = signed_in(editor)
    client.handler.enforce_csrf_checks = True
    old = Revision.objects.about(article).get()
    recorded(article, editor, title_bg="Второ")

    answer = client.post(page_of(article, "restore", old.pk), {"version": article.version})

    assert answer.status_code == 403
    assert Article.objects.get().title_bg == "Второ"


# Hostile words, and snapshots of another time


def raw(item, snapshot, **fields):
    """A revision as the database may hold it."""
    given = {"verb": Verb.CHANGED, "version": 0, "name": "Име", "saved_at": "2025-10-03T10:00Z"}
    return Revision.objects.create(**Revision.of(item), **given | fields, snapshot=snapshot)


ELEMENTS = re.compile(
    r"<(?:script|iframe|object|embed|img|math|video|audio|base|frameset|style|x)\b[^>]*>"
)


@pytest.mark.parametrize("part", range(8))
def test_hostile_words_are_only_words_on_every_page(desk, part):
    hostile = [payload.replace("\0", "") for payload in payloads()[part::8]]
    article = make_article(title_bg="Име")
    everywhere = "\n".join(hostile)
    row = {"pk": 1, "fields": {"caption_bg": everywhere, "image": None, everywhere[:40]: "а"}}
    snapshot = {
        "fields": {"title_bg": everywhere, "body_bg": everywhere, everywhere[:60]: everywhere},
        "links": {everywhere[:50]: [everywhere]},
        "rows": {"gallery": [row], everywhere[:30]: []},
    }
    words = {"name": everywhere[:200], "note": everywhere, "author_name": everywhere[:300]}
    changes = [everywhere[:60], "title_bg"]
    old = raw(article, {"fields": {}, "links": {}, "rows": {}})
    one = raw(article, snapshot, **words, changes=changes)
    gone = Revision.objects.create(
        content_type=ContentType.objects.get_for_model(Article),
        object_id=10**6,
        verb=Verb.DELETED,
        version=0,
        saved_at="2025-10-03T10:00Z",
        snapshot=snapshot,
        **words,
    )
    own = set(ELEMENTS.findall(desk.get(page_of(make_article(), "history")).content.decode()))
    addresses = [
        page_of(article, "history"),
        page_of(article, "compare") + f"?old={old.pk}&new={one.pk}",
        page_of(article, "revision", one.pk),
        page_of(article, "restore", one.pk),
        reverse("admin:desk_deleted"),
        recover_address(gone),
    ]

    for address in addresses:
        answer = desk.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200, address
        assert set(ELEMENTS.findall(html)) <= own, address
        assert re.findall(r"<[^>]*(?:127\.0\.0\.2|alert)", html) == [], address
        assert "alert" in html, address


@pytest.mark.parametrize(
    "snapshot",
    [
        {},
        {"fields": {}},
        {"fields": {"nyama_takova": 1}, "links": {"nyama": [1]}, "rows": {"nyama": [{}]}},
        {"fields": {"title_bg": 5, "published_at": "вчера", "cover": "а"}, "rows": {}},
        {"fields": {"title_bg": "Старо"}, "rows": {"gallery": [{"pk": 7}, {}]}, "links": {}},
    ],
)
def test_a_snapshot_of_another_time_is_shown_without_an_error(desk, article, snapshot):
    one = raw(article, snapshot)
    now = Revision.objects.about(article).last()
    addresses = [
        page_of(article, "history"),
        page_of(article, "compare") + f"?old={one.pk}&new={now.pk}",
        page_of(article, "revision", one.pk),
        page_of(article, "restore", one.pk),
    ]

    assert [desk.get(address).status_code for address in addresses] == [200] * 4


def test_what_a_snapshot_does_not_know_stays_when_it_is_restored(desk, article):
    article.gallery.create(image=make_image())
    article.topics.add(make_topic())
    before = taken(article)
    fields = {"title_bg": "Старо", "nyama_takova": 1}
    one = raw(article, {"fields": fields, "links": {}, "rows": {}})

    answer = restore(desk, article, one)

    article.refresh_from_db()
    after = taken(article)
    assert answer.status_code == 302
    assert article.title_bg == "Старо"
    assert article.body_bg == "<p>Ще има среща.</p>"
    assert (after["links"], after["rows"]) == (before["links"], before["rows"])


def test_a_snapshot_that_cannot_be_put_back_is_refused_with_words(desk, article):
    fields = {"title_bg": "Старо", "pinned_until": "вчера"}
    one = raw(article, {"fields": fields, "links": {}, "rows": {}})

    answer = restore(desk, article, one)

    article.refresh_from_db()
    assert answer.status_code == 409
    assert article.title_bg == "Първо заглавие"
