"""The pages by which events come from calendars of others: choose, look through, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.db.models import F
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from events.importing import going_on, taking
from events.importing.limits import MOST_BYTES
from events.importing.plan import Kind, Plan, planned
from events.importing.refusal import RefusedError
from events.importing.taking import Choices, Taken
from events.importing.words import reason
from events.models import EventType, Import

LANGUAGES = [("bg", _("Bulgarian")), ("en", pgettext_lazy("language", "English"))]
SOURCE_LENGTH = 500


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        help_text=_("At most 1 MB and 1,000 events."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    address = forms.CharField(
        label=_("or address of a calendar"),
        required=False,
        max_length=SOURCE_LENGTH,
        help_text=_("The public address in the form iCal: https://… or webcal://…"),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    type: Any = forms.ModelChoiceField(
        label=_("Type of event"),
        queryset=EventType.objects.none(),
        empty_label=None,
        help_text=_("Where a category of the entry is not called like one of our types."),
    )
    language = forms.ChoiceField(
        label=_("Language of the words"),
        choices=LANGUAGES,
        help_text=_("English words are put into both languages; translate them in the drafts."),
    )
    with_past = forms.BooleanField(
        label=_("Events that are over as well"), required=False, label_suffix=""
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.queryset = EventType.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("address")):
            self.add_error(None, gettext("Choose a file, or write an address."))
        elif (file := cleaned.get("file")) and file.size > MOST_BYTES:
            self.add_error("file", reason("too_large", {"most": MOST_BYTES // 1_000_000}))
        return cleaned

    def taken(self) -> Taken:
        """The calendar that was chosen.

        Raises:
            RefusedError: the address is refused.
        """
        told = self.cleaned_data
        choices = Choices(told["type"].pk, told["language"], told["with_past"])
        if told["file"]:
            return Taken(told["file"].read(), "", choices)
        address = told["address"].strip()
        return Taken(taking.fetched(address), address, choices)


def plan_of(taken: Taken, user: Any, *, for_update: bool = False) -> Plan:
    """The plan for a calendar; a file is called as the calendar in it calls itself.

    Raises:
        RefusedError: it cannot be read.
    """
    read = taking.entries(taken.data)
    source = taken.source or read["name"] or "iCalendar"
    return planned(read, source[:SOURCE_LENGTH], taken.choices, user, for_update=for_update)


def _address(run: Import) -> str:
    return reverse("admin:events_event_import_progress", args=[run.pk])


class Importing:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        choose = require_http_methods(["GET", "HEAD", "POST"])(self.import_events)
        confirm = require_POST(self.import_confirmed)
        follow = require_http_methods(["GET", "HEAD", "POST"])(self.import_progress)
        own = [
            path("import/", view(choose), name="events_event_import"),
            path("import/confirm/", view(confirm), name="events_event_import_confirm"),
            path("import/<int:number>/", view(follow), name="events_event_import_progress"),
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def import_events(self, request: HttpRequest) -> HttpResponse:
        """Choose a calendar, then see what would come of it; nothing is stored."""
        self._check(request)
        if request.method != "POST":
            return self._choosing(request, ImportForm())
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._choosing(request, form)
        try:
            taken = form.taken()
            plan = plan_of(taken, request.user)
        except RefusedError as refused:
            form.add_error(None, reason(refused.why, refused.facts))
            return self._choosing(request, form)
        return self._looking_through(request, taken, plan)

    def import_confirmed(self, request: HttpRequest) -> HttpResponse:
        """Begin what was looked through; should it mean something else by now, show it again."""
        self._check(request)
        try:
            taken = taking.unkept(request.POST.get("taken", ""))
            with atomic():
                plan = plan_of(taken, request.user, for_update=True)
                if plan.digest == request.POST.get("digest"):
                    run = going_on.go_on(going_on.begun(plan, request.user).pk, request.user)
                    return HttpResponseRedirect(_address(run))
        except (BadSignature, RefusedError):
            messages.error(request, gettext("This page was too old. Choose the calendar again."))
            return HttpResponseRedirect(reverse("admin:events_event_import"))
        words = gettext("Something has changed meanwhile. Look through it again.")
        messages.warning(request, words)
        return self._looking_through(request, taken, plan)

    def import_progress(self, request: HttpRequest, number: int) -> HttpResponse:
        """How far an import is, and its next part; each has but his own."""
        self._check(request)
        run = Import.objects.filter(pk=number, user=request.user.pk).defer("entries").first()
        if run is None:
            raise Http404(gettext("There is no such page."))
        if request.method != "POST":
            return self._import_page(request, "admin/events/event/import_progress.html", run=run)
        try:
            going_on.go_on(number, request.user)
        except RefusedError as refused:
            messages.error(request, reason(refused.why, refused.facts))
            return HttpResponseRedirect(reverse("admin:events_event_import"))
        return HttpResponseRedirect(_address(run))

    def _check(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied

    def _choosing(self, request: HttpRequest, form: ImportForm) -> HttpResponse:
        own = Import.objects.filter(user=request.user.pk, done__lt=F("total")).defer("entries")
        return self._import_page(
            request, "admin/events/event/import.html", form=form, unfinished=own
        )

    def _looking_through(self, request: HttpRequest, taken: Taken, plan: Plan) -> HttpResponse:
        context = {
            "plan": plan,
            "created": plan.of(Kind.CREATE),
            "changed": plan.of(Kind.CHANGE, Kind.COPY),
            "skipped": plan.of(Kind.SKIP),
            "same": plan.of(Kind.SAME),
            "gone": plan.of(Kind.GONE),
            "number": len(plan.of(Kind.CREATE, Kind.CHANGE, Kind.COPY)),
            "taken": taken.kept(),
        }
        return self._import_page(request, "admin/events/event/import_plan.html", **context)

    def _import_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        told = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": gettext("Import from a calendar (.ics)"),
            "opts": self.opts,  # type: ignore[attr-defined]
            **context,
        }
        return TemplateResponse(request, template, told)
