from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.sortkeys import place_first, sort_key
from events.structured_profiles import organization_profile
from sorb.outside import web_address
from sorb.publishing.addresses import LANGUAGES, Addressed, AddressedQuerySet
from sorb.publishing.models import SUMMARY
from sorb.publishing.slugs import slugify
from sorb.publishing.visibility import visible_now
from sorb.richtext.words import shortened


class Kind(models.TextChoices):
    ASSOCIATION = "association", _("Association of municipalities")
    MUNICIPALITY = "municipality", _("Municipality")
    MINISTRY = "ministry", _("Ministry or agency")
    COMPANY = "company", _("Company")
    NON_PROFIT = "non_profit", _("Non-profit organization")
    UNIVERSITY = "university", _("University")
    MEDIA = "media", _("Media")
    INTERNATIONAL = "international", _("International organization")


class OrganizationQuerySet(AddressedQuerySet):
    def visible(self) -> Self:
        """Those that something visible names, a person with a page for one, or that are listed."""
        ways = (
            visible_now("participations__event__"),
            visible_now("appearances__event__"),
            visible_now("articles__"),
            visible_now("speakers__appearances__event__"),
            Q(speakers__is_listed=True),
        )
        named = [Exists(self.model.objects.filter(way, pk=OuterRef("pk"))) for way in ways]
        return self.filter(reduce(or_, named, Q(is_listed=True)))

    def municipalities(self) -> Self:
        return self.filter(kind=Kind.MUNICIPALITY)

    def in_order(self, language: str) -> Self:
        """In the alphabetical order of a language."""
        return self.order_by(f"sort_key_{language}", "pk")


class Organization(Addressed):
    record = Addressed.record | {"sort_key_bg", "sort_key_en"}
    heading = "name"
    page = "events:organization_detail"

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    district = models.CharField(_("district"), max_length=60, blank=True)
    code = models.CharField(
        _("official code"),
        max_length=5,
        null=True,
        blank=True,
        help_text=_("Of a municipality: BGS04. Leave empty for others."),
    )
    region = models.CharField(_("planning region"), max_length=60, blank=True)
    ekatte = models.CharField(
        _("EKATTE code"),
        max_length=5,
        blank=True,
        help_text=_("Of the place where the municipality has its seat: 07079."),
    )
    nuts3 = models.CharField(
        _("NUTS 3 code"), max_length=5, blank=True, help_text=_("Of the district: BG341.")
    )
    site = models.URLField(_("web site"), blank=True)
    logo = models.ForeignKey(
        "media.Image",
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="logo_of",
    )
    text = models.TextField(
        _("about"), blank=True, help_text=_("Plain text; an empty line parts paragraphs.")
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    is_listed = models.BooleanField(
        _("listed"),
        default=False,
        help_text=_("Has a page even when no published event or news item names it."),
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["sort_key_bg"]
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name_bg=""), name="events_organization_name_bg_present"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="events_organization_kind_known"
            ),
            models.UniqueConstraint(fields=["code"], name="events_organization_code_unique"),
        ]
        indexes = [
            models.Index(fields=["sort_key_bg"], name="events_organization_sort_bg"),
            models.Index(fields=["sort_key_en"], name="events_organization_sort_en"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        for code in LANGUAGES:
            name = self.heading_in(code) or self.heading_in("bg")
            sorted_by = place_first(name) if self.is_municipality else name
            setattr(self, f"sort_key_{code}", sort_key(sorted_by))
        super().save(*args, **kwargs)

    @property
    def is_municipality(self) -> bool:
        return self.kind == Kind.MUNICIPALITY

    def merge_refusal(self, other: Self) -> str:
        """Why the other cannot be the same organization; '' when it can."""
        if self.kind != other.kind:
            return gettext(
                "They are of different kinds. If they are one, put the kind right first."
            )
        if self.code and other.code:
            return gettext("Each has an official code of its own: they are two municipalities.")
        return ""

    @property
    def district_key(self) -> str:
        """The district in addresses: the same in both languages."""
        return slugify(self.district_bg) if self.district_bg else ""  # type: ignore[attr-defined]

    @property
    def summary(self) -> str:
        return shortened(self.text, SUMMARY)

    @property
    def site_address(self) -> str:
        """The web site as a link; '' where something else was typed."""
        return web_address(self.site)

    def structured_data(self) -> dict[str, Any]:
        return organization_profile(self)
