"""Alerts on the disk: what stands, which messages came, what was done. There after a power cut. All SQL of the alarm is here."""

import sqlite3
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from assistant import log
from assistant.alarm.cap.read import read
from assistant.alarm.cap.rules import Identity
from assistant.alarm.cap.write import write
from assistant.alarm.models import Entry, Standing
from assistant.errors import AssistantError
from assistant.sqlite import connected, opened, transaction

MOST_ENTRIES: Final = 5000
"""Lines of the log that are kept; the oldest go."""
MOST_SEEN: Final = 10_000
"""Messages that are known again, as many from other kiosks; the oldest go."""
MOST_ENDED: Final = 1000
LONGEST_KEPT: Final = 32_768
"""Bytes of a message that the log keeps."""
LONGEST_READ: Final = 8_000_000
"""What was taken in may have grown when it was written anew, by its encoding."""
VERSION: Final = 1
TABLES: Final = """
CREATE TABLE IF NOT EXISTS standing (
    id TEXT PRIMARY KEY, cap BLOB NOT NULL, since TEXT NOT NULL, life_safety INTEGER NOT NULL, latched INTEGER NOT NULL,
    source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS seen (
    number INTEGER PRIMARY KEY AUTOINCREMENT, sender TEXT NOT NULL, identifier TEXT NOT NULL, sent TEXT NOT NULL, id TEXT NOT NULL,
    direct INTEGER NOT NULL, UNIQUE (sender, identifier, sent)
);
CREATE TABLE IF NOT EXISTS ended (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sent TEXT NOT NULL, final INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS log (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, action TEXT NOT NULL, id TEXT NOT NULL, sender TEXT NOT NULL,
    identifier TEXT NOT NULL, sent TEXT NOT NULL, status TEXT NOT NULL, message_type TEXT NOT NULL, source TEXT NOT NULL, by TEXT NOT NULL,
    cap BLOB
);
"""
ENTRY = "at, action, id, sender, identifier, sent, status, message_type, source, by, cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message that came before."""

    identity: Identity
    id: str
    """Of the alert it belongs to."""
    direct: bool
    """From its sender; else another kiosk told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An alert that stood and does not any more."""

    id: str
    sent: datetime
    """Of its newest message then."""
    final: bool
    """Whether its sender or staff ended it, so that another kiosk's copy does not bring it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is written in one transaction."""

    standing: Standing | None = None
    seen: Seen | None = None
    ended: Ended | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the file holds."""

    standing: tuple[Standing, ...]
    seen: tuple[Seen, ...]
    ended: tuple[Ended, ...]


class AlertStore:
    """One SQLite file. Safe from every thread."""

    def __init__(self, connection: sqlite3.Connection, *, durable: bool = True) -> None:
        self._connection, self._lock = connection, threading.Lock()
        self.durable = durable
        """False where no file can be written, and a restart forgets."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The file, made where it is missing. A damaged one is set aside; where none can be written, alerts are kept in memory."""
        connection, durable = opened(path, "alerts", _connected)
        return cls(connection, durable=durable)

    def record(self, change: Change) -> None:
        """Writes a change, whole or not at all, and drops what is too old. Raises Unavailable where the disk takes nothing."""
        with self._transaction() as connection:
            if change.standing is not None:
                _put(connection, change.standing)
            if change.seen is not None:
                _see(connection, change.seen)
            if change.ended is not None:
                _end(connection, change.ended)
            if change.entry is not None:
                _enter(connection, change.entry)

    def rewrite(self, standing: Iterable[Standing], seen: Iterable[Seen], ended: Iterable[Ended]) -> None:
        """Writes the whole state anew, after some of it could not be written. Raises Unavailable."""
        with self._transaction() as connection:
            for table in ("standing", "seen", "ended"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            for one in standing:
                _put(connection, one)
            for message in seen:
                _see(connection, message)
            for old in ended:
                _end(connection, old)

    def load(self) -> Kept:
        """What stood, and what came, the oldest first. What cannot be read is left out. Raises Unavailable."""
        with self._transaction() as connection:
            rows = connection.execute("SELECT id, cap, since, life_safety, latched, source FROM standing ORDER BY rowid").fetchall()
            seen = connection.execute("SELECT sender, identifier, sent, id, direct FROM seen ORDER BY number").fetchall()
            ended = connection.execute("SELECT id, sent, final FROM ended ORDER BY number").fetchall()
        return Kept(
            standing=tuple(one for one in map(_standing, rows) if one is not None),
            seen=tuple(Seen(identity=(sender, name, sent), id=key, direct=bool(direct)) for sender, name, sent, key, direct in seen),
            ended=tuple(Ended(id=key, sent=datetime.fromisoformat(sent), final=bool(final)) for key, sent, final in ended),
        )  # fmt: skip

    def history(self, limit: int = MOST_ENTRIES) -> list[Entry]:
        """The log, the newest first. Raises Unavailable."""
        with self._transaction() as connection:
            rows = connection.execute(f"SELECT {ENTRY} FROM log ORDER BY number DESC LIMIT ?", (limit,)).fetchall()  # noqa: S608
        return [_entry(row) for row in rows]

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self._connection, self._lock, "alerts")


