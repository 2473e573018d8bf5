"""The clock is a port: real feeds lie in the past, and a machine whose time nobody vouches for must not name times."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, and whether it can be trusted."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def trusted(self) -> bool:
        """True where somebody vouches for the time (NTP, a hardware clock, an operator)."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)

    def trusted(self) -> bool:
        """True once the machine's clock is past this program's own release."""
        return self.now() > datetime(2026, 1, 1, tzinfo=UTC)


class StartedClock:
    """A trusted clock that starts at a given moment and runs on."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("the start of the clock needs an offset, as in 2026-05-01T08:00:00-04:00")
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The start plus the time that has passed since."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def trusted(self) -> bool:
        """Always: an operator named the start."""
        return True
