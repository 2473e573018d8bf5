"""The sound of one utterance on its way from the page to the recogniser: bounded, in memory, gone with the turn."""

import asyncio
from collections.abc import AsyncIterator

from assistant.speech.endpointing import Sign
from assistant.speech.models import RATE

QUEUE_FRAMES = 300
FRAME_LIMIT = 64_000
"""Largest piece, in bytes: two seconds."""


class Intake:
    """Takes sound until it is ended: by the page, by the endpointer, or by its own length."""

    def __init__(self, longest_s: float) -> None:
        self._room = int(longest_s * RATE) * 2
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE_FRAMES)
        self.ended = False
        """Whether no more sound is taken."""
        self.freed = asyncio.Event()
        """Set once the endpointer may end it."""
        self.reason: Sign | None = None
        """Why it was ended; None where the page did."""

    def take(self, pcm: bytes) -> None:
        """Takes s16le mono 16 kHz; what is no such thing, what is too much and what comes too late is dropped."""
        if self.ended or len(pcm) > FRAME_LIMIT or len(pcm) % 2:
            return
        self._room -= len(pcm)
        if self._room < 0:
            self.end(Sign.TOO_LONG)
        elif not self._queue.full():
            self._queue.put_nowait(pcm)

    def end(self, reason: Sign | None = None) -> None:
        """No more sound is taken."""
        if self.ended:
            return
        self.ended, self.reason = True, reason
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def pieces(self) -> AsyncIterator[bytes]:
        """What was taken, until it is ended."""
        while (pcm := await self._queue.get()) is not None:
            yield pcm
