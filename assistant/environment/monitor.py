"""The station's air now: every sensor's state, and the index of what they measured."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from assistant.clock import Clock
from assistant.environment.air_quality import us_epa
from assistant.environment.air_quality.indoor import co2_band
from assistant.environment.air_quality.station import us_epa_index
from assistant.environment.models import AirQuality, Index, Reading, SensorState
from assistant.environment.plausible import plausible
from assistant.environment.ports import Source
from assistant.environment.sensors.push import PushSource
from assistant.environment.sensors.replay import ReplaySource
from assistant.errors import BadRequest, NotFound, StationError
from assistant.settings import Sensor, Settings

WINDOW = timedelta(hours=12)
AHEAD = timedelta(minutes=1)


class Monitor:
    """Watches the sensors of `settings`. A source that cannot be loaded leaves its sensor silent; see `problems`."""

    def __init__(self, settings: Settings, clock: Clock, zone: tzinfo) -> None:
        self.problems: list[StationError] = []
        """What is wrong with the sensors' sources, for operators."""
        self._clock = clock
        self._sensors: list[tuple[Sensor, Source | None]] = []
        self._pushed: dict[tuple[str, str], PushSource] = {}
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
        source = self._pushed.get((reading.sensor, reading.quantity))
        sensor = next((known for known, its in self._sensors if its is source), None)
        if source is None or sensor is None:
            raise NotFound("no sensor of the station waits for such readings")
        if reading.unit != sensor.unit:
            raise BadRequest(f"sensor {sensor.id} reports in {sensor.unit}")
        if not math.isfinite(reading.value):
            raise BadRequest("a reading needs a finite value")
        if reading.at.tzinfo is None or reading.at > self._clock.now() + AHEAD:
            raise BadRequest("a reading needs a time with offset that is not in the future")
        source.record(_judged(reading))

    def readings(self, now: datetime | None = None) -> list[Reading]:
        """The last reading of every sensor that is not silent."""
        return [state.last for state in self.air(now).sensors if state.last is not None and not state.silent]

    def air(self, now: datetime | None = None) -> AirQuality:
        """The air at `now`, the clock's time by default. The worst sensor decides; a silent one never counts as good."""
        now = now or self._clock.now()
        states, worst = [], None
        for sensor, source in self._sensors:
            readings = source.readings(now - WINDOW, now) if source is not None else []
            state = _state(sensor, readings, now)
            states.append(state)
            value = None if state.silent else us_epa_index(sensor.quantity, sensor.unit, readings, now)
            if value is not None and (worst is None or value > worst.value):
                worst = Index(
                    system="us_epa", pollutant=sensor.quantity, value=value, category=us_epa.category(value),
                    equivalent=sensor.indoor,
                )
        return AirQuality(at=now, index=worst, sensors=states)

    def health(self, now: datetime | None = None) -> Literal["ready", "degraded", "down"]:
        """`down` where every sensor is silent, `degraded` where one is, `ready` else, also without any sensor."""
        silent = [state.silent for state in self.air(now).sensors]
        if not any(silent):
            return "ready"
        return "down" if all(silent) else "degraded"

    def _source(self, sensor: Sensor, settings: Settings, zone: tzinfo) -> Source:
        kind, _, name = sensor.source.partition(":")
        if kind == "replay":
            return ReplaySource.load(sensor, settings.station, start=self._clock.now(), zone=zone)
        if kind == "push" and name and (name, sensor.quantity) not in self._pushed:
            return self._pushed.setdefault((name, sensor.quantity), PushSource())
        raise StationError(
            f"sensor {sensor.id}: its source is none", hint="write replay:<csv>#<column>, or push:<id> with an id of its own"
        )


def _judged(reading: Reading) -> Reading:
    if plausible(reading.quantity, reading.value):
        return reading
    return replace(reading, quality="suspect")


def _state(sensor: Sensor, readings: Sequence[Reading], now: datetime) -> SensorState:
    last = next((reading for reading in reversed(readings) if reading.quality == "good"), None)
    silent = last is None or now - last.at > timedelta(seconds=sensor.silent_s)
    band = co2_band(last.value) if last and not silent and (sensor.quantity, sensor.unit) == ("co2", "ppm") else None
    return SensorState(
        id=sensor.id, name=sensor.name, area=sensor.area, quantity=sensor.quantity, unit=sensor.unit, level=sensor.level,
        last=last, silent=silent, indoor=sensor.indoor, band=band,
    )
