"""Nothing is saved over what somebody else saved, nothing twice, nothing that is not ours."""

import threading
import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import Article, ArticleImage
from sorb.desk.models import Entry, Revision
from tests.admin.conftest import signed_in
from tests.admin.filling import filled
from tests.factories import make_article, make_category, make_event, make_image, make_topic

ARTICLES = "/admin/news/article/"


def change(item):
    kind = item._meta
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[item.pk])


def test_the_second_save_of_one_item_answers_409_and_the_first_stands(desk):
    article = make_article(title_bg="Стар ред", title_en="Old", lead_bg="Увод")
    mine = filled(desk.get(change(article)), title_bg="Моят ред")
    theirs = filled(desk.get(change(article)), title_bg="Техният ред")
    assert desk.post(change(article), theirs).status_code == 302

    answer = desk.post(change(article), mine)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert Article.objects.get().title_bg == "Техният ред"
    assert [row["difference"].name for row in answer.context["conflict"]] == ["title_bg"]
    assert "Моят ред" in html
    assert "Техният" in html


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Моят ред"), ("theirs", "Техният ред")])
def test_the_choice_on_the_conflict_page_decides(desk, choice, kept):
    article = make_article(title_bg="Стар ред", lead_bg="Увод")
    mine = filled(desk.get(change(article)), title_bg="Моят ред", lead_bg="Моят увод")
    desk.post(change(article), filled(desk.get(change(article)), title_bg="Техният ред"))
    page = desk.post(change(article), mine)

    answer = desk.post(change(article), filled(page, **{"choice-title_bg": choice}))

    article.refresh_from_db()
    assert answer.status_code == 302
    assert (article.title_bg, article.lead_bg) == (kept, "Моят увод")


def test_what_only_the_other_changed_is_theirs_at_first(desk):
    article = make_article(title_bg="Стар ред", lead_bg="Стар увод")
    mine = filled(desk.get(change(article)), lead_bg="Моят увод")
    desk.post(change(article), filled(desk.get(change(article)), title_bg="Техният ред"))

    page = desk.post(change(article), mine)
    desk.post(change(article), filled(page))

    article.refresh_from_db()
    assert {row["difference"].name: row["choice"] for row in page.context["conflict"]} == {
        "title_bg": "theirs",
        "lead_bg": "mine",
    }
    assert (article.title_bg, article.lead_bg) == ("Техният ред", "Моят увод")


def test_two_who_saved_the_same_words_have_no_conflict(desk):
    article = make_article(title_bg="Стар ред")
    first, second = (filled(desk.get(change(article)), title_bg="Нов ред") for _ in range(2))
    desk.post(change(article), first)

    assert desk.post(change(article), second).status_code == 302


def test_rows_that_somebody_deleted_come_back_only_when_mine_is_chosen(desk):
    article = make_article()
    for order in range(2):
        ArticleImage.objects.create(article=article, image=make_image(), order=order)
    mine = filled(desk.get(change(article)), **{"gallery-0-caption_bg": "Моят надпис"})
    article.gallery.all().delete()
    article.save()

    page = desk.post(change(article), mine)
    desk.post(change(article), filled(page, **{"choice-gallery": "mine"}))

    assert page.status_code == 409
    assert sorted(article.gallery.values_list("caption_bg", flat=True)) == ["", "Моят надпис"]


def test_theirs_can_be_chosen_for_rows(desk):
    article = make_article()
    ArticleImage.objects.create(article=article, image=make_image())
    mine = filled(desk.get(change(article)), **{"gallery-0-caption_bg": "Моят надпис"})
    theirs = filled(desk.get(change(article)), **{"gallery-0-caption_bg": "Техният надпис"})
    desk.post(change(article), theirs)

    page = desk.post(change(article), mine)
    answer = desk.post(change(article), filled(page, **{"choice-gallery": "theirs"}))

    assert answer.status_code == 302
    assert article.gallery.get().caption_bg == "Техният надпис"


