"""What indoor carbon dioxide says about ventilation (UK guidance: act above 1500 ppm)."""

from assistant.environment.models import Band


def co2_band(ppm: float) -> Band:
    """`fresh` below 800 ppm, `fair` to 1000, `stale` to 1500, `poor` above."""
    if ppm < 800:
        return "fresh"
    if ppm <= 1000:
        return "fair"
    return "stale" if ppm <= 1500 else "poor"
