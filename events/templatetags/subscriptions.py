"""What one can subscribe to at a page: for people at its end, for programs in its head."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.calendar_links import subscription_links
from events.filters import EventFilter
from events.models import Event, Organization, Series, Speaker
from events.qr import qr_code
from events.wording import calendar_name, site_calendar_name
from sorb.outside import absolute
from sorb.publishing.addresses import page_language

register = template.Library()

LONGEST_ON_PAPER = 200  # characters: a longer address is neither typed nor read by a camera


class Feed(NamedTuple):
    name: str
    path: str


@register.inclusion_tag("events/_subscribe.html")
def subscribe(filters: EventFilter) -> dict[str, Any]:
    """To the calendar of the site, or to what the filters let through of it."""
    calendar, suffix = reverse("calendar:calendar_now"), filters.suffix
    page = calendar if len(absolute(calendar + suffix)) > LONGEST_ON_PAPER else calendar + suffix
    heading = _("This choice in your own calendar") if filters else _("The calendar in your own")
    return {
        "heading": heading,
        "feeds": [Feed(_("Events as a feed (Atom)"), f"{reverse('events:event_atom')}{suffix}")],
        **_ways(f"{reverse('calendar:calendar_ics')}{suffix}", site_calendar_name(filters)),
        **paper(page),
    }


@register.inclusion_tag("events/_subscribe.html")
def subscribe_to(item: Event | Series | Speaker | Organization) -> dict[str, Any]:
    """To the events of a series, a person or an organization; to one event."""
    is_event = isinstance(item, Event)
    heading = _("Follow this event") if is_event else _("These events in your own calendar")
    return {
        "heading": heading,
        "is_event": is_event,
        "feeds": _feeds(item),
        **_ways(_file(item), calendar_name(item)),
        **paper(item.get_absolute_url(), is_event=is_event),
    }


@register.inclusion_tag("events/_paper.html")
def paper(page: str, *, is_event: bool = False) -> dict[str, Any]:
    """What a printed page says of where it came from: by camera, and in letters.

    Args:
        page: path of the page; the camera opens it at what one subscribes to.
        is_event: whether it is the page of one event, which a camera opens at its beginning.
    """
    address = absolute(page)
    picture = qr_code(address if is_event else f"{address}#subscribe")
    return {"address": address, "picture": picture, "is_event": is_event}


def _ways(file: str, name: str) -> dict[str, Any]:
    address = absolute(file)
    return {"file": address, "links": subscription_links(address, name)}


def _file(item: Any) -> str:
    return reverse(f"events:{item._meta.model_name}_ics", args=[item.slug_in(page_language())])


def _feeds(item: Any) -> list[Feed]:
    """Events, and news where news can name such a thing; an event by itself has no feed."""
    if isinstance(item, Event):
        return []
    model, arguments = item._meta.model_name, [item.slug_in(page_language())]
    events = Feed(_("Events as a feed (Atom)"), reverse(f"events:{model}_atom", args=arguments))
    if isinstance(item, Series):
        return [events]
    return [events, Feed(_("News as a feed (Atom)"), reverse(f"news:{model}_atom", args=arguments))]


@register.simple_tag
def subscription_head(item: Series | Speaker | Organization) -> SafeString:
    """The calendar and the feeds for the programs that look for them in the head of the page."""
    calendar = ("text/calendar", _("Subscribe to these events (.ics)"), _file(item))
    feeds = [("application/atom+xml", feed.name, feed.path) for feed in _feeds(item)]
    rows = ((kind, f"{item}: {name}", path) for kind, name, path in [calendar, *feeds])
    link = '<link rel="alternate" type="{}" title="{}" href="{}">'
    return format_html_join("\n", link, rows)
