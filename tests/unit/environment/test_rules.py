"""The rules, one property at a time."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.models import Reading
from assistant.environment.rules import Change, Engine
from assistant.environment.rules.condition import GRAIN, Climb
from assistant.settings.sensing import Rise, Rule, Sensor

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
ALERT = {"category": "Fire", "event": "Smoke", "headline": "Smoke in the hall"}
SILENT_S = 300.0


def sensor(one: str, **fields: Any) -> Sensor:
    return Sensor(**{
        "id": one, "name": one, "quantity": "co2", "unit": "ppm", "area": "Hall", "source": f"push:{one}", "silent_s": SILENT_S, **fields,
    })  # fmt: skip


def rule(**fields: Any) -> Rule:
    return Rule(**{"id": "r", "sensors": ["a", "b"], "clear_s": 0, "alert": ALERT, **fields})


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


class Bench:
    """An engine, and what it said in short: kind, seconds, sensors."""

    def __init__(self, *rules: Rule, **more: Any) -> None:
        self.engine = Engine(list(rules), [sensor("a"), sensor("b"), sensor("c")], **more)

    def feed(self, one: str, seconds: float, value: float, *, now: float | None = None, quality: Any = "good") -> list[tuple[Any, ...]]:
        reading = Reading(sensor=one, quantity="co2", value=value, unit="ppm", at=at(seconds), quality=quality)
        return short(self.engine.feed(reading, at(seconds if now is None else now)))

    def tick(self, seconds: float) -> list[tuple[Any, ...]]:
        return short(self.engine.tick(at(seconds)))


def short(changes: list[Change]) -> list[tuple[Any, ...]]:
    return [(one.kind, (one.at - START).total_seconds(), one.sensors) for one in changes]


def test_it_is_raised_above_and_ends_at_the_value_for_the_end() -> None:
    bench = Bench(rule(above=1000, clear=800))
    assert bench.feed("a", 0, 1000) == []
    assert bench.feed("a", 1, 1000.1) == [("raised", 1, ("a",))]
    assert bench.feed("a", 2, 800.1) == []
    assert bench.feed("a", 3, 800) == [("cleared", 3, ())]


def test_below_is_the_other_side() -> None:
    bench = Bench(rule(below=5, clear=8))
    assert bench.feed("a", 0, 5) == []
    assert bench.feed("a", 1, 4.9) == [("raised", 1, ("a",))]
    assert bench.feed("a", 2, 7.9) == []
    assert bench.feed("a", 3, 8) == [("cleared", 3, ())]


def test_time_alone_ends_a_hold_and_a_clearing() -> None:
    bench = Bench(rule(above=1000, hold_s=60, clear_s=30))
    bench.feed("a", 0, 1500)
    assert bench.tick(59.9) == []
    assert bench.tick(75) == [("raised", 60, ("a",))]
    bench.feed("a", 80, 400)
    assert bench.tick(109) == []
    assert bench.tick(111) == [("cleared", 110, ())]


def test_a_break_begins_the_hold_anew() -> None:
    bench = Bench(rule(above=1000, hold_s=60))
    for seconds, value in ((0, 1500), (50, 900), (55, 1500), (110, 1500)):
        assert bench.feed("a", seconds, value) == []
    assert bench.feed("a", 120, 1500) == [("raised", 115, ("a",))]


def test_a_second_sensor_is_an_update_and_the_last_one_ends_it() -> None:
    bench = Bench(rule(above=1000))
    assert bench.feed("a", 0, 1500) == [("raised", 0, ("a",))]
    assert bench.feed("b", 1, 1500) == [("updated", 1, ("a", "b"))]
    assert bench.feed("a", 2, 500) == [("updated", 2, ("b",))]
    assert bench.feed("b", 3, 500) == [("cleared", 3, ())]


def test_two_sensors_have_to_agree_within_the_time() -> None:
    bench = Bench(rule(above=0.5, confirm=2, confirm_s=60))
    assert bench.feed("a", 0, 1) == []
    assert bench.feed("a", 10, 0) == []
    assert bench.feed("b", 71, 1) == []
    assert bench.feed("a", 72, 1) == [("raised", 72, ("a", "b"))]
    assert bench.feed("b", 73, 0) == [("updated", 73, ("a",))]
    assert bench.feed("a", 74, 0) == [("cleared", 74, ())]


def test_one_that_has_just_ended_still_agrees() -> None:
    bench = Bench(rule(above=0.5, confirm=2, confirm_s=60))
    bench.feed("a", 0, 1)
    bench.feed("a", 10, 0)
    assert bench.feed("b", 70, 1) == [("raised", 70, ("a", "b"))]
    assert bench.feed("b", 71, 0) == [("cleared", 71, ())]


def test_a_silent_one_agrees_until_its_silence_and_a_little_longer() -> None:
    for seconds, expected in ((SILENT_S + 60, ["raised"]), (SILENT_S + 61, [])):
        bench = Bench(rule(above=0.5, confirm=2, confirm_s=60))
        bench.feed("a", 0, 1)
        bench.feed("a", SILENT_S + 40, 0)
        assert [one[0] for one in bench.feed("b", seconds, 1)] == expected


def test_what_begins_at_the_same_moment_goes_before_what_ends() -> None:
    bench = Bench(rule(above=0.5, hold_s=10, clear_s=10))
    bench.feed("b", 0, 1)
    bench.feed("b", 20, 0)
    bench.feed("a", 20, 1)
    assert bench.tick(40) == [("updated", 30, ("a", "b")), ("updated", 30, ("a",))]


def test_silence_ends_nothing_and_is_told() -> None:
    bench = Bench(rule(above=1000, clear_s=10))
    bench.feed("a", 0, 1500)
    told = bench.engine.tick(at(SILENT_S + 1))
    assert short(told) == [("updated", SILENT_S, ("a",))]
    assert told[0].unknown == ("a",)
    assert bench.tick(86_400) == []
    assert short(back := bench.engine.feed(Reading(sensor="a", quantity="co2", value=400, unit="ppm", at=at(86_401)), at(86_401))) == [
        ("updated", 86_401, ("a",))
    ]  # fmt: skip
    assert back[0].unknown == ()
    assert bench.tick(86_411) == [("cleared", 86_411, ())]


def test_silence_while_clearing_does_not_end_it_either() -> None:
    bench = Bench(rule(above=1000, clear_s=SILENT_S + 1))
    bench.feed("a", 0, 1500)
    bench.feed("a", 1, 400)
    assert [one[0] for one in bench.tick(10_000)] == ["updated"]
    assert bench.engine.raised() == {"r": ("a",)}


def test_a_silent_sensor_is_not_raised_for() -> None:
    bench = Bench(rule(above=1000, hold_s=SILENT_S + 1))
    bench.feed("a", 0, 1500)
    assert bench.tick(10_000) == []


def test_a_sensor_that_is_said_to_be_gone_is_unknown_at_once() -> None:
    bench = Bench(rule(above=1000))
    bench.feed("a", 0, 1500)
    assert bench.engine.lost("a", at(5))[0].unknown == ("a",)
    assert bench.engine.lost("a", at(6)) == []
    assert bench.feed("a", 7, 1500) == [("updated", 7, ("a",))]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_suspect_or_no_number_counts_for_nothing(value: float) -> None:
    bench = Bench(rule(above=1000))
    assert bench.feed("a", 0, 90_000, quality="suspect") == []
    assert bench.feed("a", 1, value) == []
    assert bench.feed("nobody", 2, 2000) == []
    bench.feed("a", 3, 2000)
    assert bench.feed("a", 4, 0, quality="suspect") == []
    assert bench.engine.raised() == {"r": ("a",)}


def test_out_of_order_doubled_and_old_readings_count_for_nothing() -> None:
    bench = Bench(rule(above=1000))
    bench.feed("a", 10, 500)
    assert bench.feed("a", 9, 1500, now=11) == []
    assert bench.feed("b", 10, 1500, now=10 + SILENT_S + 1) == []
    assert bench.feed("b", 400, 1500) == [("raised", 400, ("b",))]


def test_a_reading_from_the_future_counts_as_of_now() -> None:
    bench = Bench(rule(above=1000, hold_s=60))
    bench.feed("a", 3600, 1500, now=0)
    assert bench.tick(61) == [("raised", 60, ("a",))]


def test_a_clock_that_is_set_back_loses_no_alarm() -> None:
    bench = Bench(rule(above=0.5, hold_s=20, clear_s=20))
    bench.feed("a", 0, 0)
    bench.feed("b", 3600, 1)
    assert bench.tick(0) == []
    assert bench.feed("a", 1, 1) == []
    assert bench.tick(10) == []
    raised = bench.engine.tick(at(25))
    assert [one.kind for one in raised] == ["raised", "updated"]
    assert (raised[0].at, raised[1].sensors) == (at(20), ("a", "b"))


def test_latched_it_stays_until_somebody_ends_it() -> None:
    bench = Bench(rule(above=0.5, latch=True))
    bench.feed("a", 0, 1)
    assert bench.feed("a", 1, 0) == [("updated", 1, ())]
    assert bench.feed("a", 2, 1) == [("updated", 2, ("a",))]
    assert short(bench.engine.end("r", at(3))) == [("cleared", 3, ())]
    assert bench.engine.end("r", at(3)) == bench.engine.end("nobody", at(3)) == []
    assert bench.feed("a", 4, 1) == []
    assert bench.feed("a", 5, 0) == []
    assert bench.feed("a", 6, 1) == [("raised", 6, ("a",))]


def test_after_its_end_a_silent_sensor_that_returns_warns_again() -> None:
    bench = Bench(rule(above=0.5))
    bench.feed("a", 0, 1)
    bench.tick(1000)
    bench.engine.end("r", at(1001))
    assert bench.feed("a", 1002, 1) == [("raised", 1002, ("a",))]


def test_hours_are_those_of_the_station() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    bench = Bench(rule(above=1000, hours="Tu 17:10-17:20", hold_s=120), zone=seoul)
    assert bench.feed("a", 590, 1500) == []
    assert bench.feed("a", 700, 1500) == []
    assert bench.feed("a", 725, 1500) == [("raised", 720, ("a",))]
    for seconds in range(800, 1200, 100):
        bench.feed("a", seconds, 1500)
    assert bench.tick(1201) == [("cleared", 1200, ())]
    assert bench.tick(86_400) == []


def test_public_holidays_are_those_of_the_country() -> None:
    christmas = datetime(2026, 12, 25, 12, tzinfo=UTC)
    for country, expected in (("DE", []), (None, ["raised"])):
        engine = Engine([rule(above=1000, hours="Mo-Su,PH 00:00-24:00; PH off")], [sensor("a")], ZoneInfo("Europe/Berlin"), country)
        engine.tick(christmas)
        changes = engine.feed(Reading(sensor="a", quantity="co2", value=1500, unit="ppm", at=christmas), christmas)
        assert [one.kind for one in changes] == expected


def climb(values: list[float], by: float = 300, within_s: float = 600) -> list[str]:
    judge = Climb(Rise(by=by, within_s=within_s), None)
    return [judge.judge(60.0 * number, value) for number, value in enumerate(values)]


def test_a_rise_is_seen_and_one_spike_or_gap_is_none() -> None:
    assert "holds" not in climb([400, 400, 400, 2000, 400, 400, 400])
    assert "holds" not in climb([800, 800, 0, 800, 800, 800])
    assert climb([400, 400, 400, 700, 700])[-1] == "holds"
    assert climb([400, 400, 400, 699, 699])[-1] == "safe"
    assert "holds" not in climb([400 + 29 * step for step in range(60)])
    assert "holds" in climb([400 + 30 * step for step in range(60)])


def test_a_rise_keeps_a_bounded_window() -> None:
    judge = Climb(Rise(by=1e9, within_s=3600), None)
    for number in range(100_000):
        judge.judge(number / 100, float(number))
    assert len(judge._lows) <= GRAIN + 1


def test_a_silent_sensor_begins_its_rise_anew() -> None:
    bench = Bench(rule(rise={"by": 100, "within_s": 3600}))
    for seconds in (0, 60, 120):
        bench.feed("a", seconds, 400)
    for seconds in (1000, 1060, 1120):
        assert bench.feed("a", seconds, 900) == []


def test_the_queue_stays_small() -> None:
    bench = Bench(rule(above=1000, hold_s=30, clear_s=50, hours="Mo-Su 00:00-24:00; Tu off"), rule(id="s", above=900, hold_s=500))
    for number in range(20_000):
        bench.feed("ab"[number % 2], number, 2000 if number % 77 < 40 else 0)
    assert len(bench.engine._queue) < 20


def restarted(bench: Bench, seconds: float, *rules: Rule) -> tuple[Bench, list[Change]]:
    saved = json.loads(json.dumps(bench.engine.snapshot()))
    after = Bench(*rules)
    return after, after.engine.restore(saved, at(seconds))


def test_what_stands_and_what_is_about_to_outlive_a_restart() -> None:
    one, other = rule(sensors=["a"], above=0.5, latch=True), rule(id="s", sensors=["b"], above=0.5, hold_s=60)
    bench = Bench(one, other)
    bench.feed("a", 0, 1)
    bench.feed("b", 10, 1)
    bench, changes = restarted(bench, 30, one, other)
    assert changes == []
    assert bench.engine.raised() == {"r": ("a",)}
    assert bench.tick(80) == [("raised", 70, ("b",))]
    assert bench.feed("a", 81, 0) == [("updated", 81, ())]


def test_after_a_long_stop_a_sensor_is_unknown_and_its_alert_stays() -> None:
    bench = Bench(rule(above=0.5))
    bench.feed("a", 0, 1)
    bench, changes = restarted(bench, 5000, rule(above=0.5))
    assert [(one.kind, one.unknown) for one in changes] == [("updated", ("a",))]


def test_a_rule_that_is_gone_ends_its_alert() -> None:
    bench = Bench(rule(above=0.5))
    bench.feed("a", 0, 1)
    bench, changes = restarted(bench, 5, rule(id="other", above=0.5))
    assert short(changes) == [("cleared", 5, ())]
    assert bench.engine.raised() == {}


def test_a_sensor_that_is_gone_ends_its_part() -> None:
    bench = Bench(rule(above=0.5))
    bench.feed("a", 0, 1)
    _, changes = restarted(bench, 5, rule(above=0.5, sensors=["b"]))
    assert short(changes) == [("cleared", 5, ())]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["sensors", "rules", "r", "a", "raised", "held", "safe", "since", "until", "unknown"]), inner, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(saved=JSON)
def test_a_snapshot_that_somebody_changed_does_no_harm(saved: object) -> None:
    bench = Bench(rule(above=0.5, hold_s=5, clear_s=5))
    bench.engine.restore(saved, at(0))
    bench.engine.end("r", at(1))
    bench.feed("a", 2, 0)
    bench.feed("b", 2, 0)
    bench.tick(10)
    bench.feed("a", 11, 1)
    assert ("raised", 16.0, ("a",)) in bench.tick(20)
