"""I²C buses of Linux, and a sensor on one."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fcntl import ioctl
from typing import Final, Protocol

from assistant.clock import Clock
from assistant.environment.devices.measured import measurements, not_open, ours, silent
from assistant.environment.devices.models import Decoded, Rejected, Values
from assistant.environment.devices.ports import Bus
from assistant.environment.models import Measurement

I2C_SLAVE: Final = 0x0703
"""The ioctl that names the chip (linux/i2c-dev.h)."""
LIMIT_S: Final = 10.0
"""Longest wait for a value; the slowest of these sensors has a new one every 5 s."""
POLL_S: Final = 0.25


class LinuxBus:
    """A bus of the kernel's i2c-dev, such as /dev/i2c-1. The kernel keeps transfers of several users apart."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CLOEXEC)

    def write(self, address: int, data: bytes) -> None:
        """One write transfer. Raises OSError."""
        ioctl(self._file, I2C_SLAVE, address)
        os.write(self._file, data)

    def read(self, address: int, size: int) -> bytes:
        """One read transfer. Raises OSError."""
        ioctl(self._file, I2C_SLAVE, address)
        return os.read(self._file, size)

    def close(self) -> None:
        """Closes the bus."""
        os.close(self._file)


class TimedBus:
    """A bus that refuses when the time allowed is over: some drivers ask a chip for ever whether it is ready."""

    def __init__(self, bus: Bus, monotonic: Callable[[], float]) -> None:
        self._bus, self._monotonic = bus, monotonic
        self._end = 0.0

    def allow(self, seconds: float) -> None:
        """Allows transfers for so long from now."""
        self._end = self._monotonic() + seconds

    def write(self, address: int, data: bytes) -> None:
        """As the bus does. Raises TimeoutError where the time is over."""
        self._check()
        self._bus.write(address, data)

    def read(self, address: int, size: int) -> bytes:
        """As the bus does. Raises TimeoutError where the time is over."""
        self._check()
        return self._bus.read(address, size)

    def close(self) -> None:
        """Lets the bus go."""
        self._bus.close()

    def _check(self) -> None:
        if self._monotonic() >= self._end:
            raise TimeoutError("the chip took too long")


class Chip(Protocol):
    """A sensor that measures already, and is asked for its values."""

    def sample(self) -> Decoded:
        """Its newest values; none where it has no new ones yet. Raises whatever its driver raises."""


class I2cDevice:
    """A sensor on an I²C bus."""

    def __init__(
        self, name: str, path: str, start: Callable[[Bus], Chip], clock: Clock, *, settle_s: float = 0.0, limit_s: float = LIMIT_S,
        open_bus: Callable[[str], Bus] = LinuxBus, monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name, self._path, self._start, self._clock, self._settle_s = name, path, start, clock, settle_s
        self._limit_s, self._open_bus, self._monotonic, self._sleep = limit_s, open_bus, monotonic, sleep
        self._bus: TimedBus | None = None
        self._chip: Chip | None = None
        self._settled_at = 0.0
        self._rejected = Rejected()

    def open(self) -> None:
        """Finds the chip and has it measure. Raises Unavailable."""
        self.close()
        with ours(self._name):
            self._bus = TimedBus(self._open_bus(self._path), self._monotonic)
            self._bus.allow(self._limit_s)
            self._chip = self._start(self._bus)
            self._settled_at = self._monotonic() + self._settle_s

    def read(self) -> list[Measurement]:
        """Waits for the next values; none while the sensor settles. Raises Unavailable where none come in time."""
        if self._chip is None or self._bus is None:
            raise not_open(self._name)
        self._bus.allow(self._limit_s)
        end = self._monotonic() + self._limit_s
        while True:
            with ours(self._name):
                values = self._chip.sample()
            if values == "garbled":
                self._rejected = replace(self._rejected, checksum=self._rejected.checksum + 1)
            elif values == "nonsense":
                self._rejected = replace(self._rejected, nonsense=self._rejected.nonsense + 1)
            elif values:
                return self._measured(values)
            if self._monotonic() + POLL_S >= end:
                raise silent(self._name, self._limit_s)
            self._sleep(POLL_S)

    def close(self) -> None:
        """Lets the bus go; the sensor measures on."""
        bus, self._bus, self._chip = self._bus, None, None
        if bus is not None:
            with suppress(Exception):
                bus.close()

    def rejected(self) -> Rejected:
        """Answers with a wrong checksum, and values that are none."""
        return self._rejected

    def _measured(self, values: Values) -> list[Measurement]:
        if self._monotonic() < self._settled_at:
            return []
        return measurements(values, self._clock.now())
