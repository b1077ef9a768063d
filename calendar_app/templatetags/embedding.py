"""The line by which another site shows the month."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from sorb.outside import absolute

register = template.Library()

LINE = (
    '<iframe src="{}" title="{}" width="100%" height="760" loading="lazy"'
    ' style="border: 0"></iframe>'
)


@register.inclusion_tag("calendar_app/_embedding.html")
def embedding() -> dict[str, Any]:
    """What a municipality copies into a page of its own, in the language of this page."""
    return {"line": embedding_line()}


def embedding_line() -> str:
    """One line of HTML, to be shown as text: a frame with the month of today, links to others."""
    title = _("Calendar of events of %(site)s") % {"site": settings.SITE_SHORT_NAME}
    return LINE.format(escape(absolute(reverse("calendar:embedded_now"))), escape(title))
