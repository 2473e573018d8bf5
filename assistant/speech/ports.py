"""What the assistant asks of a speech service. Met by `client.SpeechClient` (our worker or any Wyoming service)."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from assistant.speech.endpointing import Sign
from assistant.speech.models import Caption, Heard, LanguageSpeech, Pace, Sound


class Listening(Protocol):
    """One utterance being heard. Feeding never blocks the caller for long; past the bound it raises Busy."""

    async def feed(self, pcm: bytes) -> None:
        """Takes s16le mono 16 kHz."""

    async def finish(self) -> Heard:
        """No more sound comes; waits for the final text. Raises Unavailable."""

    def captions(self) -> AsyncIterator[Caption]:
        """Captions while speaking; ends when the utterance does."""

    async def over(self) -> Sign:
        """Waits until the traveller is done speaking, or until nobody spoke; for ever where the service does not notice it."""


class Speech(Protocol):
    """Hearing and speaking. Every call raises Unavailable where the worker is down, and none hangs."""

    def listen(self, language: str, vocabulary: list[str]) -> AbstractAsyncContextManager[Listening]:
        """Opens an utterance; leaving the context drops all its sound."""

    def synthesise(self, text: str, language: str, *, pace: Pace = "normal") -> AsyncGenerator[Sound]:
        """Speech for `text`, sentence by sentence, the first as soon as it is made; who stops early closes it."""

    async def languages(self) -> dict[str, LanguageSpeech]:
        """What each language of the station can do now; empty while the worker is down."""
