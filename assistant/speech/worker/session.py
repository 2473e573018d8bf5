"""One utterance in the worker: a bounded queue of sound, what is noticed in it at once, and the task that feeds it to the recogniser."""

import asyncio
from collections.abc import Awaitable, Callable

from assistant.errors import TooLarge
from assistant.speech.activity import VoiceActivity
from assistant.speech.endpointing import Endpointer, Limits, Sign
from assistant.speech.models import RATE, Alternative
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.ports import Utterance

PIECE = RATE // 10 * 2
"""Sound that is listened through in one go, a tenth of a second: a few milliseconds of the loop's time."""


class Session:
    """Takes sound at once, listens through it piece by piece, and decodes it in its own time, all that has gathered in one go."""

    def __init__(
        self, utterance: Utterance, pool: Pool, longest_s: float, limits: Limits,
        on_caption: Callable[[str], Awaitable[None]], on_sign: Callable[[Sign], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._utterance = utterance
        self._pool = pool
        self._longest_s = longest_s
        self._on_caption, self._on_sign = on_caption, on_sign
        self._activity = VoiceActivity()
        self._endpointer = Endpointer(limits)
        self._room = int(longest_s * RATE) * 2
        self._taken, self._pending = bytearray(), bytearray()
        self._news, self._wake = asyncio.Event(), asyncio.Event()
        self._ended = self._listened = False
        self._listening = asyncio.create_task(self._listen())
        self._task = asyncio.create_task(self._decode())

    def feed(self, pcm: bytes) -> None:
        """Queues s16le mono 16 kHz. Raises TooLarge past the longest utterance."""
        self._room -= len(pcm)
        if self._room < 0:
            raise TooLarge(f"the utterance is longer than {self._longest_s:g} s", code="audio-too-long")
        self._taken += pcm
        self._news.set()

    async def finish(self) -> list[Alternative]:
        """No more sound comes: waits for the hypotheses."""
        self._ended = True
        self._news.set()
        await self._listening
        return await self._task

    def drop(self) -> None:
        """Ends it and forgets its sound."""
        self._listening.cancel()
        self._task.cancel()
        self._taken.clear()
        self._pending.clear()

    async def _listen(self) -> None:
        """Follows the voice through what was taken, never behind a decoder that is at work."""
        while not (self._ended and not self._taken):
            await self._news.wait()
            self._news.clear()
            while self._taken:
                piece = bytes(self._taken[:PIECE])
                del self._taken[:PIECE]
                signs = [self._endpointer.take(frame.probability, frame.power, frame.seconds) for frame in self._activity.feed(piece)]
                self._pending += piece
                self._wake.set()
                for sign in signs:
                    if sign is not None:
                        await self._on_sign(sign)
                await asyncio.sleep(0)
        self._listened = True
        self._wake.set()

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
            if self._listened and not self._pending:
                return await self._pool.run(self._utterance.finish)
