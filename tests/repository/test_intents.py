"""Intents are documented, and what understanding is measured with is never taught."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.answers.desk import ANSWERS
from assistant.conversation.followups import FOLLOW_UPS

MARKED = re.compile(r"\[[^\]]+\](?:\(stop\)|\{[^}]*\})|\{stop\d*\}")
"""A stop as it is taught, `[Oakland](stop)`, and as it is held out, `{stop}`."""
ASKED_BY_THE_PAGE = {"robot_quiet", "staff_help_call"}
"""Intents that are touched or sent and never said."""


def compared(phrase: str) -> str:
    """A phrase as it is compared: case folded, without punctuation, each stop as `{stop}`."""
    parts = re.split(r"(\{stop\})", MARKED.sub("{stop}", phrase))
    plain = (part if part == "{stop}" else _plain(part) for part in parts)
    return " ".join("".join(plain).split())


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if not unicodedata.category(char).startswith(("P", "S")))


def examples(path: Path) -> Iterator[tuple[str, str]]:
    """Intent and phrase, of a file that teaches."""
    for block in YAML(typ="safe").load(path)["nlu"]:
        for line in block["examples"].splitlines():
            if line.strip().startswith("- "):
                yield block["intent"], line.strip()[2:]


@pytest.fixture(scope="module")
def intents(root: Path) -> set[str]:
    """Every intent that the dialogues know."""
    files = (root / "dialogues" / "domain").glob("*.yml")
    return {intent for path in files for intent in YAML(typ="safe").load(path).get("intents") or ()}


@pytest.fixture(scope="module")
def listed(root: Path) -> list[str]:
    """The intents of the reference page, as its table lists them."""
    page = (root / "docs/reference/intents.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `?(\w+_\w+)`? \|", page, re.MULTILINE)


@pytest.fixture(scope="module")
def never_taught(root: Path) -> dict[str, str]:
    """Phrases as they are compared → the file that holds them out."""
    files = sorted((root / "benchmarks" / "understanding" / "held_out").glob("*.yml"))
    return {compared(text): path.name for path in files for texts in YAML(typ="safe").load(path).values() for text in texts}


def test_every_intent_is_documented_and_no_other(intents: set[str], listed: list[str]) -> None:
    assert len(intents) > 80
    assert set(listed) - ASKED_BY_THE_PAGE == intents - ASKED_BY_THE_PAGE
    assert len(listed) == len(set(listed)), "an intent stands in the table twice"


def test_every_intent_that_is_answered_is_documented(listed: list[str]) -> None:
    assert ANSWERS.keys() | FOLLOW_UPS.keys() <= {*listed, *ASKED_BY_THE_PAGE}


def test_every_intent_has_a_rule(root: Path, intents: set[str]) -> None:
    files = (root / "dialogues" / "data" / "rules").glob("*.yml")
    steps = [step for path in files for rule in YAML(typ="safe").load(path)["rules"] for step in rule["steps"]]
    assert {step["intent"] for step in steps if "intent" in step} == {*intents, "nlu_fallback"}


def test_every_phrase_teaches_an_intent_that_there_is(root: Path, intents: set[str]) -> None:
    taught = {intent for path in (root / "dialogues" / "data" / "nlu").glob("*.yml") for intent, _ in examples(path)}
    assert taught <= intents


def test_no_phrase_that_is_measured_with_is_taught(root: Path, never_taught: dict[str, str]) -> None:
    assert len(never_taught) > 1000
    both = [
        f"{path.name}: {phrase}"
        for path in sorted((root / "dialogues" / "data" / "nlu").glob("*.yml"))
        for _, phrase in examples(path)
        if compared(phrase) in never_taught
    ]
    assert not both, f"{len(both)} phrases are both taught and held out:\n" + "\n".join(both[:20])


@pytest.mark.parametrize(
    ("taught", "held_out"),
    [
        ("Next train to [Salem](stop), please!", "next train to {stop} please"),
        ('[Salem]{"entity": "stop", "role": "origin"} to [Oakland](stop)', "{stop} to {stop2}"),
        ("去[奥克兰](stop)的车几点？", "去{stop}的车几点"),
        ("What’s the  fare?", "whats the fare"),
    ],
)
def test_phrases_are_compared_by_their_words(taught: str, held_out: str) -> None:
    assert compared(taught) == compared(held_out)
    assert compared(taught) != compared(held_out + " now")
