"""Whisper by CTranslate2 (faster-whisper): hears whole utterances, in every language of its model.

Whisper pads every clip to 30 s. A window of 10 s gives the same text in a quarter of the time, as long as the clip is well
shorter than the window: close to its length, Whisper loops.
"""

import math
import os
import re
import time
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.tokenizer import Tokenizer  # type: ignore[import-untyped]
from faster_whisper.transcribe import get_suppressed_tokens  # type: ignore[import-untyped]

from assistant.errors import ModelError
from assistant.speech.models import RATE, Alternative, Voice

type Samples = np.ndarray[tuple[Any, ...], np.dtype[np.float32]]
"""Sound as numbers from -1 to 1."""

WINDOWS_S = (10, 15, 30)
MARGIN_S = 2.0
"""Room a window needs beyond the clip."""
EDGE_S = 0.3
"""Sound kept around the voice."""
PAUSE_S = 0.35
"""Silence after which what was said so far is decoded: it is the caption, and the answer if nothing more is said."""
CAPTION_S = (1.2, 2.0)
"""Speech before the first caption, and between two of them, on machines that are quick enough."""
QUICK_S = 0.35
"""A release that falls into the decoding of a caption waits for it: slower machines caption in pauses only."""
PROMPT_TOKENS = 200
"""Whisper keeps the last 224 tokens of a prompt."""
TOKENS_PER_S = 14
"""Nobody speaks faster; a text that wants more is a loop."""
NO_SPEECH = 0.6
DOUBT = -1.0
"""Mean log-probability below which a text is a guess."""
GUESS = -0.35
"""Mean log-probability below which other hypotheses are looked for too: a third to a half of a decoding more."""
BEAMS = 3
REPETITIVE = 2.4
"""Compression ratio above which a text is a loop."""
ECHO_ITEMS = 3
ECHO_SHARE = 0.66
"""A list of so many items, most of them names of the vocabulary, is an echo of it and no speech."""

