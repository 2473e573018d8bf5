"""A sensor whose readings are brought to us; the newest hours stay in memory."""

from bisect import bisect_right, insort
from collections.abc import Sequence
from datetime import datetime, timedelta

from assistant.environment.models import Reading

KEPT = timedelta(hours=13)
MOST_READINGS = 50_000


class PushSource:
    """Readings that somebody records, out of order too."""

    def __init__(self) -> None:
        self._readings: list[Reading] = []

    def record(self, reading: Reading) -> None:
        """Keeps a reading, and forgets those much older than the newest."""
        insort(self._readings, reading, key=_at)
        first = bisect_right(self._readings, self._readings[-1].at - KEPT, key=_at)
        del self._readings[: max(first, len(self._readings) - MOST_READINGS)]

    def readings(self, begin: datetime, end: datetime) -> Sequence[Reading]:
        """Readings after `begin` up to `end`, oldest first."""
        return self._readings[bisect_right(self._readings, begin, key=_at) : bisect_right(self._readings, end, key=_at)]


def _at(reading: Reading) -> datetime:
    return reading.at
