from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Organization
from events.models.organization import Kind
from sorb.admin.content import Part
from sorb.admin.filters import LacksEnglishFilter
from sorb.admin.merging import MergingAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS
from sorb.admin.thumbnails import thumbnail


class KindFilter(admin.SimpleListFilter):
    """The few partners are not to be lost among the many municipalities."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("others", _("All but municipalities")), *Kind.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "others":
            return queryset.exclude(kind=Kind.MUNICIPALITY)
        return queryset.filter(kind=self.value()) if self.value() in Kind.values else queryset


@admin.register(Organization)
class OrganizationAdmin(MergingAdmin):
    menu_place = 4
    parts = (
        Part(_("Organization"), (pair("name"), pair("short_name"), "kind", "logo")),
        Part(_("About it"), (pair("text"), "site", "is_listed")),
        Part(_("Where it is"), (pair("district"), pair("region"), ("code", "ekatte", "nuts3"))),
        ADDRESS,
    )
    search_fields = ("name_bg", "name_en", "short_name_bg", "short_name_en", "code")
    list_display = ("emblem", "heading", "kind", "district_bg", "is_listed", "languages_present")
    list_filter = (KindFilter, LacksEnglishFilter, "is_listed")
    list_select_related = ("logo",)

    @admin.display(description="")
    def emblem(self, organization: Organization) -> SafeString:
        return thumbnail(organization.logo)
