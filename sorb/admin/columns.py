"""Columns of the lists: what a row is, in which languages, and how it stands."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sorb.dates import SOFIA
from sorb.publishing.addresses import LANGUAGES
from sorb.publishing.models import Publishable, Status

NAMES = {"bg": "български", "en": "English"}


def standing(item: Publishable) -> tuple[str, str]:
    """How an item stands at this moment: a key for its looks, and words."""
    if item.status == Status.PUBLISHED and not item.is_visible:
        if item.is_scheduled:
            return "scheduled", _("Scheduled")
        return "withdrawn", pgettext("status", "Withdrawn")
    return item.status, str(Status(item.status).label)


def badge(key: str, words: str) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', key, words)


def two_lines(first: str, second: Any) -> SafeString:
    return format_html('<span class="when">{}<br><small>{}</small></span>', first, second)


def day_and_clock(moment: datetime) -> SafeString:
    local = moment.astimezone(SOFIA)
    return two_lines(f"{local:%d.%m.%Y}", f"{local:%H:%M}")


def language_marks(present: dict[str, bool]) -> SafeString:
    """„bg ✓ en –“ with words for those who do not see them."""
    marks = [
        (
            "is-present" if present[code] else "is-lacking",
            _("in %(language)s: yes") % {"language": NAMES[code]}
            if present[code]
            else _("in %(language)s: lacking") % {"language": NAMES[code]},
            code,
            "✓" if present[code] else "–",
        )
        for code in LANGUAGES
    ]
    mark = '<span class="language-mark {}" title="{}"><abbr>{}</abbr> {}</span>'
    return format_html_join(" ", mark, marks)


def heading_marks(item: Any) -> SafeString:
    return language_marks({code: item.has_language(code) for code in LANGUAGES})
