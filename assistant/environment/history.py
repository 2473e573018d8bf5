"""The history of the readings: taken at once, written behind by a thread of its own, so that no disk holds up an alarm.

What can be lost: killed, the assistant loses the readings of the last second. Where the power fails, what the system had not yet brought
onto the disk since the last checkpoint goes too, about a minute; the file itself stays whole.
"""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Self

from assistant import log
from assistant.clock import Clock
from assistant.environment.models import Reading
from assistant.environment.plausible import DETECTORS
from assistant.environment.store import MOST_POINTS, RAW_KEPT, DiskTrouble, Point, ReadingStore, Row, Step, Trouble, set_aside
from assistant.errors import BadRequest, NotFound
from assistant.settings import Sensor

COMMIT_S = 1.0
MOST_WAITING = 60_000
"""Readings that wait for the disk; the oldest go. A minute at a thousand a second."""
BATCH = 5_000
STEPS = 10
"""Steps of forgetting between two writes."""
CARE_S = 60.0
"""Between two rounds of forgetting and of bringing everything onto the disk."""
LONGEST_PAUSE_S = 30.0
AHEAD = timedelta(minutes=1)
LIMIT = 1e12
"""No sensor measures more, and sums stay finite."""
SETTLED_S = 3600.0
JUMP_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the readings since the start."""

    taken: int
    refused: int
    """Of no sensor of the station, without a finite value or a usable time, or older than raw ones are kept."""
    dropped: int
    """Lost, as the disk took nothing for too long."""


class Settled:
    """Whether the time has run evenly for an hour. Until then nothing is thrown away for its age: the clock may just have jumped."""

    def __init__(self) -> None:
        self._offset: float | None = None
        self._since = 0.0

    def look(self, now: float, ticks: float) -> bool:
        """Takes the clock's time and a monotonic one, both in seconds."""
        offset = now - ticks
        if self._offset is None or abs(offset - self._offset) > JUMP_S:
            self._offset, self._since = offset, ticks
        return ticks - self._since >= SETTLED_S


