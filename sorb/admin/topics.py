"""Topics, shared by news and events."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sorb.publishing.models import Topic

from .columns import heading_marks
from .content import ContentAdmin, Part
from .filters import LacksEnglishFilter
from .pairs import pair
from .publishable import ADDRESS


class NamedAdmin(ContentAdmin):
    """What has a name in both languages and a page."""

    search_fields: Any = ("name_bg", "name_en")
    list_display: Any = ("heading", "languages_present")
    list_display_links: Any = ("heading",)
    list_filter: Any = (LacksEnglishFilter,)

    @admin.display(description=_("name"), ordering="name_bg")
    def heading(self, item: Any) -> str:
        return str(item)

    @admin.display(description=_("languages"))
    def languages_present(self, item: Any) -> SafeString:
        return heading_marks(item)


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    parts = (Part(_("Topic"), (pair("name"),)), ADDRESS)