def test_the_times_of_an_event_are_one_choice(desk):
    event = make_event()
    mine = filled(desk.get(change(event)), start_day="03.10.2030", end_day="03.10.2030")
    desk.post(
        change(event),
        filled(desk.get(change(event)), start_day="05.10.2030", end_day="06.10.2030"),
    )
    page = desk.post(change(event), mine)

    choices = {"choice-starts_at": "theirs", "choice-ends_at": "theirs"}
    answer = desk.post(change(event), filled(page, **choices))

    event.refresh_from_db()
    assert page.status_code == 409
    assert answer.status_code == 302
    assert f"{event.first_day:%d.%m.%Y}–{event.last_day:%d.%m.%Y}" == "05.10.2030–06.10.2030"


def test_a_topic_and_a_person_are_guarded_as_well(chief):
    topic = make_topic(name_bg="Бюджет")
    mine = filled(chief.get(change(topic)), name_bg="Моят")
    chief.post(change(topic), filled(chief.get(change(topic)), name_bg="Техният"))

    answer = chief.post(change(topic), mine)

    topic.refresh_from_db()
    assert answer.status_code == 409
    assert topic.name_bg == "Техният"


def test_what_was_deleted_while_being_written_is_said_and_the_words_are_shown(desk):
    article = make_article(title_bg="Заглавие")
    mine = filled(desk.get(change(article)), title_bg="Написаното от мен")
    desk.post(reverse("admin:news_article_delete", args=[article.pk]), {"post": "yes"})

    answer = desk.post(change(article), mine)

    assert answer.status_code == 409
    assert "Написаното от мен" in answer.content.decode()
    assert not Article.objects.exists()


def test_a_deletion_of_what_changed_meanwhile_is_asked_again(desk):
    article = make_article()
    address = reverse("admin:news_article_delete", args=[article.pk])
    article.save()

    answer = desk.post(address, {"post": "yes", "version": "1"})

    assert answer.status_code == 409
    assert Article.objects.exists()
    article.refresh_from_db()
    sure = desk.post(address, {"post": "yes", "version": str(article.version)})
    assert sure.status_code == 302
    assert not Article.objects.exists()


def test_chosen_rows_are_asked_about_again_when_one_was_changed_meanwhile(editors_desk):
    first, second = make_article(title_bg="Първа"), make_article(title_bg="Втора")
    chosen = {"action": "delete_selected", "_selected_action": [first.pk, second.pk]}
    question = editors_desk.post(ARTICLES, chosen)
    answer = chosen | {"post": "yes", "seen": question.context["seen"]}
    second.title_bg = "Друга"
    second.save()

    late = editors_desk.post(ARTICLES, answer)

    assert (question.status_code, late.status_code) == (200, 409)
    assert "Друга" in late.content.decode()
    assert Article.objects.count() == 2
    sure = editors_desk.post(ARTICLES, answer | {"seen": late.context["seen"]})
    assert sure.status_code == 302
    assert not Article.objects.exists()
    assert Revision.objects.filter(verb="deleted").count() == 2


def new_article(desk, **typed):
    page = desk.get(reverse("admin:news_article_add"))
    return filled(page, category=make_category().pk, **typed)


def test_a_form_sent_twice_makes_one_object(desk):
    typed = new_article(desk, title_bg="Една новина", lead_bg="Увод")

    answers = [desk.post(reverse("admin:news_article_add"), typed) for _ in range(2)]

    article = Article.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[1]["Location"] == change(article)
    assert article.version == 1


def test_back_and_other_words_change_the_object_that_was_made(desk):
    typed = new_article(desk, title_bg="Една новина", lead_bg="Увод")
    desk.post(reverse("admin:news_article_add"), typed)

    answer = desk.post(
        reverse("admin:news_article_add"), typed | {"title_bg": ["Поправена новина"]}
    )

    assert answer.status_code in (302, 409)
    assert Article.objects.count() == 1


