"""Vosk (Kaldi): hears while the traveller speaks. Needs a model of its own for each language."""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import vosk  # type: ignore[import-untyped]

from assistant.errors import ModelError
from assistant.speech.models import RATE, Alternative, Voice

ALTERNATIVES = 3

vosk.SetLogLevel(-1)


class VoskRecognizer:
    """A recogniser of one language."""

    name = "vosk"
    captions = True
    decode_s = 0.0

    def __init__(self, folder: Path) -> None:
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # the binding raises nothing more precise
            raise ModelError(f"{folder.name} cannot be loaded") from error

    def knows(self, word: str) -> bool:
        """Whether the model can write a word at all."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def open(self, language: str, vocabulary: Sequence[str], *, captions: bool = True) -> "VoskUtterance":
        """Begins an utterance. The vocabulary is not used: a Vosk grammar would shut out every other word."""
        return VoskUtterance(self._model)


class VoskUtterance:
    """One utterance. Kaldi cuts it at pauses; the pieces are put together again."""

    def __init__(self, model: vosk.Model) -> None:
        self._recognizer = vosk.KaldiRecognizer(model, RATE)
        self._recognizer.SetMaxAlternatives(ALTERNATIVES)
        self._voice = Voice()
        self._pieces: list[list[Alternative]] = []

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        """Takes sound and returns the text so far."""
        self._voice = voice
        if self._recognizer.AcceptWaveform(pcm):
            self._keep(self._recognizer.Result())
            partial = ""
        else:
            partial = _plain(json.loads(self._recognizer.PartialResult())["partial"])
        return " ".join([*(piece[0].text for piece in self._pieces), partial]).strip() or None

    def finish(self) -> list[Alternative]:
        """The whole utterance, the best of each piece first."""
        self._keep(self._recognizer.FinalResult())
        if not self._voice.heard or not self._pieces:
            return []
        ranks = range(max(len(piece) for piece in self._pieces))
        whole = [_joined([piece[min(rank, len(piece) - 1)] for piece in self._pieces]) for rank in ranks]
        return list({alternative.text: alternative for alternative in reversed(whole)}.values())[::-1]

    def _keep(self, result: str) -> None:
        found = [(_plain(item["text"]), item["confidence"]) for item in json.loads(result).get("alternatives", [])]
        if found := [(text, score) for text, score in found if text]:
            self._pieces.append(_ranked(found))


def _plain(text: str) -> str:
    """Without the brackets that the Korean models write around numerals, as in "[3] 번"."""
    return re.sub(r"\[(\d+)\]", r"\1", text).strip()


def _ranked(scored: list[tuple[str, float]]) -> list[Alternative]:
    """Kaldi's scores are log-likelihoods without a scale: their share among the alternatives is what can be said."""
    best = max(score for _, score in scored)
    weights = [math.exp(score - best) for _, score in scored]
    return [Alternative(text=text, confidence=weight / sum(weights)) for (text, _), weight in zip(scored, weights, strict=True)]


def _joined(pieces: list[Alternative]) -> Alternative:
    return Alternative(text=" ".join(piece.text for piece in pieces), confidence=min(piece.confidence for piece in pieces))