def _put(connection: sqlite3.Connection, one: Standing) -> None:
    try:
        cap = write(one.alert)
    except ValueError as error:  # one of ours that breaks a rule of CAP stands until a restart; the others are not lost with it
        log.failure("alert_not_cap", error)
        return
    values = (one.id, cap, one.since.isoformat(), one.life_safety, one.latched, one.source)
    connection.execute("DELETE FROM ended WHERE id = ?", (one.id,))
    connection.execute("INSERT OR REPLACE INTO standing (id, cap, since, life_safety, latched, source) VALUES (?, ?, ?, ?, ?, ?)", values)


def _see(connection: sqlite3.Connection, seen: Seen) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO seen (sender, identifier, sent, id, direct) VALUES (?, ?, ?, ?, ?)", (*seen.identity, seen.id, seen.direct)
    )
    first_too_old = "SELECT number FROM seen WHERE direct = ? ORDER BY number DESC LIMIT 1 OFFSET ?"
    values = (seen.direct, seen.direct, MOST_SEEN)
    connection.execute(f"DELETE FROM seen WHERE direct = ? AND number <= ({first_too_old})", values)  # noqa: S608


def _end(connection: sqlite3.Connection, ended: Ended) -> None:
    connection.execute("DELETE FROM standing WHERE id = ?", (ended.id,))
    connection.execute("INSERT OR REPLACE INTO ended (id, sent, final) VALUES (?, ?, ?)", (ended.id, ended.sent.isoformat(), ended.final))
    connection.execute("DELETE FROM ended WHERE number <= (SELECT max(number) FROM ended) - ?", (MOST_ENDED,))


def _enter(connection: sqlite3.Connection, entry: Entry) -> None:
    cap = entry.cap if entry.cap is not None and len(entry.cap) <= LONGEST_KEPT else None
    values = (
        entry.at.isoformat(), entry.action, entry.id, entry.sender, entry.identifier, entry.sent.isoformat(), entry.status,
        entry.message_type, entry.source, entry.by, cap,
    )  # fmt: skip
    connection.execute(f"INSERT INTO log ({ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
    connection.execute("DELETE FROM log WHERE number <= (SELECT max(number) FROM log) - ?", (MOST_ENTRIES,))


def _standing(row: tuple[Any, ...]) -> Standing | None:
    key, cap, since, life_safety, latched, source = row
    try:
        return Standing(
            id=key, alert=read(cap, limit=LONGEST_READ).alert, since=datetime.fromisoformat(since), life_safety=bool(life_safety),
            latched=bool(latched), source=source,
        )  # fmt: skip
    except (AssistantError, ValueError, TypeError) as error:
        log.failure("alert_unreadable", error)
        return None


def _entry(row: tuple[Any, ...]) -> Entry:
    at, action, key, sender, identifier, sent, status, message_type, source, by, cap = row
    return Entry(
        at=datetime.fromisoformat(at), action=action, id=key, sender=sender, identifier=identifier, sent=datetime.fromisoformat(sent),
        status=status, message_type=message_type, source=source, by=by, cap=cap,
    )  # fmt: skip


def _connected(path: str) -> sqlite3.Connection:
    probes = [f"SELECT {ENTRY} FROM log LIMIT 1", *(f"SELECT * FROM {table} LIMIT 1" for table in ("standing", "seen", "ended"))]  # noqa: S608
    return connected(path, TABLES, VERSION, probes)
