from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Event, EventDocument, EventImage, EventType, State, Venue
from sorb.admin.columns import badge, language_marks
from sorb.admin.content import ContentAdmin, Part
from sorb.admin.filters import LacksEnglishFilter, StatusFilter, TimeFilter
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS, RECORD, PublishableAdmin
from sorb.admin.rows import DocumentRows, ImageRows
from sorb.dates import SOFIA

from .parts import Appearances, Participations
from .programme import Programme
from .times import EventForm

WHEN = Part(
    _("When"),
    (("start_day", "start_time", "is_all_day"), ("end_day", "end_time", "has_open_end")),
    description=_("Days and times are those of Sofia."),
)
WHEN_READ = Part(_("When"), (("starts_at", "ends_at"), ("is_all_day", "has_open_end")))


class EventGallery(ImageRows):
    model = EventImage


class EventDocuments(DocumentRows):
    model = EventDocument


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    menu_place = 2
    labels = {"is_all_day": _("All day"), "has_open_end": _("End not announced")}
    form = EventForm
    parts = (
        Part(_("Name"), (pair("title"), ("type", "attendance"))),
        WHEN,
        Part(_("Where"), ("venue", pair("hall"), "online_address")),
        Part(
            _("What has become of it"), ("state", pair("state_note"), "previous_starts_at")
        ),
        Part(_("Words"), (pair("lead"), pair("body"), "cover")),
        Appearances,
        Programme,
        Participations,
        Part(
            _("Registration"),
            (
                "registration_address",
                ("registration_opens_at", "registration_closes_at"),
                "languages",
            ),
        ),
        EventGallery,
        EventDocuments,
        Part(_("Where it belongs"), ("topics",)),
        Part(_("Publishing"), ("status", ("published_at", "withdrawn_at"))),
        ADDRESS,
        RECORD,
    )
    autocomplete_fields = ("venue",)
    list_display = (
        "picture",
        "heading",
        "when",
        "venue",
        "state_badge",
        "status_badge",
        "languages_present",
    )
    list_filter = (TimeFilter, StatusFilter, "type", "state", "topics", LacksEnglishFilter)
    list_select_related = ("cover", "type", "venue")
    date_hierarchy = "starts_at"

    class Media:
        js = ("sorb/admin/times.js",)

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """Who may only look is shown the moments themselves instead of fields to type in."""
        parts = [part for part in self.parts if isinstance(part, Part)]
        if obj is not None and not self.has_change_permission(request, obj):
            parts[parts.index(WHEN)] = WHEN_READ
        return [part.as_fieldset() for part in parts]

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, event: Event) -> SafeString:
        starts_at = event.starts_at.astimezone(SOFIA)
        first, last = event.first_day, event.last_day
        days = f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.}–{last:%d.%m.%Y}"
        clock = _("all day") if event.is_all_day else f"{starts_at:%H:%M}"
        return format_html('<span class="when">{}<br><small>{}</small></span>', days, clock)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, event: Event) -> SafeString | str:
        if event.state == State.SCHEDULED:
            return ""
        return badge(f"state-{event.state}", str(State(event.state).label))


class NamesAdmin(ContentAdmin):
    """What has a name in both languages and no page."""

    list_display: Any = ("__str__", "languages_present")
    search_fields: Any = ("name_bg", "name_en")

    @admin.display(description=_("languages"))
    def languages_present(self, item: Any) -> SafeString:
        return language_marks({"bg": bool(item.name_bg), "en": bool(item.name_en)})


@admin.register(EventType)
class EventTypeAdmin(NamesAdmin):
    parts = (Part(_("Type of event"), (pair("name"), ("colour", "order"))),)
    list_display = ("__str__", "colour_shown", "order", "languages_present")

    @admin.display(description=_("colour"))
    def colour_shown(self, kind: EventType) -> SafeString:
        square = '<svg class="swatch" viewBox="0 0 1 1"><rect width="1" height="1" fill="{}"/></svg> {}'
        return format_html(square, kind.colour, kind.colour)


@admin.register(Venue)
class VenueAdmin(NamesAdmin):
    menu_place = 5
    parts = (
        Part(_("Place"), (pair("name"), pair("address"), pair("town"))),
        Part(_("On the map"), (("latitude", "longitude"),), is_closed=True),
    )
    search_fields = ("name_bg", "name_en", "town_bg", "town_en", "address_bg")
    list_display = ("__str__", "address", "languages_present")
