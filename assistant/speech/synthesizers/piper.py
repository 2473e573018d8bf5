"""Piper: a neural voice. Better to listen to than espeak-ng, and ten times slower."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from piper import PiperVoice, SynthesisConfig

from assistant.speech.models import Pace, Sound

LENGTHS: dict[Pace, float] = {"slow": 1.35, "normal": 1.0, "fast": 0.72}
"""Slow speech takes so many times as long."""


class PiperSynthesizer:
    """One voice."""

    name = "piper"
    slow = True

    def __init__(self, folder: Path, speeds: Mapping[str, float] | None = None) -> None:
        self._speeds = speeds or {}
        self._voice = PiperVoice.load(folder / "voice.onnx", download_dir=folder)
        self._turn = asyncio.Lock()

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        """Speech for one sentence. A thread cannot be stopped: the next one's turn comes when it ends, even if nobody waits for it."""
        await self._turn.acquire()
        work = asyncio.ensure_future(asyncio.to_thread(self._speak, text, pace, self._speeds.get(language, 1.0)))
        work.add_done_callback(lambda _: self._turn.release())
        return await asyncio.shield(work)

    async def close(self) -> None:
        """Nothing to end."""

    def _speak(self, text: str, pace: Pace, speed: float = 1.0) -> Sound:
        length = self._voice.config.length_scale * LENGTHS[pace] / speed
        pcm = b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text, SynthesisConfig(length_scale=length)))
        return Sound(rate=self._voice.config.sample_rate, pcm=pcm)
