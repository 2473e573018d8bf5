"""The station's index of one sensor: hourly means in, the index that the station chose out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.environment.air_quality import european, hj_633, us_epa
from assistant.environment.air_quality.means import Hours, Means
from assistant.environment.models import Index, Reading

type Name = Literal["us_epa", "hj_633", "european"]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A published index."""

    categories: tuple[str, ...]
    """Its words for its six ranges, the best first."""
    category: Callable[[int], str]
    of_hours: Callable[[str, str, Hours], int | None]
    """Quantity, unit and hourly means → index; None where they say none."""
    hours: Mapping[str, int]
    """Quantity → how many hourly means it looks at."""


SYSTEMS: dict[Name, System] = {
    "us_epa": System(categories=us_epa.CATEGORIES, category=us_epa.category, of_hours=us_epa.of_hours, hours=us_epa.HOURS),
    "hj_633": System(categories=hj_633.CATEGORIES, category=hj_633.category, of_hours=hj_633.of_hours, hours=hj_633.HOURS),
    "european": System(
        categories=european.CATEGORIES, category=european.category, of_hours=european.of_hours, hours=european.HOURS
    ),
}


def index(name: Name, quantity: str, unit: str, hours: Hours, *, indoor: bool) -> Index | None:
    """The index of one sensor's hourly means, newest first; None where they are too few, or no pollutant of the index."""
    system = SYSTEMS[name]
    value = system.of_hours(quantity, unit, hours)
    if value is None:
        return None
    return Index(system=name, pollutant=quantity, value=value, category=system.category(value), equivalent=indoor)


def looks_back(name: Name, quantity: str) -> int:
    """How many hourly means an index looks at for a quantity; 0 for one that it is not made of."""
    return SYSTEMS[name].hours.get(quantity, 0)


def index_of_readings(name: Name, quantity: str, unit: str, readings: Sequence[Reading], now: datetime, *, indoor: bool) -> Index | None:
    """The same from plain readings, of which good ones up to `now` count."""
    means = Means()
    for reading in readings:
        if reading.quality == "good" and reading.at <= now:
            means.add(reading.at, reading.value)
    return index(name, quantity, unit, means.hours(now, looks_back(name, quantity)), indoor=indoor)


def band(index: Index) -> int:
    """The range of an index, from 1, the best, to 6."""
    return next((system.categories.index(index.category) + 1 for name, system in SYSTEMS.items() if name == index.system), 6)
