"""The US EPA's Air Quality Index and NowCast, as in EPA-454/B-24-002 (May 2024), the PM2.5 table of 2024 included."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.environment.air_quality.means import Hours, countable, mean
from assistant.environment.air_quality.units import Unit, factor, scaled

Pollutant = Literal["pm2_5", "pm10", "o3_8h", "o3_1h", "co", "so2_1h", "so2_24h", "no2"]
Category = Literal["good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous"]

CATEGORIES: tuple[Category, ...] = ("good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous")
_INDEX = ((0, 50), (51, 100), (101, 150), (151, 200), (201, 300), (301, 500))
_UNITS: dict[str, Unit] = {"pm2_5": "μg/m3", "pm10": "μg/m3", "o3": "ppm", "co": "ppm", "so2": "ppb", "no2": "ppb"}
HOURS = {"pm2_5": 12, "pm10": 12, "o3": 8, "co": 8, "so2": 24, "no2": 1}
"""How many hourly means `of_hours` looks at, by quantity."""
_SO2_ONE_HOUR = 200
"""The highest index that an hour of SO2 gives; above it the day's mean decides."""

# Per pollutant: the step that concentrations are truncated to, and the bounds of each index range; None where undefined.
_TABLES: dict[Pollutant, tuple[str, tuple[tuple[str, str] | None, ...]]] = {
    "pm2_5": ("0.1", (
        ("0.0", "9.0"), ("9.1", "35.4"), ("35.5", "55.4"), ("55.5", "125.4"), ("125.5", "225.4"), ("225.5", "325.4"),
    )),
    "pm10": ("1", (("0", "54"), ("55", "154"), ("155", "254"), ("255", "354"), ("355", "424"), ("425", "604"))),
    "o3_8h": ("0.001", (
        ("0.000", "0.054"), ("0.055", "0.070"), ("0.071", "0.085"), ("0.086", "0.105"), ("0.106", "0.200"), None,
    )),
    "o3_1h": ("0.001", (
        None, None, ("0.125", "0.164"), ("0.165", "0.204"), ("0.205", "0.404"), ("0.405", "0.604"),
    )),
    "co": ("0.1", (
        ("0.0", "4.4"), ("4.5", "9.4"), ("9.5", "12.4"), ("12.5", "15.4"), ("15.5", "30.4"), ("30.5", "50.4"),
    )),
    "so2_1h": ("1", (("0", "35"), ("36", "75"), ("76", "185"), ("186", "304"), None, None)),
    "so2_24h": ("1", (None, None, None, None, ("305", "604"), ("605", "1004"))),
    "no2": ("1", (("0", "53"), ("54", "100"), ("101", "360"), ("361", "649"), ("650", "1249"), ("1250", "2049"))),
}  # fmt: skip


def aqi(pollutant: Pollutant, concentration: Decimal) -> int | None:
    """The index of a concentration: µg/m³ for PM, ppm for ozone and CO, ppb for NO2 and SO2. None where it is not defined.

    Ozone over eight hours ends at 0.200 ppm, over one hour it begins at 0.125 ppm; SO2 over one hour ends at 304 ppb, over a day
    it begins at 305 ppb. Above 500 the last slope goes on.
    """
    if not countable(concentration):
        return None
    step, bounds = _TABLES[pollutant]
    value = concentration.quantize(Decimal(step), rounding=ROUND_DOWN)
    if value < 0:
        return None
    for (low_index, high_index), bound in zip(_INDEX, bounds, strict=True):
        if bound is None:
            continue
        low, high = Decimal(bound[0]), Decimal(bound[1])
        if value < low:
            return None
        if value <= high or high_index == 500:
            # Multiplied before divided: a quotient cut short would round some exact halves down.
            exact = (high_index - low_index) * (value - low) / (high - low) + low_index
            return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return None


def so2(hour: Decimal | None, day: Decimal | None) -> int | None:
    """The index of SO2 from the means of one hour and of a day, ppb.

    An hour of 305 ppb or more gives exactly 200 while the day's mean stays below 305 ppb or is not known.
    """
    found = [aqi("so2_24h", day)] if day is not None else []
    if hour is not None:
        found.append(_SO2_ONE_HOUR if countable(hour) and hour >= 305 else aqi("so2_1h", hour))
    return max((index for index in found if index is not None), default=None)


def category(index: int) -> Category:
    """The name of an index's range."""
    for (_, high), name in zip(_INDEX, CATEGORIES, strict=True):
        if index <= high:
            return name
    return "hazardous"


def nowcast(pollutant: Literal["pm2_5", "pm10"], hours: Sequence[Decimal | None]) -> Decimal | None:
    """NowCast of up to twelve hourly means, newest first, None for a missing hour.

    None where fewer than two of the newest three hours are there.
    """
    hours = hours[:12]
    present = [(age, value) for age, value in enumerate(hours) if value is not None]
    if sum(age < 3 for age, _ in present) < 2:
        return None
    values = [value for _, value in present]
    highest = max(values)
    if highest <= 0:
        return Decimal(0)
    weight = max(Decimal("0.5"), min(values) / highest)
    weights = [weight**age for age, _ in present]
    average = sum((w * value for w, value in zip(weights, values, strict=True)), Decimal(0)) / sum(weights)
    return average.quantize(Decimal(_TABLES[pollutant][0]), rounding=ROUND_DOWN)


def of_hours(quantity: str, unit: str, hours: Hours) -> int | None:
    """The index of now from hourly means: NowCast for PM, eight hours for CO and ozone, one for NO2, one and 24 for SO2.

    None where too few are there (six of eight hours, 18 of 24), or where quantity or unit is none of the index.
    """
    by = factor(quantity, unit, _UNITS[quantity]) if quantity in _UNITS else None
    if by is None or not hours:
        return None
    hours = scaled(hours, by)
    if quantity == "pm2_5" or quantity == "pm10":
        average = nowcast("pm2_5" if quantity == "pm2_5" else "pm10", hours)
        return None if average is None else aqi("pm2_5" if quantity == "pm2_5" else "pm10", average)
    if quantity == "so2":
        return so2(hours[0], mean(hours[:24], 18))
    if quantity == "no2":
        return None if hours[0] is None else aqi("no2", hours[0])
    return _eight_hours(quantity, hours)


def _eight_hours(quantity: str, ppm: Hours) -> int | None:
    """CO and ozone: the mean of eight hours; ozone's single hour where that says more."""
    average = mean(ppm[:8], 6)
    found = [] if average is None else [aqi("co" if quantity == "co" else "o3_8h", average)]
    if quantity == "o3" and ppm[0] is not None:
        found.append(aqi("o3_1h", ppm[0]))
    return max((index for index in found if index is not None), default=None)
