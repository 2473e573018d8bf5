"""The life of a reading: brought by devices, the broker, boxes and recordings; kept, watched, and held against the rules."""

import asyncio
import contextlib
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from assistant import log
from assistant.clock import Clock
from assistant.environment.air_quality.means import MOST_HOURS
from assistant.environment.devices.runner import Runner
from assistant.environment.devices.source import DeviceSource, device_of, is_device, parse_source
from assistant.environment.history import History
from assistant.environment.messages import units
from assistant.environment.messages.sources import MqttSources
from assistant.environment.messages.telling import Telling
from assistant.environment.models import Measurement, Reading
from assistant.environment.monitor import Monitor
from assistant.environment.plausible import DETECTORS
from assistant.environment.quality import Trouble, Watch
from assistant.environment.rules import Change, Engine
from assistant.errors import AssistantError, StationError
from assistant.mqtt import Broker
from assistant.settings import Sensor, Settings

TICK_S: Final = 1.0
REMEMBER_S: Final = 3.0
"""Longest wait for the file of readings at a start; without it the means begin anew."""
LOOK_BACK: Final = timedelta(hours=MOST_HOURS)
"""How much of the past the averages of the indices need after a start."""
UNBELIEVABLE: Final = frozenset({"silent", "unavailable", "stuck", "limits"})
"""Troubles in which nothing is known of a sensor's area. One that drifts from its neighbours still says something."""

type Told = Callable[[Sequence[Change], Sequence[Trouble]], None]
"""Hears of what rules and watches find, on the thread that brought it."""


