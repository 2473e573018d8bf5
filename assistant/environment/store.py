"""Readings on the disk: raw ones, minutes, hours. All SQL of the room is here.

A good reading is counted once, in exactly one of three places: in its hour, in its minute, or, while its minute is open, in itself alone.
Each step that moves it from one to the next is one transaction. Raw readings are keyed by time first, so that writing touches one end of
the file and forgetting the other: on a memory card that is a few pages a second, not one for each sensor.
"""

import errno
import shutil
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from assistant import sqlite
from assistant.errors import Unavailable

Trouble = Literal["full", "damaged", "unwritable"]
Step = Literal["raw", "minute", "hour"]
Row = tuple[int, int, float, int]
"""Milliseconds since 1970, the sensor's number, the value, 1 for a good reading and 0 for a suspect one."""

MINUTE = 60_000
HOUR = 60
"""Minutes."""
RAW_KEPT = 72 * HOUR * MINUTE
MINUTES_KEPT = 400 * 24 * HOUR
LATE = 2_000
"""Milliseconds after its end in which a minute still waits for readings."""
EARLY = MINUTE
"""Milliseconds by which a sensor's clock may be ahead."""
STEP_ROWS = 5_000
"""Raw readings that one step of forgetting drops."""
STEP_MINUTES = 24 * HOUR
"""Minutes of one sensor that one step turns into hours."""
LITTLE_ROOM = 1_000_000
"""Bytes; with less a disk that fails to take something counts as full."""
MOST_POINTS = 300_000
"""Of one answer: 72 hours at a reading a second are 259,200."""

VERSION = 1
TABLES = """
CREATE TABLE IF NOT EXISTS sensors (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, quantity TEXT NOT NULL, unit TEXT NOT NULL, UNIQUE (id, quantity, unit)
);
CREATE TABLE IF NOT EXISTS raw (
    at INTEGER NOT NULL, sensor INTEGER NOT NULL, value REAL NOT NULL, good INTEGER NOT NULL, PRIMARY KEY (at, sensor)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_minutes (minute INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS minutes (
    sensor INTEGER NOT NULL, minute INTEGER NOT NULL, n INTEGER NOT NULL, total REAL NOT NULL, least REAL NOT NULL, most REAL NOT NULL,
    PRIMARY KEY (sensor, minute)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hours (
    sensor INTEGER NOT NULL, hour INTEGER NOT NULL, n INTEGER NOT NULL, total REAL NOT NULL, least REAL NOT NULL, most REAL NOT NULL,
    PRIMARY KEY (sensor, hour)
) WITHOUT ROWID;
"""
ADDED = "n = n + excluded.n, total = total + excluded.total, least = min(least, excluded.least), most = max(most, excluded.most)"
ADD_RAW = "INSERT OR IGNORE INTO raw (at, sensor, value, good) VALUES (?, ?, ?, ?)"
ADD_TO_MINUTE = f"""
INSERT INTO minutes (sensor, minute, n, total, least, most) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sensor, minute) DO UPDATE SET {ADDED}
"""  # noqa: S608
HAS_MINUTE = "SELECT EXISTS (SELECT 1 FROM sensors CROSS JOIN minutes ON minutes.sensor = sensors.number WHERE minute = ?)"
END_MINUTE = """
INSERT INTO minutes (sensor, minute, n, total, least, most) SELECT sensor, :minute, count(*), total(value), min(value), max(value) FROM raw
WHERE at >= :minute * 60000 AND at < (:minute + 1) * 60000 AND good GROUP BY sensor
"""
TO_HOURS = f"""
INSERT INTO hours (sensor, hour, n, total, least, most) SELECT sensor, minute / 60, sum(n), total(total), min(least), max(most) FROM minutes
WHERE sensor = :sensor AND minute < :upto GROUP BY minute / 60 ON CONFLICT (sensor, hour) DO UPDATE SET {ADDED}
"""  # noqa: S608
STILL_OPEN = """
SELECT minute, count(*) AS n, total(value) AS total, min(value) AS least, max(value) AS most FROM open_minutes
CROSS JOIN raw ON at >= minute * 60000 AND at < (minute + 1) * 60000 WHERE sensor = :sensor AND good GROUP BY minute
"""
SERIES: dict[Step, str] = {
    "raw": "SELECT at, value, value, value, good FROM raw WHERE sensor = :sensor AND at >= :begin AND at < :end ORDER BY at LIMIT :most",
    "minute": f"""
SELECT minute * 60000, max(least, min(most, total / n)), least, most, n FROM minutes
WHERE sensor = :sensor AND minute >= :begin AND minute < :end
UNION ALL SELECT minute * 60000, max(least, min(most, total / n)), least, most, n FROM ({STILL_OPEN})
WHERE minute >= :begin AND minute < :end LIMIT :most
""",  # noqa: S608
    "hour": f"""
SELECT hour * 3600000, max(min(least), min(max(most), total(total) / sum(n))), min(least), max(most), sum(n) FROM (
    SELECT hour, n, total, least, most FROM hours WHERE sensor = :sensor AND hour >= :begin AND hour < :end
    UNION ALL SELECT minute / 60, n, total, least, most FROM minutes WHERE sensor = :sensor AND minute >= :begin * 60 AND minute < :end * 60
    UNION ALL SELECT minute / 60, n, total, least, most FROM ({STILL_OPEN}) WHERE minute >= :begin * 60 AND minute < :end * 60
) GROUP BY hour ORDER BY hour LIMIT :most
""",  # noqa: S608
}
WIDTHS: dict[Step, int] = {"raw": 1, "minute": MINUTE, "hour": HOUR * MINUTE}
NEWEST_MINUTES = """
SELECT minute FROM open_minutes WHERE minute <= :now
UNION SELECT max(minute) FROM minutes WHERE sensor = :sensor AND minute <= :now ORDER BY minute DESC
"""
NEWEST = "SELECT at, value FROM raw WHERE at >= ? AND at < ? AND at <= ? AND sensor = ? AND good ORDER BY at DESC LIMIT 1"


