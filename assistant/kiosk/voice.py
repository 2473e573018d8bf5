"""What sounds in the page, one at a time: the speech of an answer, a text that the page wants to have read, an alarm."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant import log
from assistant.conversation.models import Wire
from assistant.errors import AssistantError
from assistant.kiosk import protocol as wire
from assistant.kiosk.ports import Page
from assistant.speech.models import Pace, Sound
from assistant.speech.ports import Speech

type Outcome = Literal["said", "cancelled", "unable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text as it is spoken, and as it is read on the screen meanwhile."""

    speech: str
    text: str


class Voice:
    """Says one thing at a time: what begins ends what sounds. An alarm gives way to nothing."""

    def __init__(self, page: Page, speech: Speech, tick: Callable[[], float] = time.monotonic) -> None:
        self._page, self._speech, self._tick = page, speech, tick
        self._one = asyncio.Lock()
        self._work: asyncio.Task[None] | None = None
        self._told: asyncio.Task[None] | None = None
        """What ends once the page knows that `_work` has ended."""
        self._alarm_ends = 0.0

    async def answer(self, turn_id: str, texts: Sequence[Said], language: str, pace: Pace) -> None:
        """Says texts one after another; returns when all was sent or something else sounds. Raises Unavailable where no voice is."""
        async with self._one:
            await self._end()
            work = self._work = self._told = asyncio.create_task(self._answer(turn_id, texts, language, pace))
        try:
            await asyncio.wait({work})
        finally:
            work.cancel()
            await asyncio.wait({work})
        if not work.cancelled():
            work.result()

    async def read(self, message: wire.Read, pace: Pace, *, allowed: bool = True) -> None:
        """Begins to read a text aloud; its end is told by exactly one `reading_end`. Nothing is read while an alarm is said."""
        async with self._one:
            await self._end()
            if not allowed or self._tick() < self._alarm_ends:
                return await self._ended(message.reading_id, "cancelled")
            self._begin(message.reading_id, self._read(message, pace))

    async def alarm(self, alert_id: str, language: str, sound: Sound) -> None:
        """Sends a piece of an alarm, and counts it as said for as long as it sounds."""
        async with self._one:
            await self._end()
            self._alarm_ends = self._tick() + len(sound.pcm) / 2 / sound.rate
            await self._page.send(wire.AlertAudio(alert_id=alert_id, language=language, rate=sound.rate))
            await self._page.send_sound(sound.pcm)

    def alarm_over(self) -> None:
        """No alarm stands any more: the page has ended its sound, whatever was left of it."""
        self._alarm_ends = 0.0

    async def quiet(self) -> None:
        """Ends what sounds."""
        async with self._one:
            await self._end()

    async def _end(self) -> None:
        work, told, self._work, self._told = self._work, self._told, None, None
        if work is not None and told is not None:
            work.cancel()
            await asyncio.wait({told})

    def _begin(self, reading_id: str, reading: Coroutine[Any, Any, None]) -> None:
        """The work alone is cancelled, so that what tells its end is not."""
        self._work = asyncio.create_task(reading)
        self._told = asyncio.create_task(self._tell(reading_id, self._work))

    async def _tell(self, reading_id: str, work: asyncio.Task[None]) -> None:
        outcome: Outcome = "unable"
        try:
            await work
            outcome = "said"
        except asyncio.CancelledError:
            outcome = "cancelled"
        except AssistantError:
            pass  # A missing voice is told by the status.
        except Exception as error:
            log.failure("reading_failed", error)
        await self._ended(reading_id, outcome)

    async def _ended(self, reading_id: str, outcome: Outcome) -> None:
        with contextlib.suppress(Exception):  # the page may be gone
            await self._page.send(wire.ReadingEnd(reading_id=reading_id, outcome=outcome))

    async def _read(self, message: wire.Read, pace: Pace) -> None:
        await self._say(message.text, message.language, pace, lambda rate: wire.Reading(reading_id=message.reading_id, rate=rate))

    async def _answer(self, turn_id: str, texts: Sequence[Said], language: str, pace: Pace) -> None:
        def announced(text: str) -> Callable[[int], Wire]:
            return lambda rate: wire.Audio(turn_id=turn_id, rate=rate, text=text)

        for said in texts:
            await self._say(said.speech, language, pace, announced(said.text))

    async def _say(self, text: str, language: str, pace: Pace, announced: Callable[[int], Wire]) -> None:
        """Sends speech piece by piece, the first one after its announcement."""
        begun = False
        async with contextlib.aclosing(self._speech.synthesise(text, language, pace=pace)) as sounds:
            async for sound in sounds:
                if not begun:
                    await self._page.send(announced(sound.rate))
                    begun = True
                await self._page.send_sound(sound.pcm)
