from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Event, EventDocument, EventImage, EventType, State, Venue
from sorb.admin.columns import badge, two_lines
from sorb.admin.content import Part
from sorb.admin.filters import LacksEnglishFilter, StatusFilter, TimeFilter
from sorb.admin.named import NamedAdmin
from sorb.admin.pairs import pair
from sorb.admin.publishable import ADDRESS, MOMENTS_WORDS, RECORD, PublishableAdmin
from sorb.admin.rows import DocumentRows, DocumentUseForm, ImageRows, UseFormSet
from sorb.dates import SOFIA

from .announcing import Announcing
from .clashing import Clashing
from .duplicating import Duplicating
from .importing import Importing
from .later_ones import ChangingLater
from .parts import Appearances, ItemChoice, Participations, WithItems
from .programme import Programme
from .repeating import Repeating
from .times import TIMES, EventForm

SWATCH = '<svg class="swatch" viewBox="0 0 1 1"><path d="M0 0h1v1H0z" fill="{0}"/></svg> {0}'
TIMES_TYPED = (("start_day", "start_time", "is_all_day"), ("end_day", "end_time", "has_open_end"))
WHEN = Part(_("When"), TIMES_TYPED, description=_("Days and times are those of Sofia."))
WHEN_TOLD = Part(
    _("When"),
    TIMES_TYPED,
    description=_(
        "Days and times are those of Sofia. Readers know them already: another one is told as a "
        "move. The button “What has changed?” does the same and asks why."
    ),
)
WHEN_READ = Part(_("When"), (("starts_at", "ends_at"), ("is_all_day", "has_open_end")))


class EventGallery(ImageRows):
    model = EventImage


class EventDocumentForm(ItemChoice, DocumentUseForm):
    """A document of the event, or of one item of its programme."""


class EventDocumentFormSet(WithItems, UseFormSet):
    form: Any


class EventDocuments(DocumentRows):
    model = EventDocument
    form = EventDocumentForm
    formset = EventDocumentFormSet
    lines = ("document", "order", pair("caption"), "item")


@admin.register(Event)
class EventAdmin(  # type: ignore[misc]
    Importing, Announcing, Clashing, Duplicating, Repeating, ChangingLater, PublishableAdmin
):
    menu_place = 2
    labels = {"is_all_day": _("All day"), "has_open_end": _("End not announced")}
    form = EventForm
    typed_as = {"starts_at": TIMES, "ends_at": TIMES}
    parts = (
        Part(_("Name"), (pair("title"), "is_deadline", ("type", "attendance"))),
        WHEN,
        Part(_("Where"), ("venue", pair("hall"), "online_address")),
        Part(_("What has become of it"), ("state", pair("state_note"), "previous_starts_at")),
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
        Part(_("Where it belongs"), ("series", "topics")),
        Part(_("Publishing"), (("published_at", "withdrawn_at"),), description=MOMENTS_WORDS),
        ADDRESS,
        RECORD,
    )
    autocomplete_fields = ("venue", "series")
    list_display = (
        "picture",
        "heading",
        "when",
        "venue",
        "state_badge",
        "status_badge",
        "languages_present",
    )
    list_filter = (
        TimeFilter,
        StatusFilter,
        "type",
        "is_deadline",
        "state",
        "topics",
        LacksEnglishFilter,
    )
    list_select_related = ("cover", "type", "venue")
    date_hierarchy = "starts_at"

    class Media:
        js = ("sorb/admin/times.js", "sorb/admin/clashes.js")
        css = {"all": ("sorb/admin/events.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """What became of a published event is said with its reason, not chosen from a list."""
        fields = tuple(super().get_readonly_fields(request, obj))
        is_told = obj is not None and obj.was_public()
        return (*fields, "state", "previous_starts_at") if is_told else fields

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """Who may only look is shown the moments themselves instead of fields to type in."""
        parts = [part for part in self.parts if isinstance(part, Part)]
        if obj is not None and not self.has_change_permission(request, obj):
            parts[parts.index(WHEN)] = WHEN_READ
        elif obj is not None and obj.is_visible:
            parts[parts.index(WHEN)] = WHEN_TOLD
        return [part.as_fieldset() for part in parts]

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, event: Event) -> SafeString:
        starts_at = event.starts_at.astimezone(SOFIA)
        first, last = event.first_day, event.last_day
        days = f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.}–{last:%d.%m.%Y}"
        clock = _("all day") if event.is_all_day else f"{starts_at:%H:%M}"
        return two_lines(days, clock)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, event: Event) -> SafeString | str:
        if event.state == State.SCHEDULED:
            return ""
        return badge(f"state-{event.state}", str(State(event.state).label))


@admin.register(EventType)
class EventTypeAdmin(NamedAdmin):
    parts = (Part(_("Type of event"), (pair("name"), ("colour", "order"))),)
    list_display = ("heading", "colour_shown", "order", "languages_present")

    @admin.display(description=_("colour"))
    def colour_shown(self, kind: EventType) -> SafeString:
        square = (
            '<svg class="swatch" viewBox="0 0 1 1"><path d="M0 0h1v1H0z" fill="{0}"/></svg> {0}'
        )
        return format_html(square, kind.colour)


@admin.register(Venue)
class VenueAdmin(NamedAdmin):
    menu_place = 5
    parts = (
        Part(_("Place"), (pair("name"), pair("address"), pair("town"), "municipality")),
        Part(_("On the map"), (("latitude", "longitude"),), is_closed=True),
    )
    autocomplete_fields = ("municipality",)
    search_fields = ("name_bg", "name_en", "town_bg", "town_en", "address_bg")
    list_display = ("heading", "address", "languages_present")
