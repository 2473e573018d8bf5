"""What rules would have done on past readings: played through calibration, limits and rules at once, without waiting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, islice, pairwise
from statistics import median
from zoneinfo import ZoneInfo

from assistant.environment.models import Reading
from assistant.environment.quality import Trouble, Watch, judged
from assistant.environment.rules.engine import Engine
from assistant.environment.rules.models import Change
from assistant.settings.sensing import Rule, Sensor

Rows = Iterable[tuple[datetime, Mapping[str, float]]]
LOOKED_AHEAD = 200
STEPS = 3
"""A sensor is silent after so many steps of the recording, where its own limit is shorter: hourly means are no silence."""


@dataclass(slots=True, kw_only=True)
class Episode:
    """One alert of a rule."""

    raised: datetime
    cleared: datetime | None = None
    """None where it still stood at the end."""
    sensors: tuple[str, ...]
    """Those that agreed at its beginning, and those that joined."""
    value: float | None
    unknown: bool = False
    """A sensor fell silent meanwhile."""


@dataclass(slots=True, kw_only=True)
class Heard:
    """What there was of one sensor."""

    readings: int = 0
    suspect: int = 0
    silent_s: float
    """What counted as silence."""
    troubles: list[Trouble] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Played:
    """What came of it."""

    first: datetime | None = None
    last: datetime | None = None
    sensors: dict[str, Heard]
    rules: dict[str, list[Episode]]

    def length(self) -> timedelta:
        """From the first reading to the last."""
        return timedelta() if self.first is None or self.last is None else self.last - self.first

    def stood(self, rule_id: str) -> timedelta:
        """For how long a rule's alert stood."""
        last = self.last
        return sum(((one.cleared or last or one.raised) - one.raised for one in self.rules[rule_id]), timedelta())


def play(
    rows: Rows, rules: Sequence[Rule], sensors: Sequence[Sensor], zone: ZoneInfo | None = None, country: str | None = None
) -> Played:  # fmt: skip
    """Plays rows (time, sensor → raw value), oldest first. Memory does not grow with their number, only with that of the alerts."""
    head, rows = _ahead(rows)
    sensors = [_patient(sensor, head) for sensor in sensors]
    known = {sensor.id: sensor for sensor in sensors}
    played = Played(
        sensors={sensor.id: Heard(silent_s=sensor.silent_s) for sensor in sensors}, rules={rule.id: [] for rule in rules}
    )  # fmt: skip
    if not head:
        return played
    played.first = played.last = head[0][0]
    engine, watch = Engine(rules, sensors, zone, country), Watch(sensors, head[0][0])
    for at, values in rows:
        played.last = at
        for name, value in values.items():
            reading = _reading(known[name], at, value)
            heard = played.sensors[name]
            heard.readings += 1
            heard.suspect += reading.quality == "suspect"
            _book(played, engine.feed(reading, at), watch.feed(reading))
    _book(played, engine.tick(played.last), watch.tick(played.last))
    return played


def _reading(sensor: Sensor, at: datetime, value: float) -> Reading:
    return judged(sensor, Reading(sensor=sensor.id, quantity=sensor.quantity, value=value, unit=sensor.unit, at=at))


def _ahead(rows: Rows) -> tuple[list[tuple[datetime, Mapping[str, float]]], Iterator[tuple[datetime, Mapping[str, float]]]]:
    following = iter(rows)
    head = list(islice(following, LOOKED_AHEAD))
    return head, chain(head, following)


def _patient(sensor: Sensor, head: Sequence[tuple[datetime, Mapping[str, float]]]) -> Sensor:
    times = [at for at, values in head if sensor.id in values]
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(times)]
    return sensor.model_copy(update={"silent_s": max(sensor.silent_s, STEPS * median(gaps))}) if gaps else sensor


def _book(played: Played, changes: Sequence[Change], troubles: Sequence[Trouble]) -> None:
    for change in changes:
        episodes = played.rules[change.rule_id]
        if change.kind == "raised":
            episodes.append(Episode(raised=change.at, sensors=change.sensors, value=change.value))
            continue
        last = episodes[-1]
        last.sensors = tuple(dict.fromkeys((*last.sensors, *change.sensors)))
        last.unknown = last.unknown or bool(change.unknown)
        last.cleared = change.at if change.kind == "cleared" else None
    for trouble in troubles:
        if not trouble.over:
            played.sensors[trouble.sensor].troubles.append(trouble)
