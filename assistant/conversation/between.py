"""The moments between turns: what must not change in the middle of one is changed then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assistant.errors import Busy


class Pauses:
    """Any number of turns at a time, or one change. Turns that come during a change wait for it and none is refused."""

    def __init__(self) -> None:
        self._running = 0
        self._open, self._quiet, self._changing = asyncio.Event(), asyncio.Event(), asyncio.Lock()
        self._open.set()
        self._quiet.set()

    @property
    def running(self) -> int:
        """Turns that are being answered."""
        return self._running

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One turn, from its first look at words and model to its last."""
        while not self._open.is_set():
            await self._open.wait()
        self._running += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._quiet.set()

    @asynccontextmanager
    async def turns(self, limit_s: float) -> AsyncIterator[None]:
        """No turn runs inside. Raises Busy where those that run do not end within `limit_s`; then they were not held up longer."""
        async with self._changing:
            self._open.clear()
            try:
                try:
                    await asyncio.wait_for(self._quiet.wait(), limit_s)
                except TimeoutError:
                    raise Busy("a turn takes long; the change waits for the next moment between turns") from None
                yield
            finally:
                self._open.set()
