"""Addressed: a thing with a page, an address in each language, and old addresses that never die."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sorb.versions import Versioned

from .slugs import MAX_LENGTH, slugify, with_number

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
RESERVED = {"minali", "past"}  # words of our own addresses that stand where a slug may


def page_language() -> str:
    """The language of the page being made: "bg" or "en"."""
    language = (translation.get_language() or SOURCE)[:2]
    return language if language in LANGUAGES else SOURCE


class OldAddress(models.Model):
    """A slug that was public once: its address answers with a redirect to the present one."""

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name=_("content type")
    )
    object_id = models.PositiveBigIntegerField(_("object id"))
    content = GenericForeignKey("content_type", "object_id")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    slug = models.SlugField(_("address"), max_length=MAX_LENGTH, db_index=False)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "language", "slug"], name="publishing_oldaddress_unique"
            )
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="publishing_oldaddress_of")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.slug}"


class AddressedQuerySet(models.QuerySet[Any]):
    def at(self, slug: str, language: str) -> Self:
        """What answers at this slug: the item whose own slug it is, or an untranslated one that
        is shown under its Bulgarian slug. The item's own slug comes first."""
        if language == SOURCE:
            return self.filter(slug_bg=slug)
        own = Q(**{f"slug_{language}": slug})
        untranslated = Q(**{f"slug_{language}": None, "slug_bg": slug})
        return self.filter(own | untranslated).order_by(
            models.F(f"slug_{language}").asc(nulls_last=True)
        )

    def formerly_at(self, slug: str, language: str) -> Self:
        """What had this slug before, or has it in Bulgarian (its address until translated).

        The one that had it in this very language comes first, the present Bulgarian one next.
        """
        old = OldAddress.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model), slug=slug
        )
        own = old.filter(language=language).values("object_id")
        source = old.filter(language=SOURCE).values("object_id")
        found = self.filter(Q(pk__in=own) | Q(pk__in=source) | Q(slug_bg=slug))
        nearness = models.Case(
            models.When(pk__in=own, then=0), models.When(slug_bg=slug, then=1), default=2
        )
        return found.order_by(nearness, "pk")


class Addressed(Versioned):
    """Has a page at a slug in each language; a subclass names its `heading` and its `page`."""

    heading = "title"  # the translated field whose words make the slug
    page = ""  # the name of the view that shows it
    own_rows: tuple[str, ...] = ()  # names of the relations whose rows are parts of it
    record = frozenset({"version"})  # fields that the site keeps by itself: no words of an editor

    slug = models.SlugField(
        _("address"),
        max_length=MAX_LENGTH,
        null=True,
        blank=True,
        db_index=False,
        help_text=_("The last part of the page's address. Left empty, it is made from the title."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["slug_bg"],
                name="%(app_label)s_%(class)s_slug_bg_unique",
                violation_error_code="unique",  # puts the words at the field
                violation_error_message=_("Another page has this address already."),
            ),
            models.UniqueConstraint(
                fields=["slug_en"],
                name="%(app_label)s_%(class)s_slug_en_unique",
                violation_error_code="unique",  # puts the words at the field
                violation_error_message=_("Another page has this address already."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
            if before is not None:
                self.changed_from(before)
            self._fill_slugs()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, *(f"slug_{code}" for code in LANGUAGES)}
            super().save(*args, **kwargs)

    def get_absolute_url(self, language: str | None = None) -> str:
        language = language or page_language()
        with translation.override(language):
            return reverse(self.page, args=[self.slug_in(language)])

    def heading_in(self, language: str) -> str:
        """The title or name in a language; '' when there is none."""
        return getattr(self, f"{self.heading}_{language}") or ""

    def has_language(self, language: str) -> bool:
        return bool(self.heading_in(language))

    @property
    def language(self) -> str:
        """The language in which its words appear on this page: the page's own, else Bulgarian."""
        language = page_language()
        return language if self.has_language(language) else SOURCE

    def slug_in(self, language: str) -> str:
        """The slug of its page in a language; the Bulgarian one where it is not translated."""
        return str(getattr(self, f"slug_{language}") or getattr(self, f"slug_{SOURCE}"))

    def was_public(self) -> bool:
        """Could a reader have met the present address? Then it must lead here for ever."""
        return True

    def changed_from(self, before: Self) -> None:
        """Note what follows from this save, given the row as it stands in the database."""
        if not before.was_public():
            return
        kind = ContentType.objects.get_for_model(self)
        for code in LANGUAGES:
            old, new = getattr(before, f"slug_{code}"), getattr(self, f"slug_{code}")
            if old and old != new:
                OldAddress.objects.update_or_create(
                    content_type=kind, language=code, slug=old, defaults={"object_id": self.pk}
                )

    def _fill_slugs(self) -> None:
        for code in LANGUAGES:
            if not self.has_language(code):
                setattr(self, f"slug_{code}", None)
            elif not getattr(self, f"slug_{code}"):
                self._lock_slugs()
                setattr(self, f"slug_{code}", self._free_slug(slugify(self.heading_in(code))))

    def _lock_slugs(self) -> None:
        """One new address at a time in each table, so that parallel adds get different ones."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self._meta.db_table])

    def _free_slug(self, wish: str) -> str:
        taken = self._taken_slugs(wish) | RESERVED
        number = 2
        slug = wish
        while slug in taken:
            slug = with_number(wish, number)
            number += 1
        return slug

    def _taken_slugs(self, wish: str) -> set[str]:
        """Slugs like this one that belong, or belonged, to others in either language."""
        stem = wish[: MAX_LENGTH - 6]
        others = type(self)._base_manager.exclude(pk=self.pk)
        old = OldAddress.objects.filter(
            content_type=ContentType.objects.get_for_model(self), slug__startswith=stem
        ).exclude(object_id=self.pk)
        columns: Iterable[Any] = (
            others.filter(**{f"slug_{code}__startswith": stem}).values_list(
                f"slug_{code}", flat=True
            )
            for code in LANGUAGES
        )
        return set(old.values_list("slug", flat=True)).union(*columns)
