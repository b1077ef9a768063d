"""When an event and the parts of its programme take place, as it is typed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.models import Attendance, Event
from sorb.admin.moments import ClockField, DayField, MomentsForm, shown
from sorb.dates import SOFIA, day_of, last_day, midnight, midnight_after

LANGUAGES = [
    ("bg", _("Bulgarian")),
    ("en", pgettext_lazy("language", "English")),
    ("fr", _("French")),
    ("de", _("German")),
]

TIMES = ("start_day", "start_time", "end_day", "end_time", "is_all_day", "has_open_end")


# What a deadline does not have, and what stands there instead
OF_MEETINGS = {
    "has_open_end": False,
    "attendance": Attendance.ON_SITE,
    "venue": None,
    "hall_bg": "",
    "hall_en": "",
    "online_address": "",
    "registration_closes_at": None,
    "languages": [],
}


def clock_of(moment: datetime) -> time:
    return moment.astimezone(SOFIA).time().replace(second=0, microsecond=0)


class TimesForm(MomentsForm):
    """Days and hours as people say them, which make up the moments of an event."""

    start_day = DayField(label=_("Starts on"))
    start_time = ClockField(label=pgettext_lazy("time of day", "at"), required=False)
    end_day = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("The last day. Left empty, the day it starts on."),
    )
    end_time = ClockField(label=pgettext_lazy("time of day", "at"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event = kwargs.get("instance")
        if event is not None and event.pk:
            kwargs["initial"] = typed_times(event) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        told_by = {*TIMES, "is_deadline"}
        is_untouched = self.instance.pk and not told_by & set(self.changed_data)
        if not is_untouched and not any(name in self.errors for name in TIMES):
            self._compose(cleaned)
        return cleaned

    def is_deadline(self, typed: dict[str, Any]) -> bool:
        return bool(typed.get("is_deadline", self.instance.is_deadline))

    def _compose(self, typed: dict[str, Any]) -> None:
        """Set the event's moments from what was typed, or say what is wrong with it."""
        starts_at = self._starts_at(typed)
        ends_at = self._ends_at(typed, starts_at) if starts_at else None
        if starts_at is None or ends_at is None:
            return
        if ends_at < starts_at:
            is_same_day = typed["end_day"] in (None, typed["start_day"])
            wrong = "end_time" if is_same_day else "end_day"
            self.add_error(wrong, gettext("The end is before the start."))
            return
        self.instance.starts_at, self.instance.ends_at = starts_at, ends_at

    def _starts_at(self, typed: dict[str, Any]) -> datetime | None:
        if typed["is_all_day"]:
            return midnight(typed["start_day"])
        if typed["start_time"] is None:
            self.add_error("start_time", gettext("Write the time, or mark “All day”."))
            return None
        return self._moment("start_time", typed["start_day"], typed["start_time"])

    def _ends_at(self, typed: dict[str, Any], starts_at: datetime) -> datetime | None:
        if self.is_deadline(typed):
            return midnight_after(starts_at) if typed["is_all_day"] else starts_at
        if typed["has_open_end"]:
            return midnight_after(starts_at)
        day = typed["end_day"] or typed["start_day"]
        if typed["is_all_day"]:
            return midnight(day + timedelta(days=1)) if day >= typed["start_day"] else midnight(day)
        if typed["end_time"] is None:
            self.add_error("end_time", gettext("Write the time, or mark “End not announced”."))
            return None
        return self._moment("end_time", day, typed["end_time"])

    def _moment(self, name: str, day: date, clock: time) -> datetime | None:
        try:
            return shown(day, clock)
        except ValidationError as error:
            self.add_error(name, error)
            return None


class EventForm(TimesForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages it is held in"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_deadline(cleaned):  # what was typed for a meeting is no part of it
            cleaned |= {name: empty for name, empty in OF_MEETINGS.items() if name in cleaned}
        return cleaned


def typed_times(event: Event) -> dict[str, Any]:
    """What was typed for the event's moments: the end of an all-day one is its last day."""
    times: dict[str, Any] = {"start_day": day_of(event.starts_at)}
    if not event.is_all_day:
        times["start_time"] = clock_of(event.starts_at)
    if event.has_open_end or event.is_deadline:
        return times
    if event.is_all_day:
        return times | {"end_day": last_day(event.starts_at, event.ends_at)}
    return times | {"end_day": day_of(event.ends_at), "end_time": clock_of(event.ends_at)}
