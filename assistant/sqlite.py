"""SQLite files that outlive a power cut: opened, else set aside and begun anew, else kept in memory."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from assistant import log
from assistant.errors import Unavailable


def connected(
    path: str, tables: str, version: int, probes: Iterable[str], *, synchronous: Literal["FULL", "NORMAL"] = "FULL"
) -> sqlite3.Connection:
    """A connection for every thread, its tables made where they are missing; `probes` are questions that a sound file answers.

    Raises sqlite3.Error, for a file of another version too.
    """
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, version):
            raise sqlite3.DatabaseError("another version")
        connection.executescript(f"BEGIN; {tables}; PRAGMA user_version = {version}; COMMIT")
        for probe in probes:
            connection.execute(probe).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def opened(path: Path, what: str, connect: Callable[[str], sqlite3.Connection]) -> tuple[sqlite3.Connection, bool]:
    """The file, made where it is missing, and True. A damaged one is set aside; where none can be written, memory, and False.

    `what` names it in the log.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return connect(str(path)), True
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            log.failure(f"{what}_damaged", error)
            set_aside(path)
            return connect(str(path)), True
    except (OSError, sqlite3.Error) as error:
        log.failure(f"{what}_in_memory", error)
        return connect(":memory:"), False


@contextmanager
def transaction(connection: sqlite3.Connection, lock: threading.Lock, what: str) -> Iterator[sqlite3.Connection]:
    """One transaction, whole or not at all, of one thread at a time. Raises Unavailable, with `what` as it is called to people."""
    try:
        with lock, connection:
            yield connection
    except sqlite3.Error as error:
        log.failure(f"{what}_unavailable", error)
        raise Unavailable(f"the {what} cannot be read or written now", code=f"{what}-unavailable") from None


def set_aside(path: Path) -> None:
    """Out of the way, but kept for whoever can read it. Raises OSError."""
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(path.with_name(f"{path.name}.damaged{ending}"))
