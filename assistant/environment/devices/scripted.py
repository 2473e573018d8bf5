"""A device that plays what it is given, for tests and for stations without hardware."""

from collections.abc import Iterable

from assistant.clock import Clock
from assistant.environment.devices.measured import measurements, not_open, ours, silent
from assistant.environment.devices.models import Rejected, Values
from assistant.environment.models import Measurement


class ScriptedDevice:
    """Plays values one after the other, over and over; an error in their place is raised. With `plugged` False it is away."""

    def __init__(self, name: str, script: Iterable[Values | Exception], clock: Clock) -> None:
        self._name, self._script, self._clock = name, list(script), clock
        self._next: int | None = None
        self._played = 0
        self.plugged = True

    def open(self) -> None:
        """Opens it. Raises Unavailable while it is away."""
        self.close()
        with ours(self._name):
            self._check()
            self._next = self._played

    def read(self) -> list[Measurement]:
        """The next values of the script. Raises Unavailable at its errors, and where it is empty."""
        if self._next is None:
            raise not_open(self._name)
        with ours(self._name):
            self._check()
            if not self._script:
                raise silent(self._name, 0)
            self._played += 1
            step = self._script[(self._played - 1) % len(self._script)]
            if isinstance(step, Exception):
                raise step
            return measurements(step, self._clock.now())

    def close(self) -> None:
        """Closes it."""
        self._next = None

    def rejected(self) -> Rejected:
        """Nothing: what it plays is what was asked."""
        return Rejected()

    def _check(self) -> None:
        if not self.plugged:
            raise OSError("it is not plugged in")
