"""What the pages beside the form of an event have in common."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from sorb.admin import sent

Group = tuple[Any, tuple[Any, ...]]  # a heading, and the names of fields


class BesideForm(forms.Form):
    """A form in groups, drawn like the form of an event."""

    groups: tuple[Group, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def fieldsets(self) -> AdminForm:
        told: Any = [(heading, {"fields": names}) for heading, names in self.groups]
        return AdminForm(self, told, {})  # type: ignore[arg-type]


def found(desk: Any, request: HttpRequest, pk: int, *, is_allowed: Callable[[Any], bool]) -> Event:
    """The event of an address.

    Args:
        is_allowed: whether the user may do there what the page is for; asked with None as well.

    Raises:
        PermissionDenied: he may not.
        Http404: there is no such event.
    """
    event: Event | None = desk.get_object(request, str(pk))
    if not is_allowed(event):
        raise PermissionDenied
    if event is None:
        raise Http404(_("There is no such page."))
    return event


def once(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """What `do` answers; the same form sent twice leads to what it made the first time."""
    with atomic():
        before = sent.claim(request)
        if before is not None and before.address and before.digest == sent.digest(request):
            sent.say_saved_already(request)
            return HttpResponseRedirect(before.address)
        response = do()
        is_done = isinstance(response, HttpResponseRedirect)
        sent.settle(request, response.url if is_done else None)  # type: ignore[attr-defined]
        return response


def shown(form: forms.Form) -> str:
    """A digest of what was typed: whoever confirms what a page has shown sends it along."""
    data: Any = form.data
    told = [(name, data.getlist(name)) for name in sorted(form.fields)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def is_as_shown(form: forms.Form) -> bool:
    return form.data.get("shown") == shown(form)


def demand(is_allowed: bool) -> None:
    """Raises PermissionDenied unless it is allowed."""
    if not is_allowed:
        raise PermissionDenied


def form_of(event: Event) -> str:
    """The address of its form."""
    return reverse("admin:events_event_change", args=[event.pk])


def page(
    desk: Any,
    request: HttpRequest,
    template: str,
    event: Event,
    title: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    told = {
        **desk.admin_site.each_context(request),
        "title": title,
        "opts": desk.opts,
        "item": event,
        "form_token": str(sent.token_of(request) or uuid.uuid4()),
        **context,
    }
    return TemplateResponse(request, template, told, status=status)
