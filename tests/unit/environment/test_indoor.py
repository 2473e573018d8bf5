"""Carbon dioxide indoors."""

from decimal import Decimal

import pytest

from assistant.environment.air_quality.indoor import co2_band


@pytest.mark.parametrize(
    ("ppm", "band"),
    [
        ("0", "fresh"), ("799.9", "fresh"), ("800", "fair"), ("1000", "fair"), ("1000.1", "stale"), ("1500", "stale"), ("1500.1", "poor"),
        ("40000", "poor"),
    ],
)  # fmt: skip
def test_each_band_from_both_sides(ppm: str, band: str) -> None:
    assert co2_band(Decimal(ppm)) == co2_band(float(ppm)) == band