STYLE = {"zh": "以下是普通话的句子。"}
"""Opening of the prompt: it makes Whisper write simplified characters."""
MARKS = {"zh": ("、", "。")}
"""Comma and full stop of a list; a list that is left open makes Whisper go on listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoded:
    text: str
    log_probability: float
    no_speech: float
    others: tuple[tuple[str, float], ...] = ()
    """Other hypotheses and their log-probabilities."""


class WhisperRecognizer:
    """One model, shared by its languages."""

    name = "whisper"
    captions = True

    def __init__(self, folder: Path) -> None:
        self.decode_s = 0.0
        """Seconds the last decoding took."""
        threads = min(4, len(os.sched_getaffinity(0)))
        try:
            self._whisper = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"{folder.name} cannot be loaded") from error
        self._tokenizer = lru_cache(self._make_tokenizer)
        self._prompt = lru_cache(maxsize=16)(self._make_prompt)
        self.measure()  # the first run is slow: better now than with a traveller

    def measure(self) -> None:
        """Times a decoding, the quickest of three, into `decode_s`: how quick this machine is when nothing else is at work on it."""
        times = []
        for _ in range(3):
            self._decode(np.zeros(RATE, np.float32), "en", (), WINDOWS_S[0], wider=False)
            times.append(self.decode_s)
        self.decode_s = min(times)

    def open(self, language: str, vocabulary: Sequence[str], *, captions: bool = True) -> "WhisperUtterance":
        """Begins an utterance; without `captions` it is decoded in pauses only."""
        return WhisperUtterance(self, language, tuple(vocabulary), captions=captions)

    def decode(self, samples: Samples, language: str, vocabulary: tuple[str, ...], *, wider: bool) -> _Decoded:
        """The text of `samples`; an echo of the prompt or a loop is decoded once more, without it and with more room.

        `wider` looks for other hypotheses where the text is a guess.
        """
        wanted = len(samples) / RATE + MARGIN_S
        window = next((seconds for seconds in WINDOWS_S if seconds >= wanted), WINDOWS_S[-1])
        decoded = self._decode(samples, language, self._prompt(language, vocabulary), window, wider=wider)
        if _loops(decoded.text) or _echoes(decoded.text, vocabulary, STYLE.get(language, "")):
            decoded = self._decode(samples, language, (), WINDOWS_S[-1], wider=False)
        if _loops(decoded.text) or (decoded.no_speech > NO_SPEECH and decoded.log_probability < DOUBT):
            return replace(decoded, text="", others=())
        return decoded

    def _decode(self, samples: Samples, language: str, before: tuple[int, ...], window_s: int, *, wider: bool) -> _Decoded:
        began = time.monotonic()
        frames = window_s * 100
        features = self._whisper.feature_extractor(samples)[:, :frames]
        features = np.pad(features, ((0, 0), (0, frames - features.shape[1])))
        encoded = self._whisper.encode(np.ascontiguousarray(features))
        tokenizer, suppressed = self._tokenizer(language)
        prompt = [*([tokenizer.sot_prev, *before] if before else []), *tokenizer.sot_sequence, tokenizer.no_timestamps]
        options = {
            "max_length": len(prompt) + 8 + math.ceil(TOKENS_PER_S * len(samples) / RATE),
            "return_scores": True,
            "return_no_speech_prob": True,
            "suppress_blank": True,
            "suppress_tokens": suppressed,
        }
        result = self._whisper.model.generate(encoded, [prompt], beam_size=1, **options)[0]
        text, log_probability = _hypotheses(tokenizer, result)[0]
        others: list[tuple[str, float]] = []
        if wider and log_probability < GUESS:
            wider = self._whisper.model.generate(encoded, [prompt], beam_size=BEAMS, num_hypotheses=BEAMS, **options)[0]
            others = _hypotheses(tokenizer, wider)
        self.decode_s = time.monotonic() - began
        return _Decoded(text=text, log_probability=log_probability, no_speech=result.no_speech_prob, others=tuple(others))

    def _make_tokenizer(self, language: str) -> tuple[Any, list[int]]:
        model = self._whisper.model
        tokenizer = Tokenizer(self._whisper.hf_tokenizer, model.is_multilingual, task="transcribe", language=language)
        return tokenizer, list(get_suppressed_tokens(tokenizer, [-1]))

    def _make_prompt(self, language: str, vocabulary: tuple[str, ...]) -> tuple[int, ...]:
        """The prompt before the utterance: style and as many names as there is room for."""
        tokenizer, _ = self._tokenizer(language)
        style, names, comma, stop = STYLE.get(language, ""), "", *MARKS.get(language, (", ", "."))
        for name in vocabulary:
            longer = f"{names}{comma if names else ''}{name}"
            if len(tokenizer.encode(f" {style}{longer}{stop}")) > PROMPT_TOKENS:
                break
            names = longer
        return tuple(tokenizer.encode(f" {style}{names}{stop if names else ''}")) if style or names else ()


class WhisperUtterance:
    """One utterance, kept in memory until it is finished."""

    def __init__(self, recognizer: WhisperRecognizer, language: str, vocabulary: tuple[str, ...], *, captions: bool) -> None:
        self._recognizer = recognizer
        self._captions = captions
        self._language = language
        self._vocabulary = vocabulary
        self._voice = Voice()
        self._pcm = bytearray()
        self._draft: _Decoded | None = None
        self._drafted_to = 0

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        """Takes sound; returns the text so far in a pause, and now and then while somebody speaks."""
        self._pcm += pcm
        self._voice = voice
        return self._decode(wider=self._voice.pause_s >= PAUSE_S).text or None if self._caption_due() else None

    def finish(self) -> list[Alternative]:
        """The text of the utterance. What was decoded in the last pause stands where nothing was said since, other hypotheses with it:
        looking for those would take too long now.
        """
        if not self._voice.heard:
            return []
        drafted = self._draft if self._drafted_to == self._voice.end else None
        decoded = drafted or self._decode(wider=False)
        return _alternatives(decoded) if decoded.text else []

    def _caption_due(self) -> bool:
        voice = self._voice
        if not voice.heard or self._drafted_to == voice.end:
            return False
        first_s, next_s = CAPTION_S
        news_s = (voice.end - max(self._drafted_to, voice.start)) / RATE
        wanted_s = next_s if self._draft else first_s
        return voice.pause_s >= PAUSE_S or (self._captions and news_s >= wanted_s and self._recognizer.decode_s < QUICK_S)

    def _decode(self, *, wider: bool) -> _Decoded:
        start = max(0, self._voice.start - int(EDGE_S * RATE))
        end = self._voice.end + int(EDGE_S * RATE)
        pcm = bytes(self._pcm[2 * start : 2 * min(end, len(self._pcm) // 2)])
        samples: Samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
        self._draft = self._recognizer.decode(samples, self._language, self._vocabulary, wider=wider)
        self._drafted_to = self._voice.end
        return self._draft


def _hypotheses(tokenizer: Any, result: Any) -> list[tuple[str, float]]:
    """The texts of a decoding and their log-probabilities, the mean over the tokens and the end."""
    scored = zip(result.sequences_ids, result.scores, strict=True)
    return [(tokenizer.decode(tokens).strip(), score * len(tokens) / (len(tokens) + 1)) for tokens, score in scored]


def _alternatives(decoded: _Decoded) -> list[Alternative]:
    """The text first; then the others that differ by more than signs and capitals, each no likelier than the one before."""
    found = {_letters(decoded.text): Alternative(text=decoded.text, confidence=math.exp(decoded.log_probability))}
    for text, log_probability in decoded.others:
        if _letters(text) and not _loops(text):
            confidence = min(math.exp(log_probability), found[_letters(decoded.text)].confidence)
            found.setdefault(_letters(text), Alternative(text=text, confidence=confidence))
    return sorted(found.values(), key=lambda item: -item.confidence)


def _loops(text: str) -> bool:
    raw = text.encode()
    return len(raw) > 0 and len(raw) / len(zlib.compress(raw)) > REPETITIVE


def _echoes(text: str, vocabulary: Sequence[str], style: str) -> bool:
    if style and _letters(style) in _letters(text):
        return True
    names = {_letters(name) for name in vocabulary}
    items = [item for item in map(_letters, re.split(r"[,，、.。]", text)) if item]
    return len(items) >= ECHO_ITEMS and sum(item in names for item in items) >= ECHO_SHARE * len(items)


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())
