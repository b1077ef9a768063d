"""The pages behind „Какво се промени?“: what happened, why, what follows, and then it is done."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db.models import Field
from django.db.transaction import atomic, set_rollback
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.announcements import announced
from events.models import Change, Event
from sorb.admin import sent
from sorb.admin.pairs import labels_of
from sorb.desk import workflow
from sorb.desk.models import WorkingCopy

from .consequences import consequences, warnings
from .what_changed import Choice, choices_for

EDIT, CONFIRM = "_edit", "_confirm"
OF_PAGE = frozenset({"csrfmiddlewaretoken", "version", "kind", sent.FIELD, EDIT, CONFIRM, "_next"})


class Announcing:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        both = require_http_methods(["GET", "HEAD", "POST"])
        own = [
            path(
                "<int:pk>/what-changed/",
                view(both(self.what_changed_view)),
                name="events_event_what_changed",
            )
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def may_say_what_changed(self, request: HttpRequest, event: Event | None) -> bool:
        """Those who may publish it: readers are told at once."""
        may_publish = workflow.may_publish(request.user, Event)
        return may_publish and self.has_change_permission(request, event)  # type: ignore[attr-defined]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        event = context["original"]
        is_offered = event is not None and event.is_visible
        context["what_changed"] = is_offered and self.may_say_what_changed(request, event)
        return super().render_change_form(request, context, *args, **kw)  # type: ignore[misc]

    def what_changed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.may_say_what_changed(request, event):
            raise PermissionDenied
        if event is None:
            raise Http404(_("There is no such page."))
        if not event.is_visible:
            messages.info(request, _("Readers do not see it: change it here, nobody is told."))
            return HttpResponseRedirect(reverse("admin:events_event_change", args=[pk]))
        if request.method == "POST":
            with atomic():
                return self._answer(request, pk)
        choice = self._choice(event, request.GET.get("kind"))
        if choice is None:
            return self._choices_page(request, event)
        return self._form_page(request, event, choice, self._change_form(request, event, choice))

    def _choice(self, event: Event, kind: str | None) -> Choice | None:
        return next((choice for choice in choices_for(event) if choice.kind == kind), None)

    def _answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was sent: to be looked at once more, or to be done."""
        before_sent = sent.claim(request) if CONFIRM in request.POST else None
        if before_sent is not None:
            sent.say_saved_already(request)
            return HttpResponseRedirect(before_sent.address or request.path)
        event = Event._base_manager.select_for_update().filter(pk=pk).first()
        if event is None:
            raise Http404(_("There is no such page."))
        choice = self._choice(event, request.POST.get("kind"))
        is_stale = request.POST.get("version") != self.token_for(event, request)  # type: ignore[attr-defined]
        if choice is None:
            sent.settle(request, None)
            return self._choices_page(request, event, is_stale=is_stale)
        form = self._change_form(request, event, choice, data=request.POST)
        if is_stale or EDIT in request.POST or not form.is_valid():
            sent.settle(request, None)
            as_stored = Event._base_manager.get(pk=pk)
            return self._form_page(request, as_stored, choice, form, is_stale=is_stale)
        if CONFIRM not in request.POST:
            return self._consequences_page(request, pk, choice, form)
        address = self._done(request, pk, form)
        sent.settle(request, address)
        return HttpResponseRedirect(address)

    def _done(self, request: HttpRequest, pk: int, form: Any) -> str:
        form.instance.changed_by = request.user
        announced(pk, request.user, form.save)
        messages.success(request, _("Done. Page, lists, calendars and feeds say it now."))
        return reverse("admin:events_event_change", args=[pk])

    # The form

    def _change_form(
        self, request: HttpRequest, event: Event, choice: Choice, data: Any = None
    ) -> Any:
        """The form of a change; `event` becomes what is typed in it."""
        form_class = forms.modelform_factory(
            Event,
            form=choice.form,
            fields=[*choice.fields, "state_note_bg", "state_note_en"],
            formfield_callback=partial(self._field_of_change, request),
            labels=labels_of(Event) | self.labels,  # type: ignore[attr-defined]
        )
        return form_class(data, instance=event)

    def _field_of_change(self, request: HttpRequest, db_field: "Field[Any, Any]", **kw: Any) -> Any:
        if db_field.name == "venue":  # few enough for a plain list, which needs no script
            return db_field.formfield(**kw)
        return self.formfield_for_dbfield(db_field, request, **kw)  # type: ignore[attr-defined]

    # The three pages

    def _choices_page(
        self, request: HttpRequest, event: Event, is_stale: bool = False
    ) -> HttpResponse:
        context = {"choices": choices_for(event), "is_stale": is_stale}
        return self._change_page(request, event, "choices", context, 409 if is_stale else 200)

    def _form_page(
        self,
        request: HttpRequest,
        event: Event,
        choice: Choice,
        form: Any,
        is_stale: bool = False,
    ) -> HttpResponse:
        fieldsets = [(None, {"fields": choice.lines_for(event)})]
        context = {
            "choice": choice,
            "form": form,
            "fieldsets": AdminForm(form, fieldsets, {}, model_admin=self),  # type: ignore[arg-type]
            "is_stale": is_stale,
        }
        return self._change_page(request, event, "form", context, 409 if is_stale else 200)

    def _consequences_page(
        self, request: HttpRequest, pk: int, choice: Choice, form: Any
    ) -> HttpResponse:
        """Done for a moment, told in words, and taken back."""
        before = Event._base_manager.select_related("venue").get(pk=pk)
        rows = Change.objects.filter(event=pk)
        last = rows.last()
        with atomic():
            after = form.save()
            change = rows.last()
            told = consequences(before, after, change if change != last else None)
            set_rollback(True)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in OF_PAGE
        ]
        context = {
            "choice": choice,
            "consequences": told,
            "warnings": warnings(after),
            "has_copy": WorkingCopy.objects.about(before).exists(),
            "typed": typed,
        }
        return self._change_page(request, before, "consequences", context)

    def _change_page(
        self, request: HttpRequest, event: Event, page: str, context: Any, status: int = 200
    ) -> HttpResponse:
        told = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("What has changed?"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "item": event,
            "item_version": self.token_for(event, request),  # type: ignore[attr-defined]
            "form_token": str(uuid.uuid4()),
            **context,
        }
        return TemplateResponse(
            request, f"admin/events/what_changed_{page}.html", told, status=status
        )
