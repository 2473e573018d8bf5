"""Hourly means kept up to date, and the index that the station chose."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import fmean
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.air_quality.means import Means
from assistant.environment.air_quality.station import SYSTEMS, Name, band, index, index_of_readings, looks_back
from assistant.environment.air_quality.units import AT_20, factor
from assistant.environment.models import Reading
from assistant.settings.sensing import Environment

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


def filled(*readings: tuple[float, float]) -> Means:
    means = Means()
    for minutes, value in readings:
        means.add(ago(minutes), value)
    return means


def test_hours_are_newest_first_and_missing_ones_are_none() -> None:
    means = filled((130, 8.0), (59, 4.0), (0, 6.0))
    assert means.hours(NOON, 4) == [Decimal("5.0"), None, Decimal("8.0"), None]
    assert Means().hours(NOON, 2) == [None, None]


def test_an_hour_begins_with_its_minute() -> None:
    assert filled((60, 1.0), (59, 3.0)).hours(NOON, 2) == [3, 1]
    assert filled((59.01, 3.0)).hours(NOON, 2) == [None, 3], "59 minutes and a second ago is the 60th minute back"


def test_what_comes_late_counts_and_what_comes_a_day_late_does_not() -> None:
    assert filled((0, 1.0), (30, 3.0), (90, 5.0)).hours(NOON, 2) == [2, 5]
    means = filled((0, 1.0), (25 * 60, 9.0), (25 * 60 - 1, 7.0))
    assert means.hours(NOON, 24) == [1, *[None] * 23]
    assert means.hours(ago(60), 24)[23] == 7


def test_a_silence_of_days_leaves_nothing_behind() -> None:
    means = filled(*((minutes, 5.0) for minutes in range(3000, -1, -1)))
    assert means.hours(NOON, 24) == [5] * 24
    means.add(NOON + timedelta(days=40), 7.0)
    assert means.hours(NOON + timedelta(days=40), 24) == [7, *[None] * 23]
    assert means.hours(NOON + timedelta(days=80), 24) == [None] * 24


def test_a_minute_that_was_skipped_holds_nothing_of_the_day_before() -> None:
    assert filled((25 * 60 + 1, 9.0), (2, 1.0), (0, 1.0)).hours(NOON, 1) == [1]


def test_readings_after_the_moment_asked_about_do_not_count() -> None:
    assert filled((-30, 9.0), (0, 1.0)).hours(NOON, 1) == [1]


@pytest.mark.parametrize("absurd", [float("nan"), float("inf"), float("-inf"), 1e300, -1e300])
def test_numbers_that_are_none_count_for_nothing(absurd: float) -> None:
    assert filled((5, absurd), (0, 1.0)).hours(NOON, 1) == [1]


@given(st.lists(st.tuples(st.integers(0, 26 * 60), st.decimals(0, 2000, places=1).map(float)), max_size=80))
def test_against_means_of_whole_lists(readings: list[tuple[int, float]]) -> None:
    means = filled(*readings)
    newest = min((minutes for minutes, _ in readings), default=0)
    for age, found in enumerate(means.hours(ago(newest), 24)):
        values = [value for minutes, value in readings if 60 * age <= minutes - newest < 60 * (age + 1)]
        assert found == (Decimal(str(round(fmean(values), 6))) if values else None)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 200)), max_size=40))
def test_asking_in_between_changes_nothing(steps: list[tuple[bool, int]]) -> None:
    asked, added = Means(), []
    for number, (adds, minutes) in enumerate(steps):
        if adds:
            added.append((minutes, float(number)))
            asked.add(ago(minutes), float(number))
        else:
            assert asked.hours(ago(minutes), 3) == filled(*added).hours(ago(minutes), 3)


def test_binary_fractions_do_not_fall_below_a_breakpoint() -> None:
    means = filled(*((minute, 9.1) for minute in range(719, -1, -1) for _ in range(60)))
    assert means.hours(NOON, 12) == [Decimal("9.1")] * 12


def readings(value: float, count: int, **overrides: object) -> list[Reading]:
    return [Reading(**{"sensor": "s", "quantity": "pm2_5", "value": value, "unit": "µg/m³", "at": ago(60 * age), **overrides})  # type: ignore[arg-type]
            for age in reversed(range(count))]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "category", "number"), [("us_epa", 102, "sensitive", 3), ("hj_633", 52, "good", 2), ("european", 3, "moderate", 3)]
)
def test_the_station_chooses(name: Name, value: int, category: str, number: int) -> None:
    found = index_of_readings(name, "pm2_5", "µg/m³", readings(35.9, 12), NOON, indoor=True)
    assert found is not None
    assert (found.system, found.pollutant, found.value, found.category, found.equivalent) == (name, "pm2_5", value, category, True)
    assert band(found) == number
    assert index(name, "pm2_5", "µg/m³", [Decimal("35.9")] * 12, indoor=True) == found


@given(
    st.sampled_from(sorted(SYSTEMS)), st.sampled_from(["pm2_5", "pm10", "o3", "co", "so2", "no2", "co2"]),
    st.sampled_from(["µg/m³", "mg/m³", "ppb", "ppm"]),
    st.lists(st.one_of(st.none(), st.decimals(0, 500, places=1)), min_size=24, max_size=24),
)  # fmt: skip
def test_an_index_looks_at_as_many_hours_as_it_says(name: Name, quantity: str, unit: str, hours: list[Decimal | None]) -> None:
    whole = index(name, quantity, unit, hours, indoor=True)
    assert index(name, quantity, unit, hours[: looks_back(name, quantity)], indoor=True) == whole


def test_suspect_readings_and_those_to_come_count_for_nothing() -> None:
    assert index_of_readings("european", "pm2_5", "µg/m³", readings(35.9, 12, quality="suspect"), NOON, indoor=True) is None
    assert index_of_readings("european", "pm2_5", "µg/m³", readings(35.9, 1), ago(1), indoor=True) is None


def test_every_index_of_the_settings_is_known_with_six_words() -> None:
    names = get_args(Environment.model_fields["index"].annotation)
    assert set(SYSTEMS) == set(names)
    assert [len(set(system.categories)) for system in SYSTEMS.values()] == [6, 6, 6]


@pytest.mark.parametrize("quantity", ["co2", "temperature", "smoke", "pm1", "", "pm2_5 "])
@pytest.mark.parametrize("name", SYSTEMS)
def test_what_no_index_is_made_of(name: Name, quantity: str) -> None:
    assert index(name, quantity, "µg/m³", [Decimal(10)] * 24, indoor=False) is None


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "times"),
    [
        ("no2", "ppb", "μg/m3", "1.880"), ("o3", "ppb", "μg/m3", "1.962"), ("so2", "ppb", "μg/m3", "2.619"),
        ("co", "ppm", "mg/m3", "1.145"), ("o3", "µg/m³", "ppm", "0.001"), ("co", "ppm", "ppb", "1000"),
        ("co", "µg/m³", "mg/m3", "0.001"), ("pm10", "µg/m³", "μg/m3", "1"),
    ],
)  # fmt: skip
def test_units_at_25_degrees(quantity: str, unit: str, to: str, times: str) -> None:
    found = factor(quantity, unit, to)  # type: ignore[arg-type]
    assert found is not None
    assert round(found, 3) == Decimal(times)


@pytest.mark.parametrize(("gas", "times"), [("no2", "1.91"), ("o3", "2.00"), ("so2", "2.66"), ("co", "1.16")])
def test_units_at_20_degrees_as_european_authorities_convert(gas: str, times: str) -> None:
    found = factor(gas, "ppb", "μg/m3", AT_20)
    assert found is not None
    assert round(found, 2) == Decimal(times)
