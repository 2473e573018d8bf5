"""The station's air now: every sensor's state, and the index of what they measured."""

import math
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from assistant.clock import Clock
from assistant.environment.air_quality import station, who_2021
from assistant.environment.air_quality.indoor import co2_band
from assistant.environment.air_quality.means import MOST_HOURS
from assistant.environment.devices.source import MEASURES, is_device, parse_source
from assistant.environment.models import AirQuality, Index, Measurement, Reading, SensorState
from assistant.environment.plausible import DETECTORS
from assistant.environment.ports import Source
from assistant.environment.quality import judged
from assistant.environment.sensors.live import LiveSource
from assistant.environment.sensors.replay import ReplaySource
from assistant.errors import BadRequest, NotFound, StationError
from assistant.settings import Sensor, Settings

AHEAD = timedelta(minutes=1)
DAY_H = 24


class Monitor:
    """Watches the sensors of `settings`. A source that cannot be loaded leaves its sensor silent; see `problems`.

    `heard` is told of every reading that comes in, calibrated and judged, on the thread that brings it.
    """

    def __init__(self, settings: Settings, clock: Clock, zone: tzinfo, heard: Callable[[Reading], None] = lambda reading: None) -> None:
        self.problems: list[StationError] = []
        """What is wrong with the sensors' sources, for operators."""
        self._clock, self._heard = clock, heard
        self.distrusted: Callable[[], Collection[str]] = frozenset
        """Gives the ids of the sensors that cannot be believed now; they count as silent."""
        self._index = settings.environment.index
        self._sensors: list[tuple[Sensor, Source | None]] = []
        self._live: dict[str, tuple[Sensor, LiveSource]] = {}
        self._pushed: dict[tuple[str, str], str] = {}
        self._words: dict[str, datetime] = {}
        """Detector → the time of its last word, by its own clock."""
        for sensor in settings.sensors:
            try:
                source: Source | None = self._source(sensor, settings, zone)
            except StationError as error:
                self.problems.append(error)
                source = None
            self._sensors.append((sensor, source))

    def record(self, reading: Reading) -> None:
        """Takes a reading of a `push:` sensor, known by the id after `push:` and its quantity, in the sensor's unit.

        Raises NotFound or BadRequest.
        """
        sensor_id = self._pushed.get((reading.sensor, reading.quantity))
        if sensor_id is None:
            raise NotFound("no sensor of the station waits for such readings")
        self.take(sensor_id, Measurement(quantity=reading.quantity, value=reading.value, unit=reading.unit, at=reading.at))

    def take(self, sensor_id: str, measured: Measurement) -> Reading:
        """Takes what a sensor measured, by its id, and gives the reading that became of it. Raises NotFound or BadRequest."""
        if sensor_id not in self._live:
            raise NotFound("no sensor of the station waits for such readings")
        sensor, source = self._live[sensor_id]
        if measured.unit != sensor.unit:
            raise BadRequest(f"sensor {sensor.id} reports in {sensor.unit}")
        if measured.at.tzinfo is None:
            raise BadRequest("a reading needs a time with offset")
        at = self._moment(sensor, measured)
        reading = judged(sensor, Reading(sensor=sensor.id, quantity=measured.quantity, value=measured.value, unit=measured.unit, at=at))
        if not math.isfinite(reading.value):
            raise BadRequest("a reading needs a finite value")
        source.record(reading, self._clock.now())
        self._heard(reading)
        return reading

    def _moment(self, sensor: Sensor, measured: Measurement) -> datetime:
        """When it was measured, by our clock. A detector counts as of now, whatever its own clock says: no alarm is lost to a wrong one.

        Raises BadRequest for what lies in the future, and for an all-clear of before a detector's last word.
        """
        now = self._clock.now()
        if sensor.quantity not in DETECTORS:
            if measured.at > now + AHEAD:
                raise BadRequest("a reading needs a time that is not in the future")
            return min(measured.at, now)
        if not measured.value and measured.at < self._words.get(sensor.id, measured.at):
            raise BadRequest("an all-clear that is older than the detector's last word")
        self._words[sensor.id] = measured.at
        return now

    def remember(self, readings: Sequence[Reading]) -> None:
        """Readings of before this start, for the means; nobody hears of them."""
        for reading in readings:
            if reading.sensor in self._live:
                self._live[reading.sensor][1].record(reading, self._clock.now())

    def live(self) -> list[Sensor]:
        """The sensors whose readings come in from outside."""
        return [sensor for sensor, _ in self._live.values()]

    def played(self, begin: datetime, end: datetime) -> list[Reading]:
        """What recordings played after `begin` and up to `end`, oldest first."""
        found = [reading for _, source in self._sensors if isinstance(source, ReplaySource) for reading in source.readings(begin, end)]
        return sorted(found, key=lambda reading: reading.at)

    def readings(self, now: datetime | None = None) -> list[Reading]:
        """The last reading of every sensor that is not silent."""
        return [state.last for state in self.air(now).sensors if state.last is not None and not state.silent]

    def air(self, now: datetime | None = None) -> AirQuality:
        """The air at `now`, the clock's time by default. The worst sensor decides; a silent one never counts as good."""
        now = now or self._clock.now()
        distrusted = self.distrusted()
        states, worst = [], None
        for sensor, source in self._sensors:
            if sensor.quantity in DETECTORS:
                continue
            state = _state(sensor, source, now, distrusted)
            states.append(state)
            if state.silent or source is None:
                continue
            hours = source.hours(now, station.looks_back(self._index, sensor.quantity))
            index = station.index(self._index, sensor.quantity, sensor.unit, hours, indoor=sensor.indoor)
            if index is not None and (worst is None or index.value > worst.value):
                worst = index
        return AirQuality(at=now, index=worst, sensors=states)

    def day(self, air: AirQuality) -> list[tuple[datetime, Index | None]]:
        """The index hour by hour, the oldest that is known first, up to that of `air`; by what is in memory, which is a day."""
        distrusted = self.distrusted()
        measured = [
            (sensor, source.hours(air.at, DAY_H), looks)
            for sensor, source in self._sensors
            if source is not None and sensor.id not in distrusted and (looks := station.looks_back(self._index, sensor.quantity))
        ]
        day: list[tuple[datetime, Index | None]] = [(air.at, air.index)]
        for age in range(1, DAY_H):
            found = [
                station.index(self._index, sensor.quantity, sensor.unit, hours[age : age + looks], indoor=sensor.indoor)
                for sensor, hours, looks in measured
            ]
            worst = max((index for index in found if index is not None), key=lambda index: index.value, default=None)
            day.append((air.at - timedelta(hours=age), worst))
        while day and day[-1][1] is None:
            day.pop()
        return day[::-1]

    def detectors(self, now: datetime | None = None) -> list[SensorState]:
        """Smoke detectors, call points and their like, as they are at `now`."""
        now = now or self._clock.now()
        distrusted = self.distrusted()
        return [_state(sensor, source, now, distrusted) for sensor, source in self._sensors if sensor.quantity in DETECTORS]

    def health(self, now: datetime | None = None) -> Literal["ready", "degraded", "down"]:
        """`down` where every sensor is silent, `degraded` where one is, `ready` else, also without any sensor."""
        silent = [state.silent for state in (*self.air(now).sensors, *self.detectors(now))]
        if not any(silent):
            return "ready"
        return "down" if all(silent) else "degraded"

    def _source(self, sensor: Sensor, settings: Settings, zone: tzinfo) -> Source:
        kind, _, name = sensor.source.partition(":")
        if kind == "replay":
            return ReplaySource.load(sensor, settings.station, start=self._clock.now(), zone=zone)
        if kind == "push" and name and (name, sensor.quantity) not in self._pushed:
            self._pushed[name, sensor.quantity] = sensor.id
        elif is_device(sensor.source):
            measures = MEASURES[parse_source(sensor.source).kind]
            if sensor.quantity not in measures:
                hint = f"it measures {', '.join(measures)}"
                raise StationError(f"sensor {sensor.id}: its device does not measure {sensor.quantity}", hint=hint)
        elif kind != "mqtt" or not name:
            hint = "write replay:<csv>#<column>, push:<id> with an id of its own, mqtt:<topic>, or a device (docs/reference/settings.md)"
            raise StationError(f"sensor {sensor.id}: its source is none", hint=hint)
        source = LiveSource()
        self._live[sensor.id] = sensor, source
        return source


def _state(sensor: Sensor, source: Source | None, now: datetime, distrusted: Collection[str]) -> SensorState:
    last = source.last(now) if source is not None else None
    silent = last is None or now - last.at > timedelta(seconds=sensor.silent_s) or sensor.id in distrusted
    band = co2_band(last.value) if last and not silent and (sensor.quantity, sensor.unit) == ("co2", "ppm") else None
    return SensorState(
        id=sensor.id, name=sensor.name, area=sensor.area, quantity=sensor.quantity, unit=sensor.unit, level=sensor.level,
        last=last, silent=silent, indoor=sensor.indoor, band=band,
        guideline=None if silent or source is None else _guideline(sensor, source, now),
    )  # fmt: skip


def _guideline(sensor: Sensor, source: Source, now: datetime) -> float | None:
    if sensor.quantity not in who_2021.GUIDELINES:
        return None
    found = who_2021.mean_of_hours(sensor.quantity, sensor.unit, source.hours(now, MOST_HOURS))
    multiple = who_2021.multiple(*found) if found else None
    return None if multiple is None else float(multiple)
