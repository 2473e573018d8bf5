"""A device in a thread of its own, which comes back after whatever happens to it."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from assistant import log
from assistant.environment.devices.models import Counts
from assistant.environment.devices.ports import Device
from assistant.environment.models import Measurement

EVERY_S: Final = 5.0
FIRST_WAIT_S: Final = 1.0
LONGEST_WAIT_S: Final = 60.0
STEADY_S: Final = 60.0
"""Seconds a device has to work before the next trouble counts as the first."""
_LEAST_PAUSE_S: Final = 0.01


class Runner:
    """Reads `device` every `every_s` and hands its values to `take`, on a thread of its own. It starts once.

    At any error it closes the device, waits (doubling from `first_wait_s` to `longest_wait_s`) and opens it again; of a row of errors only
    the first is logged. An error of `take` loses those values and leaves the device alone.
    """

    def __init__(
        self, device: Device, take: Callable[[Sequence[Measurement]], None], *, name: str, every_s: float = EVERY_S,
        first_wait_s: float = FIRST_WAIT_S, longest_wait_s: float = LONGEST_WAIT_S, monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._device, self._take, self._every_s, self._monotonic = device, take, every_s, monotonic
        self._first_wait_s, self._longest_wait_s = first_wait_s, longest_wait_s
        self._counts = Counts(rejected=device.rejected())
        self._problem: Exception | None = None
        self._refused = False
        self._opened = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)

    @property
    def counts(self) -> Counts:
        """What became of the device so far."""
        return replace(self._counts, rejected=self._device.rejected())

    @property
    def problem(self) -> Exception | None:
        """Why it gives nothing at the moment; None while it works."""
        return self._problem

    def start(self) -> None:
        """Begins to read."""
        self._thread.start()

    def stop(self, limit_s: float = 2.0) -> bool:
        """Ends it and waits so long for its last read; True where it has ended. The thread never keeps the process alive."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(limit_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        wait_s = 0.0
        while not self._stopping.wait(wait_s):
            began = self._monotonic()
            try:
                self._read_on()
            except Exception as error:
                self._lost(error)
            finally:
                with suppress(Exception):
                    self._device.close()
            steady = self._monotonic() - began > STEADY_S
            wait_s = self._first_wait_s if steady or not wait_s else min(2 * wait_s, self._longest_wait_s)

    def _read_on(self) -> None:
        """Opens the device and reads it until something goes wrong or the end is near."""
        self._device.open()
        if self._opened:
            self._counts = replace(self._counts, reopened=self._counts.reopened + 1)
        self._opened = True
        while not self._stopping.is_set():
            began = self._monotonic()
            measured = self._device.read()
            self._works()
            if measured:
                self._counts = replace(self._counts, read=self._counts.read + 1)
                self._hand_over(measured)
            self._stopping.wait(max(_LEAST_PAUSE_S, self._every_s - (self._monotonic() - began)))

    def _hand_over(self, measured: Sequence[Measurement]) -> None:
        try:
            self._take(measured)
        except Exception as error:
            if not self._refused:
                log.failure("readings_refused", error, device=log.Id(self.name))
            self._refused = True
        else:
            self._refused = False

    def _lost(self, error: Exception) -> None:
        self._counts = replace(self._counts, failed=self._counts.failed + 1)
        if self._problem is None:
            log.failure("device_lost", error, device=log.Id(self.name))
        self._problem = error

    def _works(self) -> None:
        if self._problem is not None:
            log.event("device_found", device=log.Id(self.name))
        self._problem = None
