"""A synthesiser that makes silence as long as the words would take, for tests and for kiosks that must be quiet."""

from collections.abc import Mapping

from assistant.speech.models import RATE, Pace, Sound

SECONDS_A_CHARACTER: dict[Pace, float] = {"normal": 0.06, "slow": 0.08}


class SilentSynthesizer:
    """Speaks every language, without a sound."""

    name = "silent"
    slow = False

    def __init__(self, speeds: Mapping[str, float] | None = None) -> None:
        self._speeds = speeds or {}

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        """Silence."""
        return Sound(rate=RATE, pcm=bytes(2 * int(len(text) * SECONDS_A_CHARACTER[pace] * RATE / self._speeds.get(language, 1.0))))

    async def close(self) -> None:
        """Nothing to end."""
