"""Announcements as sound, made beforehand: an alarm is said also while the speech worker is down."""

import asyncio
import contextlib
import hashlib
import os
import wave
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

from assistant import log
from assistant.errors import AssistantError
from assistant.speech import wav
from assistant.speech.models import Sound

RENDER_S = 1.0
"""Longest wait for a sentence that nobody foresaw; the alarm goes on without it."""
MOST_MADE, MOST_OTHERS = 1000, 30
PREPARE_S = 10.0
"""Longest wait for one that is made ahead."""

type Speak = Callable[[str, str], AsyncGenerator[Sound]]
"""Text and language to speech, piece by piece."""


class Sounds:
    """Sentences of the station and of its alerts by content; never what a traveller said. Those made ahead are kept in a folder."""

    def __init__(self, folder: Path, speak: Speak) -> None:
        self._folder, self._speak = folder, speak
        self._made: dict[str, Sound] = {}
        self._others: dict[str, Sound] = {}
        """Of what nobody foresaw, the last few."""

    def load(self) -> None:
        """Takes what was made before this start into memory: in an alarm no disk is waited for."""
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob("*.wav"))[:MOST_MADE]:
                if (sound := _read(path)) is not None:
                    self._made.setdefault(path.stem, sound)

    async def prepare(self, texts: Iterable[tuple[str, str]]) -> bool:
        """Makes (language, text) ahead, in today's voice, and drops what is not among them any more; False where some could not be made."""
        wanted = {_key(language, text): (language, text) for language, text in texts}
        whole = True
        for key, (language, text) in wanted.items():
            sound = await self._rendered(language, text, PREPARE_S)
            if sound is None:
                whole = False
                continue
            self._made[key] = sound
            await asyncio.to_thread(self._keep, key, sound)
        self._made = {key: sound for key, sound in self._made.items() if key in wanted}
        await asyncio.to_thread(self._drop, set(wanted))
        return whole

    async def of(self, language: str, text: str) -> Sound | None:
        """The sound of a sentence: made ahead, or made now; None where it cannot be had in time."""
        key = _key(language, text)
        found = self._made.get(key) or self._others.get(key)
        if found is None and (found := await self._rendered(language, text, RENDER_S)) is not None:
            self._others[key] = found
            while len(self._others) > MOST_OTHERS:
                del self._others[next(iter(self._others))]
        return found

    async def _rendered(self, language: str, text: str, limit_s: float) -> Sound | None:
        pieces: list[Sound] = []
        try:
            async with asyncio.timeout(limit_s), contextlib.aclosing(self._speak(text, language)) as sounds:
                async for sound in sounds:
                    pieces.append(sound)
        except (AssistantError, TimeoutError):
            return None
        except Exception as error:  # whatever a voice does, the alarm goes on
            log.failure("announcement_not_rendered", error)
            return None
        return joined(pieces)

    def _keep(self, key: str, sound: Sound) -> None:
        path = self._path(key)
        body = wav.marked_synthetic(wav.encode(sound.pcm, sound.rate))
        try:
            if path.is_file() and path.read_bytes() == body:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_bytes(body)
            os.replace(fresh, path)
        except OSError as error:
            log.failure("announcement_not_kept", error)

    def _drop(self, wanted: set[str]) -> None:
        with contextlib.suppress(OSError):
            for path in self._folder.glob("*.wav"):
                if path.stem not in wanted:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.wav"


def _read(path: Path) -> Sound | None:
    try:
        with wave.open(str(path)) as file:
            return Sound(rate=file.getframerate(), pcm=file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error):
        return None


def joined(pieces: list[Sound]) -> Sound | None:
    """Pieces of one rate as one; None for none."""
    if not pieces:
        return None
    return Sound(rate=pieces[0].rate, pcm=b"".join(piece.pcm for piece in pieces))


def _key(language: str, text: str) -> str:
    return hashlib.sha256(f"{language}\0{text}".encode()).hexdigest()[:32]
