"""The US EPA's Air Quality Index and NowCast, as in EPA-454/B-24-002 (May 2024), the PM2.5 table of 2024 included."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

Pollutant = Literal["pm2_5", "pm10", "o3_8h", "o3_1h", "co", "no2"]
Category = Literal["good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous"]

_INDEX = ((0, 50), (51, 100), (101, 150), (151, 200), (201, 300), (301, 500))
_CATEGORIES: tuple[Category, ...] = ("good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous")

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
    "no2": ("1", (("0", "53"), ("54", "100"), ("101", "360"), ("361", "649"), ("650", "1249"), ("1250", "2049"))),
}


def aqi(pollutant: Pollutant, concentration: Decimal) -> int | None:
    """The index of a concentration: µg/m³ for PM, ppm for ozone and CO, ppb for NO2. None where it is not defined.

    Ozone over eight hours ends at 0.200 ppm, over one hour it begins at 0.125 ppm. Above 500 the last slope goes on.
    """
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


def category(index: int) -> Category:
    """The name of an index's range."""
    for (_, high), name in zip(_INDEX, _CATEGORIES, strict=True):
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
    mean = sum((w * value for w, value in zip(weights, values, strict=True)), Decimal(0)) / sum(weights)
    return mean.quantize(Decimal(_TABLES[pollutant][0]), rounding=ROUND_DOWN)
