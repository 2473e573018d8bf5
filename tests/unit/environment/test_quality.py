"""Which readings and which sensors can be believed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.environment.models import Reading
from assistant.environment.plausible import DETECTORS, limits, plausible, units
from assistant.environment.quality import Trouble, Watch, judged
from assistant.settings.sensing import Calibration, Quantity, Sensor

START = datetime(2026, 11, 24, tzinfo=UTC)
QUANTITIES = Quantity.__args__


def sensor(one: str = "a", **fields: Any) -> Sensor:
    return Sensor(**{"id": one, "name": one, "quantity": "co2", "unit": "ppm", "area": "Hall", "source": f"push:{one}", **fields})


def reading(one: str, seconds: float, value: float, quality: Any = "good") -> Reading:
    return Reading(sensor=one, quantity="co2", value=value, unit="ppm", at=START + timedelta(seconds=seconds), quality=quality)


def short(troubles: list[Trouble]) -> list[tuple[str, str, float, bool]]:
    return [(one.sensor, one.kind, (one.since - START).total_seconds(), one.over) for one in troubles]


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_has_a_unit_and_limits(quantity: str) -> None:
    assert units(quantity)
    for unit in units(quantity):
        low, high = limits(quantity, unit)
        assert plausible(quantity, low, unit)
        assert plausible(quantity, high, unit)
        assert not plausible(quantity, low - 1, unit)
        assert not plausible(quantity, high + 1, unit)
    assert not plausible(quantity, float("nan"))
    assert not plausible(quantity, float("inf"))


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        ("pm2_5", "µg/m³", (0, 1000)), ("pm2_5", "μg/m3", (0, 1000)), ("co", "mg/m³", (0, 1145)), ("co", "ppm", (0, 1000)),
        ("co", "furlong", (0, 1145)), ("temperature", "°C", (-40, 85)), ("pressure", "hPa", (300, 1100)), ("voc", "index", (0, 500)),
    ],
)  # fmt: skip
def test_limits_are_those_of_the_unit(quantity: str, unit: str, expected: tuple[float, float]) -> None:
    assert limits(quantity, unit) == expected


@pytest.mark.parametrize("quantity", sorted(DETECTORS))
def test_a_detector_is_on_or_off(quantity: str) -> None:
    assert [plausible(quantity, value, "state") for value in (0, 1, 0.5, 2, -1)] == [True, True, False, False, False]


def test_a_reading_is_calibrated_and_its_raw_value_judged() -> None:
    one = sensor(calibration=Calibration(factor=2, offset=-50, on=date(2026, 1, 2)))
    found = judged(one, reading("a", 0, 500))
    assert (found.value, found.quality, found.calibrated) == (950, "good", date(2026, 1, 2))
    assert judged(one, reading("a", 0, 60_000)).quality == "suspect"
    assert judged(sensor(quantity="smoke", unit="state", calibration=Calibration(factor=2)), reading("a", 0, 1)).value == 1


def test_a_silent_sensor_is_told_once_and_when_it_is_back() -> None:
    watch = Watch([sensor(silent_s=60)], START)
    assert watch.tick(START + timedelta(seconds=60)) == []
    assert short(watch.tick(START + timedelta(seconds=61))) == [("a", "silent", 0, False)]
    assert watch.tick(START + timedelta(seconds=62)) == []
    assert short(watch.feed(reading("a", 70, 500))) == [("a", "silent", 0, True)]
    assert watch.standing() == []
    assert short(watch.feed(reading("a", 200, 500))) == [("a", "silent", 70, False), ("a", "silent", 70, True)]


def test_a_reading_out_of_limits_is_no_silence() -> None:
    watch = Watch([sensor(silent_s=60)], START)
    for seconds in (50, 100, 150):
        troubles = watch.feed(reading("a", seconds, 1, "suspect"))
    assert short(troubles) == [("a", "limits", 50, False)]
    assert short(watch.feed(reading("a", 200, 500))) == [("a", "limits", 50, True)]


def test_one_wrong_value_is_no_trouble() -> None:
    watch = Watch([sensor()], START)
    for seconds, quality in ((0, "suspect"), (1, "suspect"), (2, "good"), (3, "suspect"), (4, "suspect")):
        assert watch.feed(reading("a", seconds, 500 + seconds, quality)) == []


def test_a_stuck_sensor_reports_the_same_for_too_long() -> None:
    watch = Watch([sensor(stuck_s=600)], START)
    assert watch.feed(reading("a", 0, 400)) == watch.feed(reading("a", 10, 500)) == watch.feed(reading("a", 609, 500)) == []
    assert short(watch.feed(reading("a", 610, 500))) == [("a", "stuck", 10, False)]
    assert watch.feed(reading("a", 700, 500)) == []
    assert short(watch.feed(reading("a", 800, 501))) == [("a", "stuck", 10, True)]


@pytest.mark.parametrize("fields", [{"stuck_s": 0}, {"stuck_s": 10, "quantity": "smoke", "unit": "state"}])
def test_what_may_stay_the_same_is_not_stuck(fields: dict[str, Any]) -> None:
    watch = Watch([sensor(**fields)], START)
    assert not [change for seconds in range(0, 900, 10) for change in watch.feed(reading("a", seconds, 1.0))]


def test_what_the_broker_says_is_told() -> None:
    watch = Watch([sensor()], START)
    assert watch.available("a", True, START) == watch.available("nobody", False, START) == []
    assert short(watch.available("a", False, START)) == [("a", "unavailable", 0, False)]
    assert watch.available("a", False, START) == []
    assert short(watch.available("a", True, START)) == [("a", "unavailable", 0, True)]


def test_old_readings_and_strangers_change_nothing() -> None:
    watch = Watch([sensor(silent_s=60)], START)
    watch.feed(reading("a", 100, 500))
    assert watch.feed(reading("a", 50, 500)) == watch.feed(reading("b", 100, 500)) == []
    assert watch.tick(START + timedelta(seconds=160)) == []


def test_after_the_clock_was_set_back_silence_is_found_again() -> None:
    watch = Watch([sensor(silent_s=60)], START)
    watch.feed(reading("a", 86_400, 500))
    watch.tick(START + timedelta(seconds=86_400))
    assert watch.tick(START + timedelta(seconds=10)) == watch.tick(START + timedelta(seconds=70)) == []
    assert short(watch.tick(START + timedelta(seconds=71))) == [("a", "silent", 10, False)]
    assert short(watch.feed(reading("a", 72, 500))) == [("a", "silent", 10, True)]


def days(watch: Watch, hours: int, **values: float) -> list[tuple[str, str, float, bool]]:
    found = []
    for minute in range(0, hours * 60, 15):
        for one, value in values.items():
            found += short(watch.feed(reading(one, 60 * minute, value + minute % 7)))
    return found


def test_two_sensors_that_drift_apart_are_both_named() -> None:
    watch = Watch([sensor("a"), sensor("b")], START)
    assert days(watch, 24, a=500, b=645) == []
    apart = days(Watch([sensor("a"), sensor("b")], START), 24, a=500, b=700)
    assert apart == [("a", "drift", 18 * 3600, False), ("b", "drift", 18 * 3600, False)]


def test_of_three_the_odd_one_is_named() -> None:
    assert days(Watch([sensor("a"), sensor("b"), sensor("c")], START), 24, a=500, b=700, c=510) == [("b", "drift", 18 * 3600, False)]


def test_drift_is_over_when_they_agree_again_for_most_of_a_day() -> None:
    watch = Watch([sensor("a"), sensor("b")], START)
    days(watch, 24, a=500, b=700)
    later = [
        change for minute in range(24 * 60, 48 * 60, 15) for one in "ab" for change in short(watch.feed(reading(one, 60 * minute, 500)))
    ]
    assert [(one[0], one[1], one[3]) for one in later] == [("a", "drift", True), ("b", "drift", True)]


@pytest.mark.parametrize(
    "fields", [{"zone": "z"}, {"area": "Elsewhere"}, {"level": "up"}, {"quantity": "voc", "unit": "ppb"}, {"indoor": False}],
)  # fmt: skip
def test_only_sensors_of_one_place_and_quantity_are_compared(fields: dict[str, Any]) -> None:
    assert days(Watch([sensor("a"), sensor("b", **fields)], START), 24, a=500, b=5000) == []


def test_too_few_hours_say_nothing() -> None:
    assert days(Watch([sensor("a"), sensor("b")], START), 18, a=500, b=5000) == []


def test_a_day_of_means_is_all_that_is_kept() -> None:
    watch = Watch([sensor("a"), sensor("b")], START)
    days(watch, 24 * 30, a=500, b=500)
    assert len(watch._sensors["a"].means) <= 24
