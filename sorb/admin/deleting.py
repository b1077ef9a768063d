"""How an item is deleted: never unseen, always to be recovered; and what its writers are told."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from sorb.desk import history
from sorb.desk.models import Merge, Revision


class Deleting:
    """For a ModelAdmin of things with a version (`token_for`)."""

    def _gone(self, request: Any, pk: str) -> HttpResponse | None:
        """Deleted while it was being written: nothing comes back by itself, nothing is lost."""
        kind = self.opts  # type: ignore[attr-defined]
        if not pk.isdecimal() or not self.has_change_permission(request):  # type: ignore[attr-defined]
            return None
        revision = (
            Revision.objects.filter(
                content_type__app_label=kind.app_label,
                content_type__model=kind.model_name,
                object_id=int(pk[:18]),
            )
            .select_related("author")
            .first()
        )
        gone = (Revision.Verb.DELETED, Revision.Verb.MERGED)
        if revision is None or revision.verb not in gone:
            return None
        typed = [
            (name, value)
            for name in request.POST
            if name.endswith(("_bg", "_en")) and (value := request.POST[name].strip())
        ]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("It was deleted while you were writing"),
            "successor": self._successor(int(pk[:18])) if revision.verb == gone[1] else None,
            "opts": kind,
            "revision": revision,
            "typed": typed,
        }
        return TemplateResponse(request, "admin/gone.html", context, status=409)

    def _successor(self, pk: int) -> Any:
        """The record that the one with this key was merged with."""
        model = self.model  # type: ignore[attr-defined]
        return model._base_manager.filter(pk=Merge.objects.successor(model, pk)).first()

    def log_deletions(self, request: Any, queryset: Any) -> None:
        """Written by `delete_model`, together with what can be recovered."""

    def delete_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        item = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        context = {**(extra_context or {})}
        if item is not None:
            context["item_version"] = self.token_for(item, request)  # type: ignore[attr-defined]
            seen = request.POST.get("version")
            if request.method == "POST" and seen not in (None, context["item_version"]):
                request.POST = QueryDict()  # to be asked again
                context["is_changed_meanwhile"] = True
        response = super().delete_view(request, object_id, context)  # type: ignore[misc]
        if "is_changed_meanwhile" in context:
            response.status_code = 409
        return response

    def delete_model(self, request: Any, obj: Any) -> None:
        history.deleted(obj, request.user)
        super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for item in queryset:
            self.delete_model(request, item)
