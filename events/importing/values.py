"""What an entry of somebody's calendar says, as the fields of an event of ours."""

import re
from typing import Any

from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.models import Attendance, Event, State, Venue
from sorb.outside import clean, web_address
from sorb.richtext.cleaning import clean as clean_html

Values = dict[str, Any]

# Google and Outlook put tags into DESCRIPTION, which is plain text by RFC 5545
TAGS = re.compile(r"</?(?:p|br|b|i|u|a|ul|ol|li|div|span|strong|em)\b[^<>]*>", re.IGNORECASE)
# What has become of the event is taken over only when it is off, or on again
FIELDS = (
    "title_bg", "title_en", "body_bg", "body_en", "starts_at", "ends_at", "is_all_day",
    "has_open_end", "state", "attendance", "online_address", "venue_id",
)  # fmt: skip


class Places:
    """Our venues by their names, read once."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        for venue in Venue.objects.all():
            for code in ("bg", "en"):
                parts = [getattr(venue, f"{part}_{code}") for part in ("name", "address", "town")]
                name, address, town = parts
                for words in ((name,), (name, town), (name, address, town)):
                    if name:
                        self.known.setdefault(folded(", ".join(filter(None, words))), venue.pk)

    def find(self, place: str) -> int | None:
        """The venue that is called so, with or without its address and a hall before it."""
        words = folded(place)
        _hall, _comma, rest = words.partition(", ")
        return self.known.get(words) or self.known.get(rest)


def folded(words: str) -> str:
    return " ".join(words.casefold().split())


def values_of(entry: Values, language: str, places: Places) -> tuple[Values, list[str]]:
    """The fields of an event, as JSON knows them, and notes on what could not be taken as it is.

    Args:
        entry: as `reading` tells it.
        language: of its words, "bg" or "en"; Bulgarian ones must stand in any case.
        places: those that an event can take place at.
    """
    place = clean(entry["place"])
    venue = places.find(place) if place else None
    join = web_address(entry["join"]) or web_address(place)
    is_online = bool(join) and (not place or bool(web_address(place)))
    attendance = Attendance.ONLINE if is_online else Attendance.BOTH if join else Attendance.ON_SITE
    is_lost = bool(place) and venue is None and not web_address(place)
    notes = [*entry["notes"], *(["place_in_text"] if is_lost else [])]
    title = clean(entry["title"])
    body = clean_html(_body(entry, place if is_lost else "", language))
    return {
        "title_bg": title,
        "title_en": title if language == "en" else "",
        "body_bg": body,
        "body_en": body if language == "en" else "",
        "starts_at": entry["starts_at"],
        "ends_at": entry["ends_at"],
        "is_all_day": entry["is_all_day"],
        "has_open_end": entry["has_open_end"],
        "state": State.CANCELLED.value if entry["is_cancelled"] else State.SCHEDULED.value,
        "attendance": attendance.value,
        "online_address": join if len(join) <= 200 else "",
        "venue_id": venue,
    }, notes


def _body(entry: Values, place: str, language: str) -> str:
    """The text, before it the place that is none of ours, after it the page where it came from."""
    text = clean(entry["text"])
    if TAGS.search(text):
        body = text.replace("\n", "<br>")
    else:
        body = linebreaks(text, autoescape=True) if text else ""
    with override(language):
        before = escape(_("Place: %(place)s") % {"place": place})
        after = escape(_("More about the event"))
    if place:
        body = f"<p>{before}</p>{body}"
    if page := web_address(entry["url"]):
        body += f'<p><a href="{escape(page)}">{after}</a></p>'
    return body


def values_now(event: Event) -> Values:
    """What an event says now, in the same form."""
    return {
        name: value.isoformat() if hasattr(value := getattr(event, name), "isoformat") else value
        for name in FIELDS
    }
