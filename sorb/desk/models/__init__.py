"""What the desk keeps: revisions, working copies, links, its log, forms sent and open."""

from .entry import Entry
from .forms import OpenForm, SentForm
from .merge import Merge
from .preview_link import PreviewLink
from .revision import Revision
from .translation_draft import TranslationDraft
from .working_copy import WorkingCopy

__all__ = [
    "Entry",
    "Merge",
    "OpenForm",
    "PreviewLink",
    "Revision",
    "SentForm",
    "TranslationDraft",
    "WorkingCopy",
]
