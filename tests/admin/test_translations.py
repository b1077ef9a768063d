"""The work list of translators and the form with the source beside each field."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sorb.desk import history, translating
from sorb.desk.models import Entry, Revision, SentForm, TranslationDraft
from sorb.desk.snapshot import taken
from tests.admin.conftest import in_role, make_user, signed_in
from tests.admin.filling import filled
from tests.factories import make_article, make_event, make_image

LIST = "/admin/desk/translations/"
KEEP, DONE = {"_keep": ["1"]}, {"_done": ["1"]}


@pytest.fixture
def translator() -> User:
    return in_role("translator", "prevodach")


@pytest.fixture
def booth(translator: User) -> Client:
    """The admin as a translator by role sees it."""
    return signed_in(translator)


def form(item: Any) -> str:
    kind = item._meta
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_translate", args=[item.pk])


def typed(client: Client, item: Any, **words: str) -> dict[str, list[str]]:
    """The form as opened, with some English words typed into it."""
    return filled(client.get(form(item)), **words)


def change(item: Any, user: User, **words: str) -> None:
    """A save with new words, as the item's form makes it."""
    history.note_as_found(item)
    for name, value in words.items():
        setattr(item, name, value)
    item.save()
    history.record(item, user, Revision.Verb.CHANGED)
    item.refresh_from_db()


def lines(answer: Any) -> dict[str, Any]:
    return {
        line.place.name: line
        for group in answer.context["groups"]
        for row in group.rows
        for line in row.lines
    }


# The form


def test_the_source_stands_beside_a_field_for_each_word(booth):
    event = make_event(title_en="", lead_en="", body_en="", hall_bg="Голямата зала")
    event.programme.create(starts_at=event.starts_at, title_bg="Откриване")
    event.gallery.create(image=make_image(), caption_bg="Надпис под снимка")

    answer = booth.get(form(event))

    page = answer.content.decode()
    names = [name for name in filled(answer) if name.endswith("_en")]
    assert names == list(lines(answer))
    assert [name.rpartition("-")[2] for name in names] == [
        "title_en",
        "lead_en",
        "body_en",
        "hall_en",
        "title_en",
        "caption_en",
    ]
    for words in (event.title_bg, "Голямата зала", "Откриване", "Надпис под снимка"):
        assert words in page
    assert f'<div class="translate-text" lang="bg">{event.body_bg}</div>' in page


def test_only_english_is_typed(booth):
    article = make_article()
    article.gallery.create(image=make_image(), caption_bg="Надпис")

    fields = set(filled(booth.get(form(article))))

    service = {"csrfmiddlewaretoken", "form_token", "version"}
    assert service < fields
    assert {name for name in fields - service if not name.endswith("_en")} == set()


def test_a_translation_is_done_and_readers_see_it(booth, translator, client):
    article = make_article(title_bg="Среща", title_en="", lead_en="", body_en="")
    words = {"title_en": "Meeting", "lead_en": "A lead.", "body_en": "<p>A text.</p>"}

    answer = booth.post(form(article), typed(booth, article, **words) | DONE)

    article.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, LIST)
    assert {name: getattr(article, name) for name in words} == words
    assert (article.slug_en, article.status, article.changed_by) == (
        "meeting",
        "published",
        translator,
    )
    assert article.translated_at is not None
    assert "A text." in client.get("/en/news/meeting/").content.decode()
    assert [(entry.action, entry.user) for entry in Entry.objects.all()] == [
        ("translated", translator)
    ]


def test_an_unfinished_translation_is_kept_and_seen_by_no_reader(booth, client):
    article = make_article(title_bg="Среща", title_en="")
    before = taken(article)

    answer = booth.post(form(article), typed(booth, article, lead_en="Half a lead") | KEEP)

    article.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, form(article))
    assert taken(article) == before
    assert "Half a lead" not in client.get(article.get_absolute_url("en")).content.decode()
    again = booth.get(form(article))
    assert filled(again)["lead_en"] == ["Half a lead"]
    assert "Незавършен превод" in again.content.decode()
    assert "Half a lead" in booth.get(form(article)).content.decode()


def test_done_empties_the_drawer(booth):
    article = make_article(title_en="")
    booth.post(form(article), typed(booth, article, title_en="Half") | KEEP)

    booth.post(form(article), typed(booth, article, title_en="Whole") | DONE)

    article.refresh_from_db()
    assert article.title_en == "Whole"
    assert not TranslationDraft.objects.exists()


