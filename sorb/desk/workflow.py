"""From idea to page: what may be done with an item where it stands, and by whom."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sorb.publishing.models import Publishable, Status
from sorb.publishing.visibility import visible_now


class Verb(models.TextChoices):
    """What a button of the form does; its value is the button's name without "_"."""

    SAVE = "save", _("Save draft")
    SEND = "send", _("Send for review")
    RETURN = "return", _("Return for correction")
    PUBLISH = "publish", _("Publish")
    WITHDRAW = "withdraw", _("Withdraw")
    WORKING = "working", _("Save as working copy")
    DISCARD = "discard", _("Discard the working copy")


# Where an item stands after a verb; what is not named here leaves it where it was
LEADS_TO = {
    Verb.SEND: Status.IN_REVIEW,
    Verb.RETURN: Status.DRAFT,
    Verb.PUBLISH: Status.PUBLISHED,
    Verb.WITHDRAW: Status.WITHDRAWN,
}
# From where a verb leads on
POSSIBLE = {
    Status.DRAFT: {Verb.SAVE, Verb.SEND, Verb.PUBLISH},
    Status.IN_REVIEW: {Verb.SAVE, Verb.RETURN, Verb.PUBLISH},
    Status.PUBLISHED: {Verb.SAVE, Verb.WITHDRAW, Verb.PUBLISH, Verb.WORKING, Verb.DISCARD},
    Status.WITHDRAWN: {Verb.SAVE, Verb.PUBLISH},
}
NEED_PUBLISHING = {Verb.RETURN, Verb.PUBLISH, Verb.WITHDRAW, Verb.WORKING, Verb.DISCARD}


def permission(verb: str, model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def may_publish(user: Any, model: type[models.Model]) -> bool:
    return bool(user.has_perm(permission("publish", model)))


def writes_only(user: Any, model: type[models.Model]) -> bool:
    """An author: writes drafts of his own, and others publish them."""
    return bool(user.has_perm(permission("add", model))) and not may_publish(user, model)


def may_change(user: Any, item: Publishable) -> bool:
    """Apart from the permission itself: an author changes what is his and not yet published."""
    is_unpublished = item.status in (Status.DRAFT, Status.IN_REVIEW)
    is_own = item.created_by_id == user.pk
    return may_publish(user, type(item)) or (is_own and is_unpublished)


def may_view(user: Any, item: Publishable) -> bool:
    """Apart from the permission itself: the drafts of others are not an author's business."""
    is_own = item.created_by_id == user.pk
    return not writes_only(user, type(item)) or is_own or item.is_visible


def viewable(user: Any, items: Any) -> Any:
    """Those of a queryset that `may_view` holds for."""
    if not writes_only(user, items.model):
        return items
    return items.filter(Q(created_by=user) | visible_now())


def verbs(user: Any, item: Publishable | None, model: type[Publishable]) -> set[Verb]:
    """What a user may do with an item, or with a new one."""
    possible = POSSIBLE[Status(item.status) if item else Status.DRAFT]
    return possible if may_publish(user, model) else possible - NEED_PUBLISHING
