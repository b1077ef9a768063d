from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Speaker
from sorb.admin.content import Part
from sorb.admin.filters import LacksEnglishFilter
from sorb.admin.merging import MergingAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS
from sorb.admin.thumbnails import thumbnail


@admin.register(Speaker)
class SpeakerAdmin(MergingAdmin):
    menu_place = 3
    parts = (
        Part(_("Person"), (pair("name"), pair("position"), "organization", "photo")),
        Part(_("About the person"), (pair("biography"), "is_listed")),
        ADDRESS,
    )
    autocomplete_fields = ("organization",)
    search_fields = ("name_bg", "name_en", "position_bg", "position_en")
    list_display = ("face", "heading", "position", "organization", "languages_present")
    list_filter = (LacksEnglishFilter, "is_listed")
    list_select_related = ("photo", "organization")

    @admin.display(description="")
    def face(self, speaker: Speaker) -> SafeString:
        return thumbnail(speaker.photo)
