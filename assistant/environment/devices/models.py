"""Values of the devices."""

from dataclasses import dataclass
from typing import Literal

Values = dict[str, float]
"""Quantity → value, in the units of `UNITS`."""
Decoded = Values | Literal["garbled", "nonsense"]
"""What a frame or an answer says: values (none while the sensor has nothing to say yet); `garbled` where its check fails; `nonsense` where
the check is right and the values contradict each other."""

UNITS = {
    "pm1": "µg/m³", "pm2_5": "µg/m³", "pm10": "µg/m³", "co2": "ppm", "temperature": "°C", "humidity": "%", "pressure": "hPa", "voc": "Ω",
}  # fmt: skip
"""The unit in which a device brings a quantity. `voc` is the resistance of a heated metal oxide: the lower, the more vapours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What came from a device and was not used, counted since the start."""

    checksum: int = 0
    """Frames or answers with a wrong checksum."""
    short: int = 0
    """Frames that were cut off."""
    noise: int = 0
    """Runs of bytes that belong to no frame."""
    nonsense: int = 0
    """Values that contradict each other, or are no numbers."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.checksum + self.short + self.noise + self.nonsense


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of a device, counted since the start."""

    read: int = 0
    """Times it brought values."""
    rejected: Rejected
    failed: int = 0
    """Times it could not be opened or read."""
    reopened: int = 0
    """Times it came back."""
