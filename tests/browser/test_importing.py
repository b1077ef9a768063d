"""The whole way of an import: an editor uploads a calendar, looks through it, confirms it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from events.importing import going_on
from events.models import Event
from sorb.desk.models import Revision
from tests.browser.accessibility import violations
from tests.factories import make_event_type

CALENDARS = Path(__file__).parent.parent / "events/importing/files"


def uploaded(page: Page, name: str) -> None:
    """Choose a calendar and have it looked through, with what is over: the files are of 2025."""
    page.goto("/admin/events/event/")
    page.get_by_role("link", name="Внасяне от календар (.ics)").click()
    page.set_input_files("[name=file]", CALENDARS / f"{name}.ics")
    page.check("[name=with_past]")
    page.get_by_role("button", name="Покажи какво ще се получи").click()
    expect(page.get_by_text("Календар:")).to_be_visible()


def test_a_calendar_becomes_drafts_and_a_second_time_there_is_nothing_to_do(
    signed_in: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 2)
    make_event_type(name_bg="Форум")
    page = signed_in

    uploaded(page, "google")
    found = violations(page)
    expect(page.get_by_role("heading", name="Ще станат чернови (6)")).to_be_visible()
    before = Event.objects.count()
    page.get_by_role("button", name="Внеси 6 събития").click()
    expect(page.get_by_role("status")).to_have_text("Внасянето завърши.")
    expect(page.get_by_text("Създадени са 6 чернови.")).to_be_visible()
    found += violations(page)
    page.get_by_role("link", name="Към списъка на събитията").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(6)
    uploaded(page, "google")

    expect(page.get_by_text("Няма нищо ново в него.")).to_be_visible()
    expect(page.get_by_role("heading", name="Остават, каквито са (6)")).to_be_visible()
    assert (before, Event.objects.count(), found) == (0, 6, [])
    assert set(Event.objects.values_list("status", flat=True)) == {"draft"}
    assert set(Revision.objects.values_list("verb", flat=True)) == {"created"}


def test_without_script_a_button_goes_on_until_all_is_done(
    signed_in: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(going_on, "MOST_AT_ONCE", 2)
    make_event_type(name_bg="Форум")
    page = signed_in
    page.route(
        "**/importing*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )

    uploaded(page, "google")
    page.get_by_role("button", name="Внеси 6 събития").click()
    expect(page.get_by_role("status")).to_have_text("2 от 6")
    found = violations(page)
    for said in ("4 от 6", "Внасянето завърши."):
        page.get_by_role("button", name="Продължи").click()
        expect(page.get_by_role("status")).to_have_text(said)

    assert (Event.objects.count(), found) == (6, [])
