"""The question that the form of an event asks while it is typed: what does it meet at its time?"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.clashes import Plan, clashes, neighbours, past
from events.models import Event
from sorb.desk import workflow
from sorb.publishing.remarks import Remark

from .times import TIMES

MOST_SPEAKERS = 200  # that a question may name


class Clashing:
    """For the admin of events."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.clashes_view))  # type: ignore[attr-defined]
        return [path("clashes/", view, name="events_event_clashes"), *super().get_urls()]  # type: ignore[misc]

    def clashes_view(self, request: HttpRequest) -> JsonResponse:
        """Words about what was typed so far, each with the name and address of what it is about.

        Raises:
            PermissionDenied: the user may not save such a form.
            Http404: there is no such event.
        """
        event = self._asked_about(request)
        form = self.get_form(request, event, change=event is not None)  # type: ignore[attr-defined]
        found = _said(request, form(request.GET, instance=Event()), event)
        rows = [remark._asdict() for remark in found]
        answer = {"heading": _("At that time") if rows else "", "clashes": rows}
        return JsonResponse(answer, headers={"Cache-Control": "no-store, private"})

    def _asked_about(self, request: HttpRequest) -> Event | None:
        pk = _number(request.GET.get("pk", ""))
        if pk is None:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]
                raise PermissionDenied
            return None
        event: Event | None = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, event):  # type: ignore[attr-defined]
            raise PermissionDenied
        if event is None:
            raise Http404(_("There is no such page."))
        return event


def _said(request: HttpRequest, form: Any, event: Event | None) -> list[Remark]:
    """What is wrong with the times themselves, else what they meet; of an unfinished form no more
    is asked."""
    asked = request.GET
    wrong = [name for name in TIMES if name in form.errors and asked.get(name)]
    if wrong:
        return [Remark(form.errors[name][0], name) for name in wrong]
    typed = form.instance
    if not typed.starts_at or not typed.ends_at:
        return []
    plan = _plan(request, typed, event)
    is_as_saved = event is not None and event.starts_at == typed.starts_at
    if typed.is_over:
        return [] if is_as_saved else past(plan)
    others = neighbours([plan], workflow.viewable(request.user, Event.objects.all()))
    return [*([] if is_as_saved else past(plan)), *clashes(plan, others)]


def _plan(request: HttpRequest, typed: Event, event: Event | None) -> Plan:
    """The plan as typed; its programme is the saved one: items typed anew cannot be chosen yet."""
    typed.pk = event.pk if event else None
    asked = request.GET.getlist("speakers")[:MOST_SPEAKERS]
    parts = [part for said in asked if (part := _part(said)) is not None]
    return Plan.of(typed, parts, event.programme.all() if event else ())


def _part(said: str) -> tuple[int, int | None] | None:
    """A speaker, and the item of the programme after a colon; None for anything else."""
    speaker, _colon, item = said.partition(":")
    number = _number(speaker)
    return None if number is None else (number, _number(item))


def _number(said: str) -> int | None:
    """A key as an address has it; None for anything else."""
    is_key = said.isascii() and said.isdecimal() and len(said) < 19
    return int(said) if is_key else None
