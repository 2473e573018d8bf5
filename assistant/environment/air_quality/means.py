"""Hourly means kept up to date reading by reading, so that an index never walks through a day of seconds."""

from array import array
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

type Hours = Sequence[Decimal | None]
"""Hourly means, newest first; None for an hour without a reading."""

HOUR = 60
MOST_HOURS = 24
MOST = 1e9
"""No sensor reports as much in any unit; values beyond it, and those that are no number, count for nothing."""
_KEPT = (MOST_HOURS + 1) * HOUR


class Means:
    """Sums by the minute of one sensor's good readings over the last 25 hours, in 24 kB however many come."""

    def __init__(self) -> None:
        self._sums = array("d", bytes(8 * _KEPT))
        self._counts = array("q", bytes(8 * _KEPT))
        self._newest: int | None = None
        self._known: tuple[int, list[Decimal | None]] = (0, [])
        """The minute up to which hours were asked for last, with those before the newest hour: they change by late readings only."""

    def add(self, at: datetime, value: float) -> None:
        """Counts a reading, out of order too. `at` is aware; one from the future is the caller's to refuse, for it ends the past."""
        if not -MOST < value < MOST:
            return
        minute = _minute(at)
        if self._newest is None or minute > self._newest:
            self._forget(minute)
            self._newest = minute
        elif minute <= self._newest - _KEPT:
            return
        if minute <= self._known[0] - HOUR:
            self._known = (0, [])
        self._sums[minute % _KEPT] += value
        self._counts[minute % _KEPT] += 1

    def hours(self, now: datetime, count: int) -> list[Decimal | None]:
        """Means of the last `count` hours up to `now`, newest first, to the minute; at most 24."""
        last, count = _minute(now), min(count, MOST_HOURS)
        if count < 1:
            return []
        if self._known[0] != last or len(self._known[1]) < count - 1:
            self._known = (last, [self._mean(last - HOUR * (age + 1), last - HOUR * age) for age in range(1, count)])
        return [self._mean(last - HOUR, last), *self._known[1][: count - 1]]

    def _mean(self, after: int, until: int) -> Decimal | None:
        """The mean of the minutes after one and up to another."""
        if self._newest is None:
            return None
        first, last = max(after, self._newest - _KEPT) + 1, min(until, self._newest)
        if first > last:
            return None
        begin, end = first % _KEPT, last % _KEPT + 1
        parts = [(begin, end)] if begin < end else [(begin, _KEPT), (0, end)]
        count = sum(sum(self._counts[start:stop]) for start, stop in parts)
        if not count:
            return None
        total = sum(sum(self._sums[start:stop]) for start, stop in parts)
        # Six digits hold every sensor's precision, and bring 9.1 back where binary fractions made it 9.099999….
        return Decimal(str(round(total / count, 6)))

    def _forget(self, minute: int) -> None:
        """Empties the minutes after the newest one up to `minute`."""
        steps = _KEPT if self._newest is None else min(minute - self._newest, _KEPT)
        for past in range(minute - steps + 1, minute + 1):
            self._sums[past % _KEPT] = 0.0
            self._counts[past % _KEPT] = 0


def countable(value: Decimal) -> bool:
    """True for a number that some sensor could report."""
    return value.is_finite() and abs(value) < MOST


def mean(hours: Hours, least: int) -> Decimal | None:
    """The mean of the hours that are there; None where they are fewer than `least`."""
    present = [hour for hour in hours if hour is not None]
    return sum(present, Decimal(0)) / len(present) if len(present) >= least else None


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)
