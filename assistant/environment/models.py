"""Values of the environment room."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Band = Literal["fresh", "fair", "stale", "poor"]
"""How well a room is aired, by its carbon dioxide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one sensor."""

    sensor: str
    quantity: str
    value: float
    unit: str
    at: datetime
    quality: Literal["good", "suspect"] = "good"
    calibrated: date | None = None
    """The day on which the sensor was calibrated; None where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One value as a device or a message brings it, before it is a reading of a sensor of the station."""

    quantity: str
    """As `settings.sensing.Quantity` names it."""
    value: float
    unit: str
    at: datetime
    """Aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorState:
    """A sensor as it is now."""

    id: str
    name: dict[str, str]
    area: dict[str, str]
    quantity: str
    unit: str
    level: str | None
    last: Reading | None
    """The last good one of the past twelve hours."""
    silent: bool
    """True where no reading came within the sensor's limit, or none of it can be believed; its area is then unknown, never good."""
    indoor: bool
    band: Band | None = None
    """For carbon dioxide only."""
    guideline: float | None = None
    """The last day's mean as a multiple of the WHO's guideline of 2021; None where there is none, or too little was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A published index computed from readings."""

    system: str
    """As `environment.index` of the settings names it."""
    pollutant: str
    """The one that decides."""
    value: int
    """Of the European index the band, 1 to 6."""
    category: str
    """The system's own word for it, as `air_quality.station.SYSTEMS` lists them."""
    equivalent: bool
    """True where optical indoor sensors stand for an outdoor index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AirQuality:
    """The station's air now. `index` is None where no sensor says enough: then the air is unknown."""

    at: datetime
    index: Index | None
    sensors: list[SensorState]
