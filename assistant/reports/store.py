"""Reports on the disk: what is written stays written, also where the power fails right after. All SQL of the room is here."""

import contextlib
import sqlite3
import threading
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from assistant.errors import Unavailable
from assistant.reports.models import Report
from assistant.sqlite import connected, opened, transaction

MOST = 1000
"""Reports kept; the oldest go."""
VERSION = 1
TABLE = """
CREATE TABLE IF NOT EXISTS reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, kiosk TEXT NOT NULL, place TEXT,
    at TEXT NOT NULL, source TEXT NOT NULL, acknowledged_at TEXT, acknowledged_by TEXT
)
"""
COLUMNS = "number, id, kind, kiosk, place, at, source, acknowledged_at, acknowledged_by"
SELECT = f"SELECT {COLUMNS} FROM reports"  # noqa: S608
INSERT = f"INSERT INTO reports ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class ReportStore:
    """One SQLite file. Safe from every thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """The file, made where it is missing. A damaged one is set aside; where none can be written, reports are kept in memory."""
        return cls(opened(path, "reports", _connected)[0])

    def add(self, report: Report) -> None:
        """Writes a report, and drops what is too old. Raises Unavailable where the disk takes nothing."""
        values = (
            report.number, report.id, report.kind, report.kiosk, report.place, report.at.isoformat(), report.source,
            report.acknowledged_at and report.acknowledged_at.isoformat(), report.acknowledged_by,
        )  # fmt: skip
        with self._transaction() as connection:
            connection.execute(INSERT, values)
            connection.execute("DELETE FROM reports WHERE number <= (SELECT max(number) FROM reports) - ?", (MOST,))

    def acknowledge(self, report: str | int, by: str, at: datetime) -> Report | None:
        """Notes who has seen a report, by its id or number, once: the first stays. None for an unknown one. Raises Unavailable."""
        column = "number" if isinstance(report, int) else "id"
        with self._transaction() as connection:
            connection.execute(
                f"UPDATE reports SET acknowledged_at = ?, acknowledged_by = ? WHERE {column} = ? AND acknowledged_at IS NULL",  # noqa: S608
                (at.isoformat(), by, report),
            )
            row = connection.execute(f"{SELECT} WHERE {column} = ?", (report,)).fetchone()
        return _report(row) if row else None

    def find(self, report_id: str) -> Report | None:
        """The report of an id. Raises Unavailable."""
        with self._transaction() as connection:
            row = connection.execute(f"{SELECT} WHERE id = ?", (report_id,)).fetchone()
        return _report(row) if row else None

    def last_number(self) -> int:
        """Number of the newest report there ever was; 0 before the first one, and where the file cannot be read."""
        with contextlib.suppress(Unavailable), self._transaction() as connection:
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'reports'").fetchone()
            return int(row[0]) if row else 0
        return 0

    def listed(self, *, limit: int = MOST, waiting: bool = False) -> list[Report]:
        """Reports, the newest first; with `waiting` those that nobody has acknowledged. Raises Unavailable."""
        which = "WHERE acknowledged_at IS NULL" if waiting else ""
        with self._transaction() as connection:
            rows = connection.execute(f"{SELECT} {which} ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return [_report(row) for row in rows]

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self._connection, self._lock, "reports")


def _connected(path: str) -> sqlite3.Connection:
    return connected(path, TABLE, VERSION, [f"{SELECT} LIMIT 1"])


def _report(row: tuple[Any, ...]) -> Report:
    number, key, kind, kiosk, place, at, source, seen_at, seen_by = row
    return Report(
        number=number, id=key, kind=kind, kiosk=kiosk, place=place, at=datetime.fromisoformat(at), source=source,
        acknowledged_at=datetime.fromisoformat(seen_at) if seen_at else None, acknowledged_by=seen_by,
    )  # fmt: skip
