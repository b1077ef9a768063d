"""A month as a page of the calendar: whole weeks, Monday first. Plain values, no database."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from sorb.dates import midnight

FIRST_YEAR, LAST_YEAR = 1900, 2099  # those that addresses can say


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year between 1900 and 2099.

    Raises:
        ValueError: there is no such month, or it lies outside those years.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12):
            raise ValueError(f"no month {self.year}-{self.number}")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def nearest(cls, day: date) -> Self:
        """The month of a day; of a day beyond those years, the first or the last of them."""
        return cls.of(min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31)))

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self._shifted(1) - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        """The moment at which it begins in Sofia."""
        return midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The moment at which the next month begins in Sofia."""
        return midnight(self._shifted(1))

    @property
    def weeks(self) -> list[list[date]]:
        """Exactly the whole weeks, Monday to Sunday, that touch the month: four to six."""
        return calendar.Calendar(calendar.MONDAY).monthdatescalendar(self.year, self.number)

    @property
    def previous(self) -> "Month | None":
        return self._neighbour(-1)

    @property
    def next(self) -> "Month | None":
        return self._neighbour(1)

    def days(self) -> Iterator[date]:
        """Every day shown in the table, the neighbouring months' days included."""
        for week in self.weeks:
            yield from week

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def _shifted(self, months: int) -> date:
        years, index = divmod(self.number - 1 + months, 12)
        return date(self.year + years, index + 1, 1)

    def _neighbour(self, months: int) -> "Month | None":
        day = self._shifted(months)
        return Month.of(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def shown_span(month: Month) -> tuple[datetime, datetime]:
    """From the first moment that its table shows to the last, the second excluded."""
    days = list(month.days())
    return midnight(days[0]), midnight(days[-1] + timedelta(days=1))
