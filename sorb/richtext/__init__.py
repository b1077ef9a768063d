"""The one sanitiser and the one rich-text field."""

from .cleaning import clean
from .rendering import render
from .words import text_of

__all__ = ["clean", "render", "text_of"]
