"""Writes a new database."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from pathlib import Path
from typing import Any, Self

from assistant.knowledge.store.rows import StagedTrip, TripEnds
from assistant.knowledge.store.schema import INDEXES, SCHEMA, STAGING

CACHE_KB = 4_000
"""What SQLite may keep in memory; what is more it sorts and looks up on disk."""
ROWS = 50
PRAGMAS = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;
PRAGMA cache_size = -{CACHE_KB}; PRAGMA temp.cache_size = -{CACHE_KB}; PRAGMA analysis_limit = 1000;
"""
TIMETABLE = ("stop_times", "trips", "patterns", "pattern_stations", "headsigns")

CALL = "FROM stop_times WHERE trip = trips.id ORDER BY sequence"
ENDS = f"""trips.id, trips.service, (SELECT departure_s {CALL} LIMIT 1), (SELECT stop {CALL} LIMIT 1),
(SELECT arrival_s {CALL} DESC LIMIT 1), (SELECT stop {CALL} DESC LIMIT 1)"""


class Builder:
    """Writes one new database; readers see it only after it is closed and renamed."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(PRAGMAS + SCHEMA + STAGING + "BEGIN;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def insert(self, table: str, rows: Iterable[Sequence[Any]], width: int) -> None:
        """Adds rows of `width` columns in the order of the schema."""
        marks = f"({','.join('?' * width)})"
        # Many rows a statement take 40 % less time than one row each.
        for batch in batched(rows, ROWS):
            self._db.execute(f"INSERT INTO {table} VALUES {','.join([marks] * len(batch))}", tuple(chain.from_iterable(batch)))  # noqa: S608

    def stage_trip(self, trip: Sequence[Any]) -> bool:
        """Keeps a row of `trips.txt` until its calls come; False for an id that was there before."""
        return self._db.execute("INSERT OR IGNORE INTO staged_trips VALUES (NULL,?,?,?,?,?,?,?,?,?)", trip).rowcount == 1

    def staged_trip(self, trip_id: str) -> StagedTrip | None:
        """A row of `trips.txt`."""
        row = self._db.execute("SELECT * FROM staged_trips WHERE trip_id = ?", (trip_id,)).fetchone()
        return StagedTrip(*row) if row else None

    def staged_trips(self) -> int:
        """How many rows of `trips.txt` can be used."""
        count: int = self._db.execute("SELECT count(*) FROM staged_trips").fetchone()[0]
        return count

    def sorted_by_trip(self, rows: Iterable[Sequence[Any]], width: int, trip_at: int) -> Iterable[Sequence[Any]]:
        """The rows with those of one trip together, else in the order they came; sorted on disk."""
        self._db.execute(f"CREATE TEMP TABLE staged_calls ({','.join(f'c{index}' for index in range(width))})")
        self.insert("staged_calls", rows, width)
        return self._db.execute(f"SELECT * FROM staged_calls ORDER BY trim(c{trip_at}), rowid")  # noqa: S608

    def clear_timetable(self) -> None:
        """Takes back every trip and its calls."""
        for table in TIMETABLE:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608

    def block_trips(self) -> Iterator[TripEnds]:
        """Trips with exact times of blocks with more than one, block by block, in order of time."""
        # Fukuoka's trips name each other as their block.
        rows = self._db.execute(
            f"""WITH blocks AS MATERIALIZED (
              SELECT trip_id, coalesce((
                SELECT min(one.trip_id, one.block) FROM staged_trips other WHERE other.trip_id = one.block AND other.block = one.trip_id
              ), one.block) AS block FROM staged_trips one WHERE one.block IS NOT NULL)
            SELECT blocks.block, {ENDS} FROM blocks CROSS JOIN trips ON trips.trip_id = blocks.trip_id
            WHERE blocks.block IN (SELECT block FROM blocks GROUP BY block HAVING count(*) > 1) AND headway_s IS NULL ORDER BY 1, 4"""  # noqa: S608
        )
        return (TripEnds(*row) for row in rows)

    def in_seat_transfers(self) -> Iterator[tuple[TripEnds, TripEnds]]:
        """Trips that `transfers.txt` says one can stay aboard between."""
        pairs = self._db.execute("SELECT from_trip, to_trip FROM transfers WHERE kind = 4")
        for one, other in pairs:
            for start in self._trip_ends(one):
                for goal in self._trip_ends(other):
                    yield start, goal

    def delete_forbidden_continuations(self) -> None:
        """Takes back those that `transfers.txt` says one cannot stay aboard for."""
        self._db.execute(
            """DELETE FROM continuations WHERE (trip, next) IN (
              SELECT one.id, other.id FROM transfers CROSS JOIN trips one ON one.trip_id = from_trip
              CROSS JOIN trips other ON other.trip_id = to_trip WHERE kind = 5)"""
        )

    def used_services(self) -> set[int]:
        """Services that have a trip."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT service FROM trips")}

    def _trip_ends(self, trip_id: str) -> list[TripEnds]:
        rows = self._db.execute(f"SELECT '', {ENDS} FROM trips WHERE trip_id = ? AND headway_s IS NULL", (trip_id,))  # noqa: S608
        return [TripEnds(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Rows of the tables that people ask about."""
        tables = ("stations", "stops", "levels", "lines", "trips", "stop_times")
        return {table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608

    def index(self) -> None:
        """Builds the indexes."""
        for statement in INDEXES:
            self._db.execute(statement)

    def finish(self) -> None:
        """Makes it all last."""
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE main")
