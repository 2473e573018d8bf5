"""Questions spoken by machines: the project's own held-out phrases with names of the example station, in several voices and rooms.

Everything here is synthetic speech and is labelled so wherever it is reported.
"""

import csv
import random
import re
import subprocess
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.speech import catalogue, store, wav
from assistant.speech.synthesizers.piper import PiperSynthesizer
from benchmarks.running import ROOT
from benchmarks.speech.sounds import Samples, from_pcm
from benchmarks.understanding.phrases import held_out

MODELS = ROOT / "var" / "models"
STATION = ROOT / "examples" / "harbour-central"
INTENTS = (
    "timetable_next_departures", "timetable_platform", "trains_last_departure", "trains_first_departure", "tickets_fares_price",
    "journeys_plan", "facilities_find", "wayfinding_route", "luggage_storage", "air_quality_now", "lost_property_procedure",
    "emergency_medical",
)  # fmt: skip
AN_INTENT = 2
LONGEST = {"en": 55, "zh": 20, "ko": 30}
"""In characters: what is said at a counter, in some three seconds."""
VOICES = {
    "en": ("piper", "en-us", "en-gb+f3", "en-us+m3"),
    "zh": ("cmn-latn-pinyin", "cmn-latn-pinyin+f3"),
    "ko": ("ko", "ko+f3"),
}
"""Piper's joe, and voices of espeak-ng with their variants."""
WORDS_A_MINUTE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to say, and what is to be understood."""

    text: str
    language: str
    intent: str
    name: str | None
    """The stop named in it."""
    voice: str


def questions(language: str) -> list[Question]:
    """The same in every run: some phrases of each intent, with a name wherever one belongs, the voices in turn."""
    chance = random.Random(6)  # noqa: S311
    names, found = stops(language), []
    for intent in INTENTS:
        fitting = [phrase.text for phrase in held_out() if phrase.language == language and phrase.intent == intent and _plain(phrase.text)]
        fitting = [text for text in fitting if len(text) <= LONGEST[language]]
        for text in chance.sample(fitting, min(AN_INTENT, len(fitting))):
            name = chance.choice(names) if "{stop}" in text else None
            voice = VOICES[language][len(found) % len(VOICES[language])]
            found.append(Question(text=text.replace("{stop}", name or ""), language=language, intent=intent, name=name, voice=voice))
    return found


def naming(language: str) -> list[Question]:
    """One question for each name of the example station, for how well names are heard."""
    frames = {"en": "When is the next train to {}?", "zh": "去{}的下一班车几点？", "ko": "{} 가는 다음 열차는 언제예요?"}
    voices = VOICES[language]
    return [
        Question(text=frames[language].format(name), language=language, intent="", name=name, voice=voices[number % len(voices)])
        for number, name in enumerate(stops(language))
    ]


@lru_cache
def stops(language: str) -> list[str]:
    """Names of stations in the example feed, without its platforms and halls."""
    with (STATION / "gtfs" / "stops.txt").open(encoding="utf-8-sig", newline="") as file:
        names = sorted({row["stop_name"] for row in csv.DictReader(file) if row["location_type"] == "1"})
    with (STATION / "gtfs" / "translations.txt").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["table_name"], row["language"]) == ("stops", language)]
    translated = {row["field_value"]: row["translation"] for row in rows}
    return names if language == "en" else [translated[name] for name in names if name in translated]


@cache
def say(text: str, voice: str) -> Samples:
    """A text in a voice."""
    if voice == "piper":
        sound = _piper()._speak(text, "normal")  # noqa: SLF001  without the event loop
        return from_pcm(wav.decode(wav.encode(sound.pcm, sound.rate), 30))
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_A_MINUTE), "--stdout", "--", text]
    body = subprocess.run(command, capture_output=True, check=True).stdout
    return from_pcm(wav.decode(body, 30))


@lru_cache
def _piper() -> PiperSynthesizer:
    return PiperSynthesizer(store.path_of(catalogue.PIPER_EN_JOE, MODELS))


def _plain(text: str) -> bool:
    return "{stop2}" not in text and not re.search(r"\d|[a-z]{20}", text)
