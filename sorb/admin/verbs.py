"""The buttons of a Publishable's form: what they do, who sees them, what the public sees now."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sorb.desk.models import WorkingCopy
from sorb.desk.workflow import Verb
from sorb.publishing.models import Publishable, Status


def verb_of(request: HttpRequest) -> Verb:
    """The verb of the button that sent the form."""
    if "_publish_anyway" in request.POST:
        return Verb.PUBLISH
    return next((verb for verb in Verb if f"_{verb.value}" in request.POST), Verb.SAVE)


def version_of(item: Publishable, copy: WorkingCopy | None) -> str:
    """What a form must have seen to be saved: the item's version, and its working copy's."""
    return f"{item.version}.{copy.version}" if copy else str(item.version)


def shown_moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def what_public_sees(item: Publishable | None, has_copy: bool) -> str:
    """One line: what readers see of an item at this moment."""
    if item is None:
        return _("Not saved yet: readers see nothing of it.")
    if item.is_visible and item.withdrawn_at:
        line = _("Readers see it until %(moment)s (Sofia time).")
        return line % {"moment": shown_moment(item.withdrawn_at)}
    if item.is_visible:
        if has_copy:
            return _("Readers see the published text; this working copy is not public.")
        return _("Readers see it.")
    if item.is_scheduled:
        line = _("Readers will see it from %(moment)s (Sofia time).")
        return line % {"moment": shown_moment(item.published_at)}
    if item.status == Status.IN_REVIEW:
        return _("It waits for review: readers see nothing of it.")
    if item.status == Status.DRAFT:
        return _("A draft: readers see nothing of it.")
    return _("Withdrawn: readers no longer see it.")


def buttons(item: Publishable | None, may: set[Verb], has_copy: bool) -> list[dict[str, Any]]:
    """The buttons of a form, the one that is meant most often first."""
    status = Status(item.status) if item else Status.DRAFT
    wanted: list[tuple[Verb, str]] = []
    if has_copy:
        wanted = [
            (Verb.WORKING, _("Save the working copy")),
            (Verb.PUBLISH, _("Publish the changes")),
        ]
    elif status == Status.PUBLISHED:
        wanted = [
            (Verb.SAVE, _("Save and show to readers") if item and item.is_visible else _("Save")),
            (Verb.WORKING, _("Save as working copy")),
        ]
    elif status == Status.WITHDRAWN:
        wanted = [(Verb.PUBLISH, _("Publish again")), (Verb.SAVE, _("Save"))]
    elif status == Status.IN_REVIEW:
        wanted = [(Verb.PUBLISH, _("Publish")), (Verb.SAVE, _("Save"))]
    else:
        wanted = [
            (Verb.SAVE, _("Save draft")),
            (Verb.SEND, _("Send for review")),
            (Verb.PUBLISH, _("Publish")),
        ]
    return [{"name": f"_{verb.value}", "words": words} for verb, words in wanted if verb in may]
