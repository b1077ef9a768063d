"""The start page: what waits, what comes, what lacks. Two or three short reads for each section."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sorb.desk import ledger
from sorb.publishing.models import Publishable, Status

from .columns import outdated_mark
from .pairs import pair

ROWS = 6  # of each kind of thing in a section


@dataclass
class Section:
    """Rows under a heading, how many there are in all, and words for when there are none."""

    key: str
    title: str
    empty: str
    count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    lists: list[dict[str, Any]] = field(default_factory=list)

    def add(self, rows: list[dict[str, Any]], count: int, more: dict[str, Any]) -> None:
        self.rows += rows
        self.count += count
        if count > len(rows):
            self.lists.append(more | {"count": count})


def may_see(request: HttpRequest, model: type[Publishable]) -> bool:
    options = model._meta
    return any(
        request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}")
        for verb in ("view", "change")
    )


def address(model: type[Publishable], page: str, *args: Any, query: str = "") -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=args) + query


def add_buttons(request: HttpRequest, models: list[type[Publishable]]) -> list[dict[str, Any]]:
    return [
        {
            "name": model._meta.verbose_name,
            "model": str(model._meta.model_name),
            "address": address(model, "add"),
        }
        for model in models
        if request.user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")
    ]


def rows_of(items: Iterable[Any], model: type[Publishable]) -> list[dict[str, Any]]:
    kind = model._meta.verbose_name
    return [
        {"item": item, "kind": kind, "address": address(model, "change", item.pk)} for item in items
    ]


def as_translations(rows: list[dict[str, Any]], model: type[Publishable], user: Any) -> None:
    """Rows that wait for a translator lead to the form for it, and say when English is older."""
    for row in rows:
        item = row["item"]
        row["mark"] = outdated_mark(item) if item.has_language(ledger.TRANSLATION) else ""
        if ledger.may_translate(user, model):
            row["address"] = address(model, "translate", item.pk)


def counted(model: type[Publishable], questions: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows answer each question, in one read."""
    held = {
        key: Count("pk", filter=Q(pk__in=question.order_by().values("pk")))
        for key, question in questions.items()
    }
    counts: dict[str, int] = model._default_manager.aggregate(**held)
    return counts


def start_page(request: HttpRequest, models: Iterable[type[Any]]) -> dict[str, Any]:
    """What the start page shows to a user.

    Args:
        models: those of the admin; the Publishables among them that the user may see are asked.

    Returns:
        `buttons` to add something, and `sections` with their rows.
    """
    seen = [model for model in models if issubclass(model, Publishable) and may_see(request, model)]
    sections = new_sections()
    for model in seen:
        fill(sections, model, request.user)
    return {"buttons": add_buttons(request, seen), "sections": list(sections.values())}


def new_sections() -> dict[str, Section]:
    every = [
        Section("mine", _("My drafts"), _("You have no unfinished drafts.")),
        Section("review", _("Waiting for review"), _("Nothing waits for review.")),
        Section("scheduled", _("Will be published"), _("Nothing is scheduled.")),
        Section("next", _("Next events"), _("No event is ahead.")),
        Section("others", _("Drafts of others"), _("Your colleagues have no drafts.")),
        Section("english", _("Awaits translation"), _("Everything on the site is translated.")),
    ]
    return {section.key: section for section in every}


def fill(sections: dict[str, Section], model: type[Publishable], user: Any) -> None:
    everything: Any = model._default_manager.select_related("created_by", "changed_by")
    everything = everything.defer("body", *pair("body"))
    drafts = everything.drafts().order_by("-changed_at")
    questions: dict[str, tuple[Any, str]] = {
        "mine": (drafts.filter(created_by=user), f"?standing={Status.DRAFT}"),
        "others": (drafts.exclude(created_by=user), f"?standing={Status.DRAFT}"),
        "review": (
            everything.in_review().order_by("changed_at"),
            f"?standing={Status.IN_REVIEW}",
        ),
        "scheduled": (everything.scheduled().order_by("published_at"), "?standing=scheduled"),
        "english": (
            everything.visible().awaiting("en").order_by("-published_at"),
            "?english=awaiting&standing=visible",
        ),
    }
    if hasattr(everything, "upcoming"):
        questions["next"] = (everything.visible().upcoming(), "?time=upcoming")
    counts = counted(model, {key: question for key, (question, _query) in questions.items()})
    for key, (question, query) in questions.items():
        more = {
            "name": model._meta.verbose_name_plural,
            "address": address(model, "changelist", query=query),
        }
        rows = rows_of(question[:ROWS], model) if counts[key] else []
        if key == "english":
            as_translations(rows, model, user)
        sections[key].add(rows, counts[key], more)
