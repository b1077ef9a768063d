from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from events.sortkeys import family_name_first, sort_key
from events.structured_profiles import person_profile
from sorb.publishing.addresses import LANGUAGES, Addressed, AddressedQuerySet
from sorb.publishing.visibility import visible_now

from .event import Event
from .organization import Organization
from .programme import ProgrammeItem


class PartQuerySet(models.QuerySet[Any]):
    """Parts that people and organizations take in events."""

    def at_visible_events(self) -> Self:
        """Those at events that the public sees, the latest event first."""
        return self.filter(visible_now("event__")).order_by("-event__starts_at", "order", "pk")


class SpeakerQuerySet(AddressedQuerySet):
    def visible(self) -> Self:
        """Those who appear at a visible event, or who are listed."""
        appears = self.model.objects.filter(visible_now("appearances__event__"), pk=OuterRef("pk"))
        return self.filter(Q(is_listed=True) | Exists(appears))

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def in_order(self, language: str) -> Self:
        """In the alphabetical order of family names in a language."""
        return self.order_by(f"sort_key_{language}", "pk")


class Speaker(Addressed):
    """A person who speaks at events; needs no account."""

    record = Addressed.record | {"sort_key_bg", "sort_key_en"}
    heading = "name"
    page = "events:speaker_detail"

    name = models.CharField(
        _("name"), max_length=150, help_text=_("Given name, then family name. No titles.")
    )
    position = models.CharField(
        _("position"), max_length=200, blank=True, help_text=_("The present one.")
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
    )
    photo = models.ForeignKey(
        "media.Image",
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photo_of",
    )
    biography = models.TextField(_("biography"), blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    is_listed = models.BooleanField(
        _("listed"),
        default=False,
        help_text=_("Has a page even when no published event names this person."),
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key_bg"]
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(condition=~Q(name_bg=""), name="events_speaker_name_bg_present"),
        ]
        indexes = [
            models.Index(fields=["sort_key_bg"], name="events_speaker_sort_bg"),
            models.Index(fields=["sort_key_en"], name="events_speaker_sort_en"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        for code in LANGUAGES:
            name = self.heading_in(code) or self.heading_in("bg")
            setattr(self, f"sort_key_{code}", sort_key(family_name_first(name)))
        super().save(*args, **kwargs)

    def merge_refusal(self, other: Self) -> str:
        """Nothing in two records says that they cannot be the same person."""
        return ""

    def structured_data(self) -> dict[str, Any]:
        return person_profile(self)


class Appearance(models.Model):
    """A speaker at an event, with the position and organization as they were then."""

    said_once = (("speaker", "event", "item", "role"),)  # all that readers could tell apart

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        CHAIR = "chair", _("Chair")
        OPENING = "opening", _("Opening words")

    speaker = models.ForeignKey(
        Speaker,
        verbose_name=_("speaker"),
        on_delete=models.PROTECT,
        related_name="appearances",
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="appearances"
    )
    item = models.ForeignKey(
        ProgrammeItem,
        verbose_name=_("programme item"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="appearances",
    )
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    position = models.CharField(
        _("position then"),
        max_length=200,
        blank=True,
        help_text=_("At the time of the event. Left empty, the present one is kept here."),
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization then"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        help_text=_("At the time of the event. Left empty, the present one is kept here."),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("people")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["speaker", "moderator", "chair", "opening"]),
                name="events_appearance_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._keep_present_facts()
        super().save(*args, **kwargs)

    def _keep_present_facts(self) -> None:
        """What was not known of an event that is over is not what is so today."""
        if not self._state.adding and self.event.is_over:
            return
        if not self.position_bg and not self.position_en:  # type: ignore[attr-defined]
            for code in LANGUAGES:
                setattr(self, f"position_{code}", getattr(self.speaker, f"position_{code}"))
        if self.organization_id is None:
            self.organization = self.speaker.organization


class Participation(models.Model):
    """An organization's part in an event."""

    class Role(models.TextChoices):
        ORGANIZER = "organizer", _("Organizer")
        CO_ORGANIZER = "co_organizer", _("Co-organizer")
        PARTNER = "partner", _("Partner")
        SPONSOR = "sponsor", _("Sponsor")
        MEDIA_PARTNER = "media_partner", _("Media partner")

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=13, choices=Role.choices, default=Role.ORGANIZER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("organizations of the event")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organization", "role"], name="events_participation_unique"
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=["organizer", "co_organizer", "partner", "sponsor", "media_partner"]
                ),
                name="events_participation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_role_display()}"
