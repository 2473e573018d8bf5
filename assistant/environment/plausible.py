"""Which values a working sensor can report. Others are kept but marked, and count for nothing."""

import math

_RANGES = {
    "pm2_5": (0.0, 2000.0), "pm10": (0.0, 5000.0), "co2": (200.0, 40_000.0), "temperature": (-50.0, 80.0),
    "humidity": (0.0, 100.0),
}


def plausible(quantity: str, value: float) -> bool:
    """True where a working sensor of `quantity` could report `value`."""
    low, high = _RANGES.get(quantity, (0.0, math.inf))
    return math.isfinite(value) and low <= value <= high
