"""„Направи копие“: an event once more, usually a year later, with chosen parts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events.copies import Piece, copied, next_year
from events.models import Event
from sorb.admin.moments import DayField
from sorb.admin.pairs import pair
from sorb.dates import SkippedTimeError, day_of
from sorb.publishing.addresses import LANGUAGES

from . import beside

USUAL = [piece.value for piece in Piece if piece != Piece.ADDRESSES]


def in_a_later_year(day: date) -> date:
    """A year later by weeks, or so many years that it is still to come."""
    later = next_year(day)
    while later <= day_of(timezone.now()):
        later = next_year(later)
    return later


class CopyForm(beside.BesideForm):
    start_day = DayField(
        label=_("Starts on"),
        help_text=_("Times stay as they are on the clock; the programme moves along."),
    )
    title_bg = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("Title"), max_length=200, required=False)
    pieces = forms.MultipleChoiceField(
        label=_("What comes along"),
        choices=Piece.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = ((_("The copy"), ("start_day", pair("title"), "pieces")),)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        day = in_a_later_year(event.first_day)
        years = str(event.first_day.year), str(day.year)
        titles = {
            f"title_{code}": event.heading_in(code).replace(*years)[:200] for code in LANGUAGES
        }
        initial = {"start_day": day, "pieces": USUAL, **titles}
        super().__init__(*args, initial=initial, **kwargs)
        for code in LANGUAGES:
            self.fields[f"title_{code}"].widget.attrs.update({"lang": code, "class": "vTextField"})

    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"title_{code}"] for code in LANGUAGES}


class Duplicating:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        both = require_http_methods(["GET", "HEAD", "POST"])
        view = self.admin_site.admin_view(both(self.copy_view))  # type: ignore[attr-defined]
        own = [path("<int:pk>/copy/", view, name="events_event_copy")]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def may_copy(self, request: HttpRequest, event: Event | None) -> bool:
        """Whoever may see it and may add events."""
        may_add: bool = self.has_add_permission(request)  # type: ignore[attr-defined]
        return may_add and self.has_view_permission(request, event)  # type: ignore[attr-defined]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        event = context["original"]
        context["may_copy"] = event is not None and self.may_copy(request, event)
        return super().render_change_form(request, context, *args, **kw)  # type: ignore[misc]

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = beside.found(self, request, pk, is_allowed=lambda one: self.may_copy(request, one))
        if request.method != "POST":
            return self._copy_page(request, event, CopyForm(event=event))
        return beside.once(request, lambda: self._copy(request, event))

    def _copy(self, request: HttpRequest, event: Event) -> HttpResponse:
        form = CopyForm(request.POST, event=event)
        if not form.is_valid():
            return self._copy_page(request, event, form)
        typed = form.cleaned_data
        try:
            with atomic():
                copy = copied(
                    event, typed["start_day"], typed["pieces"], form.titles(), request.user
                )
        except SkippedTimeError:
            words = gettext("That night the clock is put forward over a time of this event.")
            form.add_error("start_day", words)
            return self._copy_page(request, event, form)
        words = gettext("The copy is made, a draft of yours. Look through what is new this time.")
        messages.success(request, words)
        return HttpResponseRedirect(beside.form_of(copy))

    def _copy_page(self, request: HttpRequest, event: Event, form: CopyForm) -> HttpResponse:
        title = gettext("Make a copy")
        return beside.page(self, request, "admin/events/copy.html", event, title, form=form)
