"""Choices that are found by typing, shown again whatever was sent in their place."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


def keys(sent: Sequence[str]) -> list[str]:
    """Those of the values that may be keys. Django would look all of them up to show the form
    again, and fail at a word."""
    return [value for value in sent if value in (None, "") or is_key(str(value))]


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal()


class FoundChoice(AutocompleteSelect):
    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, keys(value), attr)


class FoundChoices(AutocompleteSelectMultiple):
    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, keys(value), attr)
