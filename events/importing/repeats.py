"""The dates of an event that repeats (RFC 5545, 3.8.5): only of one that ends."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from time import process_time
from typing import Any

from dateutil.rrule import rrulestr

from .limits import MOST_DATES, MOST_WORK_FOR_A_RULE, MOST_WORK_FOR_RULES, MOST_YEARS
from .refusal import RefusedError, SkippedError

FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
TOO_FINE = {"BYHOUR", "BYMINUTE", "BYSECOND"}

Moment = date | datetime


class Budget:
    """The work that all rules of a file may cost together: each may take what is left of it."""

    def __init__(self, seconds: float = MOST_WORK_FOR_RULES) -> None:
        self.left = seconds

    @contextmanager
    def for_a_rule(self) -> Iterator[None]:
        """What is done within is paid for.

        Raises:
            RefusedError: nothing is left.
            SkippedError: it took longer than one rule may, or than what is left.
        """
        if self.left <= 0:
            raise RefusedError("too_much")
        began = process_time()
        try:
            with bounded(min(self.left, MOST_WORK_FOR_A_RULE)):
                yield
        finally:
            self.left -= process_time() - began


def dates(
    start: Moment,
    rule: Any,
    more: Iterable[Moment],
    left_out: Iterable[Moment],
    budget: Budget,
) -> list[Moment]:
    """Every start of an event, in order; 10:00 stays 10:00 across a change of the clock.

    Args:
        start: the first one, DTSTART.
        rule: RRULE as the library reads it, or None.
        more: RDATE.
        left_out: EXDATE.
        budget: of the file in which the rule stands.

    Raises:
        RefusedError: the rules of the file take too much work.
        SkippedError: the rule has no end, is finer than days, reaches too far or cannot be read.
    """
    found = set(_by_rule(start, rule, budget)) if rule else {start}
    found |= {_like(start, each) for each in more}
    found -= {_like(start, each) for each in left_out}
    if len(found) > MOST_DATES:
        raise SkippedError("too_many_dates", most=MOST_DATES)
    return sorted(found)


def _by_rule(start: Moment, rule: Any, budget: Budget) -> list[Moment]:
    if isinstance(rule, list):
        raise SkippedError("rule_unknown")
    if str(rule.get("FREQ", [""])[0]).upper() not in FREQUENCIES or TOO_FINE & set(rule):
        raise SkippedError("rule_too_fine")
    if "COUNT" not in rule and "UNTIL" not in rule:
        raise SkippedError("endless")
    count = int(rule["COUNT"][0]) if "COUNT" in rule else None
    first = _bare(start)
    until = min(_last(start, rule), first + timedelta(days=366 * MOST_YEARS))
    parts = [
        part for part in rule.to_ical().decode().split(";") if part[:5] not in ("COUNT", "UNTIL")
    ]
    try:
        with budget.for_a_rule():
            every = rrulestr(";".join(parts), dtstart=first).replace(until=until)
            bare = list(islice(every, min(count or MOST_DATES + 1, MOST_DATES + 1)))
    except (ValueError, TypeError, OverflowError) as error:
        raise SkippedError("rule_unknown") from error
    return [_dressed(each, start) for each in bare]


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Ends what takes longer: a rule that is never true is sought to the year 9999.

    Args:
        seconds: of the processor.

    Raises:
        SkippedError: it took longer.
    """

    def give_up(_signal: int, _frame: Any) -> None:
        raise SkippedError("rule_unknown")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _last(start: Moment, rule: Any) -> datetime:
    """UNTIL by the clocks of the event; a bare day includes it (the end of RFC 5545, 3.3.10)."""
    if "UNTIL" not in rule:
        return datetime.max
    until = rule["UNTIL"][0]
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    zone = getattr(start, "tzinfo", None)
    if until.tzinfo is not None:
        until = until.astimezone(zone or UTC)
    return until.replace(tzinfo=None)


def _bare(start: Moment) -> datetime:
    """The start as the clock on the wall shows it."""
    if isinstance(start, datetime):
        return start.replace(tzinfo=None)
    return datetime.combine(start, time())


def _dressed(bare: datetime, start: Moment) -> Moment:
    return bare.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else bare.date()


def _like(start: Moment, other: Any) -> Moment:
    """A date of RDATE or EXDATE in the form of DTSTART: some programs give only the day.

    Raises:
        SkippedError: it is a period, which is no plain repetition.
    """
    if isinstance(other, tuple):
        raise SkippedError("rule_unknown")
    if not isinstance(start, datetime):
        return other.date() if isinstance(other, datetime) else other
    if not isinstance(other, datetime):
        return datetime.combine(other, start.timetz())
    if other.tzinfo is not None and start.tzinfo is not None:
        return other.astimezone(start.tzinfo)
    return other.replace(tzinfo=start.tzinfo)
