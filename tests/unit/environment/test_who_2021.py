"""Comparison with the guidelines of the World Health Organization."""

from decimal import Decimal

import pytest

from assistant.environment.air_quality.who_2021 import Pollutant, exceeded, mean_of_hours, multiple

GUIDELINES: list[tuple[Pollutant, str]] = [
    ("pm2_5", "15"), ("pm10", "45"), ("no2", "25"), ("so2", "40"), ("co", "4"), ("o3", "100"),
]  # fmt: skip


@pytest.mark.parametrize(("pollutant", "guideline"), GUIDELINES)
def test_each_guideline_from_both_sides(pollutant: Pollutant, guideline: str) -> None:
    value = Decimal(guideline)
    assert (multiple(pollutant, value), exceeded(pollutant, value)) == (Decimal("1.0"), False)
    assert exceeded(pollutant, value + Decimal("0.000001"))
    assert not exceeded(pollutant, value - Decimal("0.000001"))
    assert [multiple(pollutant, value * times) for times in (0, 3)] == [0, 3]


def test_it_is_told_to_a_tenth() -> None:
    assert [multiple("pm2_5", Decimal(value)) for value in ("15.74", "15.75", "36")] == [Decimal("1.0"), Decimal("1.1"), Decimal("2.4")]
    assert [multiple("pm2_5", Decimal(absurd)) for absurd in ("-1", "NaN", "Infinity")] == [None] * 3


def of(value: str, count: int) -> list[Decimal | None]:
    return [Decimal(value)] * count


@pytest.mark.parametrize(
    ("quantity", "unit", "hours", "mean"),
    [
        ("pm2_5", "µg/m³", of("30", 18), "30"), ("pm2_5", "µg/m³", of("30", 17), None), ("o3", "µg/m³", of("100", 6), "100"),
        ("o3", "µg/m³", of("100", 5), None), ("co", "µg/m³", of("4000", 24), "4"), ("co", "ppm", of("1", 24), "1.145"),
        ("no2", "ppb", of("10", 24), "18.805"), ("o3", "µg/m³", of("100", 8) + of("900", 16), "100"),
        ("co2", "ppm", of("800", 24), None), ("pm10", "ppm", of("1", 24), None), ("pm2_5", "µg/m³", [], None),
    ],
)  # fmt: skip
def test_the_mean_that_a_guideline_speaks_of(quantity: str, unit: str, hours: list[Decimal | None], mean: str | None) -> None:
    found = mean_of_hours(quantity, unit, hours)
    assert (found and (found[0], round(found[1], 3))) == (None if mean is None else (quantity, Decimal(mean)))
