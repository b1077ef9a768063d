"""„Промени и следващите“: one edition of a series or it and the later ones, changed together."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events.clashes import Plan, clashes, neighbours, parts_of
from events.editions import BackwardsError, Change, ImpossibleError, changed, told
from events.models import Event, Venue
from sorb.admin.moments import ClockField
from sorb.admin.pairs import pair
from sorb.dates import SkippedTimeError
from sorb.desk import workflow

from . import beside

ONE, LATER = "one", "later"
CHANGE, CANCEL = "change", "cancel"
SAVE = "_save"
FACTS = ("start_time", "end_time", "venue", *pair("hall"), *pair("title"))
NOTES = pair("state_note")
WORDS = {"hall": 100, "title": 200, "state_note": 300}  # the longest that they may be


class LaterForm(beside.BesideForm):
    scope = forms.ChoiceField(
        label=_("Which ones"),
        choices=[(LATER, _("This one and the later ones")), (ONE, _("Only this one"))],
        widget=forms.RadioSelect,
        initial=LATER,
    )
    what = forms.ChoiceField(
        label=_("What becomes of them"),
        choices=[(CHANGE, _("They change as written below")), (CANCEL, _("They are cancelled"))],
        widget=forms.RadioSelect,
        initial=CHANGE,
    )
    start_time = ClockField(
        label=_("Starts at"), required=False, help_text=_("The programme moves along.")
    )
    end_time = ClockField(label=_("Ends at"), required=False)
    venue: "forms.ModelChoiceField[Venue]" = forms.ModelChoiceField(
        Venue.objects.all(), label=_("venue"), required=False, empty_label=_("as it is")
    )
    groups = (
        (None, ("scope", "what")),
        (
            _("What changes; what is left empty stays as it is"),
            (("start_time", "end_time"), "venue", pair("hall"), pair("title")),
        ),
        (_("A note for readers, why"), (pair("state_note"),)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"hall": _("Hall"), "title": _("Title"), "state_note": _("Note for readers")}
        for name, longest in WORDS.items():
            for field in pair(name):
                self.fields[field] = forms.CharField(
                    label=labels[name],
                    max_length=longest,
                    required=False,
                    widget=forms.TextInput(attrs={"lang": field[-2:], "class": "vTextField"}),
                )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        has_facts = any(typed[name] for name in FACTS)
        if typed["what"] == CANCEL and has_facts:
            words = gettext("What is cancelled does not change as well: leave these fields empty.")
            self.add_error(None, words)
        elif typed["what"] == CHANGE and not has_facts:
            self.add_error(None, gettext("Write what changes."))
        return typed

    def change(self) -> Change:
        typed = self.cleaned_data
        words = [field for name in WORDS for field in pair(name) if field not in NOTES]
        # A reason in one language alone is not to stand beside an earlier one in the other
        has_note = any(typed[name] for name in NOTES)
        return Change(
            start_time=typed["start_time"],
            end_time=typed["end_time"],
            venue=typed["venue"],
            words={name: typed[name] for name in words if typed[name]},
            notes={name: typed[name] for name in NOTES} if has_note else {},
            is_cancelled=typed["what"] == CANCEL,
        )

    def demand_reason(self, editions: list[Event]) -> None:
        """Those who counted with something that readers see are told why it changes."""
        is_seen = any(edition.is_visible for edition in editions)
        if is_seen and self.change().is_told and not self.cleaned_data["state_note_bg"]:
            self.add_error("state_note_bg", gettext("Readers are told of it: write why."))


class ChangingLater:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        both = require_http_methods(["GET", "HEAD", "POST"])
        view = self.admin_site.admin_view(both(self.later_view))  # type: ignore[attr-defined]
        own = [path("<int:pk>/later/", view, name="events_event_later")]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        event = context["original"]
        is_edition = event is not None and event.series_id is not None
        context["may_change_later"] = is_edition and self._may_change(request, event)
        return super().render_change_form(request, context, *args, **kw)  # type: ignore[misc]

    def _may_change(self, request: HttpRequest, event: Event | None) -> bool:
        return bool(self.has_change_permission(request, event))  # type: ignore[attr-defined]

    def later_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = beside.found(
            self, request, pk, is_allowed=lambda one: self._may_change(request, one)
        )
        if request.method != "POST":
            return self._later_page(request, event, LaterForm())
        return beside.once(request, lambda: self._change_later(request, event))

    def _editions(self, request: HttpRequest, event: Event, form: LaterForm) -> list[Event]:
        """Those that are meant, as far as the user may change them; this one first."""
        meant = Event.objects.filter(pk=event.pk)
        if form.cleaned_data["scope"] == LATER and event.series_id is not None:
            meant = Event.objects.later_in_series(event)
        events = meant.select_related("venue", "type").order_by("starts_at", "pk")
        events = events.prefetch_related("programme", "appearances")
        return [each for each in events if self._may_change(request, each)]

    def _asked(self, request: HttpRequest, event: Event) -> tuple[LaterForm, list[Event]]:
        """What was typed, and whom it is about; nobody while something is wrong with it."""
        form = LaterForm(request.POST)
        if not form.is_valid():
            return form, []
        editions = self._editions(request, event, form)
        form.demand_reason(editions)
        return form, [] if form.errors else editions

    def _change_later(self, request: HttpRequest, event: Event) -> HttpResponse:
        """Show what would change, or change what is chosen."""
        form, meant = self._asked(request, event)
        if not meant or SAVE not in request.POST or not beside.is_as_shown(form):
            return self._later_page(request, event, form, meant)
        chosen = set(request.POST.getlist("edition"))
        editions = [each for each in meant if str(each.pk) in chosen]
        status = self._locked_and_judged(request, form, editions) if editions else 200
        if not editions:
            form.add_error(None, gettext("No event is chosen."))
        if form.errors:
            return self._later_page(request, event, form, meant, status=status)
        change = form.change()
        with atomic():
            for edition in editions:
                changed(Event.objects.get(pk=edition.pk), change, request.user)
        count = len(editions)
        words = ngettext("%(count)s event is changed.", "%(count)s events are changed.", count)
        messages.success(request, words % {"count": count})
        return HttpResponseRedirect(beside.form_of(event))

    def _locked_and_judged(
        self, request: HttpRequest, form: LaterForm, editions: list[Event]
    ) -> int:
        """Lock them, and say what stands in the way; the status of the answer."""
        keys = [one.pk for one in editions]
        locked = Event.objects.select_for_update(of=("self",)).in_bulk(keys)
        if any(_version(request, one.pk) != str(locked[one.pk].version) for one in editions):
            words = gettext("One of them was saved meanwhile. Nothing was changed: look again.")
            form.add_error(None, words)
            return 409
        change = form.change()
        for edition in locked.values():
            if words := _refusal(edition, change):
                form.add_error(None, f"{edition}: {words}")
        return 200

    def _later_page(
        self,
        request: HttpRequest,
        event: Event,
        form: LaterForm,
        editions: Iterable[Event] = (),
        status: int = 200,
    ) -> HttpResponse:
        rows = self._compared(request, form, list(editions)) if editions else []
        context = {
            "form": form,
            "rows": rows,
            "is_public": any(row["event"].is_visible for row in rows),
            "shown": beside.shown(form) if form.is_bound else "",
        }
        title = gettext("Change the later ones too")
        template = "admin/events/later.html"
        return beside.page(self, request, template, event, title, status=status, **context)

    def _compared(
        self, request: HttpRequest, form: LaterForm, editions: list[Event]
    ) -> list[dict[str, Any]]:
        """Each edition as it is and as it would be, and what it would meet then."""
        change, rows = form.change(), []
        for edition in editions:
            before = told(edition)
            refusal = _refusal(edition, change)
            after = before if refusal else told(edition)
            both = zip(before, after, strict=True)
            rows.append(
                {
                    "event": edition,
                    "refusal": refusal,
                    "pieces": [(was, now) for was, now in both if was or now],
                }
            )
        if not change.is_cancelled:
            self._look(request, rows)
        return rows

    def _look(self, request: HttpRequest, rows: list[dict[str, Any]]) -> None:
        """What each would meet; editions that change together are asked about as they will be."""
        changing = [row["event"] for row in rows if not row["refusal"]]
        plans = {
            event.pk: Plan.of(event, parts_of(event), event.programme.all()) for event in changing
        }
        known = workflow.viewable(request.user, Event.objects.exclude(pk__in=plans))
        others = neighbours(plans.values(), known)
        for row in rows:
            plan = plans.get(row["event"].pk)
            row["remarks"] = clashes(plan, others) if plan else []


def _version(request: HttpRequest, pk: int) -> str:
    return str(request.POST.get(f"version-{pk}", ""))


def _refusal(event: Event, change: Change) -> str:
    """Change an event without saving it; words when it cannot be."""
    try:
        change.apply(event, event.programme.all())
    except ImpossibleError as impossible:
        return str(impossible)
    except SkippedTimeError:
        return gettext("That night the clock is put forward over a time of this event.")
    except BackwardsError:
        return gettext("The end is before the start.")
    return ""
