"""One fresh process on one core that takes readings in: `python -m benchmarks.environment.pipeline SECONDS RATE`.

A rate of 0 is as many as it can.
"""

import gc
import json
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import psutil

from assistant.clock import StartedClock
from assistant.environment.air_quality import station as indices
from assistant.environment.air_quality.means import MOST_HOURS, Means
from assistant.environment.history import History
from assistant.environment.messages import senml, zigbee2mqtt
from assistant.environment.models import Measurement, Reading
from assistant.environment.monitor import Monitor
from assistant.environment.quality import Watch
from assistant.environment.rules.engine import Engine
from assistant.settings import Sensor
from benchmarks.environment.station import START, messages, settings

RATE, MOST_RATE = 1000, 50_000
INDEXED = ("pm2_5", "pm10")
PREPARED = 20_000
"""Messages made beforehand and sent over and over: making them is no part of the assistant."""
STAGES = ("parse", "judge", "store", "index", "rules")
LAPSE_S = 1.0
"""Between two looks at what time alone changes, and at the air of the station."""


class Pipeline:
    """Everything a message goes through: parse, calibrate and judge, the store's queue, the index of its sensor, the rules."""

    def __init__(self, folder: Path) -> None:
        self.station = settings(folder)
        self.clock = StartedClock(START)
        self.history = History.open(folder / "readings.sqlite", self.station.sensors, self.clock)
        self.watch = Watch(self.station.sensors, self.clock.now())
        self.engine = Engine(self.station.rules, self.station.sensors)
        self.monitor = Monitor(self.station, self.clock, UTC, self._heard)
        self.means = {sensor.id: Means() for sensor in self.station.sensors if sensor.quantity in INDEXED}
        self.found, self.changes, self.last_index = 0, 0, 0
        self.spent = dict.fromkeys(STAGES, 0.0)
        for means in self.means.values():
            for minute in range(MOST_HOURS * 60):
                means.add(START - timedelta(minutes=minute + 1), 12.0)

    def take(self, sensor: Sensor, payload: bytes) -> None:
        """One message, up to its end."""
        began = time.perf_counter()
        now = self.clock.now()
        read: Callable[[bytes, datetime], Any] = zigbee2mqtt.parse if sensor.quantity == "smoke" else senml.parse
        found: list[Measurement] = [named.measurement for named in read(payload, now).found]
        self.spent["parse"] += time.perf_counter() - began
        for measured in found:
            self._began = time.perf_counter()
            self.monitor.take(sensor.id, measured)

    def lapse(self) -> None:
        """What happens once a second."""
        now = self.clock.now()
        self.changes += len(self.engine.tick(now)) + len(self.watch.tick(now))
        self.monitor.air(now)

    def _heard(self, reading: Reading) -> None:
        judged = time.perf_counter()
        self.found += self.history.add(reading)
        stored = time.perf_counter()
        means = self.means.get(reading.sensor)
        if means is not None:
            means.add(reading.at, reading.value)
            hours = means.hours(reading.at, MOST_HOURS)
            index = indices.index(self.station.environment.index, reading.quantity, reading.unit, hours, indoor=True)
            self.last_index = index.value if index is not None else 0
        indexed = time.perf_counter()
        self.changes += len(self.watch.feed(reading)) + len(self.engine.feed(reading, self.clock.now()))
        ended = time.perf_counter()
        for stage, took in zip(STAGES[1:], (judged - self._began, stored - judged, indexed - stored, ended - indexed), strict=True):
            self.spent[stage] += took


def run(folder: Path, seconds: float, rate: float) -> dict[str, Any]:
    """Sends messages for so long; gives latencies from the moment each was due, memory and processor time."""
    pipeline = Pipeline(folder)
    sent = list(islice(messages(pipeline.station), PREPARED))
    process = psutil.Process()
    pipeline.history.flush()
    gc.collect()
    memory: list[tuple[float, float]] = []

    def lapse(at: float) -> None:
        pipeline.lapse()
        memory.append((at, process.memory_info().rss / 1e6))

    cpu, began = time.process_time(), time.perf_counter()
    taken = paced(seconds, rate, lambda number: pipeline.take(*sent[number % PREPARED]), lapse)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    written = pipeline.history.flush(30)
    counts = pipeline.history.counts
    pipeline.history.close()
    return {
        "ms": [round(ms, 4) for ms in taken], "seconds": wall, "rate": len(taken) / wall, "cpu": cpu / wall, "memory_mb": memory,
        "found": pipeline.found, "sent": len(taken), "dropped": counts.dropped, "written": written, "changes": pipeline.changes,
        "index": pipeline.last_index, "file_mb": (folder / "readings.sqlite").stat().st_size / 1e6,
        "stages_us": {stage: spent / max(1, len(taken)) * 1e6 for stage, spent in pipeline.spent.items()},
    }  # fmt: skip


def paced(seconds: float, rate: float, work: Callable[[int], None], lapse: Callable[[float], None]) -> "array[float]":
    """Works at a steady rate, or without a pause for 0; milliseconds from when each piece was due to when it was done."""
    # All room at once: the growth of memory that is measured must not be that of the measuring.
    taken, number = array("d", bytes(8 * int(seconds * (rate or MOST_RATE) + 1))), 0
    began = time.perf_counter()
    next_lapse = began + LAPSE_S
    while (now := time.perf_counter()) < began + seconds and number < len(taken):
        if now >= next_lapse:
            lapse(now - began)
            next_lapse += LAPSE_S
        due = began + number / rate if rate else time.perf_counter()
        if (early := due - time.perf_counter()) > 0:
            time.sleep(early)
        work(number)
        taken[number] = (time.perf_counter() - due) * 1000
        number += 1
    return taken[:number]


def calmest() -> int:
    """The core on which others are in the way least just now."""
    late: dict[int, float] = {}
    for core in sorted(os.sched_getaffinity(0)):
        os.sched_setaffinity(0, {core})
        late[core] = sum(paced(1.0, RATE, lambda _: None, lambda _: None))
    return min(late, key=lambda core: late[core])


def main() -> None:
    """Prints what was measured as one line of JSON; with it how late the same loop is without any work, just before."""
    seconds, rate = float(sys.argv[1]), float(sys.argv[2])
    os.sched_setaffinity(0, {calmest()})
    idle = paced(min(5.0, seconds), rate or RATE, lambda _: None, lambda _: None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(json.dumps(run(Path(folder), seconds, rate) | {"idle_ms": [round(ms, 4) for ms in idle]}))


if __name__ == "__main__":
    main()
