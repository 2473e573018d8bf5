"""Units in all their writings, and values in another unit of the same kind."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.messages import units
from assistant.environment.models import Measurement
from assistant.settings.sensing import Quantity


@pytest.mark.parametrize(("value", "unit", "wanted", "found"), [
    (101325, "Pa", "hPa", 1013.25), (0.0234, "mg/m3", "µg/m³", 23.4), (1.25e-8, "kg/m3", "ug/m3", 12.5), (0.08, "%", "ppm", 800),
    (0.5, "/", "%", 50), (53, "ppb", "ppm", 0.053), (295.15, "K", "°C", 22), (71.6, "°F", "°C", 22), (22, "Cel", "K", 295.15), (22, "°C",
    "°F", 71.6),
    (40, "%RH", "%", 40), (1013.25, "mbar", "kPa", 101.325),
    (1, "ppm", "µg/m³", None), (1, "°C", "%", None), (1, "parsec", "ppm", None), (1, "ppm", "", None), (1, "state", "%", None),
])  # fmt: skip
def test_values_go_over_into_units_of_their_kind_only(value: float, unit: str, wanted: str, found: float | None) -> None:
    assert units.converted(value, unit, wanted) == found


@pytest.mark.parametrize("unit", ["µg/m³", "μg/m³", "ug/m3", "µg/m3", "μg/m3"])
def test_every_micro_and_every_cube_is_the_same(unit: str) -> None:
    assert units.spelled(unit) == "µg/m³"
    assert units.fits("pm2_5", unit)


def test_a_measurement_takes_the_sensors_own_writing() -> None:
    measured = Measurement(quantity="pm10", value=14.8, unit="µg/m³", at=datetime(2026, 11, 24, tzinfo=UTC))
    fitting = units.in_unit(measured, "ug/m3")
    assert fitting is not None
    assert (fitting.value, fitting.unit) == (14.8, "ug/m3")
    assert units.in_unit(measured, "ppm") is None


def test_every_quantity_has_a_unit() -> None:
    writings = ["µg/m³", "ppm", "°C", "%", "hPa", "state"]
    assert not [quantity for quantity in get_args(Quantity) if not any(units.fits(quantity, unit) for unit in writings)]


@given(st.floats(-1e6, 1e6), st.sampled_from(["K", "°C", "°F"]), st.sampled_from(["K", "°C", "°F"]))
def test_a_temperature_comes_back(value: float, here: str, there: str) -> None:
    away = units.converted(value, here, there)
    assert away is not None
    assert units.converted(away, there, here) == pytest.approx(value, abs=1e-5)
