"""Words that are missing or too long, and moments that cannot be meant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sorb.desk import gate, history
from sorb.desk.models import Revision

from .items import article, event, said


@pytest.mark.parametrize("make", [article, event])
def test_there_is_nothing_to_say_of_what_is_ready(make):
    assert said(make()) == []


def test_nothing_to_read_is_an_error_that_blocks():
    empty = article(lead_bg="", lead_en="", body_bg="", body_en="")

    assert said(empty) == [("error", "lead_bg", "")]
    assert gate.blocks(gate.findings(empty))


@pytest.mark.parametrize(
    "fields",
    [
        {"lead_bg": "", "lead_en": ""},
        {"body_bg": "", "body_en": ""},
    ],
)
def test_a_lead_or_a_text_alone_is_enough(fields):
    assert said(article(**fields)) == []


def test_the_day_and_the_place_of_an_event_are_enough():
    assert said(event(lead_bg="", lead_en="", body_bg="", body_en="")) == []


def test_a_missing_english_title_is_asked_about_once():
    untranslated = article(title_en="", lead_en="", body_en="")

    assert said(untranslated) == [("warning", "title_en", "")]
    assert gate.asks(gate.findings(untranslated))
    assert not gate.blocks(gate.findings(untranslated))


@pytest.mark.parametrize("field", ["lead_en", "body_en"])
def test_half_a_translation_is_asked_about(field):
    assert said(article(**{field: ""})) == [("warning", field, "")]


def test_what_bulgarian_lacks_english_may_lack():
    assert said(article(lead_bg="", lead_en="", body_bg="<p>Текст.</p>")) == []


@pytest.mark.parametrize(("code", "letter"), [("bg", "я"), ("en", "y")])
def test_a_title_of_more_than_120_characters_is_asked_about(code, letter):
    field = f"title_{code}"

    assert said(article(**{field: letter * 121})) == [("warning", field, letter * 79 + "…")]
    assert said(article(**{field: letter * 120})) == []


def test_a_passed_withdrawal_is_an_error():
    now = timezone.now()
    before = {"published_at": now - timedelta(days=2)}

    assert said(article(**before, withdrawn_at=now - timedelta(days=1))) == [
        ("error", "withdrawn_at", "")
    ]
    assert said(article(**before, withdrawn_at=now + timedelta(days=1))) == []


def test_an_event_that_began_before_it_is_published_is_asked_about_the_first_time():
    begun = event(starts_at=timezone.now() - timedelta(days=1), published_at=timezone.now())
    assert said(begun) == [("warning", "start_day", "")]

    history.record(begun, None, Revision.Verb.PUBLISHED)

    assert said(begun) == []


def test_an_event_scheduled_for_after_its_start_is_asked_about():
    meeting = event()

    meeting.published_at = meeting.starts_at + timedelta(minutes=1)
    late = said(meeting)
    meeting.published_at = meeting.starts_at
    in_time = said(meeting)

    assert (late, in_time) == ([("warning", "start_day", "")], [])


def test_a_past_event_that_was_announced_in_time_is_not_asked_about():
    now = timezone.now()

    past = event(starts_at=now - timedelta(days=1), published_at=now - timedelta(days=9))

    assert said(past) == []


def test_an_end_before_its_start_is_an_error():
    backwards = event()
    backwards.ends_at = backwards.starts_at - timedelta(minutes=1)

    assert said(backwards) == [("error", "end_day", "")]


def test_a_part_of_the_programme_outside_the_event_is_asked_about():
    meeting = event()
    meeting.programme.create(starts_at=meeting.starts_at, title_bg="Откриване")
    meeting.programme.create(starts_at=meeting.ends_at + timedelta(hours=1), title_bg="Вечеря")

    assert said(meeting) == [("warning", "programme-group", "Вечеря")]


def test_errors_stand_first_then_warnings_then_hints():
    mixed = article(
        title_bg="Обшина с много думи",
        title_en="",
        lead_bg="",
        lead_en="",
        body_bg="",
        body_en="",
    )

    assert [each.level for each in gate.findings(mixed)] == ["error", "warning", "hint"]
