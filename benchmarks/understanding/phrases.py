"""What is taught and what is asked: the project's own phrases, those it was never taught, and public sets."""

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.running import ROOT

HELD_OUT = Path(__file__).with_name("held_out")
SHARED = ROOT.parent / "shared" / "data" / "nlu"
TAUGHT = ROOT / "dialogues" / "data" / "nlu"
BY_RULE = {"timetable_inform", "facilities_inform"}
"""Intents of `components/ellipsis.py`, which no classifier decides."""
UNKNOWN = "fallback_out_of_scope"
STAND_IN = {"en": "Springfield", "zh": "春田", "ko": "춘천"}
MARKED = re.compile(r"\[([^\]]+)\](?:\(stop\)|\{[^}]*\})")
TOPICS = (
    "timetable", "trains", "journeys", "wayfinding", "facilities", "tickets_fares", "lost_property", "luggage", "connections",
    "air_quality",
    "emergency", "accessibility", "staff_help", "robot", "privacy", "smalltalk", "languages", "complaints", "fallback",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something said, and what is meant."""

    text: str
    intent: str
    language: str = "en"

    @property
    def topic(self) -> str:
        """The first words of the intent."""
        return next(topic for topic in TOPICS if self.intent.startswith(f"{topic}_"))


def taught() -> list[Phrase]:
    """The phrases of `dialogues/data/nlu`, the marked stops masked as the classifier masks them."""
    found = []
    for path in sorted(TAUGHT.glob("*.yml")):
        language = path.stem.rpartition(".")[2]
        for block in YAML(typ="safe").load(path)["nlu"]:
            lines = [line.strip()[2:].strip() for line in block["examples"].splitlines() if line.strip().startswith("- ")]
            found += [Phrase(MARKED.sub(STAND_IN[language], line), block["intent"], language) for line in lines]
    return [phrase for phrase in found if phrase.intent not in BY_RULE]


def held_out() -> Iterator[Phrase]:
    """The phrases that are never taught, their stops still as `{stop}` and `{stop2}`."""
    for path in sorted(HELD_OUT.glob("*.yml")):
        language = path.stem.rpartition(".")[2]
        for intent, texts in YAML(typ="safe").load(path).items():
            yield from (Phrase(text, intent, language) for text in texts)


def masked(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Phrases with the stand-in for each stop."""
    return [Phrase(re.sub(r"\{stop2?\}", STAND_IN[phrase.language], phrase.text), phrase.intent, phrase.language) for phrase in phrases]


def few(phrases: Iterable[Phrase], count: int, seed: int = 0) -> list[Phrase]:
    """`count` phrases of each intent and language, by chance."""
    chance, grouped = random.Random(seed), defaultdict(list)  # noqa: S311  the same split in every run
    for phrase in phrases:
        grouped[phrase.intent, phrase.language].append(phrase)
    return [phrase for key in sorted(grouped) for phrase in chance.sample(grouped[key], min(count, len(grouped[key])))]


def clinc(part: str) -> list[Phrase]:
    """CLINC150 (Larson et al., 2019): `train`, `test`, `oos_train` or `oos_test`."""
    return [Phrase(text, intent) for text, intent in json.loads((SHARED / "clinc150" / "data_full.json").read_text())[part]]


def banking(part: str) -> list[Phrase]:
    """BANKING77 (Casanueva et al., 2020): `train` or `test`."""
    with (SHARED / "polyai" / "banking_data" / f"{part}.csv").open(encoding="utf-8", newline="") as rows:
        return [Phrase(row["text"], row["category"]) for row in csv.DictReader(rows)]


def hwu(part: str) -> list[Phrase]:
    """HWU64 (Liu et al., 2019), fold 1: `merged` (taught) or `mergedTestset`."""
    [path] = (SHARED / "hwu64" / "CrossValidation" / "KFold_1" / part).glob("*.json")
    examples = json.loads(path.read_text())["rasa_nlu_data"]["common_examples"]
    return [Phrase(example["text"], example["intent"]) for example in examples]
