"""`make bench-understanding`: how much is understood, how fast, and at what cost, with the bars of the issue."""

import asyncio
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.dialogue import trainer
from assistant.dialogue.supervisor import environment
from assistant.knowledge.names import Named, gazetteer
from benchmarks.feeds import FEED, records
from benchmarks.figures import Figure, Report, spread
from benchmarks.running import ROOT, assistant, say
from benchmarks.understanding import diet, time_values
from benchmarks.understanding.phrases import SHARED, TOPICS, UNKNOWN, Phrase, banking, clinc, few, held_out, hwu, masked, taught
from benchmarks.understanding.scores import accuracy, interval, recall_at
from tests.reference.metro_stations import BEIJING, BUSAN

LANGUAGES = ("en", "zh", "ko")
FOLDS, GROUPS, SEEDS, PARSED = 3, 3, 3, 600


def main() -> None:
    """Measures everything and prints the table."""
    report = Report("understanding")
    own, asked = taught(), masked(held_out())
    say("the project's own phrases")
    fits = [fit(own, asked), *folds(own), *untaught(own, asked, ("zh",)), *untaught(own, asked, ("zh", "ko")), fit(few(own, 20), asked)]
    sets = public_sets() if SHARED.exists() else []
    answers = probe({"fit": [job for job, _ in fits] + [job for _, job, _ in sets]})["fit"]
    ours, rest = answers[: len(fits)], answers[len(fits) :]
    report.figures += understood(asked, ours[0]) + crossed(fits, ours) + twenty("own", asked, ours[-1])
    for (name, _, phrases), answer in zip(sets, rest, strict=True):
        report.figures += twenty(name, phrases, answer)
    say("names and times")
    report.figures += names() + times()
    say("training, start, memory, parsing")
    report.figures += costs(asked)
    print(report.write())


def fit(learnt: Sequence[Phrase], asked: Sequence[Phrase]) -> tuple[dict[str, Any], Sequence[Phrase]]:
    """One fit of the classifier, and what it is asked."""
    return {"taught": [(phrase.text, phrase.intent) for phrase in learnt], "asked": [phrase.text for phrase in asked]}, asked


def folds(own: list[Phrase]) -> list[tuple[dict[str, Any], Sequence[Phrase]]]:
    """Cross-validation over what is taught."""
    shuffled = random.Random(0).sample(own, len(own))  # noqa: S311  the same folds in every run
    parts = [shuffled[number::FOLDS] for number in range(FOLDS)]
    return [fit([phrase for part in parts if part is not left for phrase in part], left) for left in parts]


def untaught(own: list[Phrase], asked: list[Phrase], languages: tuple[str, ...]) -> list[tuple[dict[str, Any], Sequence[Phrase]]]:
    """Some topics at a time without their phrases in some languages, asked in those."""
    jobs = []
    for number in range(GROUPS):
        group = set(TOPICS[number::GROUPS]) - {"fallback"}
        kept = [phrase for phrase in own if phrase.topic not in group or phrase.language not in languages]
        jobs.append(fit(kept, [phrase for phrase in asked if phrase.topic in group and phrase.language in languages]))
    return jobs


def public_sets() -> list[tuple[str, dict[str, Any], Sequence[Phrase]]]:
    """Public sets with 20 phrases an intent, and CLINC150 with all of its own."""
    clinc_asked = clinc("test") + clinc("oos_test")
    sets = [(f"clinc150 #{seed}", few(clinc("train"), 20, seed) + clinc("oos_train"), clinc_asked) for seed in range(SEEDS)]
    sets.append(("clinc150 all", clinc("train") + clinc("oos_train"), clinc_asked))
    sets += [(f"banking77 #{seed}", few(banking("train"), 20, seed), banking("test")) for seed in range(SEEDS)]
    sets += [(f"hwu64 #{seed}", few(hwu("merged"), 20, seed), hwu("mergedTestset")) for seed in range(SEEDS)]
    return [(name, *fit(learnt, asked)) for name, learnt, asked in sets]


def threshold() -> float:
    """The confidence below which nothing counts as understood, as shipped."""
    pipeline = YAML(typ="safe").load(ROOT / "dialogues" / "config.yml")["pipeline"]
    return float(next(component["threshold"] for component in pipeline if component["name"] == "FallbackClassifier"))


