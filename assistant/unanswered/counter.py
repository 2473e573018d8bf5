"""Counts questions that found no answer: in memory during a turn, in the database some seconds later."""

import threading
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from assistant.database import Database
from assistant.errors import AssistantError
from assistant.unanswered import store
from assistant.unanswered.models import Key, Limits, Row

MOST_HELD = 2000
"""Keys that are held between two writings; more are not counted."""


class Kept(Protocol):
    """Where counts are kept, and the machine's own time, aware."""

    @property
    def database(self) -> Database: ...  # noqa: D102
    @property
    def now(self) -> Callable[[], datetime]: ...  # noqa: D102


class Counter:
    """One for a whole assistant."""

    def __init__(self, kept: Kept, limits: Limits) -> None:
        self._kept, self.limits = kept, limits
        self._lock = threading.Lock()
        self._held: Tally[tuple[Key, datetime]] = Tally()
        self._tidied: datetime | None = None

    def count(self, key: Key) -> None:
        """One conversation more. Waits for no disk, never raises."""
        with self._lock:
            at = key, _hour(self._kept.now())
            if at in self._held or len(self._held) < MOST_HELD:
                self._held[at] += 1

    def write(self) -> None:
        """Puts into the database what was counted since the last time, and drops what is too old. Where it is away, that is lost."""
        with self._lock:
            held, self._held = self._held, Tally()
        now = self._kept.now()
        tidy = self._tidied is None or _hour(now) != self._tidied
        if not held and not tidy:
            return
        self._tidied = _hour(now)
        try:
            with self._kept.database.writing() as session:
                store.add(session, held)
                store.forget(session, now)
        except AssistantError:  # told by the database itself; a turn is worth more than a count
            return

    def rows(self) -> Sequence[Row]:
        """What enough conversations had, far enough apart. Raises Unavailable."""
        with self._kept.database.reading() as session:
            return store.rows(session, self._kept.now(), self.limits)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
