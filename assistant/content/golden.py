"""Golden conversations: `dialogues/tests/conversations/<topic>.yml`, each told once in every language it is written in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.errors import ContentError

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A conversation in one language."""

    topic: str
    name: str
    language: str
    turns: tuple[Json, ...]

    def __str__(self) -> str:
        return f"{self.topic}: {self.name} ({self.language})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a turn came to, as far as an operator judges it."""

    said: str
    intent: str
    text: str
    speech: str
    card: str
    tiles: tuple[str, ...]
    faults: tuple[str, ...] = ()
    """How it differs from what the conversation says of it."""


def conversations(dialogues: Path, languages: Sequence[str]) -> list[Golden]:
    """All that are written down. Raises ContentError naming a file that cannot be read."""
    found = []
    for path in sorted(dialogues.glob("tests/conversations/*.yml")):
        try:
            found += list(_of(path, languages))
        except (YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as error:
            hint = "take the file of the release before"
            raise ContentError(f"{path.name} holds no conversations: {type(error).__name__}", hint=hint) from None
    return found


def _of(path: Path, languages: Sequence[str]) -> Iterator[Golden]:
    for told in YAML(typ="safe").load(path) or ():
        turns = tuple(told["turns"])
        for language in languages:
            if turns and all(language in turn or "ask" in turn for turn in turns):
                yield Golden(topic=path.stem, name=str(told["name"]), language=language, turns=turns)


def said(turn: Json, language: str, answer: Json) -> Said:
    """An answer to a turn, held against what the turn says of it."""
    replies = answer["replies"]
    result = Said(
        said=str(turn.get(language) or turn.get("ask", {}).get("intent", "")), intent=answer["understood"]["intent"],
        text=" ".join(reply["text"] for reply in replies), speech=" ".join(reply["speech"] for reply in replies),
        card=" ".join(reply["card"]["type"] for reply in replies if reply["card"]),
        tiles=tuple(tile["label"] for tile in answer["suggestions"]),
    )  # fmt: skip
    known = {slot["type"]: slot["id"] or slot["value"] for slot in answer["understood"]["slots"]}
    faults = tuple(_faults(turn, language, result, known, len(replies)))
    return Said(**{name: getattr(result, name) for name in ("said", "intent", "text", "speech", "card", "tiles")}, faults=faults)


def _faults(turn: Json, language: str, result: Said, known: Json, replies: int) -> Iterator[str]:
    wanted = turn.get("intent")
    if wanted and result.intent not in ([wanted] if isinstance(wanted, str) else wanted):
        yield f"understood as {result.intent}"
    for kind, value in turn.get("slots", {}).items():
        if known.get(kind) != value:
            yield f"{kind} is {known.get(kind)} instead of {value}"
    if turn.get("card") and turn["card"] not in result.card.split():
        yield f"no {turn['card']} is shown"
    yield from (f"does not say “{part}”" for part in _parts(turn, "says", language) if part not in result.text)
    yield from (f"says “{part}”" for part in _parts(turn, "never", language) if part in result.text)
    yield from (f"does not offer “{label}”" for label in _parts(turn, "tiles", language) if label not in result.tiles)
    if turn.get("replies", replies) != replies:
        yield f"{replies} replies instead of {turn['replies']}"


def _parts(turn: Json, key: str, language: str) -> list[str]:
    named = turn.get(key, {})
    return [*named.get(language, []), *named.get("all", [])]
