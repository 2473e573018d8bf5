"""Content as operators think of it: phrases of a topic and wordings of a reply, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

MARK = re.compile(r"\[(?P<said>[^\]]*)\](?:\((?P<entity>[^)]*)\)|(?P<json>\{[^}]*\}))")
"""`[Oakland](stop)` or `[Oakland]{"entity": "stop", "role": "origin"}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One thing that people say."""

    text: str
    intent: str
    topic: str
    language: str
    file: str
    line: int

    @property
    def key(self) -> str:
        """What two phrases have in common that nobody can hear apart."""
        words = MARK.sub(lambda mark: f" <{mark['entity'] or 'stop'}> ", self.text).casefold()
        return " ".join("".join(char if char.isalnum() or char in "<>" else " " for char in words).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One reply in one language; "" is any language."""

    response: str
    topic: str
    language: str
    text: str
    speech: str | None
    say: str | None
    file: str
    line: int

    @property
    def parts(self) -> tuple[str, ...]:
        """Everything that is shown or said of it."""
        return tuple(part for part in (self.text, self.speech, self.say) if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is no YAML, or not of the form that it should have."""

    file: str
    line: int
    problem: str


@dataclass(slots=True)
class Content:
    """A dialogues folder."""

    phrases: list[Phrase] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    intents: dict[str, str] = field(default_factory=dict)
    """Intent → topic."""
    entities: set[str] = field(default_factory=set)

    def replies(self) -> dict[str, dict[str, Wording]]:
        """Reply → language → wording."""
        found: dict[str, dict[str, Wording]] = {}
        for wording in self.wordings:
            found.setdefault(wording.response, {})[wording.language] = wording
        return found


def read(dialogues: Path) -> Content:
    """Everything that can be read; what cannot is listed."""
    content = Content()
    for path in sorted(dialogues.glob("domain/*.yml")):
        _take(content, path, dialogues, _domain)
    for path in sorted(dialogues.glob("data/nlu/*.yml")):
        _take(content, path, dialogues, _phrases)
    return content


def read_file(path: Path, dialogues: Path) -> Content:
    """One file of `domain/` or `data/nlu/` by itself."""
    content = Content()
    _take(content, path, dialogues, _domain if path.parent.name == "domain" else _phrases)
    return content


def language_of(variant: Any) -> str:
    """The language of a response's variant, as its condition says; "" for any."""
    for condition in variant.get("condition") or ():
        if condition.get("name") == "language":
            return str(condition["value"])
    return ""


def _take(content: Content, path: Path, dialogues: Path, part: Any) -> None:
    name = path.relative_to(dialogues).as_posix()
    try:
        part(content, YAML().load(path) or {}, name)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        content.unreadable.append(Unreadable(file=name, line=line, problem=str(error.problem or error.context or "no YAML")))
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        content.unreadable.append(Unreadable(file=name, line=0, problem=type(error).__name__))
    except (AttributeError, KeyError, TypeError, ValueError):
        content.unreadable.append(Unreadable(file=name, line=0, problem="it has not the form of a file of this kind"))


def _domain(content: Content, loaded: Any, name: str) -> None:
    topic = Path(name).stem
    for intent in loaded.get("intents") or ():
        content.intents[str(next(iter(intent)) if isinstance(intent, dict) else intent)] = topic
    for entity in loaded.get("entities") or ():
        content.entities.add(str(next(iter(entity)) if isinstance(entity, dict) else entity))
    for response, variants in (loaded.get("responses") or {}).items():
        for variant in variants:
            metadata = variant.get("metadata") or {}
            wording = Wording(
                response=str(response), topic=topic, language=language_of(variant), text=str(variant.get("text", "")),
                speech=_text(metadata.get("speech")), say=_text(metadata.get("say")), file=name, line=variant.lc.line + 1,
            )  # fmt: skip
            content.wordings.append(wording)


def _phrases(content: Content, loaded: Any, name: str) -> None:
    topic, _, language = Path(name).stem.partition(".")
    for item in loaded.get("nlu") or ():
        if "intent" not in item:
            continue
        first = item.lc.value("examples")[0] + 2
        for line, text in _listed(str(item["examples"])):
            content.phrases.append(
                Phrase(text=text, intent=str(item["intent"]), topic=topic, language=language, file=name, line=first + line)
            )


def _listed(examples: str) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(examples.splitlines()):
        if text.strip().startswith("- "):
            yield line, text.strip()[2:].strip()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
