"""Events, people, organizations and places in the admin."""

from .event import EventAdmin, EventTypeAdmin, VenueAdmin
from .organization import OrganizationAdmin
from .people import SpeakerAdmin
from .series import SeriesAdmin

__all__ = [
    "EventAdmin",
    "EventTypeAdmin",
    "OrganizationAdmin",
    "SeriesAdmin",
    "SpeakerAdmin",
    "VenueAdmin",
]