def test_words_of_rows_are_written_to_the_rows(booth):
    event = make_event()
    item = event.programme.create(starts_at=event.starts_at, title_bg="Откриване", text_bg="Речи")
    names = {f"programme-{item.pk}-title_en": "Opening", f"programme-{item.pk}-text_en": "Speeches"}

    booth.post(form(event), typed(booth, event, **names) | DONE)

    item.refresh_from_db()
    assert (item.title_en, item.text_en) == ("Opening", "Speeches")
    assert (item.title_bg, item.text_bg) == ("Откриване", "Речи")


def test_what_changed_in_the_bulgarian_is_marked(booth, translator):
    article = make_article(lead_bg="Срещата е през май.")
    row = article.gallery.create(image=make_image(), caption_bg="Зала", caption_en="Hall")
    change(article, translator, byline_bg="Екип", byline_en="Team")
    row.caption_bg = "Голямата зала"
    row.save()
    change(article, translator, lead_bg="Срещата е през юни.")

    answer = booth.get(form(article))

    changed = {name: line.change for name, line in lines(answer).items() if line.change}
    assert list(changed) == ["lead_en", f"gallery-{row.pk}-caption_en"]
    assert changed["lead_en"].before == "Срещата е през май."
    page = answer.content.decode()
    assert page.count('class="translate-changed"') == 2
    assert "<ins>" in page


def test_a_changed_text_is_compared_in_words(booth, translator):
    article = make_article(body_bg="<p>Един ред.</p>")
    change(article, translator, byline_bg="Екип", byline_en="Team")
    change(article, translator, body_bg="<p>Един <strong>дълъг</strong> ред.</p>")

    line = lines(booth.get(form(article)))["body_en"]

    assert (line.change.before, line.change.after) == ("Един ред.", "Един дълъг ред.")


def test_done_without_a_title_keeps_everything_typed(booth):
    article = make_article(title_en="", lead_en="")
    sent = typed(booth, article, lead_en="A lead", body_en="<p>A text</p>")

    answer = booth.post(form(article), sent | DONE)

    article.refresh_from_db()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["title_en"]
    again = filled(answer)
    assert (again["lead_en"], again["body_en"]) == (["A lead"], ["<p>A text</p>"])
    assert article.lead_en == ""
    assert not TranslationDraft.objects.exists()


def test_words_too_long_are_refused_for_a_draft_too(booth):
    article = make_article(title_en="")

    answer = booth.post(form(article), typed(booth, article, title_en="a" * 201) | KEEP)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["title_en"]
    assert filled(answer)["title_en"] == ["a" * 201]
    assert not TranslationDraft.objects.exists()


def test_hostile_html_is_cleaned_before_it_is_kept_and_before_it_is_stored(booth):
    article = make_article(title_en="")
    hostile = '<p onclick="alert(1)">A text<script>alert(1)</script></p>'

    booth.post(form(article), typed(booth, article, body_en=hostile) | KEEP)
    kept = TranslationDraft.objects.get().words["body_en"]
    booth.post(form(article), typed(booth, article, title_en="T", body_en=hostile) | DONE)

    article.refresh_from_db()
    assert kept == article.body_en == "<p>A text</p>"


# What others did meanwhile


def test_the_source_changed_meanwhile(booth, translator):
    article = make_article(title_bg="Среща", title_en="")
    sent = typed(booth, article, title_en="Meeting")
    change(article, translator, title_bg="Голяма среща")

    answer = booth.post(form(article), sent | DONE)

    article.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert article.title_en == ""
    assert filled(answer)["title_en"] == ["Meeting"]
    assert "Голяма среща" in page
    assert 'class="conflict" role="alert"' in page
    assert booth.post(form(article), filled(answer) | DONE).status_code == 302
    article.refresh_from_db()
    assert (article.title_bg, article.title_en) == ("Голяма среща", "Meeting")


def test_another_translator_kept_other_words_meanwhile(booth):
    article = make_article(title_en="", lead_en="")
    other = in_role("translator", "vtori")
    sent = typed(booth, article, title_en="Mine", lead_en="Same")
    translating.keep(article, other, {"title_en": "Theirs", "lead_en": "Same"}, None)

    answer = booth.post(form(article), sent | KEEP)

    assert answer.status_code == 409
    assert filled(answer)["title_en"] == ["Mine"]
    assert {name: line.kept for name, line in lines(answer).items() if line.kept} == {
        "title_en": "Theirs"
    }
    assert TranslationDraft.objects.get().words["title_en"] == "Theirs"
    assert booth.post(form(article), filled(answer) | KEEP).status_code == 302
    assert TranslationDraft.objects.get().words == {"title_en": "Mine", "lead_en": "Same"}


