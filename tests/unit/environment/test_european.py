"""The European index against the bands of 2024."""

from decimal import Decimal

import pytest

from assistant.environment.air_quality.european import Pollutant, band, category, of_hours

TOPS: dict[Pollutant, tuple[int, ...]] = {
    "pm2_5": (5, 15, 50, 90, 140), "pm10": (15, 45, 120, 195, 270), "no2": (10, 25, 60, 100, 150), "o3": (60, 100, 120, 160, 180),
    "so2": (20, 40, 125, 190, 275),
}  # fmt: skip
EDGES = [(pollutant, top, at) for pollutant, tops in TOPS.items() for at, top in enumerate(tops, start=1)]


@pytest.mark.parametrize(("pollutant", "top", "number"), EDGES)
def test_each_band_from_both_sides(pollutant: Pollutant, top: int, number: int) -> None:
    assert band(pollutant, Decimal(top) - Decimal("0.000001")) == number
    assert band(pollutant, Decimal(top)) == number
    assert band(pollutant, Decimal(top) + Decimal("0.000001")) == number + 1


def test_the_ends() -> None:
    assert band("pm2_5", Decimal(0)) == 1
    assert band("pm2_5", Decimal(100_000)) == 6
    assert [band("pm2_5", Decimal(absurd)) for absurd in ("-0.1", "NaN", "Infinity", "1e30")] == [None] * 4


def test_the_words() -> None:
    assert [category(number) for number in range(1, 7)] == ["good", "fair", "moderate", "poor", "very_poor", "extremely_poor"]


@pytest.mark.parametrize(
    ("quantity", "unit", "hour", "number"),
    [
        ("pm2_5", "µg/m³", "15", 2), ("pm10", "μg/m3", "271", 6), ("o3", "µg/m³", "120.1", 4), ("so2", "µg/m³", "20", 1),
        # At 20 °C 1 ppb is 1.9125 µg/m³ of NO2, 1.9953 of ozone, 2.6632 of SO2.
        ("no2", "ppb", "5.22", 1), ("no2", "ppb", "5.23", 2), ("o3", "ppb", "30.07", 1), ("o3", "ppm", "0.03008", 2),
        ("so2", "ppb", "7.5", 1), ("so2", "ppb", "7.52", 2),
        ("co", "mg/m³", "1", None), ("pm2_5", "ppb", "1", None), ("co2", "ppm", "800", None), ("no2", "furlong", "1", None),
    ],
)  # fmt: skip
def test_it_is_of_the_newest_hour(quantity: str, unit: str, hour: str, number: int | None) -> None:
    assert of_hours(quantity, unit, [Decimal(hour), Decimal(2000)]) == number
    assert of_hours(quantity, unit, [None, Decimal(hour)]) is None
    assert of_hours(quantity, unit, []) is None
