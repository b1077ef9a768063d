"""„Обедини с …“: two records of the same person or organization become one, and can be parted."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sorb.desk import merging, parting
from sorb.desk.models import Merge

from .history import UNFIT
from .named import NamedAdmin

FOUND = 20  # records that a search shows
LONGEST = 200  # characters of a search


class MergingAdmin(NamedAdmin):
    """Of people and organizations: their model knows `merge_refusal`."""

    actions = ("merge_two",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        both = require_http_methods(["GET", "HEAD", "POST"])
        own = [
            path("<int:pk>/merge/", view(both(self.merge_view)), name=f"{name}_merge"),
            path(
                "<int:pk>/merge/<int:merge_pk>/undo/",
                view(both(self.unmerge_view)),
                name=f"{name}_unmerge",
            ),
        ]
        return own + super().get_urls()

    def has_merge_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Merging changes the one record and deletes the other."""
        may_change: bool = self.has_change_permission(request, obj)
        return may_change and bool(self.has_delete_permission(request, obj))

    @admin.action(description=gettext_lazy("Merge the two chosen"), permissions=["merge"])
    def merge_two(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """From the list to the page that says what would move."""
        pks = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(pks) != 2:
            messages.error(request, _("Choose exactly two records to be merged."))
            return None
        address = self._address("merge", pks[0])
        return HttpResponseRedirect(f"{address}?other={pks[1]}")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {})}
        if object_id.isdecimal() and self.has_merge_permission(request):
            model = self.model
            context["merges"] = Merge.objects.about(model(pk=int(object_id[:18]))).standing()
        return super().history_view(request, object_id, context)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A search for the other record; then what would move; by POST it moves."""
        kept = self._allowed(request, pk)
        said = request.POST if request.method == "POST" else request.GET
        other = self._other(said.get("other", ""), kept)
        if other is None:
            if said.get("other"):
                raise Http404(_("There is no such record."))
            return self._search_page(request, kept)
        if request.method != "POST":
            return self._merge_page(request, kept, other)
        with atomic():
            return self._merge(request, kept, other)

    def _merge(self, request: HttpRequest, kept: Any, other: Any) -> HttpResponse:
        kept, other = self._locked(kept, other)
        seen = request.POST.get("version"), request.POST.get("other_version")
        if seen != (self._token(kept, request), self._token(other, request)):
            words = _("One of the two has been saved since you opened this page. Look again.")
            return self._merge_page(request, kept, other, words)
        if kept.merge_refusal(other):
            return self._merge_page(request, kept, other)
        name = str(other)
        merging.merge(kept, other, request.user)
        messages.success(
            request,
            _("“%(other)s” is now a part of “%(kept)s”. The history has the way back.")
            % {"other": name, "kept": kept},
        )
        return HttpResponseRedirect(self._address("history", kept.pk))

    def unmerge_view(self, request: HttpRequest, pk: int, merge_pk: int) -> HttpResponse:
        """What stands again; by POST it does, while nothing contradicts."""
        kept = self._allowed(request, pk)
        try:
            with atomic():
                return self._unmerge(request, kept, merge_pk)
        except UNFIT:
            words = _("Something that it needs was deleted meanwhile. Nothing was changed.")
            row = Merge.objects.about(kept).get(pk=merge_pk)
            return self._unmerge_page(request, kept, row, [words], 409)

    def _unmerge(self, request: HttpRequest, kept: Any, merge_pk: int) -> HttpResponse:
        (kept,) = self._locked(kept)
        row = Merge.objects.about(kept).select_for_update().filter(pk=merge_pk).first()
        if row is None:
            raise Http404(_("There is no such page."))
        if row.undone_at is not None:
            messages.info(request, _("It has been undone already."))
            return HttpResponseRedirect(self._address("history", kept.pk))
        found = parting.contradictions(row, kept)
        if request.method != "POST" or found:
            status = 409 if request.method == "POST" else 200
            return self._unmerge_page(request, kept, row, found, status)
        other = parting.part(row, kept, request.user)
        messages.success(request, _("“%(name)s” stands by itself again.") % {"name": other})
        return HttpResponseRedirect(self._address("change", other.pk))

    def _allowed(self, request: HttpRequest, pk: int) -> Any:
        """The record, when the user may merge.

        Raises:
            PermissionDenied: he may not.
            Http404: there is no such record.
        """
        item = self.get_object(request, str(pk))
        if not self.has_merge_permission(request, item):
            raise PermissionDenied
        if item is None:
            raise Http404(_("There is no such page."))
        return item

    def _other(self, said: str, kept: Any) -> Any:
        if not (said.isascii() and said.isdecimal()) or int(said[:18]) == kept.pk:
            return None
        return type(kept)._base_manager.filter(pk=int(said[:18])).first()

    def _locked(self, *items: Any) -> list[Any]:
        """The records, locked in the order of their keys: two merges never wait for each other.

        Raises:
            Http404: one of them is gone by now.
        """
        model = type(items[0])
        rows = model._base_manager.select_for_update().order_by("pk")
        found = {row.pk: row for row in rows.filter(pk__in=[item.pk for item in items])}
        if len(found) != len(items):
            raise Http404(_("There is no such record."))
        return [found[item.pk] for item in items]

    def _token(self, item: Any, request: HttpRequest) -> str:
        return str(self.token_for(item, request))

    def _search_page(self, request: HttpRequest, kept: Any) -> HttpResponse:
        """Those that a search finds; before it, those of the same name."""
        query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        others = type(kept)._base_manager.exclude(pk=kept.pk).order_by("sort_key_bg", "pk")
        if query:
            asked = Q(name_bg__icontains=query) | Q(name_en__icontains=query)
            found = others.filter(asked)
        else:
            found = others.filter(Q(sort_key_bg=kept.sort_key_bg) | Q(name_bg=kept.name_bg))
        context = {"query": query, "found": found[:FOUND]}
        return self._merging_page(request, "admin/merge_search.html", kept, context)

    def _merge_page(
        self, request: HttpRequest, kept: Any, other: Any, stopped: str = ""
    ) -> HttpResponse:
        refusal = kept.merge_refusal(other)
        context = {
            "other": other,
            "plan": merging.plan(kept, other),
            "refusal": refusal,
            "stopped": stopped,
            "version": self._token(kept, request),
            "other_version": self._token(other, request),
            "turned": f"{self._address('merge', other.pk)}?other={kept.pk}",
        }
        is_stopped = stopped or (refusal and request.method == "POST")
        status = 409 if is_stopped else 200
        return self._merging_page(request, "admin/merge.html", kept, context, status)

    def _unmerge_page(
        self, request: HttpRequest, kept: Any, row: Merge, found: list[str], status: int
    ) -> HttpResponse:
        context = {"row": row, "contradictions": found}
        return self._merging_page(request, "admin/unmerge.html", kept, context, status)

    def _merging_page(
        self, request: Any, template: str, kept: Any, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        told = {
            **self.admin_site.each_context(request),
            "title": _("Undo the merge") if "row" in context else _("Merge with another record"),
            "opts": self.opts,
            "item": kept,
            **context,
        }
        return TemplateResponse(request, template, told, status=status)

    def _address(self, page: str, item: Any) -> str:
        """Of a page of a record, by the record or by its key."""
        kind = self.opts
        name = f"admin:{kind.app_label}_{kind.model_name}_{page}"
        return reverse(name, args=[getattr(item, "pk", item)])
