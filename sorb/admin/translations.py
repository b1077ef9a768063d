"""The work list of translators: what lacks English or has it older, the most urgent first."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sorb.desk import ledger
from sorb.desk.comparison.fields import field_named
from sorb.desk.ledger import Job, State
from sorb.desk.models.about import signed_name
from sorb.desk.snapshot import row_relations
from sorb.publishing.models import Publishable

from .columns import outdated_mark, standing

PER_PAGE = 25


def urls(admin_view: Callable[[Any], Any]) -> list[URLPattern]:
    view = admin_view(require_safe(translations))
    return [path("desk/translations/", view, name="desk_translations")]


def kinds_for(user: Any) -> list[type[Publishable]]:
    """The kinds of things that a user may translate."""
    return [
        model
        for model in admin.site._registry
        if issubclass(model, Publishable) and ledger.may_translate(user, model)
    ]


def menu_entry(request: HttpRequest) -> list[dict[str, Any]]:
    """The word in the menu of every page, for whoever may translate something."""
    if not kinds_for(request.user):
        return []
    address = reverse("admin:desk_translations")
    entry = {"name": _("Translations"), "address": address, "is_current": request.path == address}
    return [entry]


def translations(request: HttpRequest) -> HttpResponse:
    kinds = kinds_for(request.user)
    if not kinds:
        raise PermissionDenied
    page = Paginator(ledger.queue(request.user, kinds), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Translations into English"),
        "page": page,
        "rows": [_row(job) for job in ledger.jobs(list(page))],
    }
    return TemplateResponse(request, "admin/translations.html", context)


def _row(job: Job) -> dict[str, Any]:
    item = job.item
    options = item._meta
    return {
        "item": item,
        "kind": options.verbose_name,
        "address": reverse(
            f"admin:{options.app_label}_{options.model_name}_translate", args=[item.pk]
        ),
        "standing": standing(item),
        "is_missing": job.state == State.MISSING,
        "mark": outdated_mark(item) if job.state == State.OUTDATED else "",
        "waiting": _waiting(job),
        "changed": changed_words(type(item), job.changed),
        "draft": job.draft,
        "draft_author": signed_name(job.draft.changed_by) if job.draft else "",
    }


def _waiting(job: Job) -> str:
    if job.days < 1:
        return _("waits since today")
    days = {"days": job.days}
    return ngettext("waits for %(days)s day", "waits for %(days)s days", job.days) % days


def changed_words(model: type[Publishable], names: list[str]) -> str:
    """What changed in the Bulgarian: „2 промени: заглавие, програма“; "" where nothing is known."""
    if not names:
        return ""
    relations = row_relations(model)
    labels = [
        str(relations[name].related_model._meta.verbose_name_plural)
        if name in relations
        else str(field_named(model, name).translated_field.verbose_name)
        for name in names
    ]
    told = ngettext(
        "%(count)s field changed: %(names)s", "%(count)s fields changed: %(names)s", len(names)
    )
    return told % {"count": len(names), "names": ", ".join(labels)}