def test_somebody_finished_it_meanwhile(booth, translator):
    article = make_article(title_en="")
    sent = typed(booth, article, title_en="Mine")
    change(article, translator, title_en="Theirs")

    answer = booth.post(form(article), sent | DONE)

    article.refresh_from_db()
    assert (answer.status_code, article.title_en) == (409, "Theirs")
    assert lines(answer)["title_en"].stored == "Theirs"


def test_a_row_was_deleted_meanwhile(booth, translator):
    article = make_article()
    row = article.gallery.create(image=make_image(), caption_bg="Надпис")
    sent = typed(booth, article, **{f"gallery-{row.pk}-caption_en": "A long caption"})
    row.delete()
    change(article, translator, byline_bg="Екип")

    answer = booth.post(form(article), sent | DONE)

    assert answer.status_code == 409
    assert answer.context["lost_words"] == ["A long caption"]
    assert "A long caption" in answer.content.decode()


def test_a_form_without_its_version_is_shown_again(booth):
    article = make_article(title_en="")

    answer = booth.post(form(article), {"title_en": "Meeting", "_done": "1"})

    article.refresh_from_db()
    assert (answer.status_code, article.title_en) == (409, "")


def test_a_double_click_translates_once(booth):
    article = make_article(title_en="")
    sent = typed(booth, article, title_en="Meeting") | DONE

    answers = [booth.post(form(article), sent) for _click in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, LIST)] * 2
    assert Revision.objects.filter(verb="translated").count() == 1
    assert SentForm.objects.count() == 1


# Who may, and what a forged form does


@pytest.mark.parametrize(
    "forged",
    [
        {"title_bg": "Подправено"},
        {"status": "draft"},
        {"slug_en": "mine"},
        {"slug_bg": "moe"},
        {"sort_key_en": "x"},
        {"gallery-0-caption_en": "x"},
        {"gallery-{other}-caption_en": "x"},
        {"gallery-{own}-caption_bg": "Подправено"},
        {"gallery-{own}-order": "5"},
        {"gallery-99999999-caption_en": "x"},
        {"documents-{own}-alternative_en": "x"},
        {"category": "1"},
        {"translated_at": "2020-01-01"},
        {"_publish": "1"},
    ],
)
@pytest.mark.parametrize("button", [KEEP, DONE])
def test_a_forged_form_changes_nothing(booth, forged, button):
    article, other = make_article(title_bg="Моя"), make_article(title_bg="Друга")
    own_row = article.gallery.create(image=make_image(), caption_bg="Надпис")
    other_row = other.gallery.create(image=make_image(), caption_bg="Чужд надпис")
    before = taken(article), taken(other)
    names = {
        name.format(own=own_row.pk, other=other_row.pk): [value] for name, value in forged.items()
    }
    sent = typed(booth, article, title_en="Changed") | names | button

    answer = booth.post(form(article), sent)

    article.refresh_from_db()
    other.refresh_from_db()
    assert answer.status_code == 403
    assert (taken(article), taken(other)) == before
    assert not TranslationDraft.objects.exists()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("role", ["author", "administrator", "reader"])
def test_who_may_not_translate_is_refused(role):
    user = in_role(role, "drug") if role != "reader" else make_user("drug", "view_article")
    client, article = signed_in(user), make_article(title_en="", created_by=user)

    answers = [
        client.get(form(article)),
        client.post(form(article), {"title_en": "x", "_done": "1"}),
        client.get(LIST),
    ]

    article.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * 3
    assert article.title_en == ""
    assert "Преводи" not in client.get("/admin/").content.decode()
    change_form = client.get(reverse("admin:news_article_change", args=[article.pk]))
    assert form(article) not in change_form.content.decode()


def test_a_translator_changes_nothing_but_english(booth):
    article = make_article()

    answer = booth.post(
        reverse("admin:news_article_change", args=[article.pk]), {"title_bg": "Моя"}
    )

    assert answer.status_code == 403


def test_what_is_not_there_is_not_found(booth):
    address = reverse("admin:news_article_translate", args=[999])

    assert booth.get(address).status_code == 404
    assert booth.post(address, DONE).status_code == 404


def test_editors_translate_too_and_are_led_there(editors_desk):
    article = make_article(title_en="")
    address = reverse("admin:news_article_change", args=[article.pk])

    page = editors_desk.get(address).content.decode()

    assert f'href="{form(article)}"' in page
    assert editors_desk.get(form(article)).status_code == 200


def test_the_form_takes_as_many_reads_for_many_rows(booth, django_assert_num_queries):
    small, large = make_event(), make_event()
    for event, rows in ((small, 1), (large, 20)):
        for number in range(rows):
            event.programme.create(starts_at=event.starts_at, title_bg=f"Точка {number}")
            event.gallery.create(image=make_image(), caption_bg=f"Надпис {number}")
    booth.get(form(small))

    with django_assert_num_queries(11):
        booth.get(form(small))
    with django_assert_num_queries(11):
        booth.get(form(large))