def understood(asked: Sequence[Phrase], answer: dict[str, Any]) -> list[Figure]:
    """Held-out phrases of the project: intents, topics, what is out of scope."""
    intents, sure = [found[0] for found in answer["found"]], [found[2] for found in answer["found"]]
    figures = []
    for language in LANGUAGES:
        share, right, of = accuracy(asked, intents, language)
        low, high = interval(right, of)
        pairs = [(phrase.topic, intent) for phrase, intent in zip(asked, intents, strict=True) if phrase.language == language]
        topics = 100 * sum(intent.startswith(f"{topic}_") for topic, intent in pairs) / len(pairs)
        note = f"95 % interval {low:.1f} to {high:.1f}; topic {topics:.1f}"
        figures.append(share_of(f"intent accuracy, own held-out, {language}", share, of, bar=95, note=note))
    least = threshold()
    rejected = [found[0] == UNKNOWN or found[1] < least for found in answer["found"]]
    outside = [reject for phrase, reject in zip(asked, rejected, strict=True) if phrase.intent == UNKNOWN]
    inside = [reject for phrase, reject in zip(asked, rejected, strict=True) if phrase.intent != UNKNOWN]
    recall = recall_at(asked, sure, 0.05)
    return [
        *figures,
        share_of("out-of-scope recall at 5 % false rejections, own held-out", recall, len(outside), bar=80),
        share_of("out-of-scope recall as shipped", 100 * sum(outside) / len(outside), len(outside), bar=80),
        Figure(name="false rejections as shipped", unit="%", value=100 * sum(inside) / len(inside), n=len(inside), bar=5),
        Figure(name="teaching the classifier", unit="s", value=answer["seconds"], note="vectors made before"),
    ]


def crossed(fits: list[tuple[dict[str, Any], Sequence[Phrase]]], answers: list[dict[str, Any]]) -> list[Figure]:
    """Cross-validation, and topics that were not taught in the language they are asked in."""
    def pooled(first: int, count: int, language: str | None = None) -> tuple[float, int]:
        scores = [
            accuracy(asked, [found[0] for found in answer["found"]], language)
            for (_, asked), answer in zip(fits[first : first + count], answers[first : first + count], strict=True)
        ]
        right, of = sum(score[1] for score in scores), sum(score[2] for score in scores)
        return 100 * right / of, of

    figures = []
    for language in LANGUAGES:
        share, of = pooled(1, FOLDS, language)
        figures.append(share_of(f"intent accuracy, {FOLDS}-fold over what is taught, {language}", share, of))
    at_a_time = f"{len(TOPICS) // GROUPS} of {len(TOPICS)} topics at a time"
    share, of = pooled(1 + FOLDS, GROUPS, "zh")
    figures.append(share_of("topics taught in English and Korean, asked in Chinese", share, of, bar=95, note=at_a_time))
    for language in ("zh", "ko"):
        share, of = pooled(1 + FOLDS + GROUPS, GROUPS, language)
        figures.append(share_of(f"topics taught in English, asked in {language}", share, of, bar=85, note=at_a_time))
    return figures


def twenty(name: str, asked: Sequence[Phrase], answer: dict[str, Any]) -> list[Figure]:
    """A set with few phrases an intent, next to DIET on the same split where that was measured."""
    intents, sure = [found[0] for found in answer["found"]], [found[2] for found in answer["found"]]
    share, right, of = accuracy(asked, intents)
    low, high = interval(right, of)
    peers = json.loads(diet.RESULT.read_text())["sets"] if diet.RESULT.exists() else {}
    peer = peers.get(name.removesuffix(" #0"))
    beside = {"name": f"DIET, asked {peer['asked']}", "value": sum(peer["accuracy"].values()) / len(peer["accuracy"])} if peer else None
    bar = 92 if name.startswith("clinc150 #") else None
    note = f"95 % interval {low:.1f} to {high:.1f}"
    taught_with = "" if name.endswith("all") else ", 20 an intent"
    figures = [share_of(f"intent accuracy, {name}{taught_with}", share, of, bar=bar, note=note, peer=beside)]
    if (recall := recall_at(asked, sure, 0.05)) is not None and name.startswith("clinc"):
        figures.append(share_of(f"out-of-scope recall at 5 % false rejections, {name}", recall, 1000, bar=80))
    return figures


