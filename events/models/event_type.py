from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.colours import check_readable
from sorb.versions import Versioned


class EventType(Versioned):
    name = models.CharField(_("name"), max_length=60)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        validators=[check_readable],
        help_text=_("Like #1e5b4f, dark enough for white letters."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("type of event")
        verbose_name_plural = _("types of event")
        ordering = ["order", "name_bg"]
        constraints = [
            models.CheckConstraint(
                condition=Q(colour__regex="^#[0-9a-f]{6}$"), name="events_eventtype_colour_is_hex"
            ),
            models.CheckConstraint(
                condition=~Q(name_bg=""), name="events_eventtype_name_bg_present"
            ),
        ]

    def __str__(self) -> str:
        return self.name
