"""From one event to a series: its days are looked at, then made; what clashes is told at once."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Event
from sorb.dates import SOFIA, day_of, moment
from tests.factories import make_event

from .accessibility import violations

TEN = time(10)


def thursday_ahead() -> date:
    """The first Thursday of a month that is a month or two ahead."""
    first = (day_of(timezone.now()).replace(day=1) + timedelta(days=62)).replace(day=1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


@pytest.fixture
def meeting(transactional_db: None) -> Event:
    first = moment(thursday_ahead(), TEN)
    make_event(title_bg="Общо събрание", starts_at=moment(thursday_ahead() + timedelta(7), TEN))
    return make_event(title_bg="Ден за консултации", starts_at=first)


def test_an_event_repeats_on_days_that_were_looked_at(signed_in: Page, meeting: Event) -> None:
    page = signed_in
    page.goto(f"/admin/events/event/{meeting.pk}/repeat/")
    page.fill("[name=count]", "3")

    page.click("[name=_preview]")
    days = page.locator(".days-list > li")
    expect(days).to_have_count(3)
    expect(days.first).to_contain_text("Общо събрание")
    assert violations(page) == []
    days.first.locator("[name=day]").uncheck()
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Създадени са 2 събития.")

    made = Event.objects.exclude(pk=meeting.pk).filter(title_bg="Ден за консултации")
    starts = [event.starts_at.astimezone(SOFIA) for event in made.order_by("starts_at")]
    wanted = [thursday_ahead() + timedelta(weeks=weeks) for weeks in (2, 3)]
    assert starts == [datetime.combine(day, TEN, SOFIA) for day in wanted]


def test_this_and_the_later_ones_change_together(signed_in: Page, meeting: Event) -> None:
    page = signed_in
    page.goto(f"/admin/events/event/{meeting.pk}/later/")
    page.fill("[name=start_time]", "14:00")

    page.click("[name=_preview]")
    expect(page.locator(".errorlist")).to_contain_text("напишете защо")
    page.fill("[name=state_note_bg]", "Залата е заета сутринта.")
    page.click("[name=_preview]")
    expect(page.locator(".days-list > li")).to_have_count(1)
    assert violations(page) == []
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Променено е 1 събитие.")

    page.goto(meeting.get_absolute_url("bg"))
    expect(page.locator("main")).to_contain_text("Залата е заета сутринта.")


@pytest.mark.parametrize("way", ["repeat/", "copy/", "later/", "what-changed/?kind=rescheduled"])
def test_days_and_hours_can_be_chosen_from_a_box(signed_in: Page, meeting: Event, way: str) -> None:
    signed_in.goto(f"/admin/events/event/{meeting.pk}/{way}")
    icon = signed_in.locator(".date-icon, .clock-icon").first
    expect(icon).to_have_css("width", "24px")

    icon.click()

    box = signed_in.locator(".calendarbox:visible, .clockbox:visible")
    expect(box).to_have_count(1)
    expect(box).to_have_css("position", "absolute")


def test_the_form_says_at_once_what_it_meets(signed_in: Page, meeting: Event) -> None:
    page = signed_in
    page.goto("/admin/events/event/add/")

    page.fill("[name=start_day]", f"{thursday_ahead():%d.%m.%Y}")
    page.fill("[name=start_time]", "11:00")
    page.fill("[name=end_time]", "13:00")
    page.locator("[name=end_time]").press("Tab")

    expect(page.locator(".clashes")).to_contain_text("Ден за консултации")
    assert violations(page, ".clashes") == []
    page.fill("[name=start_day]", f"{thursday_ahead() - timedelta(days=1):%d.%m.%Y}")
    page.locator("[name=start_day]").press("Tab")
    expect(page.locator(".clashes")).not_to_contain_text("Ден за консултации")
