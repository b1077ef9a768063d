"""What differs between two snapshots of one model, in words."""

from .difference import Difference, RowChange
from .fields import summary
from .snapshots import contents, differences

__all__ = ["Difference", "RowChange", "contents", "differences", "summary"]
