"""Deleting what was chosen in a list: asked first, all or nothing, never what was changed since."""

import hashlib
from typing import Any

from django.contrib import admin
from django.contrib.admin.actions import delete_selected as delete_without_looking
from django.db.transaction import atomic
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def as_seen(model_admin: Any, request: HttpRequest, queryset: Any) -> str:
    """A digest of which rows there are, and of the version of each; they stay locked."""
    rows = model_admin.model._base_manager.filter(pk__in=[row.pk for row in queryset])
    locked = rows.order_by("pk").select_for_update(of=("self",))
    told = [f"{row.pk}:{getattr(row, 'version', '')}" for row in locked]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


@admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
@atomic
def delete_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> Any:
    """Django's action, which looks whether something was changed since the page that asked.

    Returns:
        The page that asks; 409 when it asks again because of a change; None once it is done.
    """
    seen = as_seen(model_admin, request, queryset)
    is_late = "post" in request.POST and request.POST.get("seen", seen) != seen
    if is_late:
        asked = request.POST.copy()
        asked.pop("post")
        request.POST = asked  # type: ignore[assignment]
    page: Any = delete_without_looking(model_admin, request, queryset)
    if page is not None:
        page.context_data |= {"seen": seen, "is_changed_meanwhile": is_late}
        page.status_code = 409 if is_late else page.status_code
        page.render()
    return page
