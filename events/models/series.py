from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.structured_data import series_facts
from sorb.publishing.addresses import Addressed, AddressedQuerySet
from sorb.publishing.models import SUMMARY
from sorb.publishing.visibility import visible_now
from sorb.richtext.words import shortened

TOLD = 20  # editions that other programs are told of


class SeriesQuerySet(AddressedQuerySet):
    def visible(self) -> Self:
        """Those of which the public sees an event at least."""
        of_it = self.model.objects.filter(visible_now("events__"), pk=OuterRef("pk"))
        return self.filter(Exists(of_it))


class Series(Addressed):
    """What takes place again and again: its permanent page leads to the coming edition."""

    page = "events:series_detail"

    title = models.CharField(
        _("title"), max_length=200, help_text=_("Without a year: the page stays for all editions.")
    )
    text = models.TextField(
        _("about"), blank=True, help_text=_("Plain text; an empty line parts paragraphs.")
    )

    objects = SeriesQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("series of events")
        verbose_name_plural = pgettext_lazy("plural", "series of events")
        ordering = ["title_bg"]
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title_bg=""), name="events_series_title_bg_present"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        return shortened(self.text, SUMMARY)

    @cached_property
    def told_editions(self) -> list[Any]:
        """The latest events of it that the public sees, read once."""
        events = self.events.visible().select_related("type", "venue")  # type: ignore[attr-defined]
        return list(events.order_by("-starts_at", "-pk")[:TOLD])

    def structured_data(self) -> dict[str, Any]:
        return series_facts(self)
