"""The US EPA's index against the tables and examples of EPA-454/B-24-002, and against a second way to compute it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.air_quality.us_epa import Pollutant, aqi, category, nowcast, of_hours, so2

STEPS: dict[Pollutant, str] = {
    "pm2_5": "0.1", "pm10": "1", "o3_8h": "0.001", "o3_1h": "0.001", "co": "0.1", "so2_1h": "1", "so2_24h": "1", "no2": "1",
}  # fmt: skip
# The highest concentration of each range, and the index there.
TOPS: dict[Pollutant, list[tuple[str, int]]] = {
    "pm2_5": [("9.0", 50), ("35.4", 100), ("55.4", 150), ("125.4", 200), ("225.4", 300), ("325.4", 500)],
    "pm10": [("54", 50), ("154", 100), ("254", 150), ("354", 200), ("424", 300), ("604", 500)],
    "o3_8h": [("0.054", 50), ("0.070", 100), ("0.085", 150), ("0.105", 200), ("0.200", 300)],
    "o3_1h": [("0.164", 150), ("0.204", 200), ("0.404", 300), ("0.604", 500)],
    "co": [("4.4", 50), ("9.4", 100), ("12.4", 150), ("15.4", 200), ("30.4", 300), ("50.4", 500)],
    "so2_1h": [("35", 50), ("75", 100), ("185", 150), ("304", 200)],
    "so2_24h": [("604", 300), ("1004", 500)],
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
    if (pollutant, index) in {("o3_8h", 300), ("so2_1h", 200)}:
        assert above is None, "above it another mean counts"
    else:
        assert above == index + 1


def test_the_last_slope_goes_on_above_500() -> None:
    assert aqi("pm2_5", Decimal("425.3")) == 699
    assert aqi("pm10", Decimal(783)) == 699


def test_where_an_index_is_not_defined() -> None:
    assert aqi("o3_1h", Decimal("0.124")) is None
    assert aqi("o3_1h", Decimal("0.125")) == 101
    assert aqi("so2_24h", Decimal("304.9")) is None
    assert aqi("so2_24h", Decimal(305)) == 201
    assert aqi("pm2_5", Decimal("-0.1")) is None
    assert aqi("pm2_5", Decimal("-0.09")) == 0


@given(st.sampled_from([key for key in STEPS if key not in ("o3_8h", "o3_1h", "so2_1h", "so2_24h")]), st.decimals(0, 3000, places=4))
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
    ]  # fmt: skip


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


@pytest.mark.parametrize("absurd", ["NaN", "Infinity", "-Infinity", "1e30", "-1e30"])
def test_what_no_sensor_reports_has_no_index(absurd: str) -> None:
    assert aqi("pm2_5", Decimal(absurd)) is None
    assert so2(Decimal(absurd), None) is None


@pytest.mark.parametrize(
    ("hour", "day", "index"),
    [
        ("304", None, 200), ("304.9", "100", 200), ("305", None, 200), ("305", "304.9", 200), ("900", "100", 200), ("303", None, 200),
        ("305", "305", 201), ("900", "604", 300), ("900", "605", 301), ("100", "305", 201), (None, "305", 201), (None, "304", None),
        ("35", "35", 50), (None, None, None),
    ],
)  # fmt: skip
def test_sulphur_dioxide_by_the_hour_gives_200_at_most(hour: str | None, day: str | None, index: int | None) -> None:
    assert so2(None if hour is None else Decimal(hour), None if day is None else Decimal(day)) == index


@pytest.mark.parametrize(
    ("quantity", "unit", "means", "index"),
    [
        ("pm2_5", "µg/m³", [35.9] * 12, 102), ("pm2_5", "μg/m3", [35.9] * 2, 102), ("pm10", "µg/m³", [155], None),
        ("co", "ppm", [8.4] * 6, 90), ("co", "ppm", [8.4] * 5, None), ("co", "ppb", [8400] * 8, 90),
        ("o3", "ppm", [0.078] * 8, 126), ("o3", "ppb", [405], 301), ("o3", "ppb", [124], None),
        ("no2", "ppm", [0.101], 101), ("no2", "ppb", [None, 101], None),
        ("so2", "ppb", [305] * 17, 200), ("so2", "ppb", [305] * 18, 201), ("so2", "ppm", [0.305] * 24, 201),
        # 100 ppb of NO2 at 25 °C are 188.05 µg/m³.
        ("no2", "µg/m³", [188.1], 100), ("no2", "µg/m³", [189.94], 101), ("co", "mg/m³", [10.77] * 8, 100),
        ("pm2_5", "ppm", [1] * 12, None), ("pm2_5", "mg/m³", [1] * 12, None), ("no2", "°C", [1], None), ("co2", "ppm", [800], None),
        ("pm1", "µg/m³", [1] * 12, None), ("no2", "ppb", [], None),
    ],
)  # fmt: skip
def test_each_pollutant_over_its_own_hours(quantity: str, unit: str, means: list[float | None], index: int | None) -> None:
    assert of_hours(quantity, unit, hours(*means)) == index
