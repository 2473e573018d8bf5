"""Two engines on one utterance: one captions while the traveller speaks, the better one has the last word."""

from collections.abc import Sequence

from assistant.speech.models import Alternative, Voice
from assistant.speech.worker.ports import Recognizer, Utterance


class TwoPassRecognizer:
    """Captions by `quick`, the final text by `thorough`; what `quick` understood in the end is its alternative."""

    captions = True

    def __init__(self, quick: Recognizer, thorough: Recognizer) -> None:
        self._quick, self._thorough = quick, thorough
        self.name = f"{quick.name}+{thorough.name}"

    @property
    def decode_s(self) -> float:
        """The thorough engine's."""
        return self._thorough.decode_s

    def open(self, language: str, vocabulary: Sequence[str], *, captions: bool = True) -> "TwoPassUtterance":
        """Begins an utterance in both."""
        quick = self._quick.open(language, vocabulary, captions=captions)
        return TwoPassUtterance(quick, self._thorough.open(language, vocabulary, captions=False))


class TwoPassUtterance:
    """One utterance in two engines."""

    def __init__(self, quick: Utterance, thorough: Utterance) -> None:
        self._quick, self._thorough = quick, thorough

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        """Takes sound; the thorough engine decodes in pauses, and what it finds is the better caption."""
        caption = self._quick.accept(pcm, voice)
        return self._thorough.accept(pcm, voice) or caption

    def finish(self) -> list[Alternative]:
        """The thorough engine's hypotheses, then the quick one's best, no likelier than those."""
        found = self._thorough.finish()
        if not found:
            return []  # it heard noise, and it has the last word
        least = min(item.confidence for item in found)
        texts = {item.text for item in found}
        others = [item for item in self._quick.finish()[:1] if item.text not in texts]
        return found + [Alternative(text=item.text, confidence=min(item.confidence, least)) for item in others]
