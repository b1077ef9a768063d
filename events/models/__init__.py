"""Events: what happens when and where, who speaks, who organizes."""

from .announcement import Attendance, State
from .change import Change
from .event import Event
from .event_type import EventType
from .imported import Import, Imported
from .materials import EventDocument, EventImage
from .organization import Organization
from .people import Appearance, Participation, Speaker
from .programme import ProgrammeItem
from .series import Series
from .venue import Venue

__all__ = [
    "Appearance",
    "Attendance",
    "Change",
    "Event",
    "EventDocument",
    "EventImage",
    "EventType",
    "Import",
    "Imported",
    "Organization",
    "Participation",
    "ProgrammeItem",
    "Series",
    "Speaker",
    "State",
    "Venue",
]
