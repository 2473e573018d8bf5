"""The clock is a port: real feeds lie in the past, and a machine whose time nobody vouches for must not name times."""

import ctypes
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from assistant.settings import Settings

TIME_ERROR = 5
"""What adjtimex(2) returns for a clock that nothing synchronises."""


class Clock(Protocol):
    """Tells the time, and whether it can be trusted."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def trusted(self) -> bool:
        """True where somebody vouches for the time (NTP, a hardware clock, an operator)."""


def ntp_synchronised() -> bool:
    """True where the kernel's clock is kept by NTP (adjtimex(2) does not return TIME_ERROR)."""
    status: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(256))
    return 0 <= status < TIME_ERROR or Path("/run/systemd/timesync/synchronized").exists()


def hardware_clock() -> bool:
    """True where the machine keeps the time while it is off, or gets it from the machine that it is simulated on."""
    if any(Path("/sys/class/rtc").glob("rtc*")):
        return True
    try:
        return " hypervisor" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


class SystemClock:
    """The machine's own clock. A Raspberry Pi 4 has none that runs while it is off: it is trusted only once NTP set it."""

    def __init__(
        self, *, operator: bool | None = None, hardware: Callable[[], bool] = hardware_clock, ntp: Callable[[], bool] = ntp_synchronised
    ) -> None:
        self._hardware = operator if operator is not None else hardware()
        self._operator, self._ntp = operator, ntp

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)

    def trusted(self) -> bool:
        """True where an operator, a hardware clock or NTP vouches for the time; an operator's no is final."""
        return self._hardware or (self._operator is None and self._ntp())


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


def clock_of(settings: Settings) -> Clock:
    """The clock that the settings name."""
    return StartedClock(settings.clock.start) if settings.clock.start else SystemClock(operator=settings.clock.trusted)
