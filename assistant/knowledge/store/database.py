"""An imported file that every thread may read."""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class _Connection(sqlite3.Connection):
    """Ends with its last reader: where a newer import takes over, nobody knows who reads the old one last."""

    def __del__(self) -> None:
        self.close()


class Database:
    """A connection a thread: on a common one, threads that ask the same question at once read each other's rows."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._mine = threading.local()

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """The rows of a query, for the thread that asks."""
        try:
            connection: sqlite3.Connection = self._mine.connection
        except AttributeError:
            # Whoever drops the last reference closes it, which may be another thread.
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False, factory=_Connection)
            self._mine.connection = connection
        return connection.execute(sql, values)

    def close(self) -> None:
        """Lets go of the file; threads that still read go on until they are done."""
        self._mine = threading.local()
