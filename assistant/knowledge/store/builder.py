"""Writes a new database."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from assistant.knowledge.store.schema import INDEXES, SCHEMA


class Builder:
    """Writes one new database; readers see it only after it is closed and renamed."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA + "BEGIN;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def insert(self, table: str, rows: Iterable[Sequence[Any]], width: int) -> None:
        """Adds rows of `width` columns in the order of the schema."""
        marks = ",".join("?" * width)
        self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def used_services(self) -> set[int]:
        """Services that have a trip."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT service FROM trips")}

    def counts(self) -> dict[str, int]:
        """Rows of the tables that people ask about."""
        tables = ("stations", "stops", "levels", "lines", "trips", "stop_times")
        return {table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608

    def finish(self) -> None:
        """Builds the indexes and commits."""
        self._db.execute(INDEXES)
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE")
