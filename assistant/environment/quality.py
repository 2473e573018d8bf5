"""Whether sensors can be believed: calibration and limits of every reading, and what is wrong with a sensor over time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from assistant.environment.models import Reading
from assistant.environment.plausible import DETECTORS, plausible
from assistant.settings.sensing import Sensor

Kind = Literal["silent", "unavailable", "stuck", "limits", "drift", "battery_low", "tamper"]
IN_A_ROW = 3
"""So many readings in a row outside physical limits are more than a hiccup."""
SAME_AT_LEAST = 3
"""So many readings make a stuck value, however far apart they are."""
HOUR_S = 3600.0
BACK = timedelta(seconds=1)
"""A clock that goes back by more was set."""
WINDOW_H = 24
HOURS_AT_LEAST = 18
"""Hours of the window in which both sides of a comparison need readings."""
TOLERANCES: dict[str, tuple[float, float]] = {
    "pm1": (10.0, 0.10), "pm2_5": (10.0, 0.15), "pm10": (10.0, 0.15), "co2": (50.0, 0.05),
    "temperature": (1.5, 0.0), "humidity": (6.0, 0.0), "pressure": (1.0, 0.0),
}  # fmt: skip
"""What a good sensor may be wrong by, by its data sheet: so much, and that share of the value besides. Plantower PMS5003 and Nova SDS011
(10 µg/m³, 10 and 15 %), Sensirion SCD40 (50 ppm + 5 %, 1.5 °C, 6 % RH), Bosch BME280 (1 hPa)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something is wrong with a sensor, or is no more."""

    sensor: str
    kind: Kind
    since: datetime
    """When it began: the last reading of a silent sensor, the first of the same value of a stuck one."""
    over: bool = False


def judged(sensor: Sensor, reading: Reading) -> Reading:
    """The reading calibrated, and marked suspect where the raw value is none that a working sensor reports.

    A detector's state is never calibrated.
    """
    good = plausible(sensor.quantity, reading.value, sensor.unit)
    value, calibration = reading.value, sensor.calibration
    if sensor.quantity not in DETECTORS:
        value = value * calibration.factor + calibration.offset
    return Reading(
        sensor=reading.sensor, quantity=reading.quantity, value=value, unit=reading.unit, at=reading.at,
        quality="good" if good else "suspect", calibrated=calibration.on,
    )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Watched:
    sensor: Sensor
    last: datetime
    heard: bool = False
    value: float | None = None
    same_since: datetime | None = None
    same: int = 0
    wrong: int = 0
    wrong_since: datetime | None = None
    standing: dict[Kind, datetime] = field(default_factory=dict)
    means: dict[int, float] = field(default_factory=dict)
    """Hour since 1970 → mean of its good readings, of the last day."""
    hour: int = -1
    total: float = 0.0
    number: int = 0


class Watch:
    """What is wrong with which sensor.

    - silent: no reading, good or not, for more than `silent_s`; counted from `start` for a sensor never heard.
    - unavailable: the broker or the device says that it is gone.
    - stuck: exactly the same value for `stuck_s`, in at least three readings; never of a detector.
    - limits: three readings in a row outside physical limits; over with the first good one.
    - drift: sensors of one quantity, unit, zone (where none is named: area and level) and side of the wall are held against each other,
      as Miskell et al. do with proxies (Environ. Sci. Technol. 50 (2016) 835-846, 10.1021/acs.est.5b04421), by a plainer test: at the
      end of every hour the median over the last 24 of the differences between a sensor's hourly mean and the median of the others'. It
      drifts where that is more than both sides' data sheets allow together. Of two sensors nobody knows which is wrong: both are named.

    After the clock was set back every sensor is waited for anew from then.
    """

    def __init__(self, sensors: Sequence[Sensor], start: datetime) -> None:
        self._sensors = {sensor.id: _Watched(sensor=sensor, last=start) for sensor in sensors}
        groups: dict[tuple[object, ...], list[_Watched]] = {}
        for one in self._sensors.values():
            if one.sensor.quantity in TOLERANCES:
                groups.setdefault(_group(one.sensor), []).append(one)
        self._groups = [group for group in groups.values() if len(group) > 1]
        self._compared = -1
        self._now = start

    def feed(self, reading: Reading) -> list[Trouble]:
        """What a judged reading changes; one that is older than its sensor's last changes nothing."""
        one = self._sensors.get(reading.sensor)
        if one is None or (one.heard and reading.at < one.last):
            return []
        changes = self._silent(one, reading.at)
        if (since := one.standing.pop("silent", None)) is not None:
            changes.append(Trouble(sensor=one.sensor.id, kind="silent", since=since, over=True))
        one.last, one.heard = max(one.last, reading.at), True
        changes += self._limits(one, reading) + self._stuck(one, reading)
        if reading.quality == "good":
            _mean(one, reading)
        return changes + self._drift(reading.at)

    def tick(self, now: datetime) -> list[Trouble]:
        """The sensors that have fallen silent by `now`, and the comparison of an hour that is over; to be called every second or so."""
        if now < self._now - BACK:
            self._compared = min(self._compared, int(now.timestamp() // HOUR_S))
            for one in self._sensors.values():
                one.last = min(one.last, now)
        self._now = now
        changes = [change for one in self._sensors.values() for change in self._silent(one, now)]
        return changes + self._drift(now)

    def available(self, sensor: str, available: bool, now: datetime) -> list[Trouble]:
        """What is told of a sensor's availability."""
        one = self._sensors.get(sensor)
        return [] if one is None else _turn(one, "unavailable", not available, now)

    def reported(self, sensor: str, kind: Literal["battery_low", "tamper"], wrong: bool, now: datetime) -> list[Trouble]:
        """What a sensor says of itself."""
        one = self._sensors.get(sensor)
        return [] if one is None else _turn(one, kind, wrong, now)

    def standing(self) -> list[Trouble]:
        """Everything that is wrong now."""
        return [
            Trouble(sensor=name, kind=kind, since=since) for name, one in self._sensors.items() for kind, since in one.standing.items()
        ]

    def _silent(self, one: _Watched, now: datetime) -> list[Trouble]:
        if now - one.last <= timedelta(seconds=one.sensor.silent_s) or "silent" in one.standing:
            return []
        return _turn(one, "silent", True, one.last)

    def _limits(self, one: _Watched, reading: Reading) -> list[Trouble]:
        if reading.quality == "good":
            one.wrong, one.wrong_since = 0, None
            return _turn(one, "limits", False, reading.at)
        one.wrong += 1
        one.wrong_since = one.wrong_since or reading.at
        return _turn(one, "limits", True, one.wrong_since) if one.wrong >= IN_A_ROW else []

    def _stuck(self, one: _Watched, reading: Reading) -> list[Trouble]:
        if not one.sensor.stuck_s or one.sensor.quantity in DETECTORS:
            return []
        if reading.value != one.value or one.same_since is None:
            one.value, one.same_since, one.same = reading.value, reading.at, 1
            return _turn(one, "stuck", False, reading.at)
        one.same += 1
        long = reading.at - one.same_since >= timedelta(seconds=one.sensor.stuck_s)
        return _turn(one, "stuck", True, one.same_since) if long and one.same >= SAME_AT_LEAST else []

    def _drift(self, now: datetime) -> list[Trouble]:
        hour = int(now.timestamp() // HOUR_S) if self._groups else self._compared
        if hour <= self._compared:
            return []
        self._compared = hour
        changes = []
        for group in self._groups:
            means = {one.sensor.id: _day(one, hour) for one in group}
            for one in group:
                drifting = _drifts(one.sensor, means)
                if drifting is not None:
                    changes += _turn(one, "drift", drifting, now)
        return changes


def _turn(one: _Watched, kind: Kind, wrong: bool, at: datetime) -> list[Trouble]:
    """The change of a state, where it is one."""
    if wrong == (kind in one.standing):
        return []
    if wrong:
        one.standing[kind] = at
        return [Trouble(sensor=one.sensor.id, kind=kind, since=at)]
    return [Trouble(sensor=one.sensor.id, kind=kind, since=one.standing.pop(kind), over=True)]


def _group(sensor: Sensor) -> tuple[object, ...]:
    place = (sensor.zone,) if sensor.zone is not None else (tuple(sorted(sensor.area.items())), sensor.level)
    return sensor.quantity, sensor.unit, sensor.indoor, place


def _mean(one: _Watched, reading: Reading) -> None:
    hour = int(reading.at.timestamp() // HOUR_S)
    if hour != one.hour:
        _close(one)
        one.hour, one.total, one.number = hour, 0.0, 0
    one.total += reading.value
    one.number += 1


def _close(one: _Watched) -> None:
    if one.number:
        one.means[one.hour] = one.total / one.number
        while len(one.means) > WINDOW_H:
            del one.means[next(iter(one.means))]


def _day(one: _Watched, hour: int) -> dict[int, float]:
    """Means of the hours of the day that ends with the beginning of `hour`."""
    if one.hour < hour:
        _close(one)
    return {at: mean for at, mean in one.means.items() if hour - WINDOW_H <= at < hour}


def _drifts(sensor: Sensor, means: dict[str, dict[int, float]]) -> bool | None:
    """Whether one sensor is too far from the others; None where too little is known."""
    own = means[sensor.id]
    others = [hours for name, hours in means.items() if name != sensor.id]
    pairs = [(mean, median(beside)) for at, mean in own.items() if (beside := [hours[at] for hours in others if at in hours])]
    if len(pairs) < HOURS_AT_LEAST:
        return None
    absolute, share = TOLERANCES[sensor.quantity]
    allowed = sum(absolute + share * abs(median(side)) for side in zip(*pairs, strict=True))
    return bool(abs(median(mean - other for mean, other in pairs)) > allowed)
