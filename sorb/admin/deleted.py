"""What was deleted, and the way back for it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sorb.desk import history, workflow
from sorb.desk.comparison import contents
from sorb.desk.models import Revision
from sorb.publishing.models import Publishable

from .history import PER_PAGE, UNFIT, unfit_words

LONGEST = 200  # characters of a name


def urls(admin_view: Callable[[Any], Any]) -> list[URLPattern]:
    both = require_http_methods(["GET", "HEAD", "POST"])
    return [
        path("desk/deleted/", admin_view(require_safe(deleted)), name="desk_deleted"),
        path("desk/deleted/<int:pk>/", admin_view(both(deleted_item)), name="desk_deleted_item"),
    ]


def recoverable_models(request: HttpRequest) -> list[type[models.Model]]:
    """The models of which the user may add and see things. A file that was deleted is gone, and
    with it what was only a row about it."""
    return [
        model
        for model, desk in admin.site._registry.items()
        if hasattr(desk, "restore_view")
        and not any(isinstance(field, models.FileField) for field in model._meta.concrete_fields)
        and desk.has_add_permission(request)
        and desk.has_view_or_change_permission(request)
    ]


def recoverable(request: HttpRequest) -> Any:
    """The last revisions of things that are deleted and that the user may bring back.

    Raises:
        PermissionDenied: there is no kind of thing of which he might.
    """
    kinds = ContentType.objects.get_for_models(*recoverable_models(request))
    if not kinds:
        raise PermissionDenied
    allowed = Q()
    for model, kind in kinds.items():
        of_kind = Q(content_type=kind)
        if issubclass(model, Publishable) and workflow.writes_only(request.user, model):
            of_kind &= Q(snapshot__fields__created_by=request.user.pk)
        allowed |= of_kind
    return Revision.objects.latest_of_each().filter(allowed, verb=Revision.Verb.DELETED)


def deleted(request: HttpRequest) -> HttpResponse:
    """The list, the latest first, searched by name."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    revisions = recoverable(request).defer("snapshot")
    if query:
        revisions = revisions.filter(name__icontains=query)
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"revision": revision, "kind": kind_of(revision)} for revision in page]
    context = {"title": _("What was deleted"), "query": query, "page": page, "rows": rows}
    return answer(request, "admin/desk/deleted.html", context)


def deleted_item(request: HttpRequest, pk: int) -> HttpResponse:
    """What one of them said; by POST it comes back."""
    revision = recoverable(request).filter(pk=pk).first()
    if revision is None:
        return nothing_to_recover(request, pk)
    if request.method != "POST":
        return deleted_page(request, revision)
    try:
        with atomic():
            return recover(request, revision)
    except UNFIT:
        return deleted_page(request, revision, unfit_words())


def nothing_to_recover(request: HttpRequest, pk: int) -> HttpResponse:
    """It came back already, or was never there for this user.

    Raises:
        PermissionDenied: it is deleted, and another may bring it back.
        Http404: it never was.
    """
    revision = Revision.objects.filter(pk=pk, verb=Revision.Verb.DELETED).first()
    if revision is None:
        raise Http404(_("There is no such page."))
    is_latest = Revision.objects.latest_of_each().filter(pk=revision.pk).exists()
    may_recover = revision.content_type.model_class() in recoverable_models(request)
    if is_latest or not may_recover:
        raise PermissionDenied
    messages.info(request, _("It has been recovered already."))
    return HttpResponseRedirect(reverse("admin:desk_deleted"))


def recover(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Bring it back, unless somebody else just did."""
    Revision.objects.select_for_update().get(pk=revision.pk)
    if not recoverable(request).filter(pk=revision.pk).exists():
        return nothing_to_recover(request, revision.pk)
    item, lost = history.recovered(revision, request.user)
    for words in lost:
        messages.warning(request, words)
    words = _("Recovered. Readers do not see it until it is published.")
    messages.success(request, words if isinstance(item, Publishable) else _("Recovered."))
    kind = item._meta
    address = reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[item.pk])
    return HttpResponseRedirect(address)


def deleted_page(request: HttpRequest, revision: Revision, refusal: str = "") -> HttpResponse:
    model: Any = revision.content_type.model_class()
    context = {
        "title": _("Deleted: %(name)s") % {"name": revision.name},
        "revision": revision,
        "kind": kind_of(revision),
        "contents": contents(model, revision.snapshot),
        "refusal": refusal,
    }
    return answer(request, "admin/desk/deleted_item.html", context, 409 if refusal else 200)


def kind_of(revision: Revision) -> Any:
    model: Any = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return model._meta.verbose_name


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    told = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, told, status=status)
