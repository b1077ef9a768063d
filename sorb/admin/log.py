"""The site-wide log: read by whoever may, changed by nobody."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sorb.desk import workflow
from sorb.desk.models import Entry
from sorb.publishing.models import Publishable

from .changelist import ContentChangeList
from .columns import day_and_clock


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The kinds of things that the log has lines about."""
        kinds = Entry.objects.exclude(content_type=None).order_by()
        named = [
            (str(kind), capfirst(model._meta.verbose_name_plural))
            for kind in kinds.values_list("content_type", flat=True).distinct()
            if (model := ContentType.objects.get_for_id(kind).model_class())
        ]
        return sorted(named, key=lambda one: str(one[1]))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(content_type=value) if value in known else queryset


class LogList(ContentChangeList):
    """The lines with the addresses of what they are about: one read for each kind of thing."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys: dict[Any, set[int]] = {}
        for entry in self.result_list:
            if entry.content_type_id and entry.object_id:
                keys.setdefault(entry.content_type_id, set()).add(entry.object_id)
        addresses = {
            (kind, pk): address
            for kind, pks in keys.items()
            for pk, address in self._addresses(request, kind, pks).items()
        }
        for entry in self.result_list:
            key = (entry.content_type_id, entry.object_id)
            entry.item_address = addresses.get(key, "")

    def _addresses(self, request: HttpRequest, kind: int, pks: set[int]) -> dict[int, str]:
        """The forms of those that exist and that the user may see."""
        model = ContentType.objects.get_for_id(kind).model_class()
        desk = self.model_admin.admin_site._registry.get(model) if model else None
        if model is None or desk is None or not desk.has_view_or_change_permission(request):
            return {}
        items: Any = model._base_manager.filter(pk__in=pks)
        if issubclass(model, Publishable):
            items = workflow.viewable(request.user, items)
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        try:
            return {pk: reverse(name, args=[pk]) for pk in items.values_list("pk", flat=True)}
        except NoReverseMatch:
            return {}


@admin.register(Entry)
class LogAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("moment", "who", "done", "of_what", "words", "address")
    list_display_links = None
    list_filter = ("action", KindFilter, ("user", admin.RelatedOnlyFieldListFilter))
    list_per_page = 50
    show_full_result_count = False
    empty_value_display = "–"
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
    search_fields = ("user_name", "name", "words", "address")
    search_help_text = _("Searches people, names, details and network addresses.")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list is all there is: a line says everything in it."""
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="desk_entry_changelist")]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return LogList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=_("when"), ordering="at")
    def moment(self, entry: Entry) -> SafeString:
        return day_and_clock(entry.at)

    @admin.display(description=_("who"), ordering="user_name")
    def who(self, entry: Entry) -> str:
        return entry.user_name or "–"

    @admin.display(description=_("what was done"), ordering="action")
    def done(self, entry: Entry) -> str:
        return entry.get_action_display()

    @admin.display(description=_("of what"), ordering="name")
    def of_what(self, entry: Any) -> SafeString | str:
        words = self._kind(entry)
        if entry.item_address:
            name = format_html('<a href="{}">{}</a>', entry.item_address, entry.name or "–")
        else:
            name = format_html("{}", entry.name or "–")
        return format_html("{}<br><small>{}</small>", name, words) if words else name

    def _kind(self, entry: Entry) -> str:
        if not entry.content_type_id:
            return ""
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        return capfirst(str(model._meta.verbose_name)) if model else ""
