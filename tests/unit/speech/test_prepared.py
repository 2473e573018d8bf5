"""Fixed sentences made ahead: found again by what is said, at the normal pace, and bounded."""

import asyncio

from assistant.speech.models import Pace, Sound
from assistant.speech.worker.prepared import Prepared


class Voice:
    """Counts what it is asked to say."""

    name = "counting"

    def __init__(self, *, slow: bool) -> None:
        self.slow = slow
        self.said: list[str] = []

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        self.said.append(text)
        return Sound(rate=16000, pcm=bytes(100))

    async def close(self) -> None:
        pass


async def made(prepared: Prepared) -> None:
    async with asyncio.timeout(5):
        while prepared._work:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_slow_voice_makes_fixed_sentences_once_and_ahead() -> None:
    voice = Voice(slow=True)
    prepared = Prepared({"en": voice})
    prepared.prepare(["Hello. Mind the gap.", "Hello."], "en")
    await made(prepared)
    assert voice.said == ["Hello.", "Mind the gap."]
    for _ in range(3):
        await prepared.speak("Mind the gap.", "en", "normal")
    assert len(voice.said) == 2
    await prepared.speak("Mind the gap.", "en", "slow")
    await prepared.speak("Not known before.", "en", "normal")
    await prepared.speak("Not known before.", "en", "normal")
    assert voice.said[2:] == ["Mind the gap.", "Not known before.", "Not known before."], "what was not named beforehand is never kept"


async def test_a_quick_voice_needs_nothing_ahead_and_a_missing_one_nothing_at_all() -> None:
    voice = Voice(slow=False)
    prepared = Prepared({"en": voice})
    prepared.prepare(["Hello."], "en")
    prepared.prepare(["Hello."], "ko")
    await made(prepared)
    assert voice.said == []


async def test_room_is_bounded() -> None:
    voice = Voice(slow=True)
    prepared = Prepared({"en": voice}, limit_bytes=250)
    prepared.prepare([f"Sentence {number}." for number in range(10)], "en")
    await made(prepared)
    assert len(voice.said) == 3
    prepared.close()
