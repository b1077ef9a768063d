"""Publishable, the abstract model of everything that is written, reviewed and published."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sorb.richtext.fields import RichTextField
from sorb.richtext.words import text_of

from .addresses import Addressed, AddressedQuerySet, OldAddress
from .remarks import Remark
from .visibility import Status, visible_now

__all__ = ["Addressed", "AddressedQuerySet", "OldAddress", "Publishable", "Status", "Topic"]

SUMMARY = 160  # characters, about what a search engine shows


class PublishableQuerySet(AddressedQuerySet):
    def visible(self) -> Self:
        return self.filter(visible_now())

    def drafts(self) -> Self:
        return self.filter(status=Status.DRAFT)

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def scheduled(self) -> Self:
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())

    def withdrawn(self) -> Self:
        """Those that readers no longer see: by hand, or because their moment has passed."""
        has_passed = Q(status=Status.PUBLISHED, withdrawn_at__lte=timezone.now())
        return self.filter(Q(status=Status.WITHDRAWN) | has_passed)

    def in_language(self, language: str) -> Self:
        """Those that have words of their own in this language."""
        return self.exclude(**{f"title_{language}": ""})

    def lacking(self, language: str) -> Self:
        return self.filter(**{f"title_{language}": ""})

    def outdated(self, language: str) -> Self:
        """Those whose Bulgarian words changed after the ones in this language were completed."""
        return self.in_language(language).filter(translated_at__lt=models.F("source_changed_at"))

    def awaiting(self, language: str) -> Self:
        """Those that a translator has something to do with."""
        return self.lacking(language) | self.outdated(language)

    def complete(self, language: str) -> Self:
        older = Q(translated_at__lt=models.F("source_changed_at"))
        return self.in_language(language).exclude(older)


class Publishable(Addressed):
    """Something with a page of its own: written as a draft, reviewed, published, withdrawn."""

    record = Addressed.record | {
        "created_at",
        "created_by",
        "changed_at",
        "changed_by",
        "source_changed_at",
        "translated_at",
    }

    title = models.CharField(_("title"), max_length=200)
    lead = models.CharField(
        _("lead"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences shown in lists and under the title. Plain text."),
    )
    body = RichTextField(_("text"), blank=True)
    cover = models.ForeignKey(
        "media.Image",
        verbose_name=_("cover picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="covered_%(class)ss",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("Left empty, the moment of publishing. A later moment publishes it then."),
    )
    withdrawn_at = models.DateTimeField(
        _("withdrawn at"),
        null=True,
        blank=True,
        help_text=_("From this moment on readers no longer see it. Usually empty."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    source_changed_at = models.DateTimeField(
        _("Bulgarian words changed at"), default=timezone.now, editable=False
    )
    translated_at = models.DateTimeField(
        _("English words completed at"), null=True, blank=True, editable=False
    )

    objects = PublishableQuerySet.as_manager()

    class Meta(Addressed.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish", "translate")
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title_bg=""), name="%(app_label)s_%(class)s_title_bg_present"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gt=models.F("published_at")),
                name="%(app_label)s_%(class)s_withdrawn_after_published",
                violation_error_message=_("It cannot be withdrawn before it is published."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at"],
                condition=Q(status=Status.PUBLISHED),
                name="%(app_label)s_%(class)s_published",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        """What it is about in a line or two: its lead, else the beginning of its text."""
        return self.lead or text_of(self.body, SUMMARY)

    @property
    def is_visible(self) -> bool:
        """Does the public see it at this moment? The same rule as `visible()`, for one row."""
        now = timezone.now()
        return (
            self.status == Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= now
            and (self.withdrawn_at is None or self.withdrawn_at > now)
        )

    @property
    def is_scheduled(self) -> bool:
        return (
            self.status == Status.PUBLISHED
            and self.published_at is not None
            and self.published_at > timezone.now()
        )

    def remarks(self) -> list[Remark]:
        """What it has to say itself before it is published."""
        return []

    def was_public(self) -> bool:
        return (
            self.status in (Status.PUBLISHED, Status.WITHDRAWN)
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    def clean(self) -> None:
        super().clean()
        self._fill_published_at()
        if self.withdrawn_at and self.published_at and self.withdrawn_at <= self.published_at:
            raise ValidationError(
                {"withdrawn_at": _("It cannot be withdrawn before it is published.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_published_at()
        super().save(*args, **kwargs)

    def _fill_published_at(self) -> None:
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()


class Topic(Addressed):
    """What a news item or an event is about, shared by both."""

    heading = "name"
    page = "topic_detail"

    name = models.CharField(_("name"), max_length=100)

    objects = AddressedQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name_bg"]

    def __str__(self) -> str:
        return self.name
