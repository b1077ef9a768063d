"""„Повтори събитието“: a series of real events from plain choices, looked at before it is made."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events.clashes import Plan, clashes, neighbours, parts_of
from events.editions import published, repeated, series_for
from events.models import Event
from events.repeats import MOST, Rule, Step, TooManyError, days_of
from sorb.admin.moments import DayField
from sorb.admin.pairs import pair
from sorb.admin.stops import GateError
from sorb.dates import SkippedTimeError
from sorb.desk import gate, workflow
from sorb.publishing.addresses import LANGUAGES

from . import beside

PLACES = [
    (1, pgettext_lazy("weekday of the month", "first")),
    (2, pgettext_lazy("weekday of the month", "second")),
    (3, pgettext_lazy("weekday of the month", "third")),
    (4, pgettext_lazy("weekday of the month", "fourth")),
    (-1, pgettext_lazy("weekday of the month", "last")),
]
BETWEEN_DAYS = re.compile(r"[\s,;]+")
SAVE, PUBLISH, ANYWAY = "_save", "_publish", "_publish_anyway"


class RepeatForm(beside.BesideForm):
    series_bg = forms.CharField(label=_("Name of the series"), max_length=200)
    series_en = forms.CharField(label=_("Name of the series"), max_length=200, required=False)
    step = forms.ChoiceField(
        label=_("How it repeats"), choices=Step.choices, widget=forms.RadioSelect
    )
    every = forms.IntegerField(
        label=_("Every so many weeks or months"),
        min_value=1,
        max_value=12,
        initial=1,
        required=False,
        help_text=_("1 is every, 2 is every second."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these weekdays"),
        choices=[*WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.TypedChoiceField(
        label=_("Which one of the month"),
        choices=PLACES,
        coerce=int,
        required=False,
        empty_value="1",
    )
    until = DayField(label=_("Until"), required=False, help_text=_("That day included."))
    count = forms.IntegerField(
        label=_("or so many times"), min_value=1, max_value=MOST, required=False
    )
    days = forms.CharField(
        label=_("The days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "03.10.2027, 10.10.2027"}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        first = event.first_day
        last_place = (first.day - 1) // 7 + 1
        initial = {
            "step": Step.WEEKS,
            "weekdays": [first.weekday()],
            "place": last_place if last_place < 5 else -1,
            **{f"series_{code}": event.heading_in(code) for code in LANGUAGES},
        }
        super().__init__(*args, initial=initial, **kwargs)
        if event.series is not None:
            del self.fields["series_bg"], self.fields["series_en"]
        for name in pair("series"):
            if name in self.fields:
                attrs = {"lang": name[-2:], "class": "vTextField"}
                self.fields[name].widget.attrs.update(attrs)

    @property
    def groups(self) -> tuple[beside.Group, ...]:  # type: ignore[override]
        of_series = () if self.event.series else ((_("Series"), (pair("series"),)),)
        return (
            *of_series,
            (_("When again"), ("step", ("every", "place"), "weekdays", ("until", "count"), "days")),
        )

    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"series_{code}", "") for code in LANGUAGES}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            find = self._written if typed["step"] == Step.DAYS else self._ruled
            typed["found"] = find(typed)
            if not self.errors and not typed["found"]:
                self.add_error(None, gettext("There is no such day after the event itself."))
        return typed

    def _ruled(self, typed: dict[str, Any]) -> list[date]:
        if not typed["weekdays"]:
            self.add_error("weekdays", gettext("Choose a weekday at least."))
        if typed["until"] is None and typed["count"] is None:
            self.add_error("until", gettext("Write until when, or how many times."))
        if self.errors:
            return []
        rule = Rule(
            first=self.event.first_day,
            step=typed["step"],
            every=typed["every"] or 1,
            weekdays=tuple(typed["weekdays"]),
            place=int(typed["place"]),
            until=typed["until"],
            count=typed["count"],
        )
        try:
            return days_of(rule)
        except TooManyError:
            self.add_error("until", gettext("These are more than %(most)s days.") % {"most": MOST})
            return []

    def _written(self, typed: dict[str, Any]) -> list[date]:
        """Each day once, in order, without that of the event itself."""
        found, written = set(), typed["days"]
        for word in filter(None, BETWEEN_DAYS.split(written)):
            try:
                found.add(DayField().clean(word.rstrip(".")))
            except ValidationError as error:
                self.add_error("days", [f"{word[:40]}: {each}" for each in error.messages])
        if not written.strip():
            self.add_error("days", gettext("Write the days."))
        if len(found) > MOST:
            self.add_error("days", gettext("These are more than %(most)s days.") % {"most": MOST})
        return [] if self.errors else sorted(found - {self.event.first_day})


class Repeating:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        both = require_http_methods(["GET", "HEAD", "POST"])
        view = self.admin_site.admin_view(both(self.repeat_view))  # type: ignore[attr-defined]
        own = [path("<int:pk>/repeat/", view, name="events_event_repeat")]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def may_repeat(self, request: HttpRequest, event: Event | None) -> bool:
        """Whoever may add events and change this one, which becomes the first of a series."""
        may_add: bool = self.has_add_permission(request)  # type: ignore[attr-defined]
        return may_add and self.has_change_permission(request, event)  # type: ignore[attr-defined]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        event = context["original"]
        context["may_repeat"] = event is not None and self.may_repeat(request, event)
        return super().render_change_form(request, context, *args, **kw)  # type: ignore[misc]

    def repeat_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = beside.found(
            self, request, pk, is_allowed=lambda one: self.may_repeat(request, one)
        )
        if request.method != "POST":
            return self._repeat_page(request, event, RepeatForm(event=event))
        try:
            return beside.once(request, lambda: self._repeat(request, pk))
        except GateError as stopped:
            form = RepeatForm(request.POST, event=event)
            form.is_valid()
            return self._repeat_page(request, event, form, **stopped.context)

    def _repeat(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the days, or make an event on each that is chosen."""
        event = Event.objects.select_for_update(of=("self",)).get(pk=pk)
        form = RepeatForm(request.POST, event=event)
        is_sure = bool({SAVE, PUBLISH, ANYWAY} & request.POST.keys())
        if not form.is_valid() or not is_sure or not beside.is_as_shown(form):
            return self._repeat_page(request, event, form)
        said = set(request.POST.getlist("day"))
        days = [day for day in form.cleaned_data["found"] if day.isoformat() in said]
        if not days:
            form.add_error(None, gettext("No day is chosen."))
            return self._repeat_page(request, event, form)
        try:
            with atomic():
                return self._make(request, event, form, days)
        except SkippedTimeError:
            words = gettext("That night the clock is put forward over a time of this event.")
            form.add_error(None, words)
            return self._repeat_page(request, event, form)

    def _make(
        self, request: HttpRequest, event: Event, form: RepeatForm, days: list[date]
    ) -> HttpResponse:
        series = series_for(event, form.titles(), request.user)
        made = repeated(event, days, request.user)
        if SAVE not in request.POST:
            self._publish(request, made)
        words = ngettext("%(count)s event is made.", "%(count)s events are made.", len(made))
        messages.success(request, words % {"count": len(made)})
        listed = reverse("admin:events_event_changelist")
        return HttpResponseRedirect(f"{listed}?series__id__exact={series.pk}")

    def _publish(self, request: HttpRequest, made: list[Event]) -> None:
        """Publish what was made, when the gate lets it pass.

        Raises:
            PermissionDenied: the user may not publish.
            GateError: everything is to be taken back.
        """
        beside.demand(workflow.may_publish(request.user, Event))
        findings = published(made, request.user)
        if gate.blocks(findings):
            raise GateError(findings, can_confirm=False)
        if gate.asks(findings) and ANYWAY not in request.POST:
            raise GateError(findings, can_confirm=True)

    def _repeat_page(
        self, request: HttpRequest, event: Event, form: RepeatForm, **context: Any
    ) -> HttpResponse:
        days = form.cleaned_data.get("found", []) if form.is_bound else []
        left_out = None
        if form.is_bound and beside.is_as_shown(form):
            left_out = {day.isoformat() for day in days} - set(request.POST.getlist("day"))
        told = {
            "form": form,
            "days": self._looked_at(request, event, days, left_out or set()),
            "shown": beside.shown(form) if form.is_bound else "",
            "may_publish": workflow.may_publish(request.user, Event),
            **context,
        }
        title = gettext("Repeat the event")
        return beside.page(self, request, "admin/events/repeat.html", event, title, **told)

    def _looked_at(
        self, request: HttpRequest, event: Event, days: list[date], left_out: set[str]
    ) -> list[dict[str, Any]]:
        """Each day with what the event would meet on it; the reads do not grow with the days."""
        own = Plan.of(event, parts_of(event), event.programme.all())
        plans = {day: _on(day, own, event) for day in days}
        known = workflow.viewable(request.user, Event.objects.all())
        others = neighbours(filter(None, plans.values()), known)
        return [
            {
                "day": day,
                "is_possible": plan is not None,
                "is_chosen": day.isoformat() not in left_out,
                "remarks": clashes(plan, others) if plan else [],
            }
            for day, plan in plans.items()
        ]


def _on(day: date, plan: Plan, event: Event) -> Plan | None:
    """The plan of an event on another day; None when the clock skips one of its times."""
    try:
        return plan.later(day - event.first_day)
    except SkippedTimeError:
        return None
