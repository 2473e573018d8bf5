"""The engine against a naive reference that looks at every second and at all that came before."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.environment.models import Reading
from assistant.environment.rules import Change, Engine
from assistant.settings.sensing import Rule, Sensor

START = datetime(2026, 11, 24, 9, 59, tzinfo=UTC)
LENGTH = 420
OPEN, CLOSE = 60, 300
"""10:00 and 10:04, in seconds after START."""
ALERT = {"category": "Env", "event": "E", "headline": "H"}
Series = dict[str, list[tuple[int, float]]]


def moment(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def reading(sensor: str, at: float, value: float) -> Reading:
    return Reading(sensor=sensor, quantity="co2", value=value, unit="ppm", at=moment(at))


def sensors(*ids: str, silent_s: float = 40) -> list[Sensor]:
    return [
        Sensor(id=one, name={"": one}, quantity="co2", unit="ppm", area={"": "A"}, source=f"push:{one}", silent_s=silent_s) for one in ids
    ]


def rule(**fields: Any) -> Rule:
    return Rule(**{"id": "r", "sensors": ["a"], "clear_s": 0, "alert": ALERT, **fields})


@dataclass
class Naive:
    """One rule, second by second. Whatever can be looked up in the past is looked up anew every time."""

    rule: Rule
    silent_s: int
    held: dict[str, bool] = field(default_factory=dict)
    seen: Series = field(default_factory=dict)
    began: dict[str, int] = field(default_factory=dict)
    """Nothing before this second counts for a sensor's times."""
    active: dict[str, list[int]] = field(default_factory=dict)
    raised: bool = False
    changes: list[tuple[str, int]] = field(default_factory=list)

    def verdicts(self, sensor: str) -> list[tuple[int, str]]:
        """Every reading with what it says, up to now; a silence stands as a reading of its own."""
        found: list[tuple[int, str]] = []
        run: list[tuple[int, float]] = []
        for at, value in self.seen[sensor]:
            if run and at - run[-1][0] > self.silent_s:
                found.append((run[-1][0] + self.silent_s, "silent"))
                run = []
            run.append((at, value))
            found.append((at, self.verdict(run)))
        return found

    def verdict(self, run: list[tuple[int, float]]) -> str:
        at, value = run[-1]
        clear = self.rule.clear
        if self.rule.above is not None:
            return "holds" if value > self.rule.above else "safe" if value <= (self.rule.above if clear is None else clear) else "between"
        if self.rule.below is not None:
            return "holds" if value < self.rule.below else "safe" if value >= (self.rule.below if clear is None else clear) else "between"
        assert self.rule.rise is not None
        if len(run) < 3:
            return "between"
        medians = [(run[i][0], sorted(value for _, value in run[i - 2 : i + 1])[1]) for i in range(2, len(run))]
        lowest = min(middle for when, middle in medians if when >= at - self.rule.rise.within_s)
        if medians[-1][1] - lowest >= self.rule.rise.by:
            return "holds"
        return "safe" if clear is None or value <= clear else "between"

    def unbroken(self, sensor: str, now: int, wanted: str) -> int | None:
        """Since when every reading up to `now` said `wanted`."""
        since = None
        for at, verdict in reversed(self.verdicts(sensor)):
            if verdict != wanted or at < self.began[sensor]:
                known = verdict == wanted and at < self.began[sensor]
                return self.began[sensor] if known else since
            since = at
        return since

    def silent(self, sensor: str, now: int) -> bool:
        return not self.seen[sensor] or now - self.seen[sensor][-1][0] > self.silent_s

    def counts(self, second: int) -> bool:
        return self.rule.hours is None or OPEN <= second < CLOSE

    def vote(self, sensor: str, now: int) -> bool:
        if self.held[sensor] and not self.silent(sensor, now) and self.unbroken(sensor, now, "safe") is None:
            return True
        recent = [at for at in self.active[sensor] if now - at <= self.rule.confirm_s]
        return self.rule.confirm > 1 and bool(recent)

    def look(self, sensor: str, now: int) -> None:
        """What the times of one sensor say at `now`."""
        if not self.held[sensor]:
            since = None if self.silent(sensor, now) else self.unbroken(sensor, now, "holds")
            if since is not None and now - since >= self.rule.hold_s:
                self.held[sensor] = True
                if not self.raised and sum(self.vote(one, now) for one in self.rule.sensors) >= self.rule.confirm:
                    self.raised = True
                    self.changes.append(("raised", now))
        else:
            since = None if self.silent(sensor, now) else self.unbroken(sensor, now, "safe")
            if since is not None and now - since >= self.rule.clear_s:
                self.held[sensor] = False
                self.began[sensor] = now
                self.over(now)

    def over(self, now: int) -> None:
        if self.raised and not self.rule.latch and not any(self.held.values()):
            self.raised = False
            self.changes.append(("cleared", now))

    def run(self, series: Series) -> list[set[str]]:
        states = []
        for sensor in self.rule.sensors:
            self.held[sensor], self.seen[sensor], self.began[sensor], self.active[sensor] = False, [], 0, []
        for second in range(LENGTH):
            self.turn(second)
            if self.counts(second):
                # What begins at the same moment goes before what ends.
                for sensor in sorted(self.rule.sensors, key=self.held.__getitem__):
                    self.look(sensor, second)
                self.note(second)
            for sensor, value in ((one, value) for one in self.rule.sensors for at, value in series[one] if at == second):
                self.seen[sensor].append((second, value))
                if self.counts(second):
                    self.look(sensor, second)
            states.append({sensor for sensor in self.rule.sensors if self.held[sensor]} if self.raised else set())
        return states

    def turn(self, second: int) -> None:
        """The hours begin or end."""
        if self.rule.hours is not None and second == CLOSE:
            self.held = dict.fromkeys(self.held, False)
            self.active = {sensor: [] for sensor in self.active}
            self.over(second)
        if self.rule.hours is not None and second == OPEN:
            self.began = dict.fromkeys(self.began, second)

    def note(self, second: int) -> None:
        """Which sensors hold, for those that come later."""
        for sensor in self.rule.sensors:
            if self.held[sensor] and not self.silent(sensor, second) and self.unbroken(sensor, second, "safe") is None:
                self.active[sensor].append(second)


