"""One utterance in the worker: a bounded queue of sound, what is noticed in it at once, and the task that feeds it to the recogniser."""

import asyncio
from collections.abc import Awaitable, Callable

from assistant.errors import TooLarge
from assistant.speech.activity import VoiceActivity
from assistant.speech.endpointing import Endpointer, Limits, Sign
from assistant.speech.models import RATE, Alternative
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.ports import Utterance


class Session:
    """Takes sound at once and decodes it in its own time, all that has gathered in one go."""

    def __init__(
        self, utterance: Utterance, pool: Pool, longest_s: float, limits: Limits, on_caption: Callable[[str], Awaitable[None]]
    ) -> None:
        self._utterance = utterance
        self._pool = pool
        self._longest_s = longest_s
        self._on_caption = on_caption
        self._activity = VoiceActivity()
        self._endpointer = Endpointer(limits)
        self._room = int(longest_s * RATE) * 2
        self._pending = bytearray()
        self._wake = asyncio.Event()
        self._ended = False
        self._task = asyncio.create_task(self._decode())

    def feed(self, pcm: bytes) -> list[Sign]:
        """Queues s16le mono 16 kHz; returns what is noticed with it. Raises TooLarge past the longest utterance."""
        self._room -= len(pcm)
        if self._room < 0:
            raise TooLarge(f"the utterance is longer than {self._longest_s:g} s", code="audio-too-long")
        self._pending += pcm
        self._wake.set()
        signs = [self._endpointer.take(frame.probability, frame.power, frame.seconds) for frame in self._activity.feed(pcm)]
        return [sign for sign in signs if sign is not None]

    async def finish(self) -> list[Alternative]:
        """No more sound comes: waits for the hypotheses."""
        self._ended = True
        self._wake.set()
        return await self._task

    def drop(self) -> None:
        """Ends it and forgets its sound."""
        self._task.cancel()
        self._pending.clear()

    async def _decode(self) -> list[Alternative]:
        shown = None
        while True:
            await self._wake.wait()
            self._wake.clear()
            pcm, voice = bytes(self._pending), self._activity.voice
            self._pending.clear()
            if pcm:
                caption = await self._pool.run(self._utterance.accept, pcm, voice)
                if caption and caption != shown:
                    shown = caption
                    await self._on_caption(caption)
            if self._ended and not self._pending:
                return await self._pool.run(self._utterance.finish)
