"""A published item is edited beside what readers see; they never see a half."""

import pytest
from django.urls import reverse

from events.models import ProgrammeItem
from sorb.desk.models import Revision, WorkingCopy
from tests.admin.filling import filled
from tests.factories import make_article, make_event, make_image


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


def test_a_copy_thrown_away_leaves_the_page_and_stays_in_the_history(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")

    editors_desk.post(change(article), filled(editors_desk.get(change(article)), _discard="1"))

    article.refresh_from_db()
    assert not WorkingCopy.objects.exists()
    assert article.title_bg == "Публикувано"
    assert Revision.objects.about(article).first().snapshot["fields"]["title_bg"] == "Работно"


def test_two_who_save_one_copy_meet_a_conflict(editors_desk):
    article = make_article(title_bg="Публикувано")
    save_copy(editors_desk, article, title_bg="Работно")
    mine = filled(editors_desk.get(change(article)), title_bg="Мое", _working="1")
    save_copy(editors_desk, article, title_bg="Тяхно")

    answer = editors_desk.post(change(article), mine)

    assert answer.status_code == 409
    assert WorkingCopy.objects.get().snapshot["fields"]["title_bg"] == "Тяхно"


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
