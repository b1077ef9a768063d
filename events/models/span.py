from datetime import date, datetime

from sorb.dates import day_of, last_day


class Span:
    """What has a start and an end: the days in Sofia that it occupies."""

    starts_at: datetime
    ends_at: datetime

    @property
    def first_day(self) -> date:
        return day_of(self.starts_at)

    @property
    def last_day(self) -> date:
        """The last day that it occupies."""
        return last_day(self.starts_at, self.ends_at)
