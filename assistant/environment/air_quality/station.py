"""The index of one sensor from its readings: hourly means, the averaging each pollutant asks for, then the table."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import fmean

from assistant.environment.air_quality import us_epa
from assistant.environment.models import Reading

HOUR = timedelta(hours=1)
_MICROGRAMS = unicodedata.normalize("NFKC", "µg/m³")
_POLLUTANTS = frozenset({"pm2_5", "pm10", "no2", "co", "o3"})
_TO_PPM = {"ppm": Decimal(1), "ppb": Decimal("0.001")}


def hourly_means(readings: Sequence[Reading], now: datetime, hours: int) -> list[Decimal | None]:
    """Means of the last `hours` hours, newest first, of good readings only; None for an hour without any."""
    buckets: list[list[float]] = [[] for _ in range(hours)]
    for reading in readings:
        age = (now - reading.at) // HOUR
        if reading.quality == "good" and 0 <= age < hours:
            buckets[age].append(reading.value)
    # Six digits hold every sensor's precision, and bring 9.1 back where binary fractions made it 9.099999….
    return [Decimal(str(round(fmean(bucket), 6))) if bucket else None for bucket in buckets]


def us_epa_index(quantity: str, unit: str, readings: Sequence[Reading], now: datetime) -> int | None:
    """The US EPA's index of one sensor's readings; None where they are too few, or no pollutant of the index."""
    unit = unicodedata.normalize("NFKC", unit)
    if quantity not in _POLLUTANTS:
        return None
    hours = hourly_means(readings, now, 12)
    if quantity in ("pm2_5", "pm10") and unit == _MICROGRAMS:
        pollutant: us_epa.Pollutant = "pm2_5" if quantity == "pm2_5" else "pm10"
        mean = us_epa.nowcast("pm2_5" if quantity == "pm2_5" else "pm10", hours)
        return None if mean is None else us_epa.aqi(pollutant, mean)
    if unit not in _TO_PPM:
        return None
    if quantity == "no2":
        return None if hours[0] is None else us_epa.aqi("no2", hours[0] * _TO_PPM[unit] * 1000)
    if quantity in ("co", "o3"):
        return _eight_hours(quantity, [None if hour is None else hour * _TO_PPM[unit] for hour in hours])
    return None


def _eight_hours(quantity: str, ppm: list[Decimal | None]) -> int | None:
    """CO and ozone: the mean of eight hours, at least six of them there; ozone's single hour where that says more."""
    present = [hour for hour in ppm[:8] if hour is not None]
    found: list[int | None] = []
    if len(present) >= 6:
        mean = sum(present, Decimal(0)) / len(present)
        found.append(us_epa.aqi("co" if quantity == "co" else "o3_8h", mean))
    if quantity == "o3" and ppm[0] is not None:
        found.append(us_epa.aqi("o3_1h", ppm[0]))
    return max((index for index in found if index is not None), default=None)
