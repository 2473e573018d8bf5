"""A recogniser that hears what it was told, for tests and demonstrations without models."""

import itertools
from collections.abc import Sequence

from assistant.speech.models import Alternative, Voice


class ScriptedRecognizer:
    """Hears its texts, one an utterance, over and over; in silence it hears nothing and keeps its place."""

    name = "scripted"
    captions = True
    decode_s = 0.0

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = itertools.cycle(texts or ("",))

    def open(self, language: str, vocabulary: Sequence[str], *, captions: bool = True) -> "ScriptedUtterance":
        """Begins an utterance."""
        return ScriptedUtterance(self._texts)


class ScriptedUtterance:
    """Draws its text with the first sound, and shows one word more with every piece of sound."""

    def __init__(self, texts: "itertools.cycle[str]") -> None:
        self._texts = texts
        self._text: str | None = None
        self._pieces = 0

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        """Takes sound; all zeros are silence."""
        if self._text is None and any(pcm):
            self._text = next(self._texts)
        if self._text is None:
            return None
        self._pieces += 1
        return " ".join(self._text.split(" ")[: self._pieces])

    def finish(self) -> list[Alternative]:
        """The text, with full confidence."""
        return [Alternative(text=self._text, confidence=1.0)] if self._text else []
