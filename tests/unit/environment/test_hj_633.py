"""China's index against the table of HJ 633-2026."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.air_quality.hj_633 import Pollutant, category, iaqi, of_hours

INDEX = (50, 100, 150, 200, 300, 400, 500)
TABLE: dict[Pollutant, tuple[int, ...]] = {
    "so2_24h": (50, 150, 475, 800, 1600, 2100, 2620),
    "so2_1h": (150, 500, 650, 800),
    "no2_24h": (40, 80, 180, 280, 565, 750, 940),
    "no2_1h": (100, 200, 700, 1200, 2340, 3090, 3840),
    "co_24h": (2, 4, 14, 24, 36, 48, 60),
    "co_1h": (5, 10, 35, 60, 90, 120, 150),
    "o3_8h": (100, 160, 215, 265, 800),
    "o3_1h": (160, 200, 300, 400, 800, 1000, 1200),
    "pm10": (50, 120, 250, 350, 420, 500, 600),
    "pm2_5": (35, 60, 115, 150, 250, 350, 500),
}
EDGES = [(pollutant, top, INDEX[at]) for pollutant, tops in TABLE.items() for at, top in enumerate(tops)]


def step(pollutant: Pollutant) -> Decimal:
    return Decimal("0.1") if pollutant.startswith("co") else Decimal(1)


@pytest.mark.parametrize(("pollutant", "top", "index"), EDGES)
def test_each_breakpoint_from_below(pollutant: Pollutant, top: int, index: int) -> None:
    assert iaqi(pollutant, Decimal(top)) == index
    assert iaqi(pollutant, top + step(pollutant) * Decimal("0.49")) == index, "concentrations are rounded"


@pytest.mark.parametrize(("pollutant", "top", "index"), EDGES)
def test_each_breakpoint_from_above(pollutant: Pollutant, top: int, index: int) -> None:
    above = iaqi(pollutant, top + step(pollutant))
    assert above is not None
    if top == TABLE[pollutant][-1]:
        assert above == index, "it ends there: SO2 by the hour at 200, ozone over eight hours at 300, everything else at 500"
    else:
        low, high = TABLE[pollutant][TABLE[pollutant].index(top) :][:2]
        slope = Fraction(INDEX[INDEX.index(index) + 1] - index, high - low)
        assert above == index + ceil(slope * Fraction(step(pollutant)))


def test_the_columns_that_end_early() -> None:
    assert [iaqi("so2_1h", Decimal(value)) for value in (800, 801, 5000)] == [200, 200, 200]
    assert [iaqi("o3_8h", Decimal(value)) for value in (800, 801, 5000)] == [300, 300, 300]
    assert [iaqi("pm2_5", Decimal(value)) for value in (500, 501, 5000)] == [500, 500, 500]


@pytest.mark.parametrize(
    ("pollutant", "concentration", "index"),
    [
        ("pm2_5", "0", 0), ("pm2_5", "1", 2), ("pm2_5", "36", 52), ("pm2_5", "61", 101), ("pm2_5", "0.4", 0), ("pm2_5", "-0.4", 0),
        ("pm2_5", "34.5", 49), ("pm2_5", "35.5", 52), ("co_1h", "0.1", 1), ("co_24h", "2.2", 55), ("co_1h", "65.4", 218),
    ],
)  # fmt: skip
def test_inputs_are_rounded_halves_to_even_and_the_index_up(pollutant: Pollutant, concentration: str, index: int) -> None:
    assert iaqi(pollutant, Decimal(concentration)) == index


@pytest.mark.parametrize("absurd", ["-0.6", "-1", "NaN", "Infinity", "1e30"])
def test_what_no_sensor_reports_has_no_index(absurd: str) -> None:
    assert iaqi("pm2_5", Decimal(absurd)) is None


@given(st.sampled_from(sorted(TABLE)), st.integers(0, 40_000))
def test_against_interpolation_in_fractions(pollutant: Pollutant, tenths: int) -> None:
    value = Fraction(tenths, 10) if pollutant.startswith("co") else Fraction(tenths)
    tops = (0, *TABLE[pollutant])
    position = next((at for at, top in enumerate(tops) if value <= top), None)
    if position is None:
        expected = (0, *INDEX)[len(tops) - 1]
    elif position == 0:
        expected = 0
    else:
        low, high = tops[position - 1], tops[position]
        low_index, high_index = (0, *INDEX)[position - 1], (0, *INDEX)[position]
        expected = ceil((high_index - low_index) * (value - low) / (high - low) + low_index)
    assert iaqi(pollutant, Decimal(value.numerator) / value.denominator) == expected


def test_categories_from_both_sides() -> None:
    assert [category(index) for index in (0, 50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500)] == [
        "excellent", "excellent", "good", "good", "lightly", "lightly", "moderately", "moderately", "heavily", "heavily",
        "severely", "severely",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "unit", "hour", "index"),
    [
        ("pm2_5", "µg/m³", "60", 100), ("pm10", "μg/m3", "121", 101), ("so2", "µg/m³", "801", 200), ("no2", "µg/m³", "200", 100),
        ("o3", "µg/m³", "160", 50), ("co", "mg/m³", "5", 50), ("co", "µg/m³", "5000", 50),
        # At 25 °C 1 ppb of NO2 is 1.88 µg/m³ and 1 ppm of CO 1.145 mg/m³.
        ("no2", "ppb", "53", 50), ("co", "ppm", "4.36", 50), ("co", "ppm", "4.5", 52),
        ("pm2_5", "ppm", "1", None), ("co2", "ppm", "800", None), ("o3", "%", "1", None),
    ],
)  # fmt: skip
def test_the_real_time_report_is_of_the_newest_hour(quantity: str, unit: str, hour: str, index: int | None) -> None:
    assert of_hours(quantity, unit, [Decimal(hour), Decimal(2000)]) == index
    assert of_hours(quantity, unit, [None, Decimal(hour)]) is None
    assert of_hours(quantity, unit, []) is None
