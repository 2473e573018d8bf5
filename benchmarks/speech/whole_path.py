"""From sound to the intent, through everything: a wav to the running assistant, and what it understood."""

import httpx

from assistant.speech import wav
from assistant.speech.models import RATE
from benchmarks.figures import Figure
from benchmarks.running import Running, say
from benchmarks.speech import corpus, questions, sounds
from benchmarks.speech.hearing import EDGE_S, conditions
from benchmarks.speech.questions import Question
from benchmarks.understanding.scores import interval

WITHIN_POINTS = 10
"""Of the success in silence, at 10 dB."""
TELLING = 50
"""Success in silence below which the voice is not understood at all, so that nothing is told by its loss in noise: no bar then."""


def intents(running: Running, language: str, kinds: tuple[str, ...]) -> list[Figure]:
    """How many questions are understood, typed, heard in silence, and heard in noise (synthetic speech, every other one in a room)."""
    asked, figures = questions.questions(language), []
    say(f"the whole path, {len(asked)} questions, {language}")
    with running.client() as client:
        typed = [turn(client, question, None) == question.intent for question in asked]
        figures.append(_figure(f"intents understood, typed, {language}", typed))
        clean = 0.0
        for condition, kind, level in conditions(kinds):
            spoken = [_sound(question, number, kind, level) for number, question in enumerate(asked)]
            understood = [turn(client, question, sound) == question.intent for question, sound in zip(asked, spoken, strict=True)]
            share = 100 * sum(understood) / len(understood)
            clean = clean if kind else share
            bar = clean - WITHIN_POINTS if kind and level == 10 and clean >= TELLING else None
            figures.append(_figure(f"intents understood, synthetic speech, {language}, {condition}", understood, bar))
    return figures


def turn(client: httpx.Client, question: Question, sound: bytes | None) -> str | None:
    """The intent that a new conversation understands; None where nothing is heard."""
    opened = client.post("/v1/conversations", json={"language": question.language}).json()["id"]
    address = f"/v1/conversations/{opened}/turns"
    if sound is None:
        answer = client.post(address, json={"text": question.text})
    else:
        answer = client.post(address, content=sound, headers={"content-type": "audio/wav"})
    client.delete(f"/v1/conversations/{opened}")
    return str(answer.json()["understood"]["intent"]) if answer.is_success else None


def _sound(question: Question, number: int, kind: str | None, level: int) -> bytes:
    samples = questions.say(question.text, question.voice)
    if number % 2:
        samples = sounds.in_room(samples, corpus.samples(f"noise/{corpus.ROOMS[number // 2 % len(corpus.ROOMS)]}"))
    noise = corpus.noise(kind) if kind else None
    return wav.encode(sounds.to_pcm(sounds.in_noise(samples, noise, level, lead_s=EDGE_S, tail_s=EDGE_S, seed=number)), RATE)


def _figure(name: str, understood: list[bool], bar: float | None = None) -> Figure:
    low, high = interval(sum(understood), len(understood))
    return Figure(
        name=name,
        unit="%",
        value=100 * sum(understood) / len(understood),
        n=len(understood),
        bar=bar,
        higher=True,
        note=f"95 % interval {low:.0f} to {high:.0f}",
    )
