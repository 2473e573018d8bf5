"""A year of minute means of fifty sensors, and questions for a day of it; next to a table as Home Assistant's recorder keeps statistics."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.environment.store import MINUTE, Point, ReadingStore
from benchmarks.environment.station import SENSORS, START

DAY = 1440
FIRST = int(START.timestamp()) // 60
PEER = "a rowid table with an index on sensor and time, as Home Assistant's recorder keeps statistics"
PEER_TABLE = """
CREATE TABLE statistics (
    id INTEGER PRIMARY KEY, metadata_id INTEGER NOT NULL, start_ts REAL NOT NULL, mean REAL, min REAL, max REAL, n INTEGER
)
"""
PEER_ASKS = """
SELECT start_ts, mean, min, max, n FROM statistics WHERE metadata_id = ? AND start_ts >= ? AND start_ts < ? ORDER BY start_ts
"""
VALUES = tuple(random.Random(3).uniform(1, 60) for _ in range(9973))  # noqa: S311


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A file, and what it took."""

    path: Path
    seconds: float
    mb: float
    rows: int


def rows(day: int, numbers: list[int]) -> Iterator[tuple[int, int, int, float, float, float]]:
    """Sensor, minute, n, total, least, most of a day, in the order in which a station writes them."""
    for minute in range(FIRST + day * DAY, FIRST + (day + 1) * DAY):
        for number in numbers:
            value = VALUES[(minute * 31 + number * 17) % len(VALUES)]
            yield number, minute, 60, value * 60, value - 0.7, value + 0.9


def build(path: Path, days: int) -> Built:
    """Fills the store's own table of minutes, a minute of all sensors after the other."""
    began = time.perf_counter()
    store = ReadingStore.open(path)
    numbers = store.numbers([(f"s{number}", "pm2_5", "µg/m³") for number in range(SENSORS)])
    store.close()
    connection = _filling(path)
    for day in range(days):
        with connection:
            connection.executemany(
                "INSERT INTO minutes (sensor, minute, n, total, least, most) VALUES (?, ?, ?, ?, ?, ?)", rows(day, numbers)
            )
    connection.close()
    return _built(path, began, days)


def build_peer(path: Path, days: int) -> Built:
    """The same rows in the same order; the index is made at the end, which is kind to it."""
    began = time.perf_counter()
    connection = _filling(path)
    connection.execute(PEER_TABLE)
    for day in range(days):
        with connection:
            connection.executemany(
                "INSERT INTO statistics (metadata_id, start_ts, n, mean, min, max) VALUES (?, ?, ?, ?, ?, ?)",
                ((number, minute * 60.0, n, total / n, least, most) for number, minute, n, total, least, most in rows(day, _all())),
            )
    connection.execute("CREATE UNIQUE INDEX by_sensor ON statistics (metadata_id, start_ts)")
    connection.close()
    return _built(path, began, days)


def asked(path: Path, days: int, count: int, *, cold: bool = False) -> list[float]:
    """Milliseconds of questions for a random day of a random sensor; `cold`: the system has forgotten the file before each."""
    store = ReadingStore.open(path)
    try:
        return _timed(lambda number, day: day_of(store, number, day), path, days, count, cold=cold)
    finally:
        store.close()


def all_of_a_day(path: Path, days: int, count: int) -> list[float]:
    """Milliseconds of questions for a random day of every sensor, one after the other."""
    store = ReadingStore.open(path)

    def ask(_: int, day: int) -> list[Point]:
        return [point for number in _all() for point in day_of(store, number, day)]

    try:
        return _timed(ask, path, days, count, sensors=SENSORS)
    finally:
        store.close()


def asked_peer(path: Path, days: int, count: int, *, cold: bool = False) -> list[float]:
    """The same questions to the peer's table, made into the same points."""
    connection = sqlite3.connect(path)

    def ask(number: int, day: int) -> list[Point]:
        rows = connection.execute(PEER_ASKS, (number, (FIRST + day * DAY) * 60.0, (FIRST + (day + 1) * DAY) * 60.0))
        return [Point(at=datetime.fromtimestamp(at, UTC), mean=mean, min=least, max=most, n=n) for at, mean, least, most, n in rows]

    try:
        return _timed(ask, path, days, count, cold=cold)
    finally:
        connection.close()


def day_of(store: ReadingStore, number: int, day: int) -> list[Point]:
    """A day of one sensor, as a page that draws it asks."""
    return store.series(number, (FIRST + day * DAY) * MINUTE, (FIRST + (day + 1) * DAY) * MINUTE, "minute")


def _timed(
    ask: Callable[[int, int], list[Point]], path: Path, days: int, count: int, *, cold: bool = False, sensors: int = 1
) -> list[float]:
    draw = random.Random(5)  # noqa: S311  the same questions to both
    taken = []
    for _ in range(count):
        number, day = draw.randint(1, SENSORS), draw.randrange(days)
        if cold:
            _forget(path)
        began = time.perf_counter()
        found = ask(number, day)
        taken.append((time.perf_counter() - began) * 1000)
        if len(found) != DAY * sensors:
            raise SystemExit(f"a day has {len(found)} minutes")
    return taken


def _all() -> list[int]:
    return list(range(1, SENSORS + 1))


def _filling(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _built(path: Path, began: float, days: int) -> Built:
    return Built(path=path, seconds=time.perf_counter() - began, mb=path.stat().st_size / 1e6, rows=days * DAY * SENSORS)


def _forget(path: Path) -> None:
    """Has the system drop what it holds of a file."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)
