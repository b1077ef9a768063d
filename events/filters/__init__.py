"""The one place for filters of events: what may be asked for, read strictly from the address."""

from .choices import Choice, Choices
from .filter import Applied, EventFilter
from .periods import PERIODS, period_days

__all__ = ["PERIODS", "Applied", "Choice", "Choices", "EventFilter", "period_days"]
