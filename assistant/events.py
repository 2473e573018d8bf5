"""Telling interested parts that something changed, without queues: who is late sees only the newest state."""

import asyncio
from collections.abc import AsyncIterator


class Changes:
    """A bell that can be rung and waited for."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()

    def ring(self) -> None:
        """Wakes everybody who watches. Call it on the event loop's thread."""
        for listener in self._listeners:
            listener.set()

    async def watch(self) -> AsyncIterator[None]:
        """Yields after each change, several changes in between counting as one."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            while True:
                await listener.wait()
                listener.clear()
                yield
        finally:
            self._listeners.discard(listener)
