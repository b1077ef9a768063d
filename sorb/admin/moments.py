"""Days and times as people here write them: 03.10.2025 and 14:05, in Sofia."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sorb.dates import SOFIA, SkippedTimeError, moment

FIRST_YEAR, LAST_YEAR = 1900, 2100


def check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(gettext("The year must be between 1900 and 2100."), code="year")


def shown(day: date, clock: time) -> datetime:
    """The moment when clocks in Sofia show a time on a day.

    Raises:
        ValidationError: the clock is put forward over it that night.
    """
    try:
        return moment(day, clock)
    except SkippedTimeError as error:
        raise ValidationError(
            gettext("That night the clock is put forward: %(time)s does not exist."),
            code="skipped",
            params={"time": f"{clock:%H:%M}"},
        ) from error


class DayWidget(AdminDateWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        example = {"placeholder": _("dd.mm.yyyy"), "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(attrs={**example, **(attrs or {})})


class ClockWidget(AdminTimeWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        example = {"placeholder": _("hh:mm"), "autocomplete": "off"}
        super().__init__(attrs={**example, **(attrs or {})}, format="%H:%M")


class DayField(forms.DateField):
    widget = DayWidget
    default_error_messages = {"invalid": _("Write the day like 03.10.2025.")}
    default_validators = [check_year]


class ClockField(forms.TimeField):
    widget = ClockWidget
    default_error_messages = {"invalid": _("Write the time like 14:05.")}


class MomentWidget(forms.SplitDateTimeWidget):
    template_name = "admin/widgets/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, [DayWidget, ClockWidget], attrs)

    def decompress(self, value: datetime | None) -> tuple[date | None, time | None]:
        """The day and the time, to the minute: nobody types seconds."""
        if value is None:
            return None, None
        local = value.astimezone(SOFIA)
        return local.date(), local.time().replace(second=0, microsecond=0)


class MomentField(forms.MultiValueField):
    widget = MomentWidget
    default_error_messages = {
        "no_day": _("Write the day as well."),
        "no_time": _("Write the time as well."),
    }

    def __init__(self, *, require_all_fields: bool = False, **kwargs: Any) -> None:
        del require_all_fields  # the two parts have their own words for what lacks
        fields = (DayField(required=False), ClockField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        day, clock = (*data_list, None, None)[:2]
        if day is None and clock is None:
            return None
        if day is None:
            raise ValidationError(self.error_messages["no_day"], code="no_day")
        if clock is None:
            raise ValidationError(self.error_messages["no_time"], code="no_time")
        return shown(day, clock)


class MomentsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form in which a moment that nobody touched keeps its seconds. The admin says whether its
    save was stopped, and which fields stay as the database has them."""

    stopped: Any = None
    left_as_they_are: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name in self.left_as_they_are & self.fields.keys():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, MomentField) and name not in self.changed_data:
                cleaned[name] = self.initial.get(name)
        if self.stopped is not None:
            self.add_error(None, self.stopped.words)
        return cleaned
