from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sorb.versions import Versioned

from .organization import Organization


class Venue(Versioned):
    name = models.CharField(_("name"), max_length=150)
    address = models.CharField(_("address"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=80)
    municipality = models.ForeignKey(
        Organization,
        verbose_name=_("municipality"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="venues",
        limit_choices_to={"kind": "municipality"},
        help_text=_("The one in whose territory it is: its page shows the events here."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, like 42.697708."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, like 23.321868."),
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["town_bg", "name_bg"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="events_venue_position_on_earth",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(condition=~Q(name_bg=""), name="events_venue_name_bg_present"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"

    @property
    def map_address(self) -> str:
        """Where the place is on a map: OpenStreetMap, when its position is known."""
        if self.latitude is not None and self.longitude is not None:
            north, east = self.latitude, self.longitude
            mark = f"?mlat={north}&mlon={east}#map=17/{north}/{east}"
            return f"https://www.openstreetmap.org/{mark}"
        return ""