def test_a_refused_form_can_be_sent_again(desk):
    typed = new_article(desk, title_bg="", lead_bg="Увод")
    page = desk.post(reverse("admin:news_article_add"), typed)

    answer = desk.post(reverse("admin:news_article_add"), filled(page, title_bg="С заглавие"))

    assert page.status_code == 200
    assert answer.status_code == 302
    assert Article.objects.get().title_bg == "С заглавие"


def test_a_row_of_another_item_is_refused_and_nothing_changes(desk):
    article, other = make_article(title_bg="Моя"), make_article()
    foreign = ArticleImage.objects.create(article=other, image=make_image(), caption_bg="Чужд")
    typed = filled(desk.get(change(article)), title_bg="Променена")
    typed |= {
        "gallery-TOTAL_FORMS": ["1"],
        "gallery-INITIAL_FORMS": ["1"],
        "gallery-0-id": [str(foreign.pk)],
        "gallery-0-article": [str(article.pk)],
        "gallery-0-image": [str(foreign.image_id)],
        "gallery-0-caption_bg": ["Откраднат"],
    }

    answer = desk.post(change(article), typed)

    foreign.refresh_from_db()
    article.refresh_from_db()
    assert answer.status_code == 403
    assert (foreign.article, foreign.caption_bg, article.title_bg) == (other, "Чужд", "Моя")


def test_every_save_is_a_revision_and_a_line_of_the_log(desk, editor):
    article = make_article(title_bg="Първо")

    desk.post(change(article), filled(desk.get(change(article)), title_bg="Второ"))
    desk.post(change(article), filled(desk.get(change(article))))

    revisions = Revision.objects.about(article)
    assert [revision.verb for revision in revisions] == ["changed", "found"]
    assert revisions[0].changes == ["title_bg"]
    assert revisions[0].author == editor
    assert [entry.action for entry in Entry.objects.all()] == ["changed"]


def test_saving_ten_pictures_in_two_languages_with_history_is_forty_reads_and_writes(desk):
    article = make_article()
    for order in range(10):
        ArticleImage.objects.create(article=article, image=make_image(), order=order)
    article.topics.add(make_topic())
    desk.post(change(article), filled(desk.get(change(article)), lead_bg="Предишен увод"))
    typed = filled(desk.get(change(article)), title_bg="Ново", title_en="New")
    typed |= {f"gallery-{place}-caption_bg": [f"Надпис {place}"] for place in range(10)}
    typed |= {f"gallery-{place}-caption_en": [f"Caption {place}"] for place in range(10)}

    with CaptureQueriesContext(connection) as context:
        answer = desk.post(change(article), typed)

    verbs = [query["sql"].split()[0] for query in context.captured_queries]
    asked = [verb for verb in verbs if verb not in ("SAVEPOINT", "RELEASE")]
    assert answer.status_code == 302
    assert article.gallery.get(order=9).caption_en == "Caption 9"
    assert len(asked) <= 40


@pytest.mark.django_db(transaction=True)
def test_five_hundred_forced_conflicts_lose_nothing(transactional_db):
    user = User.objects.create_superuser("glaven")
    topic = make_topic(name_bg="0")
    clients = [signed_in(user) for _ in range(2)]
    typed = filled(clients[0].get(change(topic)))
    saved, refused = [], []

    def race(client, version, word):
        try:
            sent = typed | {"version": version, "name_bg": word, "form_token": str(uuid.uuid4())}
            answer = client.post(change(topic), sent)
            (saved if answer.status_code == 302 else refused).append((answer.status_code, word))
        finally:
            connection.close()

    for turn in range(500):
        topic.refresh_from_db()
        racers = [
            threading.Thread(target=race, args=(client, topic.version, f"{turn}-{number}"))
            for number, client in enumerate(clients)
        ]
        [racer.start() for racer in racers]
        [racer.join() for racer in racers]

    names = [revision.snapshot["fields"]["name_bg"] for revision in Revision.objects.about(topic)]
    assert {status for status, _word in refused} == {409}
    assert len(saved) == len(refused) == 500
    assert sorted(names) == sorted(["0", *(word for _status, word in saved)])
