"""Events: what happens when and where, who speaks, who organizes."""

from .event import Attendance, Event, EventDocument, EventImage, EventType, ProgrammeItem, State, Venue
from .organization import Organization
from .people import Appearance, Participation, Speaker

__all__ = [
    "Appearance",
    "Attendance",
    "Event",
    "EventDocument",
    "EventImage",
    "EventType",
    "Organization",
    "Participation",
    "ProgrammeItem",
    "Speaker",
    "State",
    "Venue",
]
