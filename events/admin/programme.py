"""The programme of an event: its items in the order of the clock, on the event's own days."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.models import Event, ProgrammeItem
from sorb.admin.moments import ClockField, DayField, MomentsForm, shown
from sorb.admin.pairs import pair
from sorb.admin.rows import Rows
from sorb.dates import day_of, midnight_after

from .times import clock_of

TIMES = ("day", "start_time", "end_time")


class ItemForm(MomentsForm):
    day = DayField(label=_("Day"), required=False)
    start_time = ClockField(label=pgettext_lazy("time of day", "From"))
    end_time = ClockField(label=pgettext_lazy("time of day", "To"), required=False)

    class Meta:
        model = ProgrammeItem
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        item = kwargs.get("instance")
        if item is not None and item.pk:
            typed = {"day": day_of(item.starts_at), "start_time": clock_of(item.starts_at)}
            typed["end_time"] = clock_of(item.ends_at) if item.ends_at else None
            kwargs["initial"] = typed | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.event.starts_at and not any(name in self.errors for name in TIMES):
            self._compose(cleaned)
        return cleaned

    def _compose(self, typed: dict[str, Any]) -> None:
        """Set the item's moments from what was typed, or say what is wrong with it."""
        day = typed["day"] or self.event.first_day
        if not self.event.first_day <= day <= self.event.last_day:
            self.add_error("day", self._words_for_days())
            return
        try:
            starts_at = shown(day, typed["start_time"])
        except ValidationError as error:
            self.add_error("start_time", error)
            return
        try:
            ends_at = self._ends_at(starts_at, typed["end_time"])
        except ValidationError as error:
            self.add_error("end_time", error)
            return
        self.instance.starts_at, self.instance.ends_at = starts_at, ends_at

    def _ends_at(self, starts_at: datetime, clock: time | None) -> datetime | None:
        """The end on the same day; 00:00 is the midnight after it."""
        if clock is None:
            return None
        if clock == time():
            return midnight_after(starts_at)
        ends_at = shown(day_of(starts_at), clock)
        if ends_at < starts_at:
            raise ValidationError(gettext("The end is before the start."))
        return ends_at

    def _words_for_days(self) -> str:
        first, last = self.event.first_day, self.event.last_day
        days = {"first": date_format(first), "last": date_format(last)}
        if first == last:
            return gettext("The event is on %(first)s.") % days
        return gettext("The event is from %(first)s to %(last)s.") % days


class ItemFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "event": self.instance}


class Programme(Rows):
    model = ProgrammeItem
    form = ItemForm
    formset = ItemFormSet
    description = _("A day left empty is the first day of the event; 00:00 is the end of a day.")
    add_label = _("Add to the programme")
    empty_label = _("No programme yet.")
    lines = (("day", "start_time", "end_time", "kind"), pair("title"), pair("hall"), pair("text"))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name.startswith("text_") and field is not None:
            field.widget = forms.Textarea(attrs={**field.widget.attrs, "rows": 2})
        return field
