"""A published item is edited beside what readers see; they never see a half."""

import pytest
from django.urls import reverse

from events.models import ProgrammeItem
from sorb.desk.models import Revision, WorkingCopy
from sorb.media.models import Image
from tests.admin.filling import filled
from tests.factories import make_article, make_category, make_event, make_image


def change(item):
    kind = item._meta
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[item.pk])


def save_copy(desk, item, **typed):
    return desk.post(change(item), filled(desk.get(change(item)), _working="1", **typed))


def test_a_working_copy_is_not_seen_by_readers(editors_desk, client):
    article = make_article(title_bg="Публикувано", title_en="Published")

    answer = save_copy(editors_desk, article, title_bg="Работно")

    article.refresh_from_db()
    page = client.get(article.get_absolute_url("bg")).content.decode()
    assert answer.status_code == 302
    assert (article.title_bg, article.version) == ("Публикувано", 1)
    assert "Работно" not in page
    assert WorkingCopy.objects.get().snapshot["fields"]["title_bg"] == "Работно"


def test_the_form_shows_the_copy_and_what_differs(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")

    page = editors_desk.get(change(article))

    assert filled(page)["title_bg"] == ["Работно"]
    assert [each.name for each in page.context["copy_differences"]] == ["title_bg"]
    article.refresh_from_db()
    assert article.title_bg == "Публикувано"


def test_a_copy_is_saved_again_with_its_rows_and_published_whole(editors_desk, client):
    event = make_event(
        title_bg="Среща", cover=make_image(alternative_bg="Зала", alternative_en="Hall")
    )
    ProgrammeItem.objects.create(event=event, starts_at=event.starts_at, title_bg="Откриване")
    rows = {
        "programme-TOTAL_FORMS": "2",
        "programme-1-day": f"{event.first_day:%d.%m.%Y}",
        "programme-1-start_time": "11:00",
        "programme-1-kind": "session",
        "programme-1-title_bg": "Дискусия",
    }
    save_copy(editors_desk, event, **rows)
    page = editors_desk.get(change(event))
    assert {filled(page)[f"programme-{row}-title_bg"][0] for row in range(2)} == {
        "Откриване",
        "Дискусия",
    }
    save_copy(editors_desk, event, title_bg="Голяма среща")
    assert event.programme.count() == 1

    typed = filled(editors_desk.get(change(event)), _publish_anyway="1")
    answer = editors_desk.post(change(event), typed)

    event.refresh_from_db()
    assert answer.status_code == 302
    assert event.title_bg == "Голяма среща"
    assert event.programme.count() == 2
    assert not WorkingCopy.objects.exists()
    assert Revision.objects.about(event).first().verb == "published"


def test_a_copy_that_the_gate_asks_about_is_published_once_confirmed(editors_desk):
    article = make_article(title_bg="Публикувано", title_en="", lead_en="", body_en="")
    save_copy(editors_desk, article, title_bg="Работно")

    asked = editors_desk.post(
        change(article), filled(editors_desk.get(change(article)), _publish="1")
    )
    answer = editors_desk.post(change(article), filled(asked, _publish_anyway="1"))

    article.refresh_from_db()
    assert (asked.status_code, answer.status_code) == (200, 302)
    assert article.title_bg == "Работно"


def test_a_copy_thrown_away_leaves_the_page_and_stays_in_the_history(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")

    editors_desk.post(change(article), filled(editors_desk.get(change(article)), _discard="1"))

    article.refresh_from_db()
    assert not WorkingCopy.objects.exists()
    assert article.title_bg == "Публикувано"
    assert Revision.objects.about(article).first().snapshot["fields"]["title_bg"] == "Работно"


def test_two_who_save_one_copy_meet_a_conflict_about_the_copy(editors_desk):
    article = make_article(title_bg="Публикувано", lead_bg="Увод")
    save_copy(editors_desk, article, title_bg="Работно", lead_bg="Работен увод")
    mine = filled(editors_desk.get(change(article)), title_bg="Мое", _working="1")
    save_copy(editors_desk, article, title_bg="Тяхно")

    page = editors_desk.post(change(article), mine)

    shown = [(row["difference"].name, row["choice"]) for row in page.context["conflict"]]
    assert page.status_code == 409
    assert shown == [("title_bg", "mine")]
    assert page.context["conflict"][0]["difference"].before == "Тяхно"
    assert WorkingCopy.objects.get().snapshot["fields"]["title_bg"] == "Тяхно"
    answer = editors_desk.post(change(article), filled(page, _working="1"))
    article.refresh_from_db()
    assert answer.status_code == 302
    assert WorkingCopy.objects.get().snapshot["fields"]["title_bg"] == "Мое"
    assert (article.title_bg, article.lead_bg) == ("Публикувано", "Увод")


def test_what_only_the_other_changed_in_the_copy_is_theirs_at_first(editors_desk):
    article = make_article(title_bg="Публикувано", lead_bg="Увод")
    save_copy(editors_desk, article, title_bg="Работно", lead_bg="Работен увод")
    mine = filled(editors_desk.get(change(article)), lead_bg="Мой увод", _working="1")
    save_copy(editors_desk, article, title_bg="Тяхно")

    page = editors_desk.post(change(article), mine)

    assert {row["difference"].name: row["choice"] for row in page.context["conflict"]} == {
        "title_bg": "theirs",
        "lead_bg": "mine",
    }


def test_a_copy_that_somebody_saved_meanwhile_is_not_thrown_away_unseen(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")
    throw_away = filled(editors_desk.get(change(article)), _discard="1")
    save_copy(editors_desk, article, title_bg="Тяхно")

    answer = editors_desk.post(change(article), throw_away)

    assert answer.status_code == 409
    assert WorkingCopy.objects.get().snapshot["fields"]["title_bg"] == "Тяхно"


def test_withdrawing_leaves_the_text_that_readers_saw_and_the_copy(editors_desk, client):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")
    typed = filled(editors_desk.get(change(article)), lead_bg="Дописан увод", _withdraw="1")

    answer = editors_desk.post(change(article), typed)

    article.refresh_from_db()
    copy = WorkingCopy.objects.get()
    assert answer.status_code == 302
    assert (article.status, article.title_bg) == ("withdrawn", "Публикувано")
    assert copy.snapshot["fields"]["title_bg"] == "Работно"
    assert copy.snapshot["fields"]["lead_bg"] == "Дописан увод"
    assert not editors_desk.get(change(article)).context["is_live_changed"]
    assert Revision.objects.about(article).live().first().verb == "withdrawn"


def test_a_copy_whose_address_another_has_by_now_gets_a_new_one(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно", slug_bg="zaet")
    make_article(title_bg="Друга", slug_bg="zaet")

    form = editors_desk.get(change(article))
    preview = editors_desk.get(reverse("admin:news_article_preview", args=[article.pk, "bg"]))
    answer = editors_desk.post(change(article), filled(form, _publish_anyway="1"))

    article.refresh_from_db()
    assert (form.status_code, preview.status_code, answer.status_code) == (200, 200, 302)
    assert article.title_bg == "Работно"
    assert article.slug_bg != "zaet"


def test_a_copy_in_a_category_that_was_deleted_keeps_the_present_one(editors_desk):
    article = make_article(title_bg="Публикувано")
    gone = make_category()
    save_copy(editors_desk, article, title_bg="Работно", category=gone.pk)
    gone.delete()

    form = filled(editors_desk.get(change(article)))

    assert form["title_bg"] == ["Работно"]
    assert form["category"] == [str(article.category_id)]


def test_a_refused_copy_keeps_what_was_typed_and_stores_nothing(editors_desk):
    article = make_article(title_bg="Публикувано")

    answer = save_copy(editors_desk, article, title_bg="", lead_bg="Написан увод")

    assert answer.status_code == 200
    assert filled(answer)["lead_bg"] == ["Написан увод"]
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_published_needs_no_copy(editors_desk, state):
    article = make_article(status=state)

    assert save_copy(editors_desk, article, title_bg="Работно").status_code == 403


@pytest.mark.parametrize("place", ["cover", "text"])
def test_a_picture_that_only_a_copy_shows_is_used_and_cannot_be_deleted(editors_desk, place):
    article, picture = make_article(title_bg="Публикувано"), make_image()
    words = {
        "cover": {"cover": str(picture.pk)},
        "text": {"body_bg": f'<p><img src="{picture.file.url}" alt="Зала"></p>'},
    }
    save_copy(editors_desk, article, **words[place])
    address = reverse("admin:media_image_delete", args=[picture.pk])

    page = editors_desk.get(address).content.decode()
    editors_desk.post(address, {"post": "yes"})

    assert Image.objects.filter(pk=picture.pk).used().exists()
    assert not Image.objects.filter(pk=picture.pk).public().exists()
    assert f'<a href="{change(article)}">Публикувано</a>' in page
    WorkingCopy.objects.get().delete()
    editors_desk.post(address, {"post": "yes"})
    assert not Image.objects.exists()
