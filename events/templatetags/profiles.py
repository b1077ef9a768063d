"""What one can subscribe to at the page of a person, an organization or a series."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.calendar_links import webcal
from events.models import Series
from sorb.outside import absolute
from sorb.publishing.addresses import page_language

register = template.Library()


class Way(NamedTuple):
    kind: str  # media type
    name: str
    address: str


@register.simple_tag
def profile_feeds(item: Any) -> list[Way]:
    """The calendar file first, then the calendar of this device, then the feeds."""
    model, slug = item._meta.model_name, item.slug_in(page_language())
    file = reverse(f"events:{model}_ics", args=[slug])
    atom = "application/atom+xml"
    ways = [
        Way("text/calendar", _("Subscribe to these events (.ics)"), file),
        Way("", _("Calendar of this device"), webcal(absolute(file))),
        Way(atom, _("Events as a feed (Atom)"), reverse(f"events:{model}_atom", args=[slug])),
    ]
    if not isinstance(item, Series):  # no news names a series
        ways.append(
            Way(atom, _("News as a feed (Atom)"), reverse(f"news:{model}_atom", args=[slug]))
        )
    return ways


@register.simple_tag
def profile_feeds_links(item: Any) -> SafeString:
    """The same for feed readers and calendar programs, in the head of the page."""
    rows = (
        (way.kind, f"{item}: {way.name}", way.address) for way in profile_feeds(item) if way.kind
    )
    link = '<link rel="alternate" type="{}" title="{}" href="{}">'
    return format_html_join("\n", link, rows)