class History:
    """The readings of the station's sensors. Any thread may call it; only `series`, `before`, `flush` and `close` wait for the disk."""

    def __init__(
        self, path: Path, sensors: Sequence[Sensor], clock: Clock, *, commit_s: float = COMMIT_S, most_waiting: int = MOST_WAITING
    ) -> None:
        self._path, self._clock, self._commit_s, self._most = path, clock, commit_s, most_waiting
        self._sensors = list(sensors)
        self._index = {sensor.id: index for index, sensor in enumerate(self._sensors)}
        self._waiting: deque[Row] = deque()
        self._last: dict[int, Reading] = {}
        self._taken = self._refused = self._dropped = self._written = self._turns = 0
        self._changed = threading.Condition()
        self._wake, self._stopping = threading.Event(), False
        self._store: ReadingStore | None = None
        self._numbers: list[int] = []
        self._failing: Trouble | None = None
        self._damage_seen = self._was_damaged = False
        self._settled, self._care_due = Settled(), 0.0
        self._thread = threading.Thread(target=self._run, name="readings", daemon=True)

    @classmethod
    def open(cls, path: Path, sensors: Sequence[Sensor], clock: Clock) -> Self:
        """Begins to write to the file, which is made where it is missing; `trouble` says where it cannot be."""
        history = cls(path, sensors, clock)
        history.start()
        return history

    def start(self) -> None:
        """Starts the thread that writes."""
        self._thread.start()

    def add(self, reading: Reading) -> bool:
        """Takes a reading, in any order. False, and counted, for one that no sensor of the station can have sent now."""
        index = self._index.get(reading.sensor)
        now = self._clock.now()
        if index is None or not self._usable(reading, self._sensors[index], now):
            with self._changed:
                self._refused += 1
            return False
        row = (_ms(reading.at), index, float(reading.value), int(reading.quality == "good"))
        with self._changed:
            self._waiting.append(row)
            self._taken += 1
            self._trim()
            if reading.quality == "good":
                before = self._last.get(index)
                if before is None or before.at <= reading.at or before.at > now + AHEAD:
                    self._last[index] = reading
            if len(self._waiting) >= BATCH and self._failing is None:
                self._wake.set()
        return True

    def last(self, sensor: str) -> Reading | None:
        """The newest good reading, from memory, also while the disk takes nothing; after a start what the file has, once it is open."""
        return self._last.get(self._index.get(sensor, -1))

    def series(self, sensor: str, begin: datetime, end: datetime, step: Step) -> list[Point]:
        """What begins from `begin` to before `end`, oldest first, as the disk has it: at most a second old where there is no trouble.

        Raises NotFound for an unknown sensor, BadRequest for times without offset or too much at once, Unavailable where the disk fails.
        """
        index = self._index.get(sensor)
        if index is None:
            raise NotFound("no sensor of the station has this id")
        if begin.utcoffset() is None or end.utcoffset() is None:
            raise BadRequest("a time needs an offset, as in 2026-05-01T08:00:00-04:00")
        store = self._store
        if store is None:
            raise DiskTrouble(self._failing or "unwritable")
        try:
            found = store.series(self._numbers[index], _ms(begin), _ms(end), step)
        except DiskTrouble as error:
            self._damage_seen = self._damage_seen or error.trouble == "damaged"
            raise
        if len(found) > MOST_POINTS:
            raise BadRequest(f"more than {MOST_POINTS} values at once; ask for less time or a longer step")
        return found

    def before(self, since: datetime) -> list[Reading]:
        """What the sensors measured from `since` on, for a start: means of minutes, at their beginning, and the last readings; by time.

        Of detectors the last only: half an alarm is none. Raises as `series` does.
        """
        end = self._clock.now() + AHEAD
        found = [reading for reading in self._last.copy().values() if since <= reading.at]
        for sensor in self._sensors:
            if sensor.quantity not in DETECTORS:
                unit, quantity = sensor.unit, sensor.quantity
                found += [
                    Reading(sensor=sensor.id, quantity=quantity, value=point.mean, unit=unit, at=point.at)
                    for point in self.series(sensor.id, since, end, "minute")
                ]
        return sorted(found, key=lambda reading: reading.at)

    @property
    def trouble(self) -> Trouble | None:
        """What keeps readings from the disk now; `damaged` stays until the next start, as a part of the past is missing."""
        return self._failing or ("damaged" if self._was_damaged else None)

    @property
    def counts(self) -> Counts:
        """What became of the readings so far."""
        return Counts(taken=self._taken, refused=self._refused, dropped=self._dropped)

    def flush(self, limit_s: float = 10.0) -> bool:
        """Waits until the file is open and everything taken so far is written; False where the disk did not take it in time."""
        with self._changed:
            upto, turns = self._taken, self._turns
            self._wake.set()
            return self._changed.wait_for(lambda: self._turns > turns and self._written + self._dropped >= upto, limit_s)

    def close(self, limit_s: float = 10.0) -> None:
        """Writes what waits, once, and lets go of the file."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(limit_s)

    @staticmethod
    def _usable(reading: Reading, sensor: Sensor, now: datetime) -> bool:
        if (reading.quantity, reading.unit) != (sensor.quantity, sensor.unit):
            return False
        if not math.isfinite(reading.value) or abs(reading.value) > LIMIT or reading.at.utcoffset() is None:
            return False
        # A reading whose raw copies are forgotten could not be told from one that was counted before.
        return max(0.0, now.timestamp() - RAW_KEPT / 1000) <= reading.at.timestamp()

    def _trim(self) -> None:
        while len(self._waiting) > self._most:
            self._waiting.popleft()
            self._dropped += 1

    def _run(self) -> None:
        pause = self._commit_s
        while True:
            self._wake.wait(pause)
            stopping = self._stopping
            self._wake.clear()
            try:
                self._turn()
                self._tell(None, "")
                pause = self._commit_s
            except DiskTrouble as error:
                self._tell(error.trouble, error.detail)
                pause = self._mended(error, pause)
            except Exception as error:  # whatever it is, the next readings get their chance
                log.failure("readings_failed", error)
                self._tell("unwritable", type(error).__name__)
                self._let_go()
                pause = min(pause * 2, LONGEST_PAUSE_S)
            if stopping:
                self._let_go()
                return

    def _turn(self) -> None:
        """Writes everything that waits, then forgets a little."""
        if self._damage_seen:
            self._damage_seen = False
            raise DiskTrouble("damaged", "seen while reading")
        store = self._store or self._opened()
        while True:
            with self._changed:
                batch = list(islice(self._waiting, BATCH))
                for _ in batch:
                    self._waiting.popleft()
            try:
                store.write([(at, self._numbers[index], value, good) for at, index, value, good in batch], self._now_ms())
            except BaseException:
                with self._changed:
                    self._waiting.extendleft(reversed(batch))
                    self._trim()
                raise
            with self._changed:
                self._written += len(batch)
            if len(batch) < BATCH:
                break
        self._care(store)
        with self._changed:
            self._turns += 1
            self._changed.notify_all()

    def _care(self, store: ReadingStore) -> None:
        ticks = time.monotonic()
        if ticks < self._care_due:
            return
        if not self._path.exists():
            raise DiskTrouble("unwritable", "gone")
        settled = self._settled.look(self._clock.now().timestamp(), ticks) and self._clock.trusted()
        if settled and all(store.forget(self._now_ms()) for _ in range(STEPS)):
            return
        store.checkpoint()
        self._care_due = ticks + CARE_S

    def _opened(self) -> ReadingStore:
        """The file, newly opened, and what it knows of sensors that have said nothing since."""
        store = ReadingStore.open(self._path)
        try:
            numbers = store.numbers([(sensor.id, sensor.quantity, sensor.unit) for sensor in self._sensors])
            found = [store.last(number, self._now_ms()) for number in numbers]
        except BaseException:
            store.close()
            raise
        with self._changed:
            for index, (sensor, newest) in enumerate(zip(self._sensors, found, strict=True)):
                if newest is not None:
                    at = datetime.fromtimestamp(newest[0] / 1000, UTC)
                    reading = Reading(sensor=sensor.id, quantity=sensor.quantity, value=newest[1], unit=sensor.unit, at=at)
                    self._last.setdefault(index, reading)
            self._numbers, self._store = numbers, store
        return store

    def _mended(self, error: DiskTrouble, pause: float) -> float:
        """Sets a damaged file aside; gives the seconds to wait before the next try."""
        if error.trouble == "damaged":
            self._let_go()
            try:
                set_aside(self._path)
            except DiskTrouble as worse:
                self._tell(worse.trouble, worse.detail)
            else:
                self._was_damaged = True
        elif self._store is not None and error.trouble == "unwritable":
            self._let_go()
        return min(pause * 2, LONGEST_PAUSE_S)

    def _let_go(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            try:
                store.close()
            except Exception as error:
                log.failure("readings_not_closed", error)

    def _tell(self, trouble: Trouble | None, detail: str) -> None:
        if trouble != self._failing:
            level = logging.ERROR if trouble else logging.INFO
            log.event("readings_trouble", level=level, trouble=log.Id(trouble or "none"), detail=log.Id(detail), dropped=self._dropped)
        self._failing = trouble

    def _now_ms(self) -> int:
        return _ms(self._clock.now())


def _ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return round(moment.timestamp() * 1000)
