"""Says life-safety alerts aloud, in every language of the station in turn, over and over until they are cleared."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import log
from assistant.alarm.loudspeaker import Loudspeaker
from assistant.alarm.sounds import Sounds
from assistant.speech.models import Sound

GAP_S = 0.5
"""Silence between two languages."""
ROUND_S = 3.0
"""Silence after the last language."""

type Page = Callable[[str, str, Sound], Awaitable[None]]
"""Plays a sound in a page: id of the alert, language, sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is said of one alert: language → sentences."""

    alert_id: str
    sentences: Mapping[str, tuple[str, ...]]


class Announcer:
    """Runs on the event loop. `general` is language → the sentence that is said where an alert's own cannot be had."""

    def __init__(self, sounds: Sounds, loudspeaker: Loudspeaker, general: Mapping[str, str]) -> None:
        self._sounds, self._loudspeaker, self._general = sounds, loudspeaker, general
        self._pages: set[Page] = set()
        self._said: tuple[Announcement, ...] = ()
        self._task: asyncio.Task[None] | None = None

    def say(self, announcements: Sequence[Announcement]) -> None:
        """From now on exactly these are said; a change begins at once, in the middle of a word."""
        if tuple(announcements) == self._said:
            return
        self._said = tuple(announcements)
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._run(self._said)) if self._said else None

    @contextlib.contextmanager
    def page(self, play: Page) -> Iterator[None]:
        """A page that plays announcements where the machine has no loudspeaker of its own, while this is open."""
        self._pages.add(play)
        try:
            yield
        finally:
            self._pages.discard(play)

    async def stop(self) -> None:
        """Silence."""
        task, self._task, self._said = self._task, None, ()
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    async def _run(self, announcements: tuple[Announcement, ...]) -> None:
        while True:
            for announcement in announcements:
                for language, sentences in announcement.sentences.items():
                    try:
                        await self._one(announcement.alert_id, language, sentences)
                    except Exception as error:  # whatever fails, the next language is said
                        log.failure("announcement_failed", error)
                    await asyncio.sleep(GAP_S)
            await asyncio.sleep(ROUND_S)

    async def _one(self, alert_id: str, language: str, sentences: tuple[str, ...]) -> None:
        """One alert in one language. The first sentence is what counts: without it the general one is said."""
        first = await self._sounds.of(language, sentences[0]) if sentences else None
        if first is None:
            sentences = (self._general[language],)
            first = await self._sounds.of(language, self._general[language])
        if first is None:
            return
        await self._play(alert_id, language, first)
        for sentence in sentences[1:]:
            if sound := await self._sounds.of(language, sentence):
                await self._play(alert_id, language, sound)

    async def _play(self, alert_id: str, language: str, sound: Sound) -> None:
        if await self._loudspeaker.play(sound):
            return
        pages = list(self._pages)
        await asyncio.gather(*(page(alert_id, language, sound) for page in pages), return_exceptions=True)
        await asyncio.sleep(len(sound.pcm) / 2 / sound.rate)
