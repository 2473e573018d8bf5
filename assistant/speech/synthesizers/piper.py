"""Piper: a neural voice. Better to listen to than espeak-ng, and ten times slower."""

import asyncio
from pathlib import Path

from piper import PiperVoice

from assistant.speech.models import Sound


class PiperSynthesizer:
    """One voice."""

    name = "piper"

    def __init__(self, folder: Path) -> None:
        self._voice = PiperVoice.load(folder / "voice.onnx", download_dir=folder)
        self._turn = asyncio.Lock()

    async def speak(self, text: str, language: str) -> Sound:
        """Speech for one sentence."""
        async with self._turn:
            return await asyncio.to_thread(self._speak, text)

    async def close(self) -> None:
        """Nothing to end."""

    def _speak(self, text: str) -> Sound:
        pcm = b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text))
        return Sound(rate=self._voice.config.sample_rate, pcm=pcm)
