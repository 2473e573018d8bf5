"""Our indices beside python-aqi's and aqi-hub's, at every concentration that the tables can tell apart.

Where they differ, the range, the differences and the reason are written down; anything else fails.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import aqi as python_aqi
import pytest
from aqi_hub.aqi_cn.aqi import cal_iaqi_cn
from aqi_hub.aqi_usa.aqi import cal_iaqi_usa

from assistant.environment.air_quality import hj_633, us_epa

type Index = Callable[[Decimal], int | None]


@dataclass(frozen=True, slots=True)
class Why:
    """From one concentration to another ours − theirs lies within `by`; None: one of the two has no index there."""

    low: str
    high: str
    by: tuple[int, int] | None
    reason: str


CUT = "aqi-hub cuts the index where EPA-454/B-24-002 rounds it to the nearest integer"
STOPS = "aqi-hub stops at 500, where EPA goes on with the last slope"
FAILS = "python-aqi raises above its table"
OLD_PM = "python-aqi has EPA's PM2.5 table of 2012, with 12.0, 150.4, 250.4, 350.4 and 500.4 as tops"
OLD_O3 = "python-aqi has EPA's ozone table of 2008, with 0.059, 0.075, 0.095, 0.115 and 0.374 ppm as tops"
SPLIT = "python-aqi splits the last range at 400, by which the 2024 table has a straight slope from 301 to 500"
EVEN = "python-aqi rounds halves to the even integer, EPA up"
SO2 = "python-aqi takes an hour of SO2 for a day's mean; above 304 ppb only the day's counts"
NO2_TOP = "aqi-hub stops NO2 at 1249 ppb, where the table goes on to 2049 ppb"
SHARED = "aqi-hub begins the range at the top of the one below (0.054 ppm), which makes its slope flatter"
OLD_CN = "python-aqi has HJ 633-2012: PM2.5 100 at 75 µg/m³, PM10 100 at 150 µg/m³"
PLUS_ONE = "python-aqi begins ranges at 51, 101 … and rounds to the nearest, where HJ 633 interpolates from 50, 100 … and rounds up"
WHOLE_CO = "python-aqi cuts CO to whole mg/m³, where HJ 633 rounds it to a tenth"
CN_FAILS = "python-aqi raises above its table, where the index stays at the last one"
SO2_DAY = "aqi-hub gives the day of SO2 the first columns of the hour: 150, 500 and 650 µg/m³ instead of 50, 150 and 475"
FLOAT = "aqi-hub interpolates in binary fractions, which come out above an exact index and are rounded up past it"

EPA_BY_PYTHON_AQI: dict[us_epa.Pollutant, tuple[str, str, str, list[Why]]] = {
    "pm2_5": ("pm25", "0.1", "600", [Why("0.1", "500.4", (1, 349), OLD_PM), Why("500.5", "600", None, FAILS)]),
    "pm10": ("pm10", "1", "700", [Why("427", "599", (-11, -1), SPLIT), Why("605", "700", None, FAILS)]),
    "o3_8h": ("o3_8h", "0.001", "0.7", [Why("0.004", "0.200", (1, 67), OLD_O3), Why("0.201", "0.374", None, OLD_O3)]),
    "o3_1h": ("o3_1h", "0.001", "0.7", [Why("0.605", "0.7", None, FAILS)]),
    "co": ("co_8h", "0.1", "60", [Why("1.1", "1.1", (1, 1), EVEN), Why("3.3", "3.3", (1, 1), EVEN), Why("50.5", "60", None, FAILS)]),
    "so2_1h": ("so2_1h", "1", "1200", [Why("305", "1004", None, SO2)]),
    "no2": ("no2_1h", "1", "2200", [Why("1385", "1914", (-1, 1), SPLIT), Why("2050", "2200", None, FAILS)]),
}
EPA_BY_AQI_HUB: dict[us_epa.Pollutant, tuple[str, str, str, list[Why]]] = {
    "pm2_5": ("PM25_24H", "0.1", "600", [Why("0.1", "325.3", (1, 1), CUT), Why("325.7", "600", (1, 547), STOPS)]),
    "pm10": ("PM10_24H", "1", "700", [Why("1", "603", (1, 1), CUT), Why("605", "700", (1, 107), STOPS)]),
    "o3_8h": ("O3_8H", "0.001", "0.7", [
        Why("0.001", "0.047", (1, 1), CUT), Why("0.055", "0.069", (-3, 1), SHARED), Why("0.072", "0.199", (1, 1), CUT),
    ]),
    "o3_1h": ("O3_1H", "0.001", "0.7", [Why("0.127", "0.403", (1, 1), CUT), Why("0.605", "0.7", (1, 96), STOPS)]),
    "co": ("CO_8H", "0.1", "60", [Why("0.4", "4.3", (1, 1), CUT), Why("9.6", "30.2", (1, 1), CUT), Why("50.5", "60", (1, 96), STOPS)]),
    "so2_1h": ("SO2_1H", "1", "1200", [Why("2", "303", (1, 1), CUT)]),
    "so2_24h": ("SO2_24H", "1", "1200", [Why("307", "1003", (1, 1), CUT), Why("1006", "1200", (1, 98), STOPS)]),
    "no2": ("NO2_1H", "1", "2200", [Why("1", "1248", (1, 1), CUT), Why("1249", "2200", (-200, 38), NO2_TOP)]),
}  # fmt: skip
HJ_BY_AQI_HUB: dict[tuple[hj_633.Pollutant, str], tuple[str, str, list[Why]]] = {
    ("so2_24h", "SO2_24H"): ("1", "2800", [Why("2", "797", (1, 54), SO2_DAY)]),
    ("so2_1h", "SO2_1H"): ("1", "1000", []),
    ("no2_24h", "NO2_24H"): ("1", "1000", []),
    ("no2_1h", "NO2_1H"): ("1", "4000", []),
    ("co_24h", "CO_24H"): ("0.1", "70", [Why("2.2", "2.2", (-1, -1), FLOAT)]),
    ("co_1h", "CO_1H"): ("0.1", "160", [Why("65.4", "75.9", (-1, -1), FLOAT), Why("129.3", "148.8", (-1, -1), FLOAT)]),
    ("o3_8h", "O3_8H"): ("1", "1000", []),
    ("o3_1h", "O3_1H"): ("1", "1300", []),
    ("pm10", "PM10_24H"): ("1", "700", []),
    ("pm10", "PM10_1H"): ("1", "700", []),
    ("pm2_5", "PM25_24H"): ("1", "600", []),
    ("pm2_5", "PM25_1H"): ("1", "600", []),
}
HJ_BY_PYTHON_AQI: dict[hj_633.Pollutant, tuple[str, str, str, list[Why]]] = {
    "so2_24h": ("so2_24h", "1", "2800", [Why("155", "2617", (-1, 1), PLUS_ONE), Why("2621", "2800", None, CN_FAILS)]),
    "so2_1h": ("so2_1h", "1", "1000", [Why("1", "798", (-1, 1), PLUS_ONE), Why("801", "1000", None, CN_FAILS)]),
    "no2_24h": ("no2_24h", "1", "1000", [Why("1", "939", (-1, 1), PLUS_ONE), Why("941", "1000", None, CN_FAILS)]),
    "no2_1h": ("no2_1h", "1", "4000", [Why("1", "3836", (-1, 1), PLUS_ONE), Why("3841", "4000", None, CN_FAILS)]),
    "co_24h": ("co_24h", "0.1", "70", [Why("0.1", "59.9", (1, 47), WHOLE_CO), Why("61", "70", None, CN_FAILS)]),
    "co_1h": ("co_1h", "0.1", "160", [Why("0.1", "149.9", (1, 18), WHOLE_CO), Why("151", "160", None, CN_FAILS)]),
    "o3_8h": ("o3_8h", "1", "1000", [Why("1", "797", (-1, 1), PLUS_ONE), Why("801", "1000", None, CN_FAILS)]),
    "o3_1h": ("o3_1h", "1", "1300", [Why("1", "797", (-1, 1), PLUS_ONE), Why("1201", "1300", None, CN_FAILS)]),
    "pm10": ("pm10", "1", "700", [
        Why("52", "248", (1, 15), OLD_CN), Why("351", "498", (1, 1), PLUS_ONE), Why("601", "700", None, CN_FAILS),
    ]),
    "pm2_5": ("pm25", "1", "600", [
        Why("1", "33", (1, 1), PLUS_ONE), Why("36", "114", (1, 19), OLD_CN), Why("116", "499", (1, 1), PLUS_ONE),
        Why("501", "600", None, CN_FAILS),
    ]),
}  # fmt: skip


def sweep(step: str, top: str) -> Iterator[Decimal]:
    for count in range(int(Decimal(top) / Decimal(step)) + 1):
        yield count * Decimal(step)


def by_python_aqi(element: str, algorithm: str) -> Index:
    def index(value: Decimal) -> int | None:
        try:
            return int(python_aqi.to_iaqi(element, str(value), algo=algorithm))
        except (ZeroDivisionError, IndexError, TypeError):
            return None

    return index


def quietly(index: Index) -> Index:
    """aqi-hub warns where it has no index."""

    def asked(value: Decimal) -> int | None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return index(value)

    return asked


def compared(ours: Index, theirs: Index, step: str, top: str, reasons: list[Why]) -> None:
    """Fails on a difference that is not explained, and on an explanation of none."""
    needed = set()
    for value in sweep(step, top):
        mine, other = ours(value), theirs(value)
        if mine == other:
            continue
        why = next((why for why in reasons if Decimal(why.low) <= value <= Decimal(why.high)), None)
        assert why, f"at {value} ours is {mine}, theirs {other}, and nobody says why"
        if mine is None or other is None:
            assert why.by is None, f"at {value} ours is {mine}, theirs {other}: {why.reason}?"
        else:
            assert why.by is not None, f"at {value} ours is {mine}, theirs {other}: {why.reason}?"
            assert why.by[0] <= mine - other <= why.by[1], f"at {value} ours is {mine}, theirs {other}: {why.reason}?"
        needed.add(why)
    assert [why for why in reasons if why not in needed] == [], "explained, but no difference"


@pytest.mark.parametrize("pollutant", EPA_BY_PYTHON_AQI)
def test_epa_by_python_aqi(pollutant: us_epa.Pollutant) -> None:
    element, step, top, reasons = EPA_BY_PYTHON_AQI[pollutant]
    compared(lambda value: us_epa.aqi(pollutant, value), by_python_aqi(element, python_aqi.ALGO_EPA), step, top, reasons)


@pytest.mark.parametrize("pollutant", EPA_BY_AQI_HUB)
def test_epa_by_aqi_hub(pollutant: us_epa.Pollutant) -> None:
    item, step, top, reasons = EPA_BY_AQI_HUB[pollutant]
    theirs = quietly(lambda value: cast("int | None", cal_iaqi_usa(float(value), item)))
    compared(lambda value: us_epa.aqi(pollutant, value), theirs, step, top, reasons)


@pytest.mark.parametrize(("pollutant", "item"), HJ_BY_AQI_HUB)
def test_hj_633_by_aqi_hub(pollutant: hj_633.Pollutant, item: str) -> None:
    step, top, reasons = HJ_BY_AQI_HUB[pollutant, item]
    theirs = quietly(lambda value: cast("int | None", cal_iaqi_cn(item, float(value))))
    compared(lambda value: hj_633.iaqi(pollutant, value), theirs, step, top, reasons)


@pytest.mark.parametrize("pollutant", HJ_BY_PYTHON_AQI)
def test_hj_633_by_python_aqi(pollutant: hj_633.Pollutant) -> None:
    element, step, top, reasons = HJ_BY_PYTHON_AQI[pollutant]
    compared(lambda value: hj_633.iaqi(pollutant, value), by_python_aqi(element, python_aqi.ALGO_MEP), step, top, reasons)


@pytest.mark.parametrize("shift", [1, -1])
def test_an_unexplained_difference_fails(shift: int) -> None:
    right = cast("Index", lambda value: us_epa.aqi("pm10", value))
    wrong = cast("Index", lambda value: (us_epa.aqi("pm10", value) or 0) + (shift if value == 300 else 0))
    with pytest.raises(AssertionError, match="at 300 ours"):
        compared(right, wrong, "1", "604", [])
    with pytest.raises(AssertionError, match="no difference"):
        compared(right, right, "1", "604", [Why("1", "2", (0, 1), "nothing")])
