"""A sensor that sends frames over a serial port."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.clock import Clock
from assistant.environment.devices.frames import Framer, Layout
from assistant.environment.devices.measured import measurements, not_open, ours, silent
from assistant.environment.devices.models import Rejected, Values
from assistant.environment.models import Measurement

if TYPE_CHECKING:
    import serial

LIMIT_S: Final = 10.0
"""Longest wait for a frame; the slowest of these sensors sends one every 2.3 s."""
BAUD: Final = 9600
_SLICE_S: Final = 0.5
_WRITE_LIMIT_S: Final = 2.0
_MOST_WAITING: Final = 2048
"""Bytes that may wait in the kernel before they count as old; it keeps the first 4,095 and drops what comes after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialModel:
    """A kind of sensor: its frames, the commands that make it send, and the seconds after them in which values do not count."""

    layouts: Sequence[Layout]
    wake: Sequence[bytes]
    settle_s: float


class SerialDevice:
    """A sensor on a serial port, 9600 baud, 8 bits, no parity. It sends by itself; its newest frame counts."""

    def __init__(
        self, name: str, path: str, model: Callable[[], SerialModel], clock: Clock, *, limit_s: float = LIMIT_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name, self._path, self._make, self._clock = name, path, model, clock
        self._limit_s, self._monotonic = limit_s, monotonic
        self._model: SerialModel | None = None
        self._framer = Framer(())
        self._port: serial.Serial | None = None
        self._settled_at = 0.0

    def open(self) -> None:
        """Opens the port for us alone, wakes the sensor and has it send by itself. Raises Unavailable."""
        self.close()
        with ours(self._name):
            import serial

            if self._model is None:
                self._model = self._make()
                self._framer = Framer(self._model.layouts)
            self._port = serial.Serial(self._path, BAUD, timeout=_SLICE_S, write_timeout=_WRITE_LIMIT_S, exclusive=True)
            for command in self._model.wake:
                self._port.write(command)
            self._settled_at = self._monotonic() + self._model.settle_s

    def read(self) -> list[Measurement]:
        """The newest frame's values; none while the sensor settles. Raises Unavailable where no frame comes in time."""
        if self._port is None:
            raise not_open(self._name)
        deadline = self._monotonic() + self._limit_s
        newest, heard = Values(), False
        with ours(self._name):
            if self._port.in_waiting > _MOST_WAITING:
                self._port.reset_input_buffer()
                self._framer.drop()
            while True:
                for values in self._framer.feed(self._port.read(max(1, self._port.in_waiting))):
                    newest, heard = values or newest, True
                now = self._monotonic()
                if heard and now < self._settled_at:
                    return []
                if newest and (now >= deadline or not self._port.in_waiting):
                    return measurements(newest, self._clock.now())
                if now >= deadline:
                    raise silent(self._name, self._limit_s)

    def close(self) -> None:
        """Lets the port go; the sensor runs on."""
        port, self._port = self._port, None
        self._framer.drop()
        if port is not None:
            with suppress(Exception):
                port.close()

    def rejected(self) -> Rejected:
        """Frames with a wrong checksum, cut off, contradictory; noise between them."""
        return self._framer.rejected
