"""Conversations told to a running assistant: what is said in each language, and what an answer must hold.

A file of `dialogues/tests/conversations/` is a list of conversations; each is told once in every language it is written in:

    - name: The next train, then the one after
      turns:
        - en: when is the next train to the airport
          zh: 下一班去机场的车几点
          ko: 공항 가는 다음 열차 언제예요
          intent: timetable_next_departures
          slots: {destination: ap}
          says: {en: [Airport], zh: [机场], ko: [공항]}

A turn is held by `intent` (a list: any of them), `slots` (type → id, null: not known), `card`, `says` and `never` (language → parts
of the reply; `all` for any language), `tiles` (language → labels that are offered), `language` (of the answer, where it changes),
`replies` (how many). `open: {language: reason}` beside the name says why a conversation does not end well yet.
`ask: {intent, slots}` touches a tile instead of saying something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from ruamel.yaml import YAML

FOLDER = Path(__file__).resolve().parents[2] / "dialogues" / "tests" / "conversations"
LANGUAGES = ("en", "zh", "ko")
HELD = {"intent", "slots", "card", "says", "never", "tiles", "language", "replies", "ask"}
INTERNAL = re.compile(r"utter_|nlu_|_fallback|action_|\b\w+_form\b|\{\w*\}|\bNone\b|\bnull\b|[a-z]+_[a-z]+")
"""What no traveller may ever see: names of responses, intents and slots, unfilled templates."""
SCRIPTS = {"zh": re.compile(r"[\u3400-\u9fff]"), "ko": re.compile(r"[\uac00-\ud7a3]"), "en": re.compile(r"[A-Za-z]")}
type Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A conversation in one language."""

    topic: str
    name: str
    language: str
    turns: tuple[Json, ...]
    open: str | None = None
    """Why it is known not to end well."""

    def __str__(self) -> str:
        return f"{self.topic}: {self.name} ({self.language})"


def conversations() -> Iterator[Told]:
    """All that are written down. Raises ValueError naming the place of a key that is not known."""
    for path in sorted(FOLDER.glob("*.yml")):
        for told in YAML(typ="safe").load(path):
            for turn in told["turns"]:
                if unknown := turn.keys() - HELD - set(LANGUAGES):
                    raise ValueError(f"{path.name}: {told['name']}: unknown {sorted(unknown)}")
            for language in LANGUAGES:
                if all(language in turn or "ask" in turn for turn in told["turns"]):
                    turns, known = tuple(told["turns"]), told.get("open", {}).get(language)
                    yield Told(topic=path.stem, name=told["name"], language=language, turns=turns, open=known)


def tell(client: httpx.Client, told: Told) -> list[str]:
    """What is wrong with the answers; nothing where all is well."""
    conversation = client.post("/v1/conversations", json={"language": told.language}).json()["id"]
    language, wrong = told.language, []
    for turn in told.turns:
        said = turn.get(told.language)
        body = {"ask": turn["ask"]} if "ask" in turn else {"text": said}
        answered = client.post(f"/v1/conversations/{conversation}/turns", json=body)
        if answered.status_code != 200:
            return [*wrong, f"{said}: HTTP {answered.status_code}"]
        answer = answered.json()
        language = turn.get("language", language)
        text = " ".join(reply["text"] for reply in answer["replies"])
        seen = f"    -> [{answer['understood']['intent']}] {text}"
        wrong += [f"{said or turn['ask']}: {fault}\n{seen}" for fault in faults(turn, told.language, language, answer)]
    client.delete(f"/v1/conversations/{conversation}")
    return wrong


def faults(turn: Json, spoken: str, language: str, answer: Json) -> Iterator[str]:
    """How an answer differs from what its turn says of it; `spoken` is the language the conversation is told in."""
    yield from _misunderstood(turn, answer)
    yield from _misworded(turn, spoken, answer)
    if answer["language"] != language:
        yield f"in {answer['language']} instead of {language}"
    yield from unfit(answer, language)


def _misunderstood(turn: Json, answer: Json) -> Iterator[str]:
    intent, slots = answer["understood"]["intent"], {slot["type"]: slot["id"] or slot["value"] for slot in answer["understood"]["slots"]}
    wanted = turn.get("intent")
    if wanted and intent not in ([wanted] if isinstance(wanted, str) else wanted):
        yield f"intent {intent} instead of {wanted}"
    for kind, value in turn.get("slots", {}).items():
        if slots.get(kind) != value:
            yield f"{kind} is {slots.get(kind)} instead of {value}"


def _misworded(turn: Json, spoken: str, answer: Json) -> Iterator[str]:
    text, labels = " ".join(reply["text"] for reply in answer["replies"]), [tile["label"] for tile in answer["suggestions"]]
    cards = [reply["card"]["type"] for reply in answer["replies"] if reply["card"]]
    if "card" in turn and turn["card"] not in (cards or [None]):
        yield f"card {cards} instead of {turn['card']}"
    yield from (f"does not say {part!r}" for part in parts(turn, "says", spoken) if part not in text)
    yield from (f"says {part!r}" for part in parts(turn, "never", spoken) if part in text)
    yield from (f"tile {label!r} is not among {labels}" for label in parts(turn, "tiles", spoken) if label not in labels)
    if "replies" in turn and len(answer["replies"]) != turn["replies"]:
        yield f"{len(answer['replies'])} replies instead of {turn['replies']}"


def unfit(answer: Json, language: str) -> Iterator[str]:
    """What no answer may be: empty, in another language, with a name from inside the program."""
    if not answer["replies"]:
        yield "no reply"
    for reply in answer["replies"]:
        for kind in ("text", "speech"):
            if not reply[kind].strip():
                yield f"an empty {kind}"
            if INTERNAL.search(reply[kind]):
                yield f"an internal name in the {kind}: {INTERNAL.search(reply[kind])}"
            if not in_language(reply[kind], language):
                yield f"a {kind} in another language: {reply[kind]}"


def in_language(text: str, language: str) -> bool:
    """Whether a sentence is in a language, by its script; names, lines and numbers may be in Latin letters."""
    if language == "en":
        return not SCRIPTS["zh"].search(text) and not SCRIPTS["ko"].search(text)
    other = "ko" if language == "zh" else "zh"
    return bool(SCRIPTS[language].search(text)) and not SCRIPTS[other].search(text)


def parts(turn: Json, key: str, language: str) -> list[str]:
    """The parts that a turn names for a language, and for all."""
    named = turn.get(key, {})
    return [*named.get(language, []), *named.get("all", [])]
