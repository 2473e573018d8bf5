"""What the worker asks of its engines."""

from collections.abc import Sequence
from typing import Protocol

from assistant.speech.models import Alternative, Pace, Sound, Voice


class Utterance(Protocol):
    """One utterance in a recogniser. Its calls block and come one at a time, from any thread."""

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        """Takes s16le mono 16 kHz and where voice has been up to its end; returns what is understood so far where that may have changed."""

    def finish(self) -> list[Alternative]:
        """The hypotheses for the whole utterance, best first; empty where nothing was said."""


class Recognizer(Protocol):
    """An engine that hears one or more languages. Utterances may be open side by side."""

    name: str
    captions: bool

    @property
    def decode_s(self) -> float:
        """Seconds the last decoding of a whole utterance took; 0 for engines that decode while somebody speaks."""

    def open(self, language: str, vocabulary: Sequence[str], *, captions: bool = True) -> Utterance:
        """Begins an utterance; `vocabulary` names what is likely to be said, most likely first. Captions may cost time: who needs
        none says so."""


class Synthesizer(Protocol):
    """An engine that speaks one or more languages."""

    name: str
    slow: bool
    """True where a sentence takes so long that fixed ones are better made ahead."""

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        """Speech for one sentence. Raises Unavailable."""

    async def close(self) -> None:
        """Ends what it started."""
