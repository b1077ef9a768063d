"""The events to come, as Atom and as RSS. One that is not translated is told in Bulgarian."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sorb.feeds import PublishableFeed, Rss
from sorb.outside import absolute, clean
from sorb.publishing.addresses import page_language
from sorb.templatetags.words import when

from .filters import EventFilter
from .models import Event, Organization, Series, Speaker
from .queryset import EventQuerySet
from .wording import (
    calendar_name,
    place,
    site_calendar_name,
    state_in_words,
    title_with_state,
)

LIMIT = 100


class EventEntries(PublishableFeed):
    """What every feed tells of events to come."""

    section = "events"

    def subtitle(self) -> str:
        return _("The events to come, the nearest first")

    def description(self) -> str:
        return self.subtitle()

    def item_title(self, event: Event) -> str:
        return clean(title_with_state(event))

    def item_description(self, event: Event) -> str:
        facts = ", ".join(filter(None, (when(event), place(event))))
        told = "\n\n".join(filter(None, (facts, state_in_words(event), event.lead)))
        return linebreaks(clean(told), autoescape=True)

    def item_categories(self, event: Event) -> list[str]:
        kinds = [_("Deadline")] if event.is_deadline else []
        return [*kinds, clean(event.type.name)]


class EventAtom(EventEntries):
    """The events of the site that fit the filters in the address."""

    list_page = "events:event_list"
    feed_page = "events:event_atom"

    def get_object(self, request: HttpRequest) -> EventFilter:
        return EventFilter.asked(request.GET)

    def link(self, asked: Any = None) -> str:
        return f"{super().link()}{asked.suffix}"

    def feed_url(self, asked: Any = None) -> str:
        return f"{super().feed_url()}{asked.suffix}"

    def feed_guid(self, asked: Any = None) -> str:
        return f"{super().feed_guid()}{asked.suffix}"

    def title(self, filters: EventFilter) -> str:
        return site_calendar_name(filters)

    def items(self, filters: EventFilter) -> list[Event]:
        events = filters.narrow(Event.objects.visible()).upcoming()
        return list(events.for_cards()[:LIMIT])


class EventRss(EventAtom):
    feed_type = Rss
    feed_page = "events:event_rss"


class ProfileAtom(EventEntries):
    """The events to come of one person, organization or series."""

    def __init__(self, of: Speaker | Organization | Series, events: EventQuerySet) -> None:
        self.of = of
        self.events = events

    def title(self) -> str:
        return calendar_name(self.of)

    def link(self, asked: Any = None) -> str:
        return absolute(self.of.get_absolute_url())

    def feed_url(self, asked: Any = None) -> str:
        slug = self.of.slug_in(page_language())
        return absolute(reverse(f"events:{self.of._meta.model_name}_atom", args=[slug]))

    def feed_guid(self, asked: Any = None) -> str:
        kind = self.of._meta.model_name
        return f"tag:{settings.SITE_DOMAIN},2025:{kind}/{self.of.pk}/{get_language()}"

    def items(self) -> list[Event]:
        return list(self.events.visible().upcoming().for_cards()[:LIMIT])
