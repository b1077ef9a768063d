"""Who is named in news: noted by whole names, kept right by every save."""

import pytest
from django.core.management import call_command

from news.mentions import is_named
from news.models import Article, Mention
from tests.factories import make_article, make_organization, make_speaker

pytestmark = pytest.mark.django_db


def naming(item):
    return {mention.article for mention in item.mentions.all()}


@pytest.mark.parametrize(
    ("name", "words", "is_there"),
    [
        ("Мария Петрова", "Говори Мария Петрова.", True),
        ("Мария Петрова", "„Мария Петрова“", True),
        ("Мария  Петрова", "Мария Петрова", True),
        ("Мария Петрова", "Мария Петрова-Иванова", False),
        ("Мария Петрова", "Анамария Петрова", False),
        ("Мария Петрова", "мария петрова", False),
        ("Ан", "Ан", False),
        ("", "Мария", False),
        ("Фонд (1.0) [+]", "Тук е Фонд (1.0) [+] сам", True),
        ("Фонд .*", "Фонд отива", False),
    ],
)
def test_a_name_is_named_as_a_whole(name, words, is_there):
    assert is_named(name, words) is is_there


@pytest.mark.parametrize(
    "text",
    [
        {"title_bg": "Мария Петрова откри форума"},
        {"lead_bg": "Откри го Мария Петрова."},
        {"body_bg": "<p>Откри го <strong>Мария</strong> Петрова.</p>"},
        {"body_bg": "<p>Откри го Мария&nbsp;Петрова.</p>"},
        {"body_en": "<p>It was opened by Maria Petrova.</p>"},
    ],
)
def test_article_notes_whom_its_words_name(text):
    speaker = make_speaker(name_bg="Мария Петрова", name_en="Maria Petrova")
    other = make_speaker()

    article = make_article(**text)

    assert (naming(speaker), naming(other)) == ({article}, set())


def test_notes_follow_the_words_of_the_article():
    speaker = make_speaker(name_bg="Мария Петрова")
    article = make_article(title_bg="Мария Петрова откри форума")

    article.title_bg = "Форумът е открит"
    article.save()

    assert naming(speaker) == set()


def test_notes_follow_the_name():
    before = make_article(title_bg="Мария Петрова откри форума")
    after = make_article(title_bg="Мария Иванова закри форума")
    speaker = make_speaker(name_bg="Мария Петрова")
    assert naming(speaker) == {before}

    speaker.name_bg = "Мария Иванова"
    speaker.save()

    assert naming(speaker) == {after}


def test_municipality_that_news_concerns_is_noted_without_being_named():
    municipality = make_organization(kind="municipality")
    article, other = make_article(), make_article()

    article.municipalities.add(municipality)
    municipality.articles.add(other)
    assert naming(municipality) == {article, other}
    article.municipalities.clear()

    assert naming(municipality) == {other}


def test_what_was_written_past_saving_is_noted_by_the_command(capsys):
    speaker = make_speaker(name_bg="Мария Петрова")
    article = make_article()
    Article.objects.filter(pk=article.pk).update(title_bg="Мария Петрова")

    call_command("mentions")

    assert naming(speaker) == {article}
    assert "1" in capsys.readouterr().out


def test_deleting_leaves_no_notes_behind():
    speaker = make_speaker(name_bg="Мария Петрова")
    make_article(title_bg="Мария Петрова").delete()
    make_article(title_bg="Мария Петрова")

    speaker.delete()

    assert not Mention.objects.exists()
