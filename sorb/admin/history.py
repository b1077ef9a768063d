"""The history of an item: its revisions, any two compared, one read, one put back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import FileField
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sorb.desk import history, workflow
from sorb.desk.comparison import contents, differences, summary
from sorb.desk.models import Revision
from sorb.desk.snapshot import STANDING, Snapshot, taken, value_fields

PER_PAGE = 25
# Something else has its address now, or what it cannot do without is gone
UNFIT = (IntegrityError, ValidationError, TypeError, ValueError)


def unfit_words() -> str:
    return _(
        "It cannot be put back as it was: something it needs was deleted, or something else has "
        "its address or code by now. Nothing was changed."
    )


def snapshot_after(item: Any, now: Snapshot, old: Snapshot) -> Snapshot:
    """What an item will be once it is restored.

    Where it stands, what the site keeps by itself, its file, and whatever the model did not have
    at that time stay as they are now.
    """
    kept = STANDING | getattr(item, "record", frozenset())
    columns = {
        field.name
        for field in value_fields(type(item))
        if field.editable and not isinstance(field, FileField) and field.name not in kept
    }
    fields = {name: value for name, value in old.get("fields", {}).items() if name in columns}
    parts = {"fields": fields, "links": old.get("links", {}), "rows": old.get("rows", {})}
    return {
        part: now[part] | {name: value for name, value in told.items() if name in now[part]}
        for part, told in parts.items()
    }


class HistoryPages:
    """For a ModelAdmin whose saves keep revisions."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]
        both = require_http_methods(["GET", "HEAD", "POST"])
        own = [
            path(
                "<int:pk>/history/compare/",
                view(require_safe(self.compare_view)),
                name=f"{name}_compare",
            ),
            path(
                "<int:pk>/history/<int:revision_pk>/",
                view(require_safe(self.revision_view)),
                name=f"{name}_revision",
            ),
            path(
                "<int:pk>/history/<int:revision_pk>/restore/",
                view(both(self.restore_view)),
                name=f"{name}_restore",
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The revisions, the newest first."""
        item = self._item_of(request, unquote(object_id))
        revisions = Revision.objects.about(item).defer("snapshot")
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
        rows = [
            {
                "revision": revision,
                "summary": summary(type(item), revision.changes),
                "is_old": place == 1,
            }
            for place, revision in enumerate(page)
        ]
        latest_pk = self._latest_pk(item)
        context = {
            "page": page,
            "rows": rows,
            "latest_pk": latest_pk,
            "is_list": True,
            **(extra_context or {}),
        }
        return self._page(request, "admin/history.html", item, _("History"), context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self._item_of(request, str(pk))
        chosen = {self._chosen(request, item, name) for name in ("old", "new")}
        old, new = min(chosen, key=lambda one: one.pk), max(chosen, key=lambda one: one.pk)
        context = {
            "old": old,
            "new": new,
            "differences": differences(type(item), old.snapshot, new.snapshot),
        }
        return self._page(request, "admin/history_compare.html", item, _("Comparison"), context)

    def revision_view(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        item = self._item_of(request, str(pk))
        revision = self._revision_of(item, revision_pk)
        context = {
            "revision": revision,
            "latest_pk": self._latest_pk(item),
            "contents": contents(type(item), revision.snapshot),
        }
        return self._page(request, "admin/history_revision.html", item, _("Revision"), context)

    def restore_view(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        """What would change; by POST it does, unless somebody has saved the item meanwhile."""
        item = self._item_of(request, str(pk))
        if not self._may_restore(request, item):
            raise PermissionDenied
        revision = self._revision_of(item, revision_pk)
        if request.method != "POST":
            return self._restore_page(request, item, revision)
        try:
            with atomic():
                return self._restore(request, item, revision)
        except UNFIT:
            return self._restore_page(request, item, revision, unfit_words())

    def _restore(self, request: HttpRequest, item: Any, revision: Revision) -> HttpResponse:
        rows = self.model._base_manager.select_for_update()  # type: ignore[attr-defined]
        item = rows.filter(pk=item.pk).first()
        if item is None:
            raise Http404(_("There is no such page."))
        if not self._may_restore(request, item):
            raise PermissionDenied
        if request.POST.get("version") != self.token_for(item, request):  # type: ignore[attr-defined]
            words = _(
                "It has been saved since you opened this page. Nothing was changed: look at what "
                "would change now, then decide again."
            )
            return self._restore_page(request, item, revision, words)
        # Exactly what the page has shown is put back
        revision.snapshot = snapshot_after(item, taken(item), revision.snapshot)
        for words in history.restored(item, revision, request.user):
            messages.warning(request, words)
        messages.success(request, _("Restored as it was. Where it stood before stays as well."))
        return HttpResponseRedirect(self._address("history", item))

    def _restore_page(
        self, request: HttpRequest, item: Any, revision: Revision, refusal: str = ""
    ) -> HttpResponse:
        now = taken(self.model._base_manager.get(pk=item.pk))  # type: ignore[attr-defined]
        after = snapshot_after(item, now, revision.snapshot)
        context = {
            "revision": revision,
            "refusal": refusal,
            "differences": differences(type(item), now, after),
            "version": self.token_for(item, request),  # type: ignore[attr-defined]
            "is_public": getattr(item, "is_visible", False),
        }
        title = _("Restore this revision?")
        status = 409 if refusal else 200
        return self._page(request, "admin/history_restore.html", item, title, context, status)

    def _item_of(self, request: HttpRequest, pk: str) -> Any:
        """The item, when the user may see it.

        Raises:
            PermissionDenied: he may not.
            Http404: there is no such item.
        """
        item = self.get_object(request, pk)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, item):  # type: ignore[attr-defined]
            raise PermissionDenied
        if item is None:
            raise Http404(_("There is no such page."))
        return item

    def _may_restore(self, request: HttpRequest, item: Any) -> bool:
        """Whoever may change it; what readers see only by those who may publish."""
        if not self.has_change_permission(request, item):  # type: ignore[attr-defined]
            return False
        is_public = getattr(item, "is_visible", False)
        return not is_public or workflow.may_publish(request.user, type(item))

    def _revision_of(self, item: Any, pk: int) -> Revision:
        revision: Revision | None = Revision.objects.about(item).filter(pk=pk).first()
        if revision is None:
            raise Http404(_("There is no such revision."))
        return revision

    def _latest_pk(self, item: Any) -> Any:
        """The key of the revision that the item is now."""
        return Revision.objects.about(item).live().values_list("pk", flat=True).first()

    def _chosen(self, request: HttpRequest, item: Any, name: str) -> Revision:
        said = request.GET.get(name, "")
        if not (said.isascii() and said.isdecimal()):
            raise Http404(_("There is no such revision."))
        return self._revision_of(item, int(said[:18]))

    def _address(self, page: str, item: Any) -> str:
        kind = item._meta
        return reverse(f"admin:{kind.app_label}_{kind.model_name}_{page}", args=[item.pk])

    def _page(
        self,
        request: HttpRequest,
        template: str,
        item: Any,
        title: str,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        told = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "opts": self.opts,  # type: ignore[attr-defined]
            "item": item,
            "may_restore": self._may_restore(request, item),
            **context,
        }
        return TemplateResponse(request, template, told, status=status)
