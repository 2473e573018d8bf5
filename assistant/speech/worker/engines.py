"""Which engine hears and which speaks each language on this machine; each is loaded once and shared."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
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
    scripted: Sequence[str] = ()


@dataclass(slots=True, kw_only=True)
class Engines:
    """The engines in use, by language."""

    recognizers: dict[str, Recognizer] = field(default_factory=dict)
    synthesizers: dict[str, Synthesizer] = field(default_factory=dict)

    async def close(self) -> None:
        """Ends what the engines started."""
        await asyncio.gather(*(engine.close() for engine in {id(engine): engine for engine in self.synthesizers.values()}.values()))


def choose(language: str, engine: str, present: Sequence[Installed]) -> Installed | None:
    """The installed model that hears `language`: the catalogue's first, or the first one of `engine`."""
    for item in present:
        if language in item.model.languages and item.model.engine in (("vosk", "whisper") if engine == "auto" else (engine,)):
            return item
    return None


async def load(wanted: Wanted, models: Path) -> Engines:
    """Loads what is wanted, side by side. An engine that fails is missing afterwards; the rest works."""
    present = store.installed(models)
    engines = Engines()
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
    chosen: dict[Path, list[str]] = {}
    for language in wanted.languages:
        engine = wanted.engines.get(language, "auto")
        if engine == "scripted":
            engines.recognizers[language] = scripted
        elif item := choose(language, engine, present):
            chosen.setdefault(item.path, []).append(language)
    names = {item.path: item.model.engine for item in present}
    loaded = await asyncio.gather(*(asyncio.to_thread(_guarded, lambda path=path: _recognizer(names[path], path)) for path in chosen))
    for languages, recognizer in zip(chosen.values(), loaded, strict=True):
        if recognizer is not None:
            engines.recognizers.update(dict.fromkeys(languages, recognizer))


async def _load_synthesizers(wanted: Wanted, present: Sequence[Installed], engines: Engines) -> None:
    from assistant.speech.synthesizers.espeak import VOICES, EspeakSynthesizer

    espeak: EspeakSynthesizer | None = None
    for language in wanted.languages:
        voice = wanted.voices.get(language, "auto")
        if voice == "silent":
            engines.synthesizers[language] = SilentSynthesizer()
        elif voice == "piper" and (item := choose(language, "piper", present)):
            if piper := await asyncio.to_thread(_guarded, lambda path=item.path: _piper(path)):
                engines.synthesizers[language] = piper
        elif voice in ("auto", "pyttsx3") and language in VOICES:
            espeak = espeak or EspeakSynthesizer()
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


def _piper(path: Path) -> Synthesizer:
    from assistant.speech.synthesizers.piper import PiperSynthesizer

    return PiperSynthesizer(path)
