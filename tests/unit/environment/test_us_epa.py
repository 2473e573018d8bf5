"""The US EPA's index against the tables and examples of EPA-454/B-24-002, and against a second way to compute it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.air_quality.us_epa import Pollutant, aqi, category, nowcast

STEPS: dict[Pollutant, str] = {
    "pm2_5": "0.1", "pm10": "1", "o3_8h": "0.001", "o3_1h": "0.001", "co": "0.1", "no2": "1",
}
# The highest concentration of each range, and the index there.
TOPS: dict[Pollutant, list[tuple[str, int]]] = {
    "pm2_5": [("9.0", 50), ("35.4", 100), ("55.4", 150), ("125.4", 200), ("225.4", 300), ("325.4", 500)],
    "pm10": [("54", 50), ("154", 100), ("254", 150), ("354", 200), ("424", 300), ("604", 500)],
    "o3_8h": [("0.054", 50), ("0.070", 100), ("0.085", 150), ("0.105", 200), ("0.200", 300)],
    "o3_1h": [("0.164", 150), ("0.204", 200), ("0.404", 300), ("0.604", 500)],
    "co": [("4.4", 50), ("9.4", 100), ("12.4", 150), ("15.4", 200), ("30.4", 300), ("50.4", 500)],
    "no2": [("53", 50), ("100", 100), ("360", 150), ("649", 200), ("1249", 300), ("2049", 500)],
}
EDGES = [(pollutant, top, index) for pollutant, tops in TOPS.items() for top, index in tops]


@pytest.mark.parametrize(
    ("pollutant", "concentration", "index"),
    [("o3_8h", "0.078", 126), ("o3_8h", "0.07853333", 126), ("pm2_5", "35.9", 102), ("co", "8.4", 90), ("co", "8.49", 90)],
)
def test_the_published_examples(pollutant: Pollutant, concentration: str, index: int) -> None:
    assert aqi(pollutant, Decimal(concentration)) == index


@pytest.mark.parametrize(("pollutant", "top", "index"), EDGES)
def test_each_breakpoint_from_below(pollutant: Pollutant, top: str, index: int) -> None:
    step = Decimal(STEPS[pollutant])
    assert aqi(pollutant, Decimal(top)) == index
    assert aqi(pollutant, Decimal(top) + step * Decimal("0.99")) == index, "concentrations are truncated, not rounded"


@pytest.mark.parametrize(("pollutant", "top", "index"), [edge for edge in EDGES if edge[2] != 500])
def test_each_breakpoint_from_above(pollutant: Pollutant, top: str, index: int) -> None:
    above = aqi(pollutant, Decimal(top) + Decimal(STEPS[pollutant]))
    if (pollutant, index) == ("o3_8h", 300):
        assert above is None, "above 0.200 ppm the hourly value counts"
    else:
        assert above == index + 1


def test_the_last_slope_goes_on_above_500() -> None:
    assert aqi("pm2_5", Decimal("425.3")) == 699
    assert aqi("pm10", Decimal(783)) == 699


def test_where_an_index_is_not_defined() -> None:
    assert aqi("o3_1h", Decimal("0.124")) is None
    assert aqi("o3_1h", Decimal("0.125")) == 101
    assert aqi("pm2_5", Decimal("-0.1")) is None
    assert aqi("pm2_5", Decimal("-0.09")) == 0


@given(st.sampled_from([key for key in STEPS if key not in ("o3_8h", "o3_1h")]), st.decimals(0, 3000, places=4))
def test_against_interpolation_in_fractions(pollutant: Pollutant, concentration: Decimal) -> None:
    step = Fraction(STEPS[pollutant])
    value = Fraction(concentration) // step * step
    tops = [(Fraction(top), index) for top, index in TOPS[pollutant]]
    position = next((at for at, (top, _) in enumerate(tops) if value <= top), len(tops) - 1)
    low, low_index = (tops[position - 1][0] + step, tops[position - 1][1] + 1) if position else (Fraction(0), 0)
    high, high_index = tops[position]
    exact = (high_index - low_index) / (high - low) * (value - low) + low_index
    assert aqi(pollutant, concentration) == int(exact + Fraction(1, 2))


def test_categories_from_both_sides() -> None:
    assert [category(index) for index in (0, 50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500, 900)] == [
        "good", "good", "moderate", "moderate", "sensitive", "sensitive", "unhealthy", "unhealthy", "very_unhealthy",
        "very_unhealthy", "hazardous", "hazardous", "hazardous",
    ]


def hours(*values: float | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(str(value)) for value in values]


def test_the_published_nowcast() -> None:
    assert nowcast("pm2_5", hours(13, 16, 10, 21, 74, 64, 53, 82, 90, 75, 80, 50)) == Decimal("17.4")
    assert nowcast("pm10", hours(13, 16, 10, 21, 74, 64, 53, 82, 90, 75, 80, 50)) == Decimal("17")


def test_nowcast_needs_two_of_the_newest_three_hours() -> None:
    assert nowcast("pm2_5", hours(10, None, None, 10, 10)) is None
    assert nowcast("pm2_5", hours(None, 10, 10)) == 10
    assert nowcast("pm2_5", hours(10, 10)) == 10
    assert nowcast("pm2_5", []) is None


def test_nowcast_skips_missing_hours_and_keeps_their_exponents() -> None:
    # Weight 0.5: (1·8 + 0.25·2) / (1 + 0.25).
    assert nowcast("pm2_5", hours(8, None, 2)) == Decimal("6.8")


def test_nowcast_of_clean_air_is_nought() -> None:
    assert nowcast("pm2_5", hours(0, 0, 0)) == 0


def test_nowcast_looks_back_twelve_hours_only() -> None:
    assert nowcast("pm2_5", hours(*[10] * 12, 1000)) == 10


@given(st.lists(st.decimals(0, 1000, places=1), min_size=3, max_size=12))
def test_nowcast_lies_within_what_was_measured(values: list[Decimal]) -> None:
    result = nowcast("pm2_5", list(values))
    assert result is not None
    assert min(values) - Decimal("0.1") <= result <= max(values)
