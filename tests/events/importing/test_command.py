"""`manage.py events import FILE`."""

from datetime import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from events.models import Event
from sorb.dates import SOFIA
from tests.events.importing.calendars import FILES
from tests.factories import make_event_type

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(datetime(2025, 9, 1, 12, tzinfo=SOFIA), tick=False):
        yield


def told(*arguments):
    out = StringIO()
    call_command("events", "import", *arguments, stdout=out)
    return out.getvalue()


def test_a_file_becomes_drafts_and_the_summary_says_what_was_left_out():
    make_event_type(name_bg="Форум")

    said = told(str(FILES / "google.ics"), "--type", "Форум")

    assert "Made as drafts: 6" in said
    assert "Left out: 2" in said
    assert "Оперативка: " in said
    assert set(Event.objects.values_list("status", "type__name_bg")) == {("draft", "Форум")}


def test_a_preview_stores_nothing():
    make_event_type()

    said = told(str(FILES / "google.ics"), "--preview")

    assert "Made as drafts: 6" in said
    assert Event.objects.count() == 0


@pytest.mark.parametrize("given", ["nothing.ics", "http://127.0.0.1:1/a.ics"])
def test_what_cannot_be_had_is_told(given):
    make_event_type()

    with pytest.raises(CommandError):
        told(given)


def test_a_type_must_be_there():
    with pytest.raises(CommandError):
        told(str(FILES / "google.ics"))


def test_a_file_that_is_no_calendar_is_refused(tmp_path):
    make_event_type()
    (tmp_path / "page.ics").write_text("<html>")

    with pytest.raises(CommandError, match="BEGIN:VCALENDAR"):
        told(str(tmp_path / "page.ics"))