class Sensing:
    """Every sensor of the station at work."""

    def __init__(self, settings: Settings, clock: Clock, zone: ZoneInfo, broker: Broker, told: Told, country: str | None = None) -> None:
        self.monitor = Monitor(settings, clock, zone, self._heard)
        self.history = History(settings.data / "readings.sqlite", settings.sensors, clock)
        self._clock, self._told = clock, told
        self._engine = Engine(settings.rules, settings.sensors, zone, country)
        self._watch = Watch(settings.sensors, clock.now())
        self.monitor.distrusted = self._distrusted
        self._sounding: dict[str, datetime] = {}
        self._words: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._spoken: set[str] = set()
        self._happened = deque[tuple[Sequence[Change], Sequence[Trouble]]]()
        self._order = threading.RLock()
        """Held while others are told, so that they hear of everything in its order. Taken after `_lock`, never before it."""
        self._unsaved = False
        self._saving = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rules")
        self._saved = settings.data / "rules.json"
        self._telling = Telling(settings, broker)
        self._mqtt = MqttSources(settings.sensors, clock, self._take, self._available, self._reported)
        self._broker, self._loop = broker, asyncio.get_running_loop()
        self._runners = [
            Runner(device_of(source, clock), partial(self._measured, sensors), name=source.name)
            for source, sensors in _devices(self.monitor.live()).items()
        ]
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def problems(self) -> list[StationError]:
        """What is wrong with the sensors' sources, for operators."""
        return [*self.monitor.problems, *self._mqtt.problems]

    async def start(self) -> None:
        """Begins, before the broker's own start; what the rules had raised before a restart goes on."""
        self.history.start()
        await asyncio.to_thread(self._remember)
        saved, now = await asyncio.to_thread(self._read), self._clock.now()
        with self._lock:
            self._sounding = _moments(saved.get("sounding"))
            self._happen(self._engine.restore(saved.get("rules"), now), [])
        self._tell()
        self._mqtt.listen(self._broker)
        self._telling.prepare()
        for runner in self._runners:
            runner.start()
        self._tasks = [asyncio.create_task(self._run(now)), asyncio.create_task(self._telling.run())]

    async def stop(self) -> None:
        """Ends; what was taken is on the disk."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(asyncio.to_thread(runner.stop) for runner in self._runners))
        await asyncio.to_thread(self._saving.shutdown)
        await asyncio.to_thread(self.history.close)

    def raised(self) -> dict[str, tuple[str, ...]]:
        """Rule → the sensors for which it holds, of every rule whose alert stands."""
        with self._lock:
            return self._engine.raised()

    def troubles(self) -> list[Trouble]:
        """What is wrong with sensors now."""
        with self._lock:
            return self._watch.standing()

    def _distrusted(self) -> set[str]:
        return {trouble.sensor for trouble in self.troubles() if trouble.kind in UNBELIEVABLE}

    def sounding(self) -> dict[str, datetime]:
        """Detector → since when it sounds, by its own times."""
        with self._lock:
            return dict(self._sounding)

    def end(self, rule_id: str) -> None:
        """Ends what a rule has raised, because somebody who may said so."""
        with self._lock:
            self._happen(self._engine.end(rule_id, self._clock.now()), [])
        self._tell()

    def spoken(self) -> set[str]:
        """The sensors that have told anything since the start."""
        with self._lock:
            return set(self._spoken)

    def _take(self, sensor_id: str, measured: Measurement) -> None:
        self.monitor.take(sensor_id, measured)

    def _heard(self, reading: Reading) -> None:
        """One reading of any sensor, judged; on whatever thread brings it."""
        now = self._clock.now()
        with self._lock:
            self._listen(reading)
            self._spoken.add(reading.sensor)
            self._happen(self._engine.feed(reading, now), self._watch.feed(reading))
        self._tell()
        self.history.add(reading)
        with contextlib.suppress(RuntimeError):  # the loop is just being closed
            self._loop.call_soon_threadsafe(self._telling.tell, reading)

    def _listen(self, reading: Reading) -> None:
        """Which detectors sound; what is older than their last word says nothing of now."""
        if reading.quantity not in DETECTORS or reading.quality != "good" or reading.at < self._words.get(reading.sensor, reading.at):
            return
        self._words[reading.sensor] = reading.at
        if reading.value:
            self._sounding.setdefault(reading.sensor, reading.at)
        else:
            self._sounding.pop(reading.sensor, None)

    def _available(self, sensor_id: str, available: bool) -> None:
        with self._lock:
            now = self._clock.now()
            changes = [] if available else self._engine.lost(sensor_id, now)
            self._happen(changes, self._watch.available(sensor_id, available, now))
        self._tell()

    def _reported(self, sensor_id: str, kind: Literal["battery_low", "tamper"], wrong: bool) -> None:
        with self._lock:
            self._happen([], self._watch.reported(sensor_id, kind, wrong, self._clock.now()))
        self._tell()

    async def _run(self, begin: datetime) -> None:
        """What recordings play and what time alone ends, every second. Nothing may end it."""
        while True:
            await asyncio.sleep(TICK_S)
            now = self._clock.now()
            try:
                for reading in self.monitor.played(begin, now):
                    self._heard(reading)
                with self._lock:
                    self._happen(self._engine.tick(now), self._watch.tick(now))
                self._tell()
                if self._unsaved:
                    self._save_soon()
            except Exception as error:
                log.failure("sensing_failed", error)
            begin = now

    def _happen(self, changes: Sequence[Change], troubles: Sequence[Trouble]) -> None:
        """Notes what is to be told; with the lock held."""
        if changes or troubles:
            self._happened.append((changes, troubles))

    def _tell(self) -> None:
        with self._order:
            changed = False
            while self._happened:
                changes, troubles = self._happened.popleft()
                changed = changed or bool(changes)
                self._told(changes, troubles)
            if changed:
                self._save_soon()

    def _save_soon(self) -> None:
        with self._lock:
            state = {"rules": self._engine.snapshot(), "sounding": {key: at.isoformat() for key, at in self._sounding.items()}}
        with contextlib.suppress(RuntimeError):  # the machine is just being stopped
            self._saving.submit(self._save, json.dumps(state))

    def _measured(self, sensors: Sequence[Sensor], values: Sequence[Measurement]) -> None:
        """What a device measured, for each of the sensors that it is."""
        for sensor in sensors:
            for fitting in (units.in_unit(measured, sensor.unit) for measured in values if measured.quantity == sensor.quantity):
                if fitting is not None:
                    with contextlib.suppress(AssistantError):
                        self.monitor.take(sensor.id, fitting)

    def _remember(self) -> None:
        """The means of the hours before this start, from the disk."""
        if self.history.flush(REMEMBER_S):
            with contextlib.suppress(AssistantError):
                self.monitor.remember(self.history.before(self._clock.now() - LOOK_BACK))

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._saved.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _save(self, state: str) -> None:
        """Writes what has to outlive a restart; tried again with the next second where the disk takes nothing."""
        self._unsaved = not _replace(self._saved, state.encode())


def _devices(sensors: Sequence[Sensor]) -> dict[DeviceSource, list[Sensor]]:
    """The sensors of each device on a wire: one that measures several quantities is opened once."""
    found: dict[DeviceSource, list[Sensor]] = {}
    for sensor in sensors:
        if is_device(sensor.source):
            found.setdefault(parse_source(sensor.source), []).append(sensor)
    return found


def _moments(saved: object) -> dict[str, datetime]:
    """Sensor → moment, as they were written; what is none is left out."""
    found = {}
    for key, text in saved.items() if isinstance(saved, dict) else ():
        with contextlib.suppress(ValueError, TypeError):
            if (at := datetime.fromisoformat(text)).tzinfo is not None:
                found[str(key)] = at
    return found


def _replace(path: Path, body: bytes) -> bool:
    """Writes a file whole or not at all, also where the power fails; False where it could not be written."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        log.failure("rules_not_saved", error)
        return False
    return True
