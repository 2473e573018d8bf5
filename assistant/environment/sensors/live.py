"""A sensor whose readings come in while it works: over HTTP, from the broker, from a device. A day's means stay in memory."""

import threading
from datetime import datetime, timedelta

from assistant.environment.air_quality.means import Hours, Means
from assistant.environment.models import Reading

AHEAD = timedelta(minutes=1)


class LiveSource:
    """Readings that somebody brings, out of order too. Safe from every thread."""

    def __init__(self) -> None:
        self._means, self._lock = Means(), threading.Lock()
        self._last: Reading | None = None

    def record(self, reading: Reading, now: datetime) -> None:
        """Counts a good reading; others say nothing of the air. One that a wrong clock had put into the future gives way."""
        if reading.quality != "good":
            return
        with self._lock:
            self._means.add(reading.at, reading.value)
            if self._last is None or reading.at >= self._last.at or self._last.at > now + AHEAD:
                self._last = reading

    def last(self, now: datetime) -> Reading | None:
        """The newest good reading, where it is not after `now`."""
        return self._last if self._last is not None and self._last.at <= now else None

    def hours(self, now: datetime, count: int) -> Hours:
        """Means of the last `count` hours, newest first."""
        with self._lock:
            return self._means.hours(now, count)
