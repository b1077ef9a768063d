"""Filters of the lists, in the words of the people who use them."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sorb.publishing.models import Publishable, Status

TRANSLATED = ("outdated", "awaiting", "complete")  # verbs of the queryset


class StatusFilter(SimpleListFilter):
    title = _("status")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (Status.DRAFT, _("Drafts")),
            (Status.IN_REVIEW, _("In review")),
            ("scheduled", _("Scheduled")),
            ("visible", _("On the site")),
            (Status.WITHDRAWN, _("Withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        questions = {
            Status.DRAFT.value: "drafts",
            Status.IN_REVIEW.value: "in_review",
            "scheduled": "scheduled",
            "visible": "visible",
            Status.WITHDRAWN.value: "withdrawn",
        }
        question = questions.get(self.value() or "")
        answer: QuerySet[Any] = getattr(queryset, question)() if question else queryset
        return answer


class LacksEnglishFilter(SimpleListFilter):
    """What is published has more to say of its English than whether there is any."""

    title = _("English")
    parameter_name = "english"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        if not issubclass(model_admin.model, Publishable):
            return [("lacking", _("Lacks English")), ("present", _("Has English"))]
        return [
            ("lacking", _("Lacks English")),
            ("outdated", _("English is older")),
            ("awaiting", _("Lacks it or is older")),
            ("complete", _("English is complete")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        heading = f"{getattr(queryset.model, 'heading', 'name')}_en"
        answers = {
            "lacking": queryset.filter(**{heading: ""}),
            "present": queryset.exclude(**{heading: ""}),
        }
        if issubclass(queryset.model, Publishable):
            answers |= {verb: getattr(queryset, verb)("en") for verb in TRANSLATED}
        return answers.get(self.value() or "", queryset)  # type: ignore[no-any-return]


class TimeFilter(SimpleListFilter):
    """For what takes place at a time: its querysets know `upcoming()` and `past()`."""

    title = pgettext_lazy("filter", "time")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("upcoming", _("Upcoming and running")), ("past", _("Past"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.value() == "upcoming":
            return queryset.upcoming()  # type: ignore[no-any-return]
        if self.value() == "past":
            return queryset.past()  # type: ignore[no-any-return]
        return queryset  # type: ignore[no-any-return]