def names() -> list[Figure]:
    """Stops found in held-out phrases, with names of feeds and cities that were never taught."""
    figures = []
    feed = sorted({row["stop_name"] for row in records(FEED, "stops") if row["location_type"] == "1"}) if FEED.exists() else []
    for language, stops in (("en", feed), ("zh", BEIJING), ("ko", BUSAN)):
        if not stops:
            continue
        things = [Named(kind="stop", id=str(number), names={language: name}) for number, name in enumerate(stops)]
        entries, texts, meant = gazetteer(things, "bench")["entries"], [], []
        chance = random.Random(0)  # noqa: S311  the same names in every run
        for phrase in held_out():
            if phrase.language == language:
                text, spans = filled(phrase.text, stops, chance)
                texts.append(text)
                meant.append([(start, str(stops.index(text[start:end]))) for start, end in spans])
        found = [[tuple(span) for span in spans] for spans in probe({"tag": {"entries": entries, "texts": texts}})["tag"]]
        right = sum(len(set(a) & set(b)) for a, b in zip(meant, found, strict=True))
        precision, recall = right / max(1, sum(map(len, found))), right / max(1, sum(map(len, meant)))
        value = 200 * precision * recall / (precision + recall)
        note = f"precision {100 * precision:.1f}, recall {100 * recall:.1f}, {len(stops)} names"
        figures.append(share_of(f"names of stops, F1, {language}", value, sum(map(len, meant)), bar=95, note=note))
    return figures


def filled(text: str, stops: Sequence[str], chance: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """A held-out phrase with names in it, and where they stand."""
    spans, at = [], 0
    for slot in ("{stop}", "{stop2}") * 2:
        if (at := text.find(slot)) >= 0:
            name = chance.choice(stops)
            text = text[:at] + name + text[at + len(slot) :]
            moved = len(name) - len(slot)
            spans = [(start + moved, end + moved) if start > at else (start, end) for start, end in spans] + [(at, at + len(name))]
    return text, sorted(spans)


def times() -> list[Figure]:
    """Times of whole sentences."""
    return [
        share_of(f"time values, {language}", 100 * right / of, of, bar=95, note="rules were mended with these cases in view")
        for language, (right, of, _) in time_values.measure().items()
    ]


def costs(asked: Sequence[Phrase]) -> list[Figure]:
    """Training, start, memory and parsing of the dialogues as they are served."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        began = time.perf_counter()
        model = asyncio.run(trainer.train(Path(folder), Path(folder) / "home", say))
        training = time.perf_counter() - began
        with assistant(ASSISTANT_DATA=folder) as running, running.client() as client:
            gazetteer_file = Path(folder) / "station" / "gazetteer.json"
            conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
            for phrase in few([phrase for phrase in asked if phrase.language == "en"], 2):
                client.post(f"/v1/conversations/{conversation}/turns", json={"text": phrase.text[:400]})
            memory = next(size for name, size in running.pss_mb().items() if "dialogue" in name or "rasa" in name)
            texts = [phrase.text for phrase in random.Random(1).sample(list(asked), PARSED)]  # noqa: S311
            parsed = probe({"parse": {"model": str(model), "gazetteer": str(gazetteer_file), "texts": texts}})["parse"]["ms"]
            seconds = running.seconds
    return [
        Figure(name="training, whole", unit="s", value=training, bar=60),
        Figure(name="start to ready, the whole assistant", unit="s", value=seconds, bar=12),
        Figure(name="memory of the dialogues (PSS)", unit="MB", value=memory, bar=750),
        spread("parse", "ms", parsed, bar=12),
    ]


def probe(job: dict[str, Any]) -> dict[str, Any]:
    """A job done inside the dialogues' environment."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        asked, answered = Path(folder) / "job.json", Path(folder) / "answer.json"
        asked.write_text(json.dumps(job), encoding="utf-8")
        env = environment(Path(folder)) | {name: os.environ[name] for name in os.environ if name.startswith("OPENBLAS")}
        words = [ROOT / "dialogues" / ".venv" / "bin" / "python", "-W", "ignore", Path(__file__).with_name("probe.py"), asked, answered]
        subprocess.run(words, check=True, env=env, cwd=ROOT / "dialogues", stderr=subprocess.DEVNULL)
        return json.loads(answered.read_text())  # type: ignore[no-any-return]


def share_of(name: str, value: float | None, count: int, bar: float | None = None, **others: Any) -> Figure:
    """A share in percent: the higher the better."""
    return Figure(name=name, unit="%", value=value, n=count, bar=bar, higher=True, **others)


if __name__ == "__main__":
    main()
