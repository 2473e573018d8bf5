"""What the runner asks of a device, and a device of a bus."""

from typing import Protocol

from assistant.environment.devices.models import Rejected
from assistant.environment.models import Measurement


class Device(Protocol):
    """A sensor on a wire. Its calls block, each for a limited time, and come from one thread."""

    def open(self) -> None:
        """Makes it ready, anew where it was open. Raises Unavailable."""

    def read(self) -> list[Measurement]:
        """Its newest values; none while they do not count yet, as just after waking. Raises Unavailable where nothing comes in time."""

    def close(self) -> None:
        """Lets it go; never raises."""

    def rejected(self) -> Rejected:
        """What it sent that could not be used."""


class Bus(Protocol):
    """An I²C bus, as its controller sees it."""

    def write(self, address: int, data: bytes) -> None:
        """Sends bytes to the chip at a 7-bit address. Raises OSError where nobody takes them."""

    def read(self, address: int, size: int) -> bytes:
        """So many bytes from the chip at a 7-bit address. Raises OSError where nobody answers."""

    def close(self) -> None:
        """Lets the bus go."""