# The work list


def test_the_list_says_why_and_how_long(booth, translator):
    now = timezone.now()
    lacking = make_article(title_bg="Без превод", title_en="", published_at=now - timedelta(days=5))
    older = make_event(title_bg="Променено")
    change(older, translator, hall_bg="Зала", hall_en="Hall")
    change(older, translator, lead_bg="Друг увод", body_bg="<p>Друг текст</p>")

    page = booth.get(LIST)

    rows = page.context["rows"]
    assert [(row["item"], row["address"]) for row in rows] == [
        (lacking, form(lacking)),
        (older, form(older)),
    ]
    assert [row["waiting"] for row in rows] == ["чака от 5 дни", "чака от днес"]
    assert [row["changed"] for row in rows] == ["", "2 променени полета: увод, текст"]
    assert "няма английски" in page.content.decode()
    assert "по-стар от днес" in page.content.decode()


def test_an_unfinished_translation_stands_in_the_list(booth, translator):
    article = make_article()
    translating.keep(article, translator, {"title_en": "Another title"}, None)

    page = booth.get(LIST)

    assert [row["item"] for row in page.context["rows"]] == [article]
    assert "Незавършен превод: Prevodach" in page.content.decode()


def test_an_empty_list_says_so(booth):
    make_article()

    assert "Нищо не чака превод." in booth.get(LIST).content.decode()


def test_the_list_is_paged(booth):
    for _number in range(27):
        make_article(title_en="")

    pages = [booth.get(LIST, {"page": number}) for number in ("1", "2", "99", "x")]

    assert [len(page.context["rows"]) for page in pages] == [25, 2, 2, 25]


def test_the_list_takes_as_many_reads_for_many_rows(booth, translator, django_assert_num_queries):
    def one_of_each():
        make_article(title_en="")
        change(make_article(), translator, lead_bg="Друг увод")
        event = make_event()
        change(event, translator, lead_bg="Друг увод")
        translating.keep(event, translator, {"lead_en": "x"}, None)

    one_of_each()
    booth.get(LIST)
    with django_assert_num_queries(10):
        booth.get(LIST)

    for _number in range(6):
        one_of_each()
    with django_assert_num_queries(10):
        booth.get(LIST)


def test_the_menu_leads_translators_and_editors_to_it(booth, editors_desk, stranger):
    link = f'<a href="{LIST}"'

    pages = [client.get("/admin/").content.decode() for client in (booth, editors_desk, stranger)]

    assert [page.count(link) for page in pages] == [1, 1, 0]


# Marks and filters elsewhere


@pytest.mark.parametrize("make", [make_article, make_event])
def test_lists_mark_what_is_older_and_by_how_much(desk, translator, time_machine, make):
    time_machine.move_to("2026-03-01T10:00:00+00:00", tick=False)
    item = make(published_at=timezone.now())
    time_machine.move_to("2026-03-05T10:00:00+00:00", tick=False)
    change(item, translator, lead_bg="Друг увод")
    kind = item._meta
    address = reverse(f"admin:{kind.app_label}_{kind.model_name}_changelist")

    time_machine.move_to("2026-03-10T08:00:00+00:00", tick=False)
    desk.force_login(User.objects.get(username="redaktor"))
    page = desk.get(address).content.decode()

    assert "<abbr>en</abbr>: по-стар с 5 дни" in page
    assert "<abbr>bg</abbr> ✓" in page


def test_lists_are_filtered_by_the_state_of_the_english(desk, translator):
    lacking, complete, outdated = make_article(title_en=""), make_article(), make_article()
    change(outdated, translator, lead_bg="Друг увод")

    def shown(value):
        answer = desk.get("/admin/news/article/", {"english": value})
        return set(answer.context["cl"].result_list)

    assert shown("lacking") == {lacking}
    assert shown("outdated") == {outdated}
    assert shown("awaiting") == {lacking, outdated}
    assert shown("complete") == {complete}


def test_the_start_page_counts_what_is_older_and_leads_to_the_form(booth, desk, translator):
    make_article()
    lacking, outdated = make_article(title_en=""), make_article()
    change(outdated, translator, lead_bg="Друг увод")

    sections = {s.key: s for s in booth.get("/admin/").context["start"]["sections"]}

    section = sections["english"]
    assert section.count == 2
    assert {row["address"] for row in section.rows} == {form(lacking), form(outdated)}
    assert [bool(row["mark"]) for row in section.rows] == [
        row["item"] == outdated for row in section.rows
    ]
