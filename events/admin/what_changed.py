"""„Какво се промени?“: one form for what becomes of a published event, and why."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import Attendance, Event, State
from events.models.change import Change
from sorb.admin.moments import MomentsForm
from sorb.admin.pairs import pair
from sorb.dates import SkippedTimeError, clock_at, on_the_clock

from .times import TimesForm

Kind = Change.Kind
WHY = pair("state_note")


class WhyForm(MomentsForm):
    """Why; each kind of change adds what it has to ask, and makes the event what it becomes."""

    has_to_say_why = True

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WHY:  # the note of the change before is not the reason of this one
            self.initial[name] = ""
        self.fields["state_note_bg"].required = self.has_to_say_why
        self.fields["state_note_bg"].label = _("Why, and what should those enrolled do?")
        self.fields["state_note_en"].label = _("The same in English")

    def become(self, event: Event) -> None:
        """Set what the fields alone do not say."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name in WHY:  # also where nothing was sent: the earlier reason is not this one's
            setattr(self.instance, name, self.cleaned_data.get(name, ""))
        self.become(self.instance)


class PostponedForm(WhyForm):
    def become(self, event: Event) -> None:
        event.state = State.POSTPONED


class CancelledForm(WhyForm):
    def become(self, event: Event) -> None:
        event.state = State.CANCELLED


class BackOnForm(WhyForm):
    has_to_say_why = False

    def become(self, event: Event) -> None:
        if event.state == State.MOVED_ONLINE and event.attendance == Attendance.ONLINE:
            event.attendance = Attendance.ON_SITE if event.venue_id else Attendance.ONLINE
        event.state = event.state_when_on()


class RescheduledForm(WhyForm, TimesForm):
    def clean(self) -> dict[str, Any]:
        before = self.instance.starts_at, self.instance.ends_at
        cleaned = super().clean()
        is_whole = not self.errors
        if is_whole and (self.instance.starts_at, self.instance.ends_at) == before:
            self.add_error(
                "start_day", gettext("This is the day and time that readers know already.")
            )
        elif is_whole:
            self._move_programme(self.instance.starts_at, before[0])
        return cleaned

    def become(self, event: Event) -> None:
        if event.state in (State.POSTPONED, State.CANCELLED):
            event.state = State.RESCHEDULED

    def _move_programme(self, starts_at: Any, before: Any) -> None:
        """By as many days and hours of the clock; on a night when it changes, hours stay hours."""
        by = clock_at(starts_at) - clock_at(before)
        self.programme = list(self.instance.programme.all())
        try:
            for item in self.programme:
                item.starts_at = on_the_clock(item.starts_at, by)
                item.ends_at = item.ends_at and on_the_clock(item.ends_at, by)
        except SkippedTimeError:
            words = gettext(
                "A part of the programme would fall into the hour that the clock skips."
            )
            self.add_error("start_day", words)

    def save(self, commit: bool = True) -> Any:
        event = super().save(commit)
        for item in self.programme:
            item.save()
        return event


class MovedForm(WhyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_same = not {"venue", "hall_bg"} & set(self.changed_data)
        if not self.errors and is_same and self.instance.state != State.MOVED_ONLINE:
            raise ValidationError(
                {"venue": gettext("This is the place that readers know already.")}
            )
        return cleaned

    def become(self, event: Event) -> None:
        event.state = State.MOVED
        if event.attendance == Attendance.ONLINE:
            event.attendance = Attendance.ON_SITE


class MovedOnlineForm(WhyForm):
    def become(self, event: Event) -> None:
        event.state = State.MOVED_ONLINE


@dataclass(frozen=True)
class Choice:
    """One answer to the question what happened."""

    kind: Kind
    label: Any
    hint: Any
    form: type[WhyForm]
    fields: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def lines_for(self, event: Event) -> list[tuple[str, ...]]:
        """What is asked; a deadline has no end."""
        lines = [line for line in self.lines if not event.is_deadline or "end_day" not in line]
        return [*lines, WHY]


CHOICES = (
    Choice(
        Kind.RESCHEDULED,
        _("It moves to another day or time"),
        _("The programme moves along; the earlier date stays visible, struck through."),
        RescheduledForm,
        ("is_all_day", "has_open_end"),
        (("start_day", "start_time", "is_all_day"), ("end_day", "end_time", "has_open_end")),
    ),
    Choice(
        Kind.MOVED,
        _("It moves to another place"),
        _("Another venue or another hall; the time stays."),
        MovedForm,
        ("venue", *pair("hall")),
        (("venue",), pair("hall")),
    ),
    Choice(
        Kind.MOVED_ONLINE,
        _("It moves online"),
        _("Nobody travels; readers get the address where one joins."),
        MovedOnlineForm,
        ("online_address",),
        (("online_address",),),
    ),
    Choice(
        Kind.POSTPONED,
        _("It is postponed, the new date is not known yet"),
        _("The earlier date is struck through until you announce the new one."),
        PostponedForm,
    ),
    Choice(
        Kind.CANCELLED,
        _("It is cancelled"),
        _("The page stays, so that everybody learns of it."),
        CancelledForm,
    ),
    Choice(
        Kind.BACK_ON,
        _("It takes place after all, as announced"),
        _("It was postponed, cancelled or moved online, and that no longer holds."),
        BackOnForm,
    ),
)


def choices_for(event: Event) -> list[Choice]:
    """What can happen to an event where it stands."""
    off = {State.POSTPONED, State.CANCELLED}
    impossible: set[str] = set()
    if event.state in off or event.is_deadline:
        impossible |= {Kind.MOVED, Kind.MOVED_ONLINE}
    if event.state not in (*off, State.MOVED_ONLINE):
        impossible.add(Kind.BACK_ON)
    if event.state == State.CANCELLED:
        impossible |= {Kind.POSTPONED, Kind.CANCELLED}
    if event.state == State.POSTPONED:
        impossible.add(Kind.POSTPONED)
    if event.state == State.MOVED_ONLINE or event.attendance == Attendance.ONLINE:
        impossible.add(Kind.MOVED_ONLINE)
    return [choice for choice in CHOICES if choice.kind not in impossible]
