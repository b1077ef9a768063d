"""Columns of the lists: what a row is, in which languages, and how it stands."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sorb.dates import SOFIA
from sorb.desk import ledger
from sorb.publishing.addresses import LANGUAGES, SOURCE
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
    return format_html_join(
        " ", "{}", ((_language_mark(code, present[code]),) for code in LANGUAGES)
    )


def _language_mark(code: str, is_present: bool) -> SafeString:
    words = _("in %(language)s: yes") if is_present else _("in %(language)s: lacking")
    return format_html(
        '<span class="language-mark {}" title="{title}"><span aria-hidden="true">'
        '<abbr>{}</abbr> {}</span><span class="visually-hidden">{title}</span></span>',
        "is-present" if is_present else "is-lacking",
        code,
        "✓" if is_present else "–",
        title=words % {"language": NAMES[code]},
    )


def older_by(item: Publishable) -> str:
    """„по-стар с 5 дни“: how long the English has been older than the Bulgarian."""
    days = ledger.days_since(item.source_changed_at)
    if days < 1:
        return _("older since today")
    return ngettext("older by %(days)s day", "older by %(days)s days", days) % {"days": days}


def outdated_mark(item: Publishable) -> SafeString:
    return format_html(
        '<span class="language-mark is-outdated" title="{}"><abbr>{}</abbr>: {}</span>',
        _("the Bulgarian words changed after the English ones were completed"),
        ledger.TRANSLATION,
        older_by(item),
    )


def heading_marks(item: Publishable) -> SafeString:
    """In which languages an item has words, and whether the English ones are older."""
    if ledger.state_of(item) != ledger.State.OUTDATED:
        return language_marks({code: item.has_language(code) for code in LANGUAGES})
    return format_html("{} {}", _language_mark(SOURCE, True), outdated_mark(item))
