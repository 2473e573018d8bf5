"""The European Air Quality Index with the bands of 2024 (EEA; ETC HE Report 2024/17). All pollutants are hourly."""

from bisect import bisect_left
from decimal import Decimal
from typing import Literal

from assistant.environment.air_quality.means import Hours, countable
from assistant.environment.air_quality.units import AT_20, factor

Pollutant = Literal["pm2_5", "pm10", "no2", "o3", "so2"]
Category = Literal["good", "fair", "moderate", "poor", "very_poor", "extremely_poor"]

CATEGORIES: tuple[Category, ...] = ("good", "fair", "moderate", "poor", "very_poor", "extremely_poor")
# The highest concentration of each band but the last, µg/m³.
_TOPS: dict[Pollutant, tuple[int, ...]] = {
    "pm2_5": (5, 15, 50, 90, 140),
    "pm10": (15, 45, 120, 195, 270),
    "no2": (10, 25, 60, 100, 150),
    "o3": (60, 100, 120, 160, 180),
    "so2": (20, 40, 125, 190, 275),
}
HOURS: dict[str, int] = dict.fromkeys(map(str, _TOPS), 1)
"""How many hourly means `of_hours` looks at, by quantity."""


def band(pollutant: Pollutant, concentration: Decimal) -> int | None:
    """The band of an hourly mean in µg/m³, from 1, good, to 6, extremely poor; None below nought.

    A band ends with its top; what lies between the published integers, as 5.4, belongs to the worse one.
    """
    if not countable(concentration) or concentration < 0:
        return None
    return bisect_left(_TOPS[pollutant], concentration) + 1


def category(band: int) -> Category:
    """The name of a band."""
    return CATEGORIES[min(max(band, 1), len(CATEGORIES)) - 1]


def of_hours(quantity: str, unit: str, hours: Hours) -> int | None:
    """The band of the newest hourly mean; the worst pollutant's is the index.

    None where that hour is missing, or where quantity or unit is none of the index. Gases in ppb or ppm are converted at 20 °C.
    """
    pollutant = next((known for known in _TOPS if known == quantity), None)
    by = factor(quantity, unit, "μg/m3", AT_20)
    if pollutant is None or by is None or not hours or hours[0] is None:
        return None
    return band(pollutant, hours[0] * by)
