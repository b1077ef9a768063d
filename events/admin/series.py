from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Series
from sorb.admin.columns import language_marks
from sorb.admin.content import Part
from sorb.admin.named import NamedAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS
from sorb.publishing.addresses import LANGUAGES


@admin.register(Series)
class SeriesAdmin(NamedAdmin):
    parts = (Part(_("Series"), (pair("title"), pair("text"))), ADDRESS)
    search_fields: ClassVar[tuple[str, ...]] = ("title_bg", "title_en")
    list_display = ("heading", "events_in_it", "languages_present")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Series]":
        found: QuerySet[Series] = super().get_queryset(request)
        return found.annotate(event_count=Count("events"))

    @admin.display(description=_("title"), ordering="title_bg")
    def heading(self, item: Series) -> str:
        return str(item)

    @admin.display(description=_("events"), ordering="event_count")
    def events_in_it(self, item: Series) -> int:
        return int(getattr(item, "event_count", 0))

    @admin.display(description=_("languages"))
    def languages_present(self, item: Series) -> SafeString:
        return language_marks({code: item.has_language(code) for code in LANGUAGES})
