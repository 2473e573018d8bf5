"""The heat index against the National Weather Service's chart, and where it is not defined."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.air_quality.heat_index import heat_index

# °F, per cent → °F: the chart of www.weather.gov/safety/heat-index. It was drawn before the adjustment for humid air.
CHART = [
    (80, 60, 82), (82, 80, 89), (82, 90, 91), (84, 70, 90), (86, 40, 85), (86, 100, 112), (88, 50, 91), (90, 40, 91), (90, 60, 100),
    (90, 90, 122), (92, 65, 108), (94, 50, 103), (96, 45, 104), (96, 70, 126), (98, 60, 123), (100, 40, 109), (100, 60, 129),
    (102, 50, 124), (104, 45, 124), (106, 40, 124), (108, 45, 137), (110, 40, 136),
]  # fmt: skip


def celsius(fahrenheit: float) -> Decimal:
    return (Decimal(str(fahrenheit)) - 32) * 5 / 9


def fahrenheit(celsius: Decimal) -> Decimal:
    return celsius * 9 / 5 + 32


@pytest.mark.parametrize(("air", "humidity", "index"), CHART)
def test_the_chart(air: int, humidity: int, index: int) -> None:
    found = heat_index(celsius(air), Decimal(humidity))
    assert found is not None
    assert abs(fahrenheit(found) - index) < Decimal("1.3"), "Rothfusz gives an error of 1.3 °F"


def plain(t: float, rh: float) -> float:
    return (
        -42.379 + 2.04901523 * t + 10.14333127 * rh - 0.22475541 * t * rh - 6.83783e-3 * t * t - 5.481717e-2 * rh * rh
        + 1.22874e-3 * t * t * rh + 8.5282e-4 * t * rh * rh - 1.99e-6 * t * t * rh * rh
    )  # fmt: skip


@pytest.mark.parametrize(
    ("air", "humidity", "adjustment"),
    [
        (95, 12, -0.25), (95, 5, -2.0), (103.5, 9, -1 * (8.5 / 17) ** 0.5), (95, 13, 0.0), (112, 5, 0.0),
        (82, 95, 1.0), (86, 90, 0.1), (84.5, 100, 0.75), (82, 85, 0.0), (87, 95, 0.0), (88, 95, 0.0),
    ],
)  # fmt: skip
def test_the_adjustments(air: float, humidity: float, adjustment: float) -> None:
    found = heat_index(celsius(air), Decimal(str(humidity)))
    assert found is not None
    assert float(fahrenheit(found)) == pytest.approx(plain(air, humidity) + adjustment, abs=0.1)


@pytest.mark.parametrize(
    ("air", "humidity"),
    [
        ("20", "50"), ("26", "50"), ("-40", "0"), ("44.5", "5"), ("60", "5"), ("44", "60"), ("35", "-1"), ("35", "100.1"), ("NaN", "50"),
        ("35", "NaN"), ("Infinity", "50"), ("1e30", "50"),
    ],
)  # fmt: skip
def test_where_it_is_not_defined(air: str, humidity: str) -> None:
    assert heat_index(Decimal(air), Decimal(humidity)) is None


def test_it_is_told_in_tenths_of_a_degree() -> None:
    assert heat_index(Decimal(32), Decimal(70)) == Decimal("40.4")


@given(st.decimals(-60, 80, places=1), st.decimals(0, 100, places=1))
def test_it_stays_within_the_chart(air: Decimal, humidity: Decimal) -> None:
    found = heat_index(air, humidity)
    assert found is None or Decimal("26.6") <= found <= Decimal("58.4")