def played(engine: Engine, series: Series, *, ticking: bool) -> tuple[list[Change], list[set[str]]]:
    changes, states = list(engine.tick(START)), []
    for second in range(LENGTH):
        if ticking:
            changes += engine.tick(moment(second))
        for sensor, values in series.items():
            for _, value in (one for one in values if one[0] == second):
                changes += engine.feed(reading(sensor, second, value), moment(second))
        states.append(set(engine.raised().get("r", ())))
    return changes + engine.tick(moment(LENGTH - 1)), states


def told(changes: list[Change]) -> list[tuple[str, int]]:
    return [(one.kind, round((one.at - START).total_seconds())) for one in changes if one.kind != "updated"]


STEPS = st.tuples(st.sampled_from([1, 2, 5, 10, 20, 40, 41, 60]), st.sampled_from([0.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 20.0]))
"""Seconds since the reading before, mostly less than a sensor may be silent, and a value that lingers at thresholds."""


def _series(steps: list[tuple[int, float]]) -> list[tuple[int, float]]:
    times = list(accumulate(step for step, _ in steps))
    return [(at, value) for at, (_, value) in zip(times, steps, strict=True) if at < LENGTH]


def series() -> st.SearchStrategy[Series]:
    """Readings of three sensors."""
    return st.fixed_dictionaries({sensor: st.lists(STEPS, max_size=60).map(_series) for sensor in ("a", "b", "c")})


CONDITIONS = st.sampled_from([
    {"above": 5.0}, {"above": 5.0, "clear": 3.0}, {"below": 5.0}, {"below": 5.0, "clear": 7.0},
    {"rise": {"by": 4.0, "within_s": 30}}, {"rise": {"by": 4.0, "within_s": 90}, "clear": 5.0},
])  # fmt: skip
RULES = st.fixed_dictionaries({
    "hold_s": st.sampled_from([0, 1, 10, 40, 60]), "clear_s": st.sampled_from([0, 1, 15, 40, 60]),
    "confirm": st.sampled_from([1, 1, 2, 3]), "confirm_s": st.sampled_from([1, 10, 60]),
    "hours": st.sampled_from([None, None, "10:00-10:04"]), "latch": st.booleans(),
})  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(series=series(), condition=CONDITIONS, times=RULES)
def test_the_engine_equals_the_reference(series: Series, condition: dict[str, Any], times: dict[str, Any]) -> None:
    one = rule(sensors=["a", "b", "c"], **condition, **times)
    naive = Naive(one, 40)
    states = naive.run(series)
    changes, seen = played(Engine([one], sensors("a", "b", "c")), series, ticking=True)
    assert told(changes) == naive.changes
    assert seen == states
    lazily, _ = played(Engine([one], sensors("a", "b", "c")), series, ticking=False)
    assert told(lazily) == naive.changes


@settings(max_examples=100, deadline=None)
@given(series=series(), hold_s=st.sampled_from([5, 20, 40]), clear_s=st.sampled_from([5, 20, 30]))
def test_never_before_the_hold_time_and_always_after_the_clearing_time(series: Series, hold_s: int, clear_s: int) -> None:
    engine = Engine([rule(above=5.0, hold_s=hold_s, clear_s=clear_s)], sensors("a"))
    changes, states = played(engine, {"a": series["a"]}, ticking=True)
    # The last value known at every second; None where none is, or for too long.
    known: list[float | None] = [
        next((value for at, value in reversed(series["a"]) if second - 40 <= at <= second), None) for second in range(LENGTH)
    ]
    for kind, at in told(changes):
        if kind == "raised":
            assert all(value is not None and value > 5 for value in known[at - hold_s : at])
            assert at >= hold_s
    for second in range(clear_s + 1, LENGTH):
        if all(value is not None and value <= 5 for value in known[second - clear_s - 1 : second]):
            assert not states[second] or known[second] is None or known[second] > 5


@settings(max_examples=60, deadline=None)
@given(series=series(), condition=CONDITIONS.filter(lambda one: "rise" not in one), times=RULES, cut=st.integers(1, LENGTH - 2))
def test_a_restart_changes_nothing(series: Series, condition: dict[str, Any], times: dict[str, Any], cut: int) -> None:
    one = rule(sensors=["a", "b", "c"], **condition, **{**times, "hours": None})
    whole, _ = played(Engine([one], sensors("a", "b", "c")), series, ticking=True)
    first = Engine([one], sensors("a", "b", "c"))
    changes = list(first.tick(START))
    second = Engine([one], sensors("a", "b", "c"))
    engine = first
    for at in range(LENGTH):
        if at == cut:
            saved = json.loads(json.dumps(first.snapshot()))
            changes += second.restore(saved, moment(at))
            engine = second
        changes += engine.tick(moment(at))
        for sensor, values in series.items():
            for _, value in (found for found in values if found[0] == at):
                changes += engine.feed(reading(sensor, at, value), moment(at))
    assert told(changes) == told(whole)
