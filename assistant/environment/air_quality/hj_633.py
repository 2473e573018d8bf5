"""China's air quality index, HJ 633-2026, in force since 2026-03-01."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from typing import Literal

from assistant.environment.air_quality.means import Hours, countable
from assistant.environment.air_quality.units import Unit, factor

Pollutant = Literal["so2_24h", "so2_1h", "no2_24h", "no2_1h", "co_24h", "co_1h", "o3_8h", "o3_1h", "pm10", "pm2_5"]
Category = Literal["excellent", "good", "lightly", "moderately", "heavily", "severely"]

CATEGORIES: tuple[Category, ...] = ("excellent", "good", "lightly", "moderately", "heavily", "severely")
_INDEX = (0, 50, 100, 150, 200, 300, 400, 500)
_UNITS: dict[str, Unit] = {"pm2_5": "μg/m3", "pm10": "μg/m3", "so2": "μg/m3", "no2": "μg/m3", "o3": "μg/m3", "co": "mg/m3"}
_REAL_TIME: dict[str, Pollutant] = {"pm2_5": "pm2_5", "pm10": "pm10", "so2": "so2_1h", "no2": "no2_1h", "o3": "o3_1h", "co": "co_1h"}
HOURS: dict[str, int] = dict.fromkeys(_UNITS, 1)
"""How many hourly means `of_hours` looks at, by quantity."""

# Concentrations at the indices of _INDEX. Two columns end early: beyond, the index stays at the last one.
_TABLES: dict[Pollutant, tuple[int, ...]] = {
    "so2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "so2_1h": (0, 150, 500, 650, 800),
    "no2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "no2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "co_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "co_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "o3_8h": (0, 100, 160, 215, 265, 800),
    "o3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "pm10": (0, 50, 120, 250, 350, 420, 500, 600),
    "pm2_5": (0, 35, 60, 115, 150, 250, 350, 500),
}


def iaqi(pollutant: Pollutant, concentration: Decimal) -> int | None:
    """The index of a concentration in µg/m³, of CO in mg/m³; None below nought.

    The concentration is rounded to integers, of CO to a tenth, halves to the even one (GB/T 8170-2008); the index is rounded up.
    SO2 over one hour gives 200 at most, ozone over eight hours 300, everything else 500.
    """
    if not countable(concentration):
        return None
    step = Decimal("0.1") if pollutant.startswith("co") else Decimal(1)
    value = concentration.quantize(step, rounding=ROUND_HALF_EVEN)
    if value < 0:
        return None
    bounds = _TABLES[pollutant]
    for position in range(1, len(bounds)):
        low, high = bounds[position - 1], bounds[position]
        if value <= high:
            # Multiplied before divided: a quotient cut long would be rounded up past an exact index.
            exact = (_INDEX[position] - _INDEX[position - 1]) * (value - low) / (high - low) + _INDEX[position - 1]
            return int(exact.quantize(Decimal(1), rounding=ROUND_CEILING))
    return _INDEX[len(bounds) - 1]


def category(index: int) -> Category:
    """The name of an index's range: 优, 良, 轻度污染, 中度污染, 重度污染, 严重污染."""
    for high, name in zip((50, 100, 150, 200, 300), CATEGORIES, strict=False):
        if index <= high:
            return name
    return "severely"


def of_hours(quantity: str, unit: str, hours: Hours) -> int | None:
    """The real-time report's index: that of the newest hourly mean, PM's too, which is held against the daily table.

    None where that hour is missing, or where quantity or unit is none of the index. Gases in ppb or ppm are converted at 25 °C.
    """
    by = factor(quantity, unit, _UNITS[quantity]) if quantity in _UNITS else None
    if by is None or not hours or hours[0] is None:
        return None
    return iaqi(_REAL_TIME[quantity], hours[0] * by)
