"""Our indices beside python-aqi's and aqi-hub's, at every concentration that the tables can tell apart.

Both sides are reckoned a second time, in fractions, from the published table: ours as the table stands, theirs with the changes that are
named here (another table, another rounding, another end). Either side has to equal its reckoning at each concentration, so that where no
change counts both are the same; a change without which theirs would still come out is no explanation and fails too.
"""

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, cast

import aqi as python_aqi
import pytest
from aqi_hub.aqi_cn.aqi import cal_iaqi_cn
from aqi_hub.aqi_usa.aqi import cal_iaqi_usa

from assistant.environment.air_quality import hj_633, us_epa

type Index = Callable[[Decimal], int | None]
type Range = tuple[Decimal, Decimal, int, int]


def half_up(value: Any) -> int:
    return int((2 * value + 1) // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A published index: the tops of its ranges, and how one reckons between them."""

    step: str
    """Concentrations are cut to it."""
    tops: str
    indices: str
    """The index at each top."""
    begin: str = "0"
    first: int = 0
    """The index at `begin`."""
    apart: bool = True
    """Ranges begin a step and an index above the top of the one below; else at it."""
    shared: int | None = None
    """A range that begins at the top of the one below all the same, with the index above."""
    number: Callable[[Decimal], Any] = Fraction
    rounding: Callable[[Any], int] = half_up
    above: Literal["goes on", "stays", "ends"] = "goes on"
    """What is above the last top: the last slope, the last index, or none."""
    cap: tuple[str, int] | None = None
    """From this concentration on, this index."""

    def ranges(self) -> Iterator[Range]:
        tops, indices, gap = [Decimal(top) for top in self.tops.split()], [int(index) for index in self.indices.split()], int(self.apart)
        for place, (top, index) in enumerate(zip(tops, indices, strict=True)):
            if place == 0:
                yield Decimal(self.begin), top, self.first, index
            else:
                low = tops[place - 1] + (Decimal(self.step) * gap if place != self.shared else 0)
                yield low, top, indices[place - 1] + gap, index

    def index(self, concentration: Decimal) -> int | None:
        value = concentration // Decimal(self.step) * Decimal(self.step)
        if self.cap is not None and value >= Decimal(self.cap[0]):
            return self.cap[1]
        ranges = [*self.ranges()]
        found = next((one for one in ranges if one[0] <= value <= one[1]), None)
        if found is None:
            if value < ranges[0][0] or self.above == "ends":
                return None
            if self.above == "stays":
                return ranges[-1][3]
            found = ranges[-1]
        low, high, low_index, high_index = found
        number = self.number
        slope = number(Decimal(high_index - low_index)) / (number(high) - number(low))
        return self.rounding(slope * (number(value) - number(low)) + number(Decimal(low_index)))


@dataclass(frozen=True, slots=True)
class Change:
    """What another package does otherwise, and why."""

    reason: str
    how: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """A pollutant as another package calls it, how far the sweep goes, and what that package does otherwise."""

    item: str
    top: str
    changes: tuple[Change, ...] = ()


SEVEN: Final = "50 100 150 200 300 400 500"
SIX: Final = "50 100 150 200 300 500"
EPA: Final[dict[us_epa.Pollutant, Method]] = {
    "pm2_5": Method(step="0.1", tops="9.0 35.4 55.4 125.4 225.4 325.4", indices=SIX),
    "pm10": Method(step="1", tops="54 154 254 354 424 604", indices=SIX),
    "o3_8h": Method(step="0.001", tops="0.054 0.070 0.085 0.105 0.200", indices="50 100 150 200 300", above="ends"),
    "o3_1h": Method(step="0.001", tops="0.164 0.204 0.404 0.604", indices="150 200 300 500", begin="0.125", first=101),
    "co": Method(step="0.1", tops="4.4 9.4 12.4 15.4 30.4 50.4", indices=SIX),
    "so2_1h": Method(step="1", tops="35 75 185 304", indices="50 100 150 200", above="ends"),
    "so2_24h": Method(step="1", tops="604 1004", indices="300 500", begin="305", first=201),
    "no2": Method(step="1", tops="53 100 360 649 1249 2049", indices=SIX),
}
"""EPA-454/B-24-002 (May 2024), table 6."""


def hj(tops: str, step: str = "1") -> Method:
    indices = " ".join(SEVEN.split()[: len(tops.split())])
    return Method(step=step, tops=tops, indices=indices, apart=False, rounding=math.ceil, above="stays")


HJ: Final[dict[hj_633.Pollutant, Method]] = {
    "so2_24h": hj("50 150 475 800 1600 2100 2620"), "so2_1h": hj("150 500 650 800"),
    "no2_24h": hj("40 80 180 280 565 750 940"), "no2_1h": hj("100 200 700 1200 2340 3090 3840"),
    "co_24h": hj("2 4 14 24 36 48 60", "0.1"), "co_1h": hj("5 10 35 60 90 120 150", "0.1"),
    "o3_8h": hj("100 160 215 265 800"), "o3_1h": hj("160 200 300 400 800 1000 1200"),
    "pm10": hj("50 120 250 350 420 500 600"), "pm2_5": hj("35 60 115 150 250 350 500"),
}  # fmt: skip
"""HJ 633-2026, table 1."""

CUT = Change("aqi-hub cuts the index where EPA-454/B-24-002 rounds it to the nearest integer", {"rounding": math.floor})
FAILS = Change("python-aqi raises above its table", {"above": "ends"})
OLD_PM = Change("python-aqi has EPA's PM2.5 table of 2012", {"tops": "12.0 35.4 55.4 150.4 250.4 350.4 500.4", "indices": SEVEN})
OLD_O3 = Change("python-aqi has EPA's ozone table of 2008", {"tops": "0.059 0.075 0.095 0.115 0.374"})
EVEN = Change("python-aqi rounds halves to the even integer, EPA up", {"rounding": round})
CUT_SLOPE = Change("python-aqi divides first, to 28 digits, which brings some exact halves below the half", {"number": Decimal})
SO2 = Change("python-aqi takes an hour of SO2 for a day's mean; above 304 ppb only the day's counts",
             {"tops": "35 75 185 304 604 804 1004", "indices": SEVEN})  # fmt: skip
SHARED = Change("aqi-hub begins ozone's second range at the top of the first (0.054 ppm), which makes its slope flatter", {"shared": 1})
OLD_CN_25 = Change("python-aqi has HJ 633-2012: PM2.5 100 at 75 µg/m³", {"tops": "35 75 115 150 250 350 500"})
OLD_CN_10 = Change("python-aqi has HJ 633-2012: PM10 100 at 150 µg/m³", {"tops": "50 150 250 350 420 500 600"})
PLUS_ONE = Change("python-aqi begins ranges a step and an index above the one below, where HJ 633 begins them at it", {"apart": True})
NEAREST = Change("python-aqi rounds the index to the nearest, halves to the even, where HJ 633 rounds it up", {"rounding": round})
WHOLE_CO = Change("python-aqi cuts CO to whole mg/m³, where HJ 633 rounds it to a tenth", {"step": "1"})
SO2_DAY = Change("aqi-hub gives the day of SO2 the first columns of the hour: 150, 500 and 650 µg/m³ instead of 50, 150 and 475",
                 {"tops": "150 500 650 800 1600 2100 2620"})  # fmt: skip
FLOAT = Change("aqi-hub interpolates in binary fractions, some of which come out above an exact index and go up", {"number": float})


def split(tops: str) -> Change:
    reason = "python-aqi splits the last range at 400, by which the 2024 table has a straight slope from 301 to 500"
    return Change(reason, {"tops": tops, "indices": " ".join(SEVEN.split()[-len(tops.split()) :])})


def stops(top: str) -> Change:
    return Change("aqi-hub stops at 500, where EPA goes on with the last slope", {"cap": (top, 500)})


def nothing_above() -> Change:
    return Change("python-aqi raises above its table, where the index stays at the last one", {"above": "ends"})


EPA_BY_PYTHON_AQI: Final[dict[us_epa.Pollutant, Compared]] = {
    "pm2_5": Compared("pm25", "600", (OLD_PM, EVEN, FAILS)),
    "pm10": Compared("pm10", "700", (split("54 154 254 354 424 504 604"), FAILS)),
    "o3_8h": Compared("o3_8h", "0.7", (OLD_O3, EVEN)),
    "o3_1h": Compared("o3_1h", "0.7", (FAILS,)),
    "co": Compared("co_8h", "60", (CUT_SLOPE, EVEN, FAILS)),
    "so2_1h": Compared("so2_1h", "1200", (SO2,)),
    "no2": Compared("no2_1h", "2200", (split("53 100 360 649 1249 1649 2049"), FAILS)),
}
EPA_BY_AQI_HUB: Final[dict[us_epa.Pollutant, Compared]] = {
    "pm2_5": Compared("PM25_24H", "600", (CUT, stops("325.4"))),
    "pm10": Compared("PM10_24H", "700", (CUT, stops("604"))),
    "o3_8h": Compared("O3_8H", "0.7", (CUT, SHARED)),
    "o3_1h": Compared("O3_1H", "0.7", (CUT, stops("0.604"))),
    "co": Compared("CO_8H", "60", (CUT, stops("50.4"))),
    "so2_1h": Compared("SO2_1H", "1200", (CUT,)),
    "so2_24h": Compared("SO2_24H", "1200", (CUT, stops("1004"))),
    "no2": Compared("NO2_1H", "2200", (CUT, stops("1249"))),
}
HJ_BY_PYTHON_AQI: Final[dict[hj_633.Pollutant, Compared]] = {
    "so2_24h": Compared("so2_24h", "2800", (PLUS_ONE, NEAREST, nothing_above())),
    "so2_1h": Compared("so2_1h", "1000", (PLUS_ONE, NEAREST, nothing_above())),
    "no2_24h": Compared("no2_24h", "1000", (PLUS_ONE, NEAREST, nothing_above())),
    "no2_1h": Compared("no2_1h", "4000", (PLUS_ONE, NEAREST, nothing_above())),
    "co_24h": Compared("co_24h", "70", (WHOLE_CO, PLUS_ONE, NEAREST, nothing_above())),
    "co_1h": Compared("co_1h", "160", (WHOLE_CO, PLUS_ONE, NEAREST, nothing_above())),
    "o3_8h": Compared("o3_8h", "1000", (PLUS_ONE, NEAREST, nothing_above())),
    "o3_1h": Compared("o3_1h", "1300", (PLUS_ONE, NEAREST, nothing_above())),
    "pm10": Compared("pm10", "700", (OLD_CN_10, PLUS_ONE, NEAREST, nothing_above())),
    "pm2_5": Compared("pm25", "600", (OLD_CN_25, PLUS_ONE, NEAREST, nothing_above())),
}
HJ_BY_AQI_HUB: Final[dict[tuple[hj_633.Pollutant, str], Compared]] = {
    ("so2_24h", "24h"): Compared("SO2_24H", "2800", (SO2_DAY,)),
    ("so2_1h", "1h"): Compared("SO2_1H", "1000"),
    ("no2_24h", "24h"): Compared("NO2_24H", "1000"),
    ("no2_1h", "1h"): Compared("NO2_1H", "4000"),
    ("co_24h", "24h"): Compared("CO_24H", "70", (FLOAT,)),
    ("co_1h", "1h"): Compared("CO_1H", "160", (FLOAT,)),
    ("o3_8h", "8h"): Compared("O3_8H", "1000"),
    ("o3_1h", "1h"): Compared("O3_1H", "1300"),
    ("pm10", "24h"): Compared("PM10_24H", "700"),
    ("pm10", "1h"): Compared("PM10_1H", "700"),
    ("pm2_5", "24h"): Compared("PM25_24H", "600"),
    ("pm2_5", "1h"): Compared("PM25_1H", "600"),
}


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


def changed(method: Method, changes: tuple[Change, ...]) -> Method:
    return replace(method, **{key: value for change in changes for key, value in change.how.items()})


def compare(ours: Index, theirs: Index, method: Method, with_: Compared) -> None:
    """Fails where ours is not the published method's, where theirs is not the changed one's, and on a change that explains nothing."""
    step = Decimal(method.step)
    values = [count * step for count in range(int(Decimal(with_.top) / step) + 1)]
    other = changed(method, with_.changes)
    told = {value: theirs(value) for value in values}
    for value in values:
        assert ours(value) == method.index(value), f"at {value} ours is {ours(value)}, the published one {method.index(value)}"
        expected = other.index(value)
        assert told[value] == expected, f"at {value} theirs is {told[value]}, by {[one.reason for one in with_.changes]} it were {expected}"
    for change in with_.changes:
        without = changed(method, tuple(one for one in with_.changes if one is not change))
        assert any(without.index(value) != told[value] for value in values), f"explained, but no difference: {change.reason}"


def epa_by_python_aqi(pollutant: us_epa.Pollutant, ours: Index) -> None:
    with_ = EPA_BY_PYTHON_AQI[pollutant]
    compare(ours, by_python_aqi(with_.item, python_aqi.ALGO_EPA), EPA[pollutant], with_)


def epa_by_aqi_hub(pollutant: us_epa.Pollutant, ours: Index) -> None:
    with_ = EPA_BY_AQI_HUB[pollutant]
    theirs = quietly(lambda value: cast("int | None", cal_iaqi_usa(float(value), with_.item)))
    compare(ours, theirs, EPA[pollutant], with_)


@pytest.mark.parametrize("pollutant", EPA_BY_PYTHON_AQI)
def test_epa_by_python_aqi(pollutant: us_epa.Pollutant) -> None:
    epa_by_python_aqi(pollutant, lambda value: us_epa.aqi(pollutant, value))


@pytest.mark.parametrize("pollutant", EPA_BY_AQI_HUB)
def test_epa_by_aqi_hub(pollutant: us_epa.Pollutant) -> None:
    epa_by_aqi_hub(pollutant, lambda value: us_epa.aqi(pollutant, value))


@pytest.mark.parametrize("pollutant", HJ_BY_PYTHON_AQI)
def test_hj_633_by_python_aqi(pollutant: hj_633.Pollutant) -> None:
    with_ = HJ_BY_PYTHON_AQI[pollutant]
    compare(lambda value: hj_633.iaqi(pollutant, value), by_python_aqi(with_.item, python_aqi.ALGO_MEP), HJ[pollutant], with_)


@pytest.mark.parametrize(("pollutant", "of"), HJ_BY_AQI_HUB)
def test_hj_633_by_aqi_hub(pollutant: hj_633.Pollutant, of: str) -> None:
    with_ = HJ_BY_AQI_HUB[pollutant, of]
    theirs = quietly(lambda value: cast("int | None", cal_iaqi_cn(with_.item, float(value))))
    compare(lambda value: hj_633.iaqi(pollutant, value), theirs, HJ[pollutant], with_)


@pytest.mark.parametrize("by", [epa_by_python_aqi, epa_by_aqi_hub])
@pytest.mark.parametrize(
    ("low", "high", "false"),
    [("60", "120", lambda index: index + 40), ("130", "300", lambda index: index * 13 // 10), ("300", "300", lambda index: index - 1)],
)
def test_a_false_index_is_found_by_either_package(
    by: Callable[[us_epa.Pollutant, Index], None], low: str, high: str, false: Callable[[int], int]
) -> None:
    def wrong(value: Decimal) -> int | None:
        index = us_epa.aqi("pm2_5", value)
        return false(index) if index is not None and Decimal(low) <= value <= Decimal(high) else index

    with pytest.raises(AssertionError, match=f"at {low}.0 ours is"):
        by("pm2_5", wrong)


def test_a_difference_that_nobody_names_and_one_that_is_none_fail() -> None:
    method = EPA["pm10"]
    with pytest.raises(AssertionError, match="at 300 theirs is"):
        compare(method.index, lambda value: 7 if value == 300 else method.index(value), method, Compared("", "604"))
    with pytest.raises(AssertionError, match="no difference"):
        compare(method.index, method.index, method, Compared("", "604", (FAILS,)))
