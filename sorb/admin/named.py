"""The admin of what has a name in both languages: people, organizations, places, categories."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sorb.publishing.addresses import LANGUAGES

from .columns import language_marks
from .content import ContentAdmin
from .filters import LacksEnglishFilter


class NamedAdmin(ContentAdmin):
    search_fields: ClassVar[Any] = ("name_bg", "name_en")
    list_display: Any = ("heading", "languages_present")
    list_display_links = ("heading",)
    list_filter: ClassVar[Any] = (LacksEnglishFilter,)

    @admin.display(description=_("name"), ordering="name_bg")
    def heading(self, item: Any) -> str:
        return str(item)

    @admin.display(description=_("languages"))
    def languages_present(self, item: Any) -> SafeString:
        return language_marks({code: bool(getattr(item, f"name_{code}")) for code in LANGUAGES})
