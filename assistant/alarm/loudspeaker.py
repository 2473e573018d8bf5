"""The machine's own loudspeaker: a life-safety alert is heard also where the page is dead."""

import asyncio
import contextlib
import shutil
import time
from typing import Protocol

from assistant import log
from assistant.speech.models import Sound

GRACE_S = 1.5
"""So much longer than the sound itself may playing take, before it is given up."""
SHUNNED_S = 60.0
"""So long a player that hung is not tried again: the page speaks meanwhile."""
KILL_S = 1.0
SILENCE = Sound(rate=16_000, pcm=bytes(3200))
PLAYER = "aplay"
"""Of Debian's alsa-utils."""


class Loudspeaker(Protocol):
    """What plays a sound to its end."""

    async def play(self, sound: Sound) -> bool:
        """Plays it; False where nobody can have heard it. Never raises, nor takes much longer than the sound; cancelled, it is silent."""


class NoLoudspeaker:
    """A machine without one: the page has to speak."""

    async def play(self, sound: Sound) -> bool:
        """Nobody hears it."""
        return False


class AlsaLoudspeaker:
    """ALSA's player, a process for each sound: nothing of it can hang here or stay behind."""

    def __init__(self, device: str = "default", program: str = PLAYER) -> None:
        self._device, self._program, self._heard, self._shunned_until = device, program, True, 0.0

    async def probe(self) -> None:
        """Tries it with a moment of silence, so that what hangs is known before it matters."""
        await self.play(SILENCE)

    async def play(self, sound: Sound) -> bool:
        """Plays it; False where there is no player, no sound card, or it takes too long."""
        path = shutil.which(self._program)
        played = path is not None and time.monotonic() >= self._shunned_until and await self._played(path, sound)
        if played != self._heard:
            self._heard = played
            log.event("loudspeaker", heard=played)
        return played

    async def _played(self, path: str, sound: Sound) -> bool:
        words = ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(sound.rate), "-D", self._device)
        try:
            process = await asyncio.create_subprocess_exec(
                path, *words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
            )
        except OSError:
            return False
        try:
            async with asyncio.timeout(len(sound.pcm) / 2 / sound.rate + GRACE_S):
                await process.communicate(sound.pcm)
        except TimeoutError:
            self._shunned_until = time.monotonic() + SHUNNED_S
            return False
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), KILL_S)
        return process.returncode == 0
