"""Comparison with the World Health Organization's global air quality guidelines of 2021, short-term levels."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.environment.air_quality.means import Hours, countable, mean
from assistant.environment.air_quality.units import Unit, factor

Pollutant = Literal["pm2_5", "pm10", "no2", "so2", "co", "o3"]

GUIDELINES: dict[Pollutant, Decimal] = {
    "pm2_5": Decimal(15), "pm10": Decimal(45), "no2": Decimal(25), "so2": Decimal(40), "co": Decimal(4), "o3": Decimal(100),
}  # fmt: skip
"""Means over 24 hours, of ozone over eight, in µg/m³, of CO in mg/m³."""


def multiple(pollutant: Pollutant, concentration: Decimal) -> Decimal | None:
    """How many times the guideline a mean over 24 hours is (ozone: eight), to a tenth; None below nought.

    Whether it is kept is to be asked of `exceeded`: 15.1 µg/m³ of PM2.5 are 1.0 times the guideline, and too much.
    """
    if not countable(concentration) or concentration < 0:
        return None
    return (concentration / GUIDELINES[pollutant]).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def exceeded(pollutant: Pollutant, concentration: Decimal) -> bool:
    """True where a mean over 24 hours (ozone: eight) is above the guideline."""
    return concentration > GUIDELINES[pollutant]


def mean_of_hours(quantity: str, unit: str, hours: Hours) -> tuple[Pollutant, Decimal] | None:
    """The mean that a guideline speaks of, in its unit, from hourly means: 18 of 24 hours, of ozone six of eight.

    None where too few are there, or where quantity or unit has no guideline. Gases in ppb or ppm are converted at 25 °C.
    """
    pollutant = next((known for known in GUIDELINES if known == quantity), None)
    to: Unit = "mg/m3" if pollutant == "co" else "μg/m3"
    by = factor(quantity, unit, to)
    if pollutant is None or by is None:
        return None
    found = mean(hours[:8], 6) if pollutant == "o3" else mean(hours[:24], 18)
    return None if found is None else (pollutant, found * by)
