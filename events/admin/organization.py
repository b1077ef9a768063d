from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Organization
from sorb.admin.content import Part
from sorb.admin.filters import LacksEnglishFilter
from sorb.admin.merging import MergingAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS
from sorb.admin.thumbnails import thumbnail


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
    list_filter = ("kind", LacksEnglishFilter, "is_listed")
    list_select_related = ("logo",)

    @admin.display(description="")
    def emblem(self, organization: Organization) -> SafeString:
        return thumbnail(organization.logo)
