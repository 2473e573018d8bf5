"""What indoor carbon dioxide says about ventilation (UK guidance: act above 1500 ppm)."""

from decimal import Decimal

from assistant.environment.models import Band


def co2_band(ppm: float | Decimal) -> Band:
    """`fresh` below 800 ppm, `fair` to 1000, `stale` to 1500, `poor` above.

    HSE: above 1500 ppm a room is poorly aired, and above 800 where people are active. GB 37488-2019 allows public places 1500 ppm.
    """
    if ppm < 800:
        return "fresh"
    if ppm <= 1000:
        return "fair"
    return "stale" if ppm <= 1500 else "poor"
