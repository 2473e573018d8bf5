"""Starting anew in place: when content is live that only a start takes up, and in which moment that troubles nobody."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from assistant import log
from assistant.errors import Conflict, StationError
from assistant.settings import Settings, differing

QUIET_S, LATEST_S, LOOK_S = 60.0, 900.0, 1.0
"""Nobody has talked for so long; it waits no longer than this; between looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What happens at the kiosk now."""

    conversations: int
    """Those that are held."""
    turns: int
    """Those that are being answered."""
    still_s: float
    """Seconds since anybody in those conversations did something."""
    life_safety: bool
    """An alert for life and safety stands."""


NOBODY = Around(conversations=0, turns=0, still_s=inf, life_safety=False)


class Restart:
    """Whether a start is due, for the settings that are in service. `load` reads those that a start would take; None: it never is."""

    def __init__(
        self, settings: Settings, load: Callable[[], Settings] | None = None, *, before: Settings | None = None,
        refused: Settings | None = None, problem: str | None = None, monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`before` was in service until now; with `refused` a start failed for the reason `problem`, and is not tried again."""
        self.settings, self.before, self._load, self._monotonic = settings, before, load, monotonic
        self.problem = problem or settings.source.problem
        """Why the content that is live is not in service, though a start was tried; None where it is, or will be."""
        self._refused, self._told = refused, self.problem
        self._since: float | None = None
        self._asked = False
        self.around: Callable[[], Around] = lambda: NOBODY
        self.begins = asyncio.Event()
        """Set when the assistant has to stop, for whoever started it to start it anew."""

    @property
    def due(self) -> bool:
        """Whether other content is live than that in service."""
        return self._since is not None

    async def look(self) -> None:
        """Another release is live: compares what a start would take with what is in service."""
        if self._load is None:
            return
        try:
            fresh = await asyncio.to_thread(self._load)
        except StationError as error:
            self.problem, self._since = error.message, None
            return
        if fresh.source.problem is not None:
            self.problem, self._since = fresh.source.problem, None
        elif self._refused is not None and not differing(fresh, self._refused):
            self.problem, self._since = self._told, None
        else:
            self.problem = None
            due = bool(differing(fresh, self.settings))
            self._since = (self._since if self._since is not None else self._monotonic()) if due else None
        self._asked = self._asked and self.due

    def ask(self) -> None:
        """A publisher wants it now. Raises Conflict where it is not due, or an alert stands."""
        if not self.due:
            raise Conflict("nothing waits for a start", code="restart-not-due")
        if self.around().life_safety:
            raise Conflict("an alert for life and safety stands", code="alert-stands", hint="it starts anew once that is over")
        self._asked = True

    def moment(self) -> bool:
        """Whether to start anew now."""
        around = self.around()
        if self._since is None or around.turns or around.life_safety:
            return False
        late = self._monotonic() - self._since >= LATEST_S
        return self._asked or late or not around.conversations or around.still_s >= QUIET_S

    async def run(self) -> None:
        """Waits for the moment, until cancelled."""
        while not self.begins.is_set():
            await asyncio.sleep(LOOK_S)
            if self.moment():
                log.event("restart_begins")
                self.begins.set()
