"""Why something is not taken, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS = {
    # Of a whole file or address
    "too_large": _("The file is larger than %(most)s MB."),
    "encoding": _("The file is not written in UTF-8, as calendars are. Export it again."),
    "no_calendar": _("This is no calendar: a file .ics begins with BEGIN:VCALENDAR."),
    "broken": _("The file is broken and cannot be read as a calendar."),
    "too_many_lines": _("The file has more than %(most)s lines."),
    "too_many_events": _("There are more than %(most)s events in it, repetitions counted each."),
    "too_deep": _("The file is nested deeper than any calendar."),
    "too_slow": _("It took longer than %(seconds)s seconds and was given up."),
    "too_much": _("The file takes too much work to read and was given up."),
    "address_bad": _("This is no address of a calendar: it begins with https:// or webcal://."),
    "address_signed": _("The address holds a name or a password, which would be kept here."),
    "address_private": _("“%(host)s” is not a public address of the Internet."),
    "address_unsafe": _("The address leads on to one without encryption (http)."),
    "host_unknown": _("There is no “%(host)s” on the Internet."),
    "host_silent": _("“%(host)s” does not answer, or not as it should."),
    "host_refuses": _("At this address there is no calendar to be had (answer %(status)s)."),
    "too_many_redirects": _("The address leads on more than %(most)s times."),
    "packed": _("The calendar comes packed, which was not asked for."),
    "type_gone": _("The type of event that was chosen is gone."),
    # Of one entry
    "no_uid": _("It has no identifier (UID): it could not be recognised the next time."),
    "private": _("It is marked as private there."),
    "no_title": _("It has no title."),
    "no_start": _("It has no start."),
    "ends_first": _("Its end is before its start."),
    "too_far": _("It lies before %(first)s or after %(last)s."),
    "twice": _("It stands in the file more than once; the latest one is taken."),
    "twice_said": _("%(name)s stands in it more than once."),
    "zone_unknown": _("Its time zone “%(zone)s” is not known."),
    "broken_entry": _("It is written in a way that cannot be read."),
    "range": _("It changes a date and all later ones, which cannot be taken over."),
    "endless": _("It repeats without an end. Give it an end there, or announce it by hand."),
    "too_many_dates": _("It repeats more than %(most)s times."),
    "rule_too_fine": _("It repeats more often than by days."),
    "rule_unknown": _("The rule by which it repeats cannot be read."),
    # Of one entry, by what stands here
    "over": _("It is over."),
    "off": _("It is cancelled there and was never here."),
    "ours": _("It is our own event."),
    "deleted": _("It was imported before and deleted here."),
    "other_source": _("It came already from another calendar: %(source)s."),
    "withdrawn": _("It is withdrawn here."),
    "not_allowed": _("You may not change it: it is somebody else's, or public already."),
    "has_copy": _("It is public and has a working copy that is not published yet."),
    "conflict": _("Changed both there and here since: %(fields)s. Decide in its form."),
}
NOTES = {
    "title_cut": _("the title was cut to 200 characters"),
    "text_cut": _("the text was cut to 20,000 characters"),
    "place_in_text": _("the place is not in our list: it stands in the text"),
    "to_working_copy": _("readers see it: the change becomes a working copy"),
}


def reason(why: str, facts: dict[str, Any]) -> str:
    return str(REASONS[why]) % facts
