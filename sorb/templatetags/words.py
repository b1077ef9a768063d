"""Facts in the words of the page: days, hours, sizes, and which language a text is in."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from sorb.dates import SOFIA, day_of
from sorb.outside import web_address
from sorb.publishing.addresses import SOURCE, page_language

register = template.Library()

# An address that somebody typed, for a link: '' where it is none that a link may have
register.filter("web_address", web_address)

KILOBYTE, MEGABYTE = 1000, 1000 * 1000


@register.filter
def lang_attribute(thing: Any, field: str = "") -> SafeString | str:
    """` lang="bg"` where a thing's words are not in the language of the page, else nothing.

    Args:
        thing: something with an address of its own, or any translated row.
        field: the translated field that is shown, for rows that have no `language`.
    """
    language = _language_of(thing, field)
    return "" if language == page_language() else format_html(' lang="{}"', language)


def _language_of(thing: Any, field: str) -> str:
    if not field:
        return str(getattr(thing, "language", page_language()))
    own = getattr(thing, f"{field}_{page_language()}", "")
    return page_language() if own or not getattr(thing, f"{field}_{SOURCE}", "") else SOURCE


@register.filter
def clock(moment: datetime) -> str:
    """The hour that clocks in Sofia show: „14:05 ч.“, "14:05"."""
    return _hours(_clock_face(moment))


@register.filter
def days(event: Any) -> str:
    """The days that an event occupies: „12–14 октомври 2025 г.“."""
    return days_between(event.first_day, event.last_day)


@register.filter
def days_short(event: Any) -> str:
    """The days without the year, where the year is known: „12–14 октомври“."""
    first, last = event.first_day, event.last_day
    whole = date_format(last, "MONTH_DAY_FORMAT")
    if first == last:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{whole}"
    return f"{date_format(first, 'MONTH_DAY_FORMAT')} – {whole}"


@register.filter
def when(event: Any) -> str:
    """The days and the hours of an event: „3 октомври 2025 г., 14:00–16:00 ч.“.

    Of an event of several days only the hour at which it begins is said.
    """
    return ", ".join(part for part in (days(event), _hours_of(event)) if part)


@register.filter
def when_full(event: Any) -> str:
    """The same with weekdays: „сряда, 3 октомври 2025 г., 10:00–12:00 ч.“.

    Of an event of several days both the first hour and the last are said.
    """
    first, last = event.first_day, event.last_day
    if first == last:
        return ", ".join(part for part in (weekday_and_day(first), _hours_of(event)) if part)
    shortest = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
    ends = [_with_weekday(first, date_format(first, shortest)), weekday_and_day(last)]
    if not event.is_all_day:
        ends[0] = f"{ends[0]}, {clock(event.starts_at)}"
        ends[1] = f"{ends[1]}, {_hours(_closing_face(event.ends_at))}"
    return " – ".join(ends)


@register.filter
def days_to(first: date, last: date) -> str:
    """A range of days: „24 февруари – 1 март 2020 г.“."""
    return days_between(first, last)


@register.filter
def hours(event: Any) -> str:
    """The hours of an event: „10:00–12:00 ч.“; '' of one that takes all day."""
    return _hours_of(event)


@register.filter
def weekday_and_day(day: date | datetime) -> str:
    """A day with its weekday: „понеделник, 24 февруари 2020 г.“."""
    day = day_of(day) if isinstance(day, datetime) else day
    return _with_weekday(day, date_format(day, "DATE_FORMAT"))


@register.filter
def weekday_initial(day: date) -> str:
    """The first letter of the weekday, as heads of calendar columns have it: П В С Ч П С Н."""
    return date_format(day, "l")[:1].upper()


@register.filter
def item_hours(item: Any) -> str:
    """The hours of a programme item, bare: „10:15–12:30“, or only its beginning."""
    faces = [_clock_face(item.starts_at)]
    if item.ends_at and item.ends_at > item.starts_at:
        faces.append(_closing_face(item.ends_at))
    return "–".join(faces)


@register.filter
def file_facts(document: Any) -> str:
    """The type of a document and its size: „PDF, 1,2 MB“."""
    return f"{document.kind}, {size(document.size)}"


def size(octets: int) -> str:
    """A size in decimal units, one place after the sign from a megabyte on."""
    if octets < KILOBYTE:
        return f"{octets} B"
    if octets < MEGABYTE - KILOBYTE // 2:
        return f"{round(octets / KILOBYTE)} KB"
    return f"{number_format(round(octets / MEGABYTE, 1), 1)} MB"


def days_between(first: date, last: date) -> str:
    """A day, or a range of days that says month and year no more often than it must."""
    whole = date_format(last, "DATE_FORMAT")
    if first == last:
        return whole
    dash = "–" if (first.year, first.month) == (last.year, last.month) else " – "
    return f"{_first_of_range(first, last)}{dash}{whole}"


def _first_of_range(first: date, last: date) -> str:
    if first.year != last.year:
        return date_format(first, "DATE_FORMAT")
    return date_format(first, "j" if first.month == last.month else "MONTH_DAY_FORMAT")


def _with_weekday(day: date, words: str) -> str:
    return pgettext("weekday, then day", "%(weekday)s %(day)s") % {
        "weekday": date_format(day, "l"),
        "day": words,
    }


def _hours_of(event: Any) -> str:
    if event.is_all_day:
        return ""
    faces = [_clock_face(event.starts_at)]
    is_one_day = event.first_day == event.last_day
    if is_one_day and not event.has_open_end and event.ends_at > event.starts_at:
        faces.append(_closing_face(event.ends_at))
    return _hours("–".join(faces))


def _hours(faces: str) -> str:
    return pgettext("hours of the clock", "%(hours)s") % {"hours": faces}


def _clock_face(moment: datetime) -> str:
    return moment.astimezone(SOFIA).strftime("%H:%M")


def _closing_face(moment: datetime) -> str:
    """The midnight that ends a day is its 24:00."""
    before = moment - timedelta(microseconds=1)
    return _clock_face(moment) if day_of(before) == day_of(moment) else "24:00"
