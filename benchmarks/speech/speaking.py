"""How soon the kiosk speaks, and whether what it says is understood by another machine."""

import asyncio
import time

from assistant.speech import wav
from assistant.speech.client import SpeechClient
from assistant.speech.lexicon import Lexicon
from assistant.speech.worker.ports import Recognizer
from benchmarks.figures import Figure, spread
from benchmarks.questions import TYPED
from benchmarks.running import Running, say
from benchmarks.speech import sounds
from benchmarks.speech.hearing import hear
from benchmarks.speech.scores import comparable, error_rate
from benchmarks.speech.worker import worker

FIRST_AUDIO_MS = 100
WORST = 5
LEXICON = Lexicon({}, list)
"""Abbreviations and numbers as they are said; what is heard is brought into the same form."""


def replies(running: Running) -> dict[str, list[str]]:
    """What the kiosk says to a dozen questions in each language."""
    found: dict[str, list[str]] = {}
    with running.client() as client:
        for language, asked in TYPED.items():
            opened = client.post("/v1/conversations", json={"language": language}).json()["id"]
            for text in asked:
                turn = client.post(f"/v1/conversations/{opened}/turns", json={"text": text}).json()
                found.setdefault(language, []).append(" ".join(reply["speech"] for reply in turn["replies"]))
    return found


async def first_audio(said: dict[str, list[str]]) -> list[Figure]:
    """From asking the worker for a reply to the first piece of its sound."""
    figures = []
    say("the first sound of replies")
    async with worker("scripted", ",".join(said)) as (client, _):
        for language, texts in said.items():
            waits = [await _first_ms(client, text, language) for text in texts for _ in range(2)]
            longest = max(len(text) for text in texts)
            note = f"replies of up to {longest} characters"
            figures.append(spread(f"first audio, {language}", "ms", waits, bar=FIRST_AUDIO_MS, note=note))
    return figures


async def _first_ms(client: SpeechClient, text: str, language: str) -> float:
    began, first = time.perf_counter(), None
    async for _ in client.synthesise(text, language):
        first = first or time.perf_counter()
    return ((first or time.perf_counter()) - began) * 1000


async def intelligible(said: dict[str, list[str]], recognizer: Recognizer) -> tuple[list[Figure], dict[str, list[tuple[float, str, str]]]]:
    """The character error rate of Whisper on what the kiosk says, and the worst sentences: error rate, said, heard."""
    figures, worst = [], {}
    async with worker("scripted", ",".join(said)) as (client, _):
        for language, texts in said.items():
            say(f"Whisper hears the kiosk, {language}")
            pairs = []
            for text in texts:
                sentence = text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0]
                said_aloud = LEXICON.spoken(sentence, language)
                pieces = [piece async for piece in client.synthesise(said_aloud, language)]
                pcm = wav.decode(wav.encode(b"".join(piece.pcm for piece in pieces), pieces[0].rate), 60)
                mixed = sounds.in_noise(sounds.from_pcm(pcm), None, 0, lead_s=0.5, tail_s=0.5, seed=0)
                found, _ = await asyncio.to_thread(hear, recognizer, language, mixed)
                pairs.append((said_aloud, LEXICON.spoken(found[0].text, language) if found else ""))
            letters = [("".join(comparable(one, language)), "".join(comparable(other, language))) for one, other in pairs]
            value = error_rate([(" ".join(one), " ".join(other)) for one, other in letters], language)
            name = f"the kiosk's voice heard by Whisper, character error rate, {language}"
            figures.append(Figure(name=name, unit="%", value=value, n=len(pairs)))
            rated = [(error_rate([pair], language), *pair) for pair in pairs]
            worst[language] = sorted(rated, reverse=True)[:WORST]
    return figures, worst
