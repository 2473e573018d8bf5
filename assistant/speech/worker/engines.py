"""Which engine hears and which speaks each language on this machine; each is loaded once and shared."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant import log
from assistant.speech import store
from assistant.speech.store import Installed
from assistant.speech.synthesizers.silent import SilentSynthesizer
from assistant.speech.worker.ports import Recognizer, Synthesizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the settings ask for; a language that is not named is `auto`."""

    languages: tuple[str, ...]
    engines: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    speeds: Mapping[str, float] = field(default_factory=dict)
    volumes: Mapping[str, float] = field(default_factory=dict)
    scripted: Sequence[str] = ()


@dataclass(slots=True, kw_only=True)
class Engines:
    """The engines in use, by language."""

    recognizers: dict[str, Recognizer] = field(default_factory=dict)
    synthesizers: dict[str, Synthesizer] = field(default_factory=dict)
    volumes: Mapping[str, float] = field(default_factory=dict)
    """Loudness per language, 0 to 1."""

    async def close(self) -> None:
        """Ends what the engines started."""
        await asyncio.gather(*(engine.close() for engine in {id(engine): engine for engine in self.synthesizers.values()}.values()))


SLOW_S = 0.8
"""Seconds a Whisper may take for a question; one that takes longer here gives way to the next best, where there is one."""


def candidates(language: str, engine: str, present: Sequence[Installed]) -> list[Installed]:
    """The installed models that hear `language`, best first: by the measured share of questions understood, Vosk on a tie.

    One that could not be measured counts as good as the best, so that Vosk's official model, which production is meant to hear with,
    comes first; between two of one engine the catalogue's order stands.
    """
    engines = ("vosk", "whisper") if engine == "auto" else tuple(engine.split("+"))
    able = [item for item in present if language in item.model.languages and item.model.engine in engines]
    if engine == "auto":
        able = [item for item in able if not item.model.tests_only] or able
    best = max((item.model.success.get(language, 0.0) for item in able), default=0.0)
    return sorted(able, key=lambda item: (-item.model.success.get(language, best), item.model.engine != "vosk"))


def choose(language: str, engine: str, present: Sequence[Installed]) -> Installed | None:
    """The best of the `candidates`."""
    return next(iter(candidates(language, engine, present)), None)


async def load(wanted: Wanted, models: Path) -> Engines:
    """Loads what is wanted, side by side. An engine that fails is missing afterwards; the rest works."""
    present = store.installed(models)
    engines = Engines(volumes=wanted.volumes)
    await asyncio.gather(_load_recognizers(wanted, present, engines), _load_synthesizers(wanted, present, engines))
    for language in wanted.languages:
        hear, speak = engines.recognizers.get(language), engines.synthesizers.get(language)
        log.event(
            "speech_language", language=log.Id(language),
            hear=log.Id(hear.name) if hear else None, speak=log.Id(speak.name) if speak else None,
        )  # fmt: skip
    return engines


async def _load_recognizers(wanted: Wanted, present: Sequence[Installed], engines: Engines) -> None:
    from assistant.speech.recognizers.scripted import ScriptedRecognizer

    scripted = ScriptedRecognizer(wanted.scripted)
    loaded: dict[Path, asyncio.Task[Recognizer | None]] = {}

    def model(item: Installed) -> asyncio.Task[Recognizer | None]:
        """A model is loaded once, whoever asks for it."""
        if item.path not in loaded:
            work = asyncio.to_thread(_guarded, lambda: _recognizer(item.model.engine, item.path))
            loaded[item.path] = asyncio.create_task(work)
        return loaded[item.path]

    async def hear(language: str) -> None:
        engine = wanted.engines.get(language, "auto")
        if engine == "scripted":
            engines.recognizers[language] = scripted
        elif recognizer := await best(candidates(language, engine, present), model, both="+" in engine):
            engines.recognizers[language] = recognizer

    await asyncio.gather(*(hear(language) for language in wanted.languages))


async def best(able: Sequence[Installed], model: Callable[[Installed], Awaitable[Recognizer | None]], *, both: bool) -> Recognizer | None:
    """The first that loads and is quick enough here, else the first that loads; of both engines, the two of them on one utterance."""
    from assistant.speech.recognizers.two_pass import TwoPassRecognizer

    if both:
        firsts = [next((item for item in able if item.model.engine == engine), None) for engine in ("vosk", "whisper")]
        quick, thorough = [await model(item) if item else None for item in firsts]
        return TwoPassRecognizer(quick, thorough) if quick and thorough else thorough or quick
    slow: list[Recognizer] = []
    for item in able:
        if (recognizer := await model(item)) is not None:
            if recognizer.decode_s <= SLOW_S:
                return recognizer
            slow.append(recognizer)
    return slow[0] if slow else None


async def _load_synthesizers(wanted: Wanted, present: Sequence[Installed], engines: Engines) -> None:
    from assistant.speech.synthesizers.espeak import VOICES, EspeakSynthesizer

    espeak: EspeakSynthesizer | None = None
    for language in wanted.languages:
        voice = wanted.voices.get(language, "auto")
        if voice == "silent":
            engines.synthesizers[language] = SilentSynthesizer(wanted.speeds)
        elif voice == "piper" and (item := choose(language, "piper", present)):
            if piper := await asyncio.to_thread(_guarded, lambda path=item.path: _piper(path, wanted.speeds)):
                engines.synthesizers[language] = piper
        elif voice in ("auto", "pyttsx3") and language in VOICES:
            espeak = espeak or EspeakSynthesizer(speeds=wanted.speeds)
            engines.synthesizers[language] = espeak
    if espeak is not None and not await espeak.start():
        engines.synthesizers = {language: engine for language, engine in engines.synthesizers.items() if engine is not espeak}


def _guarded[T](make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Exception as error:  # native code fails in its own ways; the other engines must go on
        log.failure("speech_engine_failed", error)
        return None


def _recognizer(engine: str, path: Path) -> Recognizer:
    # Each import brings its native library: only what is used gets loaded.
    if engine == "vosk":
        from assistant.speech.recognizers.vosk import VoskRecognizer

        return VoskRecognizer(path)
    from assistant.speech.recognizers.whisper import WhisperRecognizer

    return WhisperRecognizer(path)


def _piper(path: Path, speeds: Mapping[str, float]) -> Synthesizer:
    from assistant.speech.synthesizers.piper import PiperSynthesizer

    return PiperSynthesizer(path, speeds)