class DiskTrouble(Unavailable):
    """The file of readings takes or gives nothing now."""

    code = "readings-unavailable"

    def __init__(self, trouble: Trouble, detail: str = "?") -> None:
        super().__init__("the readings cannot be read or written now", hint=_HINTS[trouble])
        self.trouble = trouble
        self.detail = detail
        """SQLite's or the system's name of the error, for the log."""


_HINTS: dict[Trouble, str] = {
    "full": "make room on the disk; writing goes on by itself",
    "damaged": "the file is set aside as readings.sqlite.damaged, and a new one begun; check the disk",
    "unwritable": "check that the disk is mounted for writing and that its folder belongs to the assistant",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reading, minute or hour of a sensor."""

    at: datetime
    """Its beginning, UTC."""
    mean: float
    min: float
    max: float
    n: int
    """Good readings in it; 0 for a suspect raw one, which counts for nothing."""


class ReadingStore:
    """One SQLite file; one thread writes, any may ask meanwhile. Every call raises DiskTrouble where the disk fails."""

    def __init__(self, path: Path, writing: sqlite3.Connection, asking: sqlite3.Connection) -> None:
        self._path, self._writing, self._asking = path, writing, asking
        self._locks = (threading.Lock(), threading.Lock())

    @classmethod
    def open(cls, path: Path) -> Self:
        """The file, made where it is missing."""
        with _mapped(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            writing = _connected(path)
            try:
                asking = sqlite3.connect(path, check_same_thread=False)
                asking.execute("PRAGMA query_only = ON")
            except BaseException:
                writing.close()
                raise
        return cls(path, writing, asking)

    def numbers(self, sensors: Sequence[tuple[str, str, str]]) -> list[int]:
        """The numbers of sensors by id, quantity and unit; a sensor that measures something else from now on is another one."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO sensors (id, quantity, unit) VALUES (?, ?, ?)", sensors)
            find = "SELECT number FROM sensors WHERE id = ? AND quantity = ? AND unit = ?"
            return [int(connection.execute(find, sensor).fetchone()[0]) for sensor in sensors]

    def write(self, rows: Sequence[Row], now: int) -> int:
        """Adds readings and ends the minutes that are over at `now`, all or nothing; gives how many were new.

        The first reading of a sensor at a moment stays. A minute that goes on is only noted as open, and summed up from its raw readings
        when it ends; what comes for any other is added to it at once.
        """
        with self._transaction() as connection:
            fresh = [row for row in rows if connection.execute(ADD_RAW, row).rowcount]
            opened = {int(minute) for (minute,) in connection.execute("SELECT minute FROM open_minutes")}
            values: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
            for at, sensor, value, good in fresh:
                if good:
                    values[at // MINUTE][sensor].append(value)
            for minute in values.keys() - opened:
                if _runs(minute, now) and not connection.execute(HAS_MINUTE, (minute,)).fetchone()[0]:
                    connection.execute("INSERT INTO open_minutes (minute) VALUES (?)", (minute,))
                else:
                    connection.executemany(
                        ADD_TO_MINUTE, [(sensor, minute, len(v), sum(v), min(v), max(v)) for sensor, v in values[minute].items()]
                    )
            for minute in opened:
                if not _runs(minute, now):
                    connection.execute(END_MINUTE, {"minute": minute})
                    connection.execute("DELETE FROM open_minutes WHERE minute = ?", (minute,))
        return len(fresh)

    def forget(self, now: int) -> bool:
        """One small step: drops some raw readings older than 72 hours, or turns some minutes older than 400 days into hours.

        True where more is to be done.
        """
        with self._transaction() as connection:
            oldest_open = connection.execute("SELECT min(minute) FROM open_minutes").fetchone()[0]
            end = min((now - RAW_KEPT) // MINUTE, now // MINUTE if oldest_open is None else oldest_open) * MINUTE
            beyond = connection.execute("SELECT at FROM raw ORDER BY at LIMIT 1 OFFSET ?", (STEP_ROWS,)).fetchone()
            upto = end if beyond is None else min(end, beyond[0] + 1)
            if connection.execute("DELETE FROM raw WHERE at < ?", (upto,)).rowcount:
                return True
            kept = (now // MINUTE - MINUTES_KEPT) // HOUR * HOUR
            for (sensor,) in connection.execute("SELECT number FROM sensors").fetchall():
                first = connection.execute("SELECT min(minute) FROM minutes WHERE sensor = ?", (sensor,)).fetchone()[0]
                if first is not None and first < kept:
                    upto = min(kept, first // HOUR * HOUR + STEP_MINUTES)
                    connection.execute(TO_HOURS, {"sensor": sensor, "upto": upto})
                    connection.execute("DELETE FROM minutes WHERE sensor = ? AND minute < ?", (sensor, upto))
                    return True
        return False

    def checkpoint(self) -> None:
        """Brings what was committed into the file proper, and onto the disk."""
        with _mapped(self._path), self._locks[0]:
            self._writing.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def series(self, sensor: int, begin: int, end: int, step: Step) -> list[Point]:
        """What begins from `begin` to before `end` (milliseconds), oldest first, up to MOST_POINTS and one more.

        Minutes hold the last 400 days; hours hold everything, made of minutes where those are still there.
        """
        width = WIDTHS[step]
        asked = {"sensor": sensor, "begin": -(-begin // width), "end": -(-end // width), "most": MOST_POINTS + 1}
        with _mapped(self._path), self._locks[1]:
            rows = self._asking.execute(SERIES[step], asked).fetchall()
        rows.sort()
        return [
            Point(at=datetime.fromtimestamp(at / 1000, UTC), mean=mean, min=least, max=most, n=n) for at, mean, least, most, n in rows
        ]

    def last(self, sensor: int, now: int) -> tuple[int, float] | None:
        """The newest good raw reading that is not later than `now`: milliseconds, value."""
        with _mapped(self._path), self._locks[1]:
            for (minute,) in self._asking.execute(NEWEST_MINUTES, {"sensor": sensor, "now": now // MINUTE}).fetchall():
                if minute is None:
                    continue
                row = self._asking.execute(NEWEST, (minute * MINUTE, (minute + 1) * MINUTE, now, sensor)).fetchone()
                if row is not None:
                    return int(row[0]), float(row[1])
        return None

    def close(self) -> None:
        """Lets go of the file."""
        with self._locks[0], self._locks[1]:
            self._asking.close()
            self._writing.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _mapped(self._path), self._locks[0], self._writing:
            yield self._writing


def set_aside(path: Path) -> None:
    """Out of the way, but kept for whoever can read it. Raises DiskTrouble."""
    with _mapped(path):
        sqlite.set_aside(path)


def _connected(path: Path) -> sqlite3.Connection:
    tables = ("sensors", "raw", "open_minutes", "minutes", "hours")
    probes = [f"SELECT * FROM {table} LIMIT 1" for table in tables]  # noqa: S608
    connection = sqlite.connected(str(path), TABLES, VERSION, probes, synchronous="NORMAL")
    connection.execute("PRAGMA journal_size_limit = 16000000")
    return connection


def _runs(minute: int, now: int) -> bool:
    """Whether more readings of a minute are to be expected."""
    return minute * MINUTE - EARLY <= now < (minute + 1) * MINUTE + LATE


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as ours."""
    try:
        yield
    except sqlite3.Error as error:
        code, name = getattr(error, "sqlite_errorcode", None), getattr(error, "sqlite_errorname", type(error).__name__)
        raise DiskTrouble(_trouble(error, code, path), name) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DiskTrouble("full" if full else "unwritable", errno.errorcode.get(error.errno or 0, "?")) from error


def _trouble(error: sqlite3.Error, code: int | None, path: Path) -> Trouble:
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (primary is None and type(error) is sqlite3.DatabaseError):
        return "damaged"
    if primary == sqlite3.SQLITE_FULL:
        return "full"
    try:
        little = shutil.disk_usage(path.parent).free < LITTLE_ROOM
    except OSError:
        little = False
    # Where the room runs out in the middle of its own bookkeeping, SQLite only says that it could not write.
    return "full" if little and primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) else "unwritable"
