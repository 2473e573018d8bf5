"""Keeps the timetable fresh while the assistant serves: when to look where, and a newer one put into service between questions."""

import asyncio
import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from assistant import log
from assistant.clock import Clock
from assistant.errors import Conflict, StationError
from assistant.knowledge.refresh.shelf import Shelf, State, ranked
from assistant.knowledge.refresh.stick import on_sticks, signature
from assistant.process import ChildSpec, ProcessChild
from assistant.settings import ROOT, Settings

POLL_S = 5.0
"""Between looks at the sticks, at the clock, and at what other processes brought into service."""
ASKED_S = 0.5
"""Between looks at what somebody asked for."""
AGAIN_S = 600.0
"""Before a job is tried again that ended without a trace."""
LONGEST_S = 3600.0
"""Longest job; it is ended then."""

type Job = tuple[str, ...]


class Reloadable(Protocol):
    """The knowledge in service, as far as a refresh is concerned."""

    def reload(self) -> bool:
        """Puts the newest import into service; False where it is already. Raises StationError."""

    def expired(self, at: datetime) -> str:
        """Whether the timetable holds at a moment."""


class Refresher:
    """A task beside the assistant. Jobs run in processes of their own, one at a time."""

    def __init__(
        self, settings: Settings, clock: Clock, knowledge: Reloadable, changed: Callable[[], None], *, poll_s: float = POLL_S
    ) -> None:
        self._settings, self._clock, self._knowledge, self._changed, self._poll_s = settings, clock, knowledge, changed, poll_s
        self._shelf, self._asking = Shelf(settings), threading.Lock()
        self._seen: dict[Path, tuple[int, ...] | None] = {}
        self._tried: dict[Job, float] = {}
        self._told: tuple[str, str | None] | None = None
        self._asked: Job | None = None
        self.running: Job | None = None
        self.lost = False
        """The last job that somebody asked for ended without a trace."""
        self._validity = knowledge.expired(clock.now())

    async def run(self) -> None:
        """Looks again and again; nothing but cancelling ends it."""
        while True:
            try:
                await self.look()
            except Exception as error:
                log.failure("refresh_failed", error)
            for _ in range(max(1, round(self._poll_s / ASKED_S))):
                if self._asked is not None:
                    break
                await asyncio.sleep(min(ASKED_S, self._poll_s))

    def ask(self, job: Job) -> None:
        """Has a job done as soon as the running one has ended; from any thread. Raises Conflict where one waits already."""
        with self._asking:
            if self.busy() is not None:
                raise Conflict("a timetable is being looked at already", code="feed-busy")
            self._asked, self.lost = job, False

    def busy(self) -> Job | None:
        """What somebody asked for and is not done yet, else what runs."""
        return self._asked or self.running

    def state(self) -> State:
        """What is remembered of the feeds."""
        return self._shelf.state()

    async def look(self) -> None:
        """Does what is due, then takes over what was brought into service, by whomever."""
        asked = self._asked
        job = asked or await asyncio.to_thread(self._due)
        try:
            self.running = job
            if job is not None:
                await self._work(job, asked is not None)
            await self._take_over()
        finally:
            self.running = None
            if asked is not None:
                self._asked = None

    async def _take_over(self) -> None:
        """What was brought into service, by whomever, answers from now on."""
        try:
            fresh = await asyncio.to_thread(self._knowledge.reload)
        except StationError as error:
            fresh = False
            self._tell_once("feed_not_taken", error.code)
        validity = self._knowledge.expired(self._clock.now())
        if fresh:
            log.event("feed_in_service", validity=log.Id(validity))
        if fresh or validity != self._validity:
            self._validity = validity
            self._changed()

    def _due(self) -> Job | None:
        for path in on_sticks(self._settings.feed.stick) if self._settings.feed.stick else ():
            now = signature(path)
            if now is not None and self._seen.get(path) != now:
                self._seen[path] = now
                return ("stick", str(path))
        state, now_at = self._shelf.state(), self._clock.now()
        if self._settings.feed.url and self._clock.trusted() and self._address_due(state, now_at) and self._may(("look",)):
            return ("look",)
        if state.feeds and ranked(state.feeds, now_at)[0].digest != state.in_service and self._may(("bring-in",)):
            return ("bring-in",)
        return None

    def _address_due(self, state: State, now: datetime) -> bool:
        look, address = state.look, hashlib.sha256((self._settings.feed.url or "").encode()).hexdigest()
        longest = timedelta(hours=self._settings.feed.refresh_h + 1)  # a longer wait is due to a clock that was set back
        return look is None or look.address != address or not timedelta(0) < look.next_at - now < longest

    def _may(self, job: Job) -> bool:
        return job not in self._tried or time.monotonic() - self._tried[job] >= AGAIN_S

    async def _work(self, job: Job, asked: bool) -> None:
        began, before = self._clock.now(), self._shelf.state().last
        self._tried[job] = time.monotonic()
        try:
            await self._do(job)
        finally:
            if job[0] == "hand":
                await asyncio.to_thread(Path(job[1]).unlink, missing_ok=True)
        state = self._shelf.state()
        if asked:
            self._tried.pop(job, None)
            self.lost = state.last == before
        if state.look is not None and state.look.at >= began:  # it left a trace, which says when to look again
            self._tried.pop(("look",), None)
        if state.last is not None and state.last.at >= began and state.last.result != "unchanged":
            self._tell_once(state.last.result, state.last.code)

    async def _do(self, job: Job) -> None:
        folders = {"ASSISTANT_STATION": str(self._settings.station), "ASSISTANT_DATA": str(self._settings.data)}
        env = os.environ | folders | {"PYTHONPATH": str(ROOT)}
        if self._settings.clock.start:
            env["ASSISTANT_CLOCK__START"] = self._clock.now().isoformat()
        argv = (sys.executable, "-m", "assistant.knowledge.refresh", *job)
        child = await ProcessChild.spawn(ChildSpec(name="refresh", argv=argv, env=env))
        try:
            async with asyncio.timeout(LONGEST_S):
                await child.wait()
        except TimeoutError:
            log.event("feed_refresh", result=log.Id("too-slow"))
        finally:
            await child.end(1.0)

    def _tell_once(self, result: str, code: str | None) -> None:
        if (result, code) != self._told:
            self._told = (result, code)
            log.event("feed_refresh", result=log.Id(result), code=None if code is None else log.Id(code))
