"""What an open form asks while it is written in: who else has it open, and who is signed in."""

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sorb.accounts import steps
from sorb.accounts.middleware import awaited_user
from sorb.accounts.second_factor import is_kept
from sorb.desk.models import OpenForm, Revision
from sorb.desk.models.about import signed_name

KEPT = timedelta(days=1)  # a computer that slept over night comes back to its own row
MARKER = "kept"

# Asked by pages, not by people: these answers must not prolong a session
QUIET_VIEWS = frozenset({"admin:desk_session", "admin:desk_presence"})


class UnreadableError(ValueError):
    """What a page sent is no question about a form."""


@dataclass(frozen=True)
class Question:
    """What the page of a form says of itself."""

    app_label: str
    model: str
    pk: str
    token: uuid.UUID
    is_leaving: bool

    @classmethod
    def read(cls, body: bytes) -> "Question":
        """The question in the body of a request.

        Raises:
            UnreadableError: it is not JSON, or not of this form.
        """
        try:
            said = json.loads(body)
            names = [said[name] for name in ("app_label", "model", "pk")]
            if not all(isinstance(name, str) and name for name in names):
                raise UnreadableError
            app_label, model, pk = names
            return cls(
                app_label, model, pk, uuid.UUID(said["token"]), said.get("is_leaving") is True
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnreadableError from error


def urls(admin_view: Callable[[Any], Any]) -> list[URLPattern]:
    return [
        path("desk/session/", session, name="desk_session"),
        path("desk/presence/", admin_view(presence), name="desk_presence"),
    ]


@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Whether this browser is still signed in, as whom, and the token that a form must send; after
    the password alone, the page that asks for the second step."""
    is_in = admin.site.has_permission(request)
    awaited = awaited_user(request)
    has_step = awaited is not None and is_kept(awaited)
    answer = {
        "signed_in": is_in,
        "user": request.user.pk if is_in else None,
        "csrf_token": get_token(request),
        "step": steps.to_step(request.path).url if has_step else None,
    }
    return JsonResponse(answer, headers={"Cache-Control": "no-store, private"})


@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """Notes that a form is open, or that it was left; who else has it open, and its version now.

    Raises:
        PermissionDenied: the user may not see the item.
        Http404: there is no such item.
    """
    try:
        question = Question.read(request.body)
    except UnreadableError:
        return JsonResponse({"error": _("This is no question about a form.")}, status=400)
    desk, item = asked_about(request, question)
    user: Any = request.user
    if question.is_leaving:
        OpenForm.objects.filter(token=question.token, user=user).delete()
        return HttpResponse(status=204)
    note_open(user, item, question.token)
    return JsonResponse({"others": others(user, item), **standing(request, desk, item)})


def asked_about(request: HttpRequest, question: Question) -> tuple["ModelAdmin[Any]", models.Model]:
    """The item of a question, and its place in the admin.

    Raises:
        PermissionDenied: the user may not see the item.
        Http404: there is no such item.
    """
    try:
        model = apps.get_model(question.app_label, question.model)
        desk = admin.site.get_model_admin(model)
    except (LookupError, ValueError, NotRegistered) as error:
        raise Http404 from error
    if not desk.has_view_or_change_permission(request):
        raise PermissionDenied
    try:
        item = desk.get_object(request, question.pk)
    except (ValueError, OverflowError, ValidationError):
        item = None
    if item is None:
        raise Http404
    if not desk.has_view_or_change_permission(request, item):
        raise PermissionDenied
    return desk, item


def note_open(user: Any, item: models.Model, token: uuid.UUID) -> None:
    now = timezone.now()
    if OpenForm.objects.filter(token=token, user=user).update(seen_at=now):
        return
    OpenForm.objects.filter(seen_at__lt=now - KEPT).delete()
    OpenForm.objects.bulk_create(
        [OpenForm(**OpenForm.of(item), token=token, user=user)], ignore_conflicts=True
    )


def others(user: Any, item: models.Model) -> list[dict[str, Any]]:
    """Everybody else who has an item open: the name, and for how many minutes."""
    now = timezone.now()
    since: dict[Any, dict[str, Any]] = {}
    for form in OpenForm.objects.about(item).seen().exclude(user=user).select_related("user"):
        minutes = int((now - form.opened_at) / timedelta(minutes=1))
        since.setdefault(form.user_id, {"name": signed_name(form.user), "minutes": minutes})
    return list(since.values())


def standing(request: HttpRequest, desk: "ModelAdmin[Any]", item: models.Model) -> dict[str, Any]:
    """The version that a form must have seen to be saved, and who made it."""
    revision = Revision.objects.about(item).first()
    return {
        "version": desk.token_for(item, request) if hasattr(desk, "token_for") else "",
        "saved_by": revision.author_name if revision else "",
        "is_own": revision is not None and revision.author_id == request.user.pk,
    }


def saved_marker(request: HttpRequest, keys: Iterable[str]) -> None:
    """Tell the browser, on whatever page comes next, that a form was really saved.

    Args:
        keys: the tokens of the forms; names of items beside them do no harm.
    """
    messages.info(request, " ".join(keys), extra_tags=MARKER)
