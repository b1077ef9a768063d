"""Colours of event types: only those on which white letters can be read."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text of ordinary size


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour ("#1e5b4f") with white, from 1 to 21 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def check_readable(colour: str) -> None:
    """Refuse what is no colour, or one too light for white letters on it."""
    if not re.fullmatch("#[0-9a-f]{6}", colour):
        raise ValidationError(_("A colour looks like #1e5b4f."))
    if contrast_with_white(colour) < READABLE:
        raise ValidationError(_("Too light: white letters could not be read on it."))
