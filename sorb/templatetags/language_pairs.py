"""In which language a field of a form is typed."""

from django import template

from sorb.admin.pairs import language_of

register = template.Library()


@register.filter
def language_of_field(name: str) -> str:
    """The language of a field by its name, "bg" or "en"; '' for one that belongs to none."""
    return language_of(str(name))
