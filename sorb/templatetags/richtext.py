"""`{% richtext text %}`: a text that somebody wrote, as HTML."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from sorb.richtext import render

register = template.Library()


@register.simple_tag
def richtext(text: str | None) -> SafeString:
    # Safe because it comes out of the sanitiser, whatever is stored
    return mark_safe(render(text or ""))  # noqa: S308
