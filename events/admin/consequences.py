"""What follows from a change of an event, in words for the one who is about to make it."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, State
from events.models.change import Change, has_moved
from events.wording import place
from sorb.templatetags.words import when_full


def consequences(before: Event, after: Event, change: Change | None) -> list[str]:
    """Sentences, the most visible first.

    Args:
        before: the event as readers know it.
        after: as it will be.
        change: the row that it will have more.
    """
    parts = (_on_the_page, _in_lists, _in_calendars, _at_registration, _in_the_programme)
    told = [words for part in parts for words in part(before, after)]
    name = change.get_kind_display() if change else after.get_state_display()
    first = _("The page says at the top: “%(what)s”, when that was changed, and your words.")
    return [first % {"what": name}, *told]


def warnings(after: Event) -> list[str]:
    """What is possible, but perhaps not meant."""
    found = []
    if after.starts_at < timezone.now() and not after.is_off:
        found.append(_("That day and time have passed already."))
    closes = after.registration_closes_at
    if closes and closes > after.starts_at and not after.is_off:
        found.append(_("Registration would close after the event has begun: mend that as well."))
    if after.title_en and after.state_note_bg and not after.state_note_en:  # type: ignore[attr-defined]
        found.append(_("English readers will read your words in Bulgarian."))
    if after.state == State.MOVED_ONLINE and not after.online_address:
        found.append(_("There is no address where one joins yet."))
    return found


def _on_the_page(before: Event, after: Event) -> Iterator[str]:
    if when_full(before) != when_full(after):
        words = _("The date becomes %(new)s; %(old)s stays above it, struck through.")
        yield words % {"new": when_full(after), "old": when_full(before)}
    if has_moved(before, after):
        words = _("The place becomes %(new)s; %(old)s stays visible, struck through.")
        yield words % {"new": place(after), "old": place(before)}


def _in_lists(before: Event, after: Event) -> Iterator[str]:
    if after.is_off:
        yield _("In lists and in the calendar it stays on its day, struck through and marked.")
    elif before.first_day != after.first_day:
        yield _("In lists and in the calendar it stands on its new day, marked as moved.")
    else:
        yield _("In lists and in the calendar it is marked.")


def _in_calendars(before: Event, after: Event) -> Iterator[str]:
    if after.state == State.CANCELLED:
        yield _("Calendars that people subscribe to show it as cancelled until its day has passed.")
    elif after.state == State.POSTPONED:
        yield _("Calendars that people subscribe to show it as uncertain.")
    else:
        yield _("Calendars that people subscribe to follow by themselves, mostly within hours.")
    yield _("Feeds and search engines are told the same.")


def _at_registration(before: Event, after: Event) -> Iterator[str]:
    if before.is_registration_open and after.is_off:
        yield _("The button for registration disappears.")
    elif after.is_registration_open and before.is_off:
        yield _("The button for registration is there again.")


def _in_the_programme(before: Event, after: Event) -> Iterator[str]:
    if before.starts_at == after.starts_at:
        return
    if count := after.programme.count():
        words = ngettext(
            "%(count)s item of the programme moves along.",
            "%(count)s items of the programme move along.",
            count,
        )
        yield words % {"count": count}
